"""Application configuration."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "espace.reports"

    def ready(self) -> None:
        from django.core import checks

        from espace.accounts import personal_data, told
        from espace.accounts.permissions import declare
        from espace.core.facts import register
        from espace.groups import archive
        from espace.reports.carried import PART
        from espace.reports.facts import ENTITIES
        from espace.reports.kept import KEEPER
        from espace.reports.permissions import PERMISSIONS
        from espace.reports.reading import check_documents
        from espace.reports.told import TOLD

        for entity in ENTITIES:
            register(entity)
        declare(PERMISSIONS)
        told.declare(TOLD)
        personal_data.register(KEEPER)
        archive.register(PART)
        checks.register(check_documents)
