"""Memberships of old years go; every figure that was said before is said the same after."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from espace.accounts.access import SYSTEM
from espace.accounts.choices import Role
from espace.activities.models import Attendance
from espace.groups.actions.retention import forget_mandates_ended_before, forget_memberships_until
from espace.groups.models import Gem, GoneYear, Mandate, Membership, Person
from espace.groups.tests.factories import make_account, make_gem, make_mandate, make_person
from espace.indicators import measures
from espace.indicators.catalogue_reading import catalogue
from espace.indicators.final_values import periods_of, years_read
from espace.indicators.models import FinalValue
from espace.indicators.rules import Moment, State, month_period, year_period
from espace.privacy.jobs import keep_the_rules
from espace.privacy.rules.retention import membership_years_over

YEARS = range(2022, 2028)
members = st.dictionaries(
    st.tuples(st.integers(0, 4), st.sampled_from(YEARS)),
    st.tuples(
        st.integers(1, 12), st.sampled_from([None, 0, 500, 1200]), st.booleans(), st.booleans()
    ),
    max_size=14,
)


def codes_of(entity: str) -> list[str]:
    """Codes that can be computed and read this sort of fact."""
    return [code for code in measures.computable() if entity in catalogue().entities(code)]


def figures(gem: Gem, codes: list[str], today: date) -> dict[Any, Any]:
    """Return what these codes say over every month, quarter and year that is over."""
    spans = [span for year in YEARS for span in periods_of(year) if span.end < today]
    found = measures.measure(gem.pk, spans, codes, today)
    return {key: (one.value, one.numerator, one.state) for key, one in found.items()}


def rounded(said: dict[Any, Any]) -> dict[Any, Any]:
    """Numbers are kept with eight decimals."""
    return {
        key: (*(None if n is None else round(n, 6) for n in (value, above)), state)
        for key, (value, above, state) in said.items()
    }


class TestMemberships(TestCase):
    @settings(
        max_examples=10,
        deadline=None,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )
    @given(members)
    def test_nothing_that_was_said_changes(self, drawn: dict[Any, Any]) -> None:
        """Year after year, whatever the memberships: every code that reads them, every period."""
        gem, codes = make_gem(), codes_of("membership")
        people = [make_person(gem, f"P{number}", "") for number in range(5)]
        for (who, year), (month, fee, first, before) in drawn.items():
            # Some pay for a year at the end of the year before.
            day = date(year - 1, 12, 5) if before else date(year, month, 5)
            Membership.objects.create(
                person=people[who], year=year, started_on=day, fee_cents=fee, is_first=first
            )
        Attendance.objects.create(gem=gem, person=people[0], date=date(2025, 3, 3))
        for today in (date(2026, 2, 1), date(2027, 2, 1), date(2028, 6, 1)):
            before_job = rounded(figures(gem, codes, today))
            year = membership_years_over(today)
            forget_memberships_until(actor=SYSTEM, gem_id=gem.pk, year=year, today=today, folded=())
            assert not Membership.objects.filter(person__gem=gem, year__lte=year).exists()
            after = rounded(figures(gem, codes, today))
            assert {k: (v, after[k]) for k, v in before_job.items() if after[k] != v} == {}


def test_every_code_of_memberships_says_which_years_it_reads() -> None:
    """Else its value would not be kept; since when someone is a member is on each membership."""
    moment = Moment(year_period(2025), date(2030, 1, 1))
    codes = codes_of("membership")
    assert {"ADH-01", "ADH-02", "ADH-03", "ADH-06", "ADH-07", "ADH-08", "ATT-08"} <= set(codes)
    read = {code: years_read(catalogue(), code, moment) for code in codes}
    assert {code: years for code, years in read.items() if not years <= {2024, 2025}} == {}
    assert all(2025 in years for years in read.values())
    assert read["ADH-03"] == {2024, 2025}


# --- One small GEM, counted with a pencil ---


@pytest.fixture
def little(db: None, settings: Any, tmp_path: Path, clock: Callable[[str], Any]) -> Gem:
    """2024: Ana and Ben, both for the first time; 2025: Ana; 2026: Ana and Chloé."""
    settings.DATA_DIR = tmp_path
    clock("2026-01-31 03:10")
    gem = make_gem()
    ana, ben, chloe = (make_person(gem, name, "") for name in ("Ana", "Ben", "Chloé"))
    for person, year, first, fee in (
        (ana, 2024, True, 1000),
        (ben, 2024, True, 2000),
        (ana, 2025, False, 1000),
        (ana, 2026, False, 1000),
        (chloe, 2026, True, 1000),
    ):
        Membership.objects.create(
            person=person, year=year, started_on=date(year, 1, 5), is_first=first, fee_cents=fee
        )
    return gem


def value(gem: Gem, code: str, year: int, today: date) -> Any:
    period = year_period(year)
    return measures.measure(gem.pk, [period], [code], today)[code, period].value


def test_the_figures_of_a_year_outlive_its_memberships(
    little: Gem, clock: Callable[[str], Any]
) -> None:
    clock("2026-02-01 03:10")
    keep_the_rules("")
    today = date(2026, 2, 1)
    assert sorted(Membership.objects.values_list("year", flat=True)) == [2025, 2026, 2026]
    said = {
        (code, year): value(little, code, year, today)
        for code in ("ADH-01", "ADH-02", "ADH-03", "ADH-06", "ADH-07")
        for year in (2024, 2025)
    }
    assert said == {
        ("ADH-01", 2024): 2,
        ("ADH-01", 2025): 1,
        ("ADH-02", 2024): 2,
        ("ADH-02", 2025): None,  # nobody, and its months are not finished
        ("ADH-03", 2024): None,
        ("ADH-03", 2025): 50,
        ("ADH-06", 2024): 15,
        ("ADH-06", 2025): 10,
        ("ADH-07", 2024): 0,
        ("ADH-07", 2025): 1,
    }
    assert value(little, "ADH-07", 2026, date(2027, 1, 1)) == 1  # Ana: 2 years, Chloé: 0
    # Nobody keeps Ben's line: no membership, no day, no account.
    assert list(Person.objects.values_list("first_name", flat=True)) == ["Ana", "Chloé"]
    assert list(GoneYear.objects.values_list("year", flat=True)) == [2024]
    kept = FinalValue.objects.count()
    clock("2026-02-02 03:10")
    keep_the_rules("")
    assert FinalValue.objects.count() == kept


def test_a_year_without_any_membership_still_says_so(
    little: Gem, clock: Callable[[str], Any]
) -> None:
    clock("2026-02-01 03:10")
    keep_the_rules("")
    period = year_period(2023)
    found = measures.measure(little.pk, [period], ["ADH-01"], date(2026, 2, 1))
    assert found["ADH-01", period].numerator == 0
    assert found["ADH-01", period].kept_on is None


def test_a_figure_without_a_kept_value_is_not_invented(
    little: Gem, clock: Callable[[str], Any]
) -> None:
    clock("2026-02-01 03:10")
    keep_the_rules("")
    FinalValue.objects.filter(code="ADH-01").delete()
    found = measures.measure(
        little.pk, [month_period(date(2024, 3, 1))], ["ADH-01"], date(2026, 2, 1)
    )
    assert [one.state for one in found.values()] == [State.NAMES_GONE]


def test_the_page_of_the_figure_says_since_when_it_is_kept(
    little: Gem, enter: Callable[..., Client], clock: Callable[[str], Any]
) -> None:
    clock("2026-02-01 03:10")
    keep_the_rules("")
    client = enter(make_mandate(little, make_account()).account)
    page = client.get("/notre-gem/chiffre/ADH-01/", {"periode": "2024"}).content.decode()
    assert "Ce chiffre est gardé depuis le 1 février 2026." in page


def test_a_mandate_over_for_five_years_counts_as_before(little: Gem) -> None:
    """Two functions of one person: figures count mandates, so the person may go."""
    nadia, today = make_account(), date(2029, 1, 5)
    days = {"started_on": date(2022, 3, 1), "ended_on": date(2023, 3, 1)}
    make_mandate(little, nadia, Role.ELECTED, function="presidence", **days)
    make_mandate(little, nadia, Role.ELECTED, function="tresorerie", shared=True, **days)
    codes = codes_of("mandate")
    assert len(codes) >= 5
    before = figures(little, codes, today)
    forget_mandates_ended_before(date(2024, 1, 5))
    assert not Mandate.objects.filter(account=nadia).exists()
    assert figures(little, codes, today) == before
    assert any(said[0] for said in before.values()), before
