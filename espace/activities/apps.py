"""Application configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActivitiesConfig(AppConfig):
    name = "espace.activities"

    def ready(self) -> None:
        from espace.accounts import personal_data, told
        from espace.accounts.permissions import can, declare
        from espace.activities.actions.planning import follow_opening_hours
        from espace.activities.carried import PART
        from espace.activities.facts import ENTITIES
        from espace.activities.jobs import (
            FOLD_JOB,
            FORGET_LISTS_JOB,
            PLAN_ALL_JOB,
            fold_all,
            forget_lists,
            plan_all,
        )
        from espace.activities.kept import KEEPER
        from espace.activities.kept_lists import KEEPER as KEEPER_OF_LISTS
        from espace.activities.permissions import PERMISSIONS
        from espace.activities.queries.tables import LISTS
        from espace.activities.told import TOLD
        from espace.core import daily
        from espace.core.events import subscribe
        from espace.core.facts import register
        from espace.groups import archive, lists
        from espace.groups.events import OpeningHoursChanged
        from espace.ui import menu

        for entity in ENTITIES:
            register(entity)
        declare(PERMISSIONS)
        archive.register(PART)
        archive.leave_out("activities.IdeaLink", "an address that opens the idea box")
        archive.leave_out("activities.CalendarLink", "an address that opens the programme")
        for one in LISTS:
            lists.register(one)
        told.declare(TOLD)
        personal_data.register(KEEPER)
        personal_data.register(KEEPER_OF_LISTS)
        subscribe(OpeningHoursChanged, follow_opening_hours)
        daily.register(PLAN_ALL_JOB, plan_all)
        daily.register(FORGET_LISTS_JOB, forget_lists)
        daily.register(FOLD_JOB, fold_all)
        menu.register(
            menu.MenuEntry(
                "today",
                _("Aujourd'hui"),
                "sun",
                "activities:today",
                10,
                lambda actor: can(actor, "activities.see_today", actor.gem_id),
            )
        )
        menu.register(
            menu.MenuEntry(
                "programme",
                _("Programme"),
                "calendar-days",
                "activities:programme",
                20,
                lambda actor: can(actor, "activities.see_programme", actor.gem_id),
            )
        )
