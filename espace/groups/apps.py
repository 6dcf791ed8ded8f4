"""Application configuration."""

from django.apps import AppConfig


class GroupsConfig(AppConfig):
    name = "espace.groups"

    def ready(self) -> None:
        from espace.core.facts import register
        from espace.groups.facts import ENTITIES

        for entity in ENTITIES:
            register(entity)
