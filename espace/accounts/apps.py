"""Application configuration."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "espace.accounts"

    def ready(self) -> None:
        from espace.accounts.permissions import PERMISSIONS, declare

        declare(PERMISSIONS)
