"""Application configuration."""

from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    name = "espace.disclosure"

    def ready(self) -> None:
        from espace.accounts import told
        from espace.accounts.permissions import declare
        from espace.core import daily
        from espace.disclosure.jobs import CLOSE_JOB, close_due_month
        from espace.disclosure.permissions import PERMISSIONS
        from espace.disclosure.told import TOLD

        declare(PERMISSIONS)
        told.declare(TOLD)
        daily.register(CLOSE_JOB, close_due_month)
