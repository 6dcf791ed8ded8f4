"""Application configuration."""

from django.apps import AppConfig


class BinderConfig(AppConfig):
    name = "espace.binder"

    def ready(self) -> None:
        from espace.accounts import told
        from espace.accounts.permissions import declare
        from espace.binder.carried import PART
        from espace.binder.facts import ENTITIES
        from espace.binder.permissions import PERMISSIONS
        from espace.binder.tables import LISTS
        from espace.binder.told import TOLD
        from espace.core.facts import register
        from espace.groups import archive, lists

        for entity in ENTITIES:
            register(entity)
        declare(PERMISSIONS)
        archive.register(PART)
        told.declare(TOLD)
        for one in LISTS:
            lists.register(one)
