"""A federation's team, its delegates, and lists of GEM written as people write them."""

import csv
import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import xlsxwriter

from espace.accounts.models import Account
from espace.groups.models import TerritoryMandate
from espace.groups.tests.factories import make_account

HEADINGS = ("Nom du GEM", "Ville", "Code postal", "Public", "Parrain", "Adresse", "Téléphone")


def make_team(role: str, territory: str) -> Account:
    """Someone of FiGEM's team, or a delegate."""
    account = make_account("Myriam", "S")
    TerritoryMandate.objects.create(
        account=account, role=role, territory=territory, started_on=date(2024, 1, 1)
    )
    return account


def csv_list(
    rows: Sequence[Sequence[str]],
    headings: Sequence[str] = HEADINGS,
    *,
    encoding: str = "utf-8",
    delimiter: str = ";",
) -> bytes:
    """A list saved as text."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerows([headings, *rows])
    return out.getvalue().encode(encoding)


def xlsx_list(path: Path, rows: Sequence[Sequence[object]], headings: Sequence[str]) -> Path:
    """A list saved as a workbook, with a title above the headings."""
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("Lisez-moi").write_row(0, 0, ["Liste des GEM, mise à jour 2026"])
        sheet = book.add_worksheet("GEM")
        sheet.write_row(0, 0, ["Annuaire de la FiGEM"])
        for number, row in enumerate([headings, *rows], 3):
            sheet.write_row(number, 0, row)
    return path
