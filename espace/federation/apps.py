"""Application configuration."""

from django.apps import AppConfig


class FederationConfig(AppConfig):
    name = "espace.federation"

    def ready(self) -> None:
        from espace.accounts import told
        from espace.accounts.permissions import declare
        from espace.core.facts import register
        from espace.federation.facts import ENTITIES
        from espace.federation.permissions import PERMISSIONS
        from espace.federation.told import TOLD

        declare(PERMISSIONS)
        for entity in ENTITIES:
            register(entity)
        told.declare(TOLD)
