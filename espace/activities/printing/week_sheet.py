"""The week sheet on paper."""

from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from espace.activities.choices import Category
from espace.activities.printing import TEMPLATES
from espace.activities.queries.week_sheet import NAMES_A_PAGE, WeekSheet
from espace.ui.typesetting import typeset

BLANK_LINES = 5


def week_sheet_pdf(sheet: WeekSheet) -> bytes:
    """Return the blank sheet of a week as a tagged PDF: A4 landscape, first names or sticks."""
    return typeset(TEMPLATES / "week_sheet.typ", week_sheet_data(sheet))


def week_sheet_data(sheet: WeekSheet) -> dict[str, object]:
    """Return what the template prints, every word of it ready."""
    with_names = sheet.gem.counts_with_names
    lines = [person.label for person in sheet.people] + [""] * BLANK_LINES
    visitors = [category for category in Category if category != Category.ADHERENT]
    columns = visitors if with_names else [Category.ADHERENT, *visitors]
    week = _("du %(first)s au %(last)s") % {
        "first": date_format(sheet.monday, "j F"),
        "last": date_format(sheet.sunday, "j F Y"),
    }
    return {
        "place": sheet.gem.name,
        "title": f"{sheet.gem.name} – {_('semaine')} {week}",
        "stick_title": f"{sheet.gem.name} – {_('sans prénom')}, {_('semaine')} {week}",
        "names_head": _("Prénom"),
        "day_head": _("Jour"),
        "page": _("Page"),
        "how": _("Une croix par personne. Je me suis trompé : je noircis toute la case."),
        "days": [date_format(day.date, "D j") for day in sheet.days],
        "pages": _pages(lines) if with_names else [],
        "members_with_sticks": not with_names,
        "stick_columns": [str(category.label) for category in columns],
        "stick_rows": [date_format(day.date, "l j").capitalize() for day in sheet.days],
    }


def _pages(lines: Sequence[str]) -> list[list[str]]:
    """Cut into pages of as many lines as a page of the typing grid has names."""
    starts = range(0, len(lines), NAMES_A_PAGE)
    return [list(lines[start : start + NAMES_A_PAGE]) for start in starts]
