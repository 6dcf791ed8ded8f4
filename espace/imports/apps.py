"""Application configuration."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "espace.imports"

    def ready(self) -> None:
        from espace.accounts import personal_data
        from espace.accounts.permissions import declare
        from espace.imports import jobs
        from espace.imports.kept import KEEPER
        from espace.imports.permissions import PERMISSIONS

        declare(PERMISSIONS)
        personal_data.register(KEEPER)
        jobs.register()
