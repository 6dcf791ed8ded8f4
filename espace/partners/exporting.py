"""The page as a file: the same numbers, cell by cell, hidden ones as the word « caché »."""

from django.utils.translation import gettext as _

from espace.core.spreadsheets import Cell, Sheet
from espace.partners.queries import Line, Number, TerritoryPage
from espace.partners.wording import MEASURES_FR


def sheet_of(page: TerritoryPage) -> Sheet:
    """Return the table of a place: itself, then the places below it, then bands and figures."""
    columns = [
        _("Quoi"), _("Lieu"), _("Période"), _("Nombre"), _("Unité"), _("GEM comptés"), _("Code"),
    ]  # fmt: skip
    rows: list[list[Cell]] = []
    published = page.published
    if published:
        month, gems = str(published.month), published.counted
        totals = (published.people, published.members, published.passages)
        for (code, label), one in zip(MEASURES_FR.items(), totals, strict=True):
            rows.append([str(label), page.place.name, month, _cell(one), "", gems, code])
        for band in (*published.ages, *published.sexes):
            label = f"{MEASURES_FR['ATT-01']} : {band.label}"
            rows.append([label, page.place.name, month, _cell(band.number), "", gems, "ATT-01"])
        for line in page.lines:
            rows += _line_rows(line, month)
    for told in page.told:
        rows.append(
            [told.label, page.place.name, str(page.period), told.text or _("pas assez de GEM"),
             told.unit, told.gems, told.code]
        )  # fmt: skip
    return Sheet(page.place.name, columns, rows)


def _line_rows(line: Line, month: str) -> list[list[Cell]]:
    numbers = (line.people, line.members, line.passages)
    return [
        [str(label), line.place.name, month, _cell(one), "", None, code]
        for (code, label), one in zip(MEASURES_FR.items(), numbers, strict=True)
    ]


def _cell(one: Number) -> Cell:
    return one.text if one.value is None else one.value
