"""Application configuration."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "espace.privacy"

    def ready(self) -> None:
        from espace.accounts import personal_data, told
        from espace.accounts.permissions import declare
        from espace.core.facts import register
        from espace.privacy import jobs
        from espace.privacy.facts import ENTITIES
        from espace.privacy.kept import KEEPER
        from espace.privacy.permissions import PERMISSIONS
        from espace.privacy.told import TOLD

        declare(PERMISSIONS)
        for entity in ENTITIES:
            register(entity)
        told.declare(TOLD)
        personal_data.register(KEEPER)
        jobs.register()
