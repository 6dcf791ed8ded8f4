"""Application configuration."""

from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "espace.activities"

    def ready(self) -> None:
        from espace.core.facts import register
        from espace.activities.facts import ENTITIES

        for entity in ENTITIES:
            register(entity)
