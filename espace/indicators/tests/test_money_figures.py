"""Figures of the money: expected values come from label_fr and reading_fr, by hand.

A little GEM in 2025. Received: 80 000 of the ARS, 4 000 of the commune, 1 000 of gifts, 500 of
fees: 85 500 euros, and 4 500 of volunteering, which is no money. Spent: 60 000 of pay, 12 000 of
rent, 6 000 of activities, 4 000 to the manager, 800 of training: 82 800; 80 000 were planned.
"""

from datetime import date
from fractions import Fraction

import pytest

from espace.activities.models import FinishedMonth
from espace.governance.models import BudgetEvent, BudgetLine
from espace.groups.models import Gem
from espace.groups.tests.factories import make_gem
from espace.indicators.measures import measure
from espace.indicators.rules import Measure, State, parse_period

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)
LINES = (
    ("recette", "subvention_ars", 80_000, 80_000, False),
    ("recette", "commune_intercommunalite", 4_000, 4_000, False),
    ("recette", "fondations_dons", None, 1_000, False),
    ("recette", "cotisations", 600, 500, False),
    ("recette", "autre_recette", 4_500, 4_500, True),
    ("depense", "salaires", 58_000, 60_000, False),
    ("depense", "loyer_charges", 12_000, 12_000, False),
    ("depense", "activites", 6_000, 6_000, False),
    ("depense", "frais_gestion", 4_000, 4_000, False),
    ("depense", "formation", None, 800, False),
    ("depense", "autre_depense", 4_500, 4_500, True),
)
# kind, year of the budget, day, easy to read
EVENTS = (
    ("budget_presente_ca", 2025, date(2025, 1, 20), False),
    ("budget_vote_ag", 2025, date(2025, 3, 15), True),
    ("comptes_presentes_ca", 2024, date(2025, 6, 30), None),
    ("comptes_votes_ag", 2024, date(2025, 9, 2), True),
    ("point_budget_adherents", 2025, date(2025, 5, 5), True),
    ("point_budget_adherents", 2025, date(2025, 11, 5), True),
    ("point_budget_adherents", 2025, date(2024, 12, 5), True),
    ("subvention_notifiee", 2025, date(2025, 4, 1), None),
    ("subvention_versee", 2025, date(2025, 5, 31), None),
)
EXPECTED = {
    "BUD-01": 85_500,
    "BUD-02": Fraction(80_000 * 100, 85_500),
    "BUD-03": Fraction(5_000 * 100, 85_500),
    "BUD-04": Fraction(6_000 * 100, 82_800),
    "BUD-05": Fraction(60_000 * 100, 82_800),
    "BUD-06": Fraction(12_000 * 100, 82_800),
    "BUD-07": Fraction(4_000 * 100, 82_800),
    # The one of December 2024 is not of the year.
    "BUD-08": 2,
    "BUD-09": 1,
    # On 30 June: within six months.
    "BUD-10": 1,
    # Of six dates when money was shown, four in plain words.
    "BUD-11": Fraction(4 * 100, 6),
    "BUD-12": Fraction(2_800 * 100, 80_000),
    # From 1 April to 31 May.
    "BUD-13": 60,
    # 4 500 of 90 000.
    "BUD-14": 5,
    "FOR-08": Fraction(800 * 100, 82_800),
}


@pytest.fixture
def gem() -> Gem:
    gem = make_gem()
    for number, (side, category, planned, actual, in_kind) in enumerate(LINES):
        BudgetLine.objects.create(
            gem=gem,
            year=2025,
            side=side,
            category=category,
            label=f"Ligne {number}",
            planned_cents=None if planned is None else planned * 100,
            actual_cents=actual * 100,
            in_kind=in_kind,
        )
    for kind, year, day, easy in EVENTS:
        BudgetEvent.objects.create(gem=gem, kind=kind, year=year, date=day, easy_read=easy)
    for month in range(1, 13):
        FinishedMonth.objects.create(
            gem=gem, month=date(2025, month, 1), finished_on=date(2026, 1, 5)
        )
    return gem


def value(gem: Gem, code: str, year: str = "2025") -> Measure:
    period = parse_period(year)
    return measure(gem.pk, [period], [code], TODAY)[code, period]


@pytest.mark.parametrize(("code", "expected"), EXPECTED.items())
def test_a_figure_is_what_a_hand_finds(gem: Gem, code: str, expected: int | Fraction) -> None:
    found = value(gem, code)
    assert found.state == State.OK
    assert found.value is not None
    assert abs(Fraction(found.value) - expected) < Fraction(1, 10**6)


def test_accounts_shown_years_later_are_not_shown_in_time(gem: Gem) -> None:
    BudgetEvent.objects.filter(kind="comptes_presentes_ca").update(date=date(2027, 3, 1))
    # No such date is « nobody noted it », which is not « no ».
    assert value(gem, "BUD-10").state == State.EMPTY


@pytest.mark.parametrize("code", ["BUD-01", "BUD-02", "BUD-12", "BUD-14"])
def test_a_year_without_a_budget_is_not_zero(gem: Gem, code: str) -> None:
    assert value(gem, code, "2023").value is None
