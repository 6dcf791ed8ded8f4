"""Application configuration."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "espace.imports"

    def ready(self) -> None:
        from espace.accounts import personal_data, told
        from espace.accounts.permissions import declare
        from espace.groups import archive
        from espace.imports import jobs
        from espace.imports.kept import KEEPER
        from espace.imports.permissions import PERMISSIONS
        from espace.imports.told import TOLD

        declare(PERMISSIONS)
        archive.leave_out("imports.ImportBatch", "drafts between two pages")
        told.declare(TOLD)
        personal_data.register(KEEPER)
        jobs.register()
