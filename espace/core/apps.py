"""Application configuration."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "espace.core"

    def ready(self) -> None:
        from espace.core import daily
        from espace.core.weights import WEIGH_JOB, weigh

        daily.register(WEIGH_JOB, weigh)
