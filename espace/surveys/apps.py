"""Application configuration."""

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "espace.surveys"

    def ready(self) -> None:
        from espace.accounts import told
        from espace.accounts.permissions import declare
        from espace.core.facts import register
        from espace.groups import archive, lists
        from espace.surveys.facts import ENTITIES
        from espace.surveys.permissions import PERMISSIONS
        from espace.surveys.tables import LISTS
        from espace.surveys.told import TOLD

        for entity in ENTITIES:
            register(entity)
        declare(PERMISSIONS)
        told.declare(TOLD)
        archive.leave_out("surveys.Code", "codes of an open survey")
        archive.leave_out("surveys.Answer", "small numbers: the list of results leaves instead")
        for one in LISTS:
            lists.register(one)
