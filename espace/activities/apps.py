"""Application configuration."""

from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "espace.activities"

    def ready(self) -> None:
        from espace.activities.facts import ENTITIES
        from espace.core.facts import register

        for entity in ENTITIES:
            register(entity)
