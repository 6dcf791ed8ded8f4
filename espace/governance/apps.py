"""Application configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GovernanceConfig(AppConfig):
    name = "espace.governance"

    def ready(self) -> None:
        from espace.accounts import personal_data, told
        from espace.accounts.permissions import can, declare
        from espace.core import daily, jobs
        from espace.core.facts import register
        from espace.governance.actions.reminders import SEND_REMINDER_JOB, send_reminder
        from espace.governance.actions.sent_letters import SEND_LETTER_JOB, send_letter
        from espace.governance.carried import PART, TICKETS
        from espace.governance.facts import ENTITIES
        from espace.governance.jobs import (
            FORGET_PRESENCES_JOB,
            REMIND_JOB,
            forget_presences,
            remind_every_gem,
        )
        from espace.governance.kept.meetings import KEEPER as KEEPER_OF_MEETINGS
        from espace.governance.kept.tasks import KEEPER as KEEPER_OF_TASKS
        from espace.governance.kept.votes import KEEPER as KEEPER_OF_VOTES
        from espace.governance.permissions import PERMISSIONS
        from espace.governance.queries.tables import LISTS
        from espace.governance.told import TOLD
        from espace.groups import archive, lists
        from espace.ui import menu

        for entity in ENTITIES:
            register(entity)
        declare(PERMISSIONS)
        for one in LISTS:
            lists.register(one)
        told.declare(TOLD)
        archive.register(PART)
        archive.register(TICKETS)
        archive.leave_out("governance.VotingTicket", "who may vote, while a vote is open")
        archive.leave_out("governance.Ballot", "a vote still open would be counted before its end")
        personal_data.register(KEEPER_OF_MEETINGS)
        personal_data.register(KEEPER_OF_VOTES)
        personal_data.register(KEEPER_OF_TASKS)
        jobs.register(SEND_LETTER_JOB, send_letter)
        jobs.register(SEND_REMINDER_JOB, send_reminder)
        daily.register(FORGET_PRESENCES_JOB, forget_presences)
        daily.register(REMIND_JOB, remind_every_gem)
        menu.register(
            menu.MenuEntry(
                "decide",
                _("Décider"),
                "vote",
                "governance:decide",
                30,
                lambda actor: can(actor, "governance.see_meetings", actor.gem_id),
            )
        )
