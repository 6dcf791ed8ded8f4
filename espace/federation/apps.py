"""Application configuration."""

from django.apps import AppConfig


class FederationConfig(AppConfig):
    name = "espace.federation"

    def ready(self) -> None:
        from espace.accounts import told
        from espace.accounts.permissions import declare
        from espace.federation.permissions import PERMISSIONS
        from espace.federation.told import TOLD

        declare(PERMISSIONS)
        told.declare(TOLD)
