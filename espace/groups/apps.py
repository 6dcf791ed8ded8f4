"""Application configuration."""

from django.apps import AppConfig


class GroupsConfig(AppConfig):
    name = "espace.groups"

    def ready(self) -> None:
        from espace.accounts import journal, personal_data, told
        from espace.accounts.access import register_source
        from espace.accounts.permissions import declare
        from espace.core.facts import register
        from espace.groups import archive, lists
        from espace.groups.actions.versions import take_turn
        from espace.groups.facts import ENTITIES
        from espace.groups.grants import grants_of
        from espace.groups.kept import KEEPER, lines_of
        from espace.groups.permissions import PERMISSIONS
        from espace.groups.queries.tables import LISTS
        from espace.groups.told import TOLD

        for entity in ENTITIES:
            register(entity)
        declare(PERMISSIONS)
        archive.leave_out("groups.Device", "keys of this place")
        archive.leave_out("groups.OpeningLetter", "keys of this place")
        for one in LISTS:
            lists.register(one)
        told.declare(TOLD)
        journal.take_turns(take_turn)
        personal_data.register(KEEPER)
        personal_data.register_lines(lines_of)
        register_source(grants_of)
