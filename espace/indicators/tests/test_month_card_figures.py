"""Figures of the month card: expected values are counted by hand in ``card_figures``."""

from datetime import date
from fractions import Fraction

import pytest

from espace.activities.models import FinishedMonth, HelpTally
from espace.groups.models import Gem
from espace.indicators.catalogue_reading import catalogue
from espace.indicators.living import USUAL_WITH_NAMES, USUAL_WITH_STICKS, sentence_choices
from espace.indicators.measures import measure
from espace.indicators.rules import Measure, State, parse_period
from espace.indicators.tests.card_figures import EXPECTED, MARCH, QUARTER, write_cards
from espace.indicators.tests.little_gem import TODAY, make_little_gem

pytestmark = pytest.mark.django_db


@pytest.fixture
def gem() -> Gem:
    return make_little_gem()


def one(gem: Gem, code: str, period: str, today: date = TODAY) -> Measure:
    asked = parse_period(period)
    return measure(gem.pk, [asked], [code], today)[code, asked]


def test_figures_counted_by_hand(gem: Gem) -> None:
    write_cards(gem)
    write_cards(make_little_gem())  # a neighbour with the same life changes nothing
    period = parse_period(QUARTER)
    found = measure(gem.pk, [period], [code for code, _period in EXPECTED], TODAY)
    wrong = {
        code: (str(found[code, period].value), found[code, period].state, str(expected))
        for (code, _period), expected in EXPECTED.items()
        if found[code, period].value is None
        or abs(Fraction(found[code, period].value) - expected) > Fraction(1, 10**6)
        or found[code, period].state is not State.OK
    }
    assert wrong == {}


def test_a_card_left_empty_is_not_zero(gem: Gem) -> None:
    """Three months are finished and nobody wrote the card: nothing can be said."""
    for code in ("ENT-01", "ENT-02", "ENT-07", "ORI-01", "ORI-07", "RHU-07"):
        assert (code, one(gem, code, QUARTER).value) == (code, None)
    HelpTally.objects.create(gem=gem, month=MARCH, kind="ecoute", from_kind="adherent", count=0)
    assert one(gem, "ENT-01", "2024-03").value == 0
    # One month of three has an answer: too few for the quarter.
    assert one(gem, "ENT-01", QUARTER).state is State.NOT_ENOUGH_ANSWERS


def test_how_many_months_are_known_is_told(gem: Gem) -> None:
    write_cards(gem)
    found = one(gem, "ENT-01", QUARTER)
    assert (round(float(found.known_share or 0), 2), found.facts_missing) == (0.67, 1)


def test_a_month_that_runs_shows_what_is_counted_so_far(gem: Gem) -> None:
    april = date(2024, 4, 1)
    HelpTally.objects.create(gem=gem, month=april, kind="ecoute", from_kind="adherent", count=2)
    found = one(gem, "ENT-01", "2024-04")
    assert (found.value, found.state) == (2, State.RUNNING)
    assert one(gem, "ORI-05", "2024-04").state is State.EMPTY


def test_acts_of_help_stay_in_the_gem_and_off_the_page_that_opens(gem: Gem) -> None:
    for code in ("ENT-01", "ENT-02"):
        data = catalogue().indicators[code].data
        assert (data["audience"], data["levels"], data["rollup"]) == (["gem"], ["gem"], "none")
        assert code not in (*USUAL_WITH_NAMES, *USUAL_WITH_STICKS)
        assert code not in [choice for choice, _question in sentence_choices()]


def test_a_month_opened_again_is_no_more_counted_as_without_an_answer(gem: Gem) -> None:
    write_cards(gem)
    FinishedMonth.objects.filter(gem=gem, month=date(2024, 2, 1)).update(finished_on=None)
    found = one(gem, "ENT-01", QUARTER)
    assert (found.value, found.state, found.facts_missing) == (12, State.RUNNING, 0)
