"""Application configuration."""

from django.apps import AppConfig
from django.core import checks


class IndicatorsConfig(AppConfig):
    name = "espace.indicators"

    def ready(self) -> None:
        from espace.accounts.permissions import declare
        from espace.indicators.checks import check_catalogue
        from espace.indicators.permissions import PERMISSIONS

        declare(PERMISSIONS)
        checks.register(check_catalogue)
