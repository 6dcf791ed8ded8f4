"""Application configuration."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "espace.imports"

    def ready(self) -> None:
        from espace.accounts.permissions import declare
        from espace.imports import jobs
        from espace.imports.permissions import PERMISSIONS

        declare(PERMISSIONS)
        jobs.register()
