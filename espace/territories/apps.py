"""Application configuration."""

from django.apps import AppConfig


class TerritoriesConfig(AppConfig):
    name = "espace.territories"

    def ready(self) -> None:
        from espace.core import daily, jobs
        from espace.core.events import subscribe
        from espace.groups.events import GemChanged
        from espace.territories.actions import mark
        from espace.territories.jobs import DAY_JOB, REFRESH_JOB, refresh_all, refresh_stale

        jobs.register(REFRESH_JOB, refresh_stale)
        daily.register(DAY_JOB, refresh_all)
        subscribe(GemChanged, mark)
