"""Meetings, decisions and money as tables to take away."""

from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from espace.accounts.access import Actor
from espace.accounts.permissions import can, require
from espace.core.spreadsheets import Cell, Sheet
from espace.governance.choices.meetings import DecisionState, MeetingState, Subject, TakenBy
from espace.governance.choices.money import Category, DecidedBy, Side
from espace.governance.models import BudgetLine, CashLine, Decision, Meeting
from espace.governance.queries.meetings import title_of
from espace.governance.queries.tasks import all_tasks
from espace.groups.lists import KeptList


def meetings_table(actor: Actor, gem_id: UUID) -> Sheet:
    """Return every meeting with its counts, the newest first, never who was there. One query."""
    require(actor, "governance.see_meetings", gem_id)
    rows = Meeting.objects.filter(gem_id=gem_id).order_by("-date", "-starts_at", "pk")
    return Sheet(
        _("Les réunions"),
        [
            _("Jour"),
            _("Heure"),
            _("Réunion"),
            _("État"),
            _("Adhérents présents"),
            _("Représentés"),
            _("Autres personnes"),
            _("Compte rendu partagé le"),
        ],
        [
            [
                one.date,
                f"{one.starts_at:%H:%M}",
                title_of(one.kind, extraordinary=one.extraordinary),
                str(MeetingState(one.state).label),
                one.members_present,
                one.members_represented,
                one.guests,
                one.minutes_shared_on,
            ]
            for one in rows
        ],
    )


def decisions_table(actor: Actor, gem_id: UUID) -> Sheet:
    """Return the decisions one may read, the newest first, without who carries them.

    One SQL query.
    """
    require(actor, "governance.read_minutes", gem_id)
    rows = Decision.objects.filter(meeting__gem_id=gem_id, removed=False).select_related("meeting")
    if not can(actor, "governance.write_minutes", gem_id):
        rows = rows.filter(meeting__minutes_shared_on__isnull=False)
    return Sheet(
        _("Les décisions"),
        [
            _("Jour"),
            _("Décision"),
            _("À propos de"),
            _("Décidé par"),
            _("Avant le"),
            _("Où en est-on"),
            _("Fait le"),
        ],
        [
            [
                one.meeting.date,
                one.text,
                str(Subject(one.subject).label) if one.subject else "",
                str(TakenBy(one.taken_by).label) if one.taken_by else "",
                one.due_on,
                str(DecisionState(one.state).label),
                one.done_on,
            ]
            for one in rows.order_by("-meeting__date", "pk")
        ],
    )


def budget_table(actor: Actor, gem_id: UUID) -> Sheet:
    """Return every line of every budget, in euros. One SQL query."""
    require(actor, "governance.see_money", gem_id)
    rows = BudgetLine.objects.filter(gem_id=gem_id)
    return Sheet(
        _("Le budget"),
        [
            _("Année"),
            _("Sens"),
            _("Famille"),
            _("Compte"),
            _("Libellé"),
            _("Prévu en euros"),
            _("En vrai en euros"),
            _("Aide sans argent"),
            _("Décidé par"),
            _("Décidé le"),
        ],
        [
            [
                one.year,
                str(Side(one.side).label),
                str(Category(one.category).label),
                one.account,
                one.label,
                _euros(one.planned_cents),
                _euros(one.actual_cents),
                _("oui") if one.in_kind else _("non"),
                str(DecidedBy(one.decided_by).label) if one.decided_by else "",
                one.decided_on,
            ]
            for one in rows.order_by("-year", "side", "account", "label", "pk")
        ],
    )


def cash_table(actor: Actor, gem_id: UUID) -> Sheet:
    """Return the cash book in its order, with the balance after each line. One SQL query."""
    require(actor, "governance.see_money", gem_id)
    rows = CashLine.objects.filter(gem_id=gem_id).order_by("date", "number")
    lines: list[list[Cell]] = []
    balance = 0
    for one in rows:
        balance += one.amount_cents
        money_in, money_out = max(one.amount_cents, 0), max(-one.amount_cents, 0)
        lines.append(
            [
                one.date,
                one.label,
                str(one.get_category_display()),
                _euros(money_in) if money_in else None,
                _euros(money_out) if money_out else None,
                _euros(balance),
            ]
        )
    return Sheet(
        _("Le cahier de caisse"),
        [_("Jour"), _("Pour quoi"), _("Famille"), _("Entre"), _("Sort"), _("Dans la caisse")],
        lines,
    )


def _euros(cents: int | None) -> Decimal | None:
    return None if cents is None else Decimal(cents) / 100


def tasks_table(actor: Actor, gem_id: UUID) -> Sheet:
    """Return the tasks with who holds them. Three SQL queries."""
    lines = all_tasks(actor, gem_id)
    columns = [_("Tâche"), _("Sorte"), _("Quand"), _("Papiers"), _("Prochaine date"), _("Qui")]
    rows: list[list[Cell]] = [
        [
            one.title,
            one.family,
            one.rhythm,
            one.papers,
            one.next_on,
            ", ".join(holder.label for holder in one.holders),
        ]
        for one in lines
    ]
    return Sheet(_("Qui fait quoi"), columns, rows)


LISTS = (
    KeptList("taches", gettext_lazy("Qui fait quoi"), "governance.see_tasks", tasks_table),
    KeptList("reunions", gettext_lazy("Les réunions"), "governance.see_meetings", meetings_table),
    KeptList(
        "decisions", gettext_lazy("Les décisions"), "governance.read_minutes", decisions_table
    ),
    KeptList("budget", gettext_lazy("Le budget"), "governance.see_money", budget_table),
    KeptList("caisse", gettext_lazy("Le cahier de caisse"), "governance.see_money", cash_table),
)
