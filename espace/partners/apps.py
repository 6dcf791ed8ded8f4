"""Application configuration."""

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "espace.partners"

    def ready(self) -> None:
        from espace.accounts.permissions import declare
        from espace.partners.permissions import PERMISSIONS

        declare(PERMISSIONS)
