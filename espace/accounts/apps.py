"""Application configuration."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "espace.accounts"

    def ready(self) -> None:
        from espace.accounts import personal_data
        from espace.accounts.kept import KEEPER
        from espace.accounts.permissions import PERMISSIONS, declare

        declare(PERMISSIONS)
        personal_data.register(KEEPER)
