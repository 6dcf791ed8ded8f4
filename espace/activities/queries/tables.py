"""The life of the GEM as tables to take away: what was done, when it was open, how many came."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from espace.accounts.access import Actor
from espace.accounts.permissions import require
from espace.activities.choices import ActivityState, Animation, Family, Outcome
from espace.activities.models import Activity, Slot
from espace.activities.queries.day_sheet import daily_heads
from espace.core.spreadsheets import Sheet
from espace.groups.lists import KeptList

EVER = (date(1990, 1, 1), date(2100, 1, 1))


def activities_table(actor: Actor, gem_id: UUID) -> Sheet:
    """Return every activity, the newest first. One SQL query."""
    require(actor, "activities.see_programme", gem_id)
    rows = Activity.objects.filter(gem_id=gem_id).order_by("-date", "starts_at", "pk")
    return Sheet(
        _("Les activités"),
        [_("Jour"), _("Heure"), _("Titre"), _("Sorte"), _("Durée en heures"), _("État")],
        [
            [
                one.date,
                f"{one.starts_at:%H:%M}",
                one.title,
                str(Family(one.family).label) if one.family else "",
                one.hours,
                str(ActivityState(one.state).label),
            ]
            for one in rows
        ],
    )


def openings_table(actor: Actor, gem_id: UUID) -> Sheet:
    """Return every opening, the newest first, without who held it. One SQL query."""
    require(actor, "activities.see_programme", gem_id)
    rows = Slot.objects.filter(gem_id=gem_id).order_by("-date", "starts_at", "pk")
    return Sheet(
        _("Les ouvertures"),
        [_("Jour"), _("Heure"), _("Durée en heures"), _("Avec"), _("Ce qui s'est passé")],
        [
            [
                one.date,
                f"{one.starts_at:%H:%M}",
                one.hours,
                str(Animation(one.animation).label),
                str(Outcome(one.outcome).label) if one.outcome else "",
            ]
            for one in rows
        ],
    )


def heads_table(actor: Actor, gem_id: UUID) -> Sheet:
    """Return how many people came each day: numbers only. One SQL query."""
    require(actor, "activities.see_today", gem_id)
    heads = daily_heads(gem_id, *EVER)
    return Sheet(
        _("Combien de personnes chaque jour"),
        [_("Jour"), _("Personnes")],
        [[day, heads[day]] for day in sorted(heads, reverse=True)],
    )


LISTS = (
    KeptList(
        "activites", gettext_lazy("Les activités"), "activities.see_programme", activities_table
    ),
    KeptList(
        "ouvertures", gettext_lazy("Les ouvertures"), "activities.see_programme", openings_table
    ),
    KeptList(
        "frequentation",
        gettext_lazy("Combien de personnes chaque jour"),
        "activities.see_today",
        heads_table,
    ),
)
