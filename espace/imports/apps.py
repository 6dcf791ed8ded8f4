"""Application configuration."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "espace.imports"

    def ready(self) -> None:
        from espace.accounts import personal_data, told
        from espace.accounts.permissions import declare
        from espace.imports import jobs
        from espace.imports.kept import KEEPER
        from espace.imports.permissions import PERMISSIONS
        from espace.imports.told import TOLD

        declare(PERMISSIONS)
        told.declare(TOLD)
        personal_data.register(KEEPER)
        jobs.register()
