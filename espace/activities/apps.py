"""Application configuration."""

from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "espace.activities"

    def ready(self) -> None:
        from espace.accounts.permissions import declare
        from espace.activities.actions.planning import follow_opening_hours
        from espace.activities.facts import ENTITIES
        from espace.activities.jobs import PLAN_ALL_JOB, plan_all
        from espace.activities.permissions import PERMISSIONS
        from espace.core import daily
        from espace.core.events import subscribe
        from espace.core.facts import register
        from espace.groups.events import OpeningHoursChanged

        for entity in ENTITIES:
            register(entity)
        declare(PERMISSIONS)
        subscribe(OpeningHoursChanged, follow_opening_hours)
        daily.register(PLAN_ALL_JOB, plan_all)
