"""What may be shown of the surveys, as a table to take away: the same bars, nothing more."""

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from espace.accounts.access import Actor
from espace.core.spreadsheets import Cell, Sheet
from espace.groups.lists import KeptList
from espace.surveys.queries import NationalPage, RollingPage, shown_bars


def table(actor: Actor, gem_id: UUID) -> Sheet:
    """Return the bars of every survey that is over. Two SQL queries."""
    rows: list[list[Cell]] = [
        [year, asked.text, label, count]
        for year, asked, found in shown_bars(actor, gem_id)
        for label, count in found.bars
    ]
    return Sheet(
        _("Les enquêtes de l'année"),
        [_("Année"), _("Question"), _("Réponse"), _("Personnes")],
        rows,
    )


def national_table(page: NationalPage | RollingPage) -> Sheet:
    """Return the anonymised tables of the whole country. No query."""
    rows: list[list[Cell]] = [
        [text, label, count] for text, found in page.tables for label, count in found
    ]
    columns = [_("Question"), _("Réponse"), _("Personnes, à 5 près")]
    return Sheet(_("Enquête nationale"), columns, rows)


LISTS = (KeptList("enquetes", gettext_lazy("Les enquêtes de l'année"), "surveys.see", table),)
