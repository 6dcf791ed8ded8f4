"""Figures of the little GEM: expected values come from label_fr and reading_fr, by hand."""

from datetime import date
from fractions import Fraction

import pytest

from espace.activities.choices import Category
from espace.activities.models import Attendance, FinishedMonth, Slot
from espace.groups.choices import Counting
from espace.groups.models import Gem, Mandate
from espace.groups.tests.factories import make_gem, make_person
from espace.indicators.measures import computable, measure
from espace.indicators.rules import Measure, State, parse_period
from espace.indicators.tests.card_figures import EXPECTED as OF_THE_CARD
from espace.indicators.tests.little_gem import TODAY, make_little_gem, march

pytestmark = pytest.mark.django_db

MARCH, QUARTER = "2024-03", "2024-T1"

EXPECTED = {
    # Fréquentation: Ana, Ben, Cléo, Dina, Eli, Fay.
    ("ATT-01", MARCH): 6,
    # 19 with a first name (activities do not add), and 2 + 3 + 1 heads.
    ("ATT-02", MARCH): 25,
    # Without the outing of the 17th, which is not a day of opening: 23 passages in 7 days.
    ("ATT-03", MARCH): Fraction(23, 7),
    # Four weeks open; in three of them at least: Ana (4) and Ben (4), of 6.
    ("ATT-04", MARCH): Fraction(200, 6),
    # Eight days at least in four weeks: Ben (8); Ana has 6.
    ("ATT-05", MARCH): Fraction(100, 6),
    # Cléo, Dina, Fay.
    ("ATT-06", MARCH): 3,
    # First seen from 31 January to 1 March: Eli (back after 29 days) and Gus (not back).
    ("ATT-07", MARCH): 50,
    # Of this year's members, only Hal has not come in 90 days.
    ("ATT-08", MARCH): 1,
    # Fay once, though she also did an activity; 3 visitors and 1 relative.
    ("ATT-09", MARCH): 5,
    # Saturday 9th: 2 + 4; Wednesday evening 13th: 3; of 23 whose opening is known.
    ("ATT-10", MARCH): Fraction(900, 23),
    # Adhésion on 31 March: Ana, Ben, Cléo, Eli, Hal.
    ("ADH-01", MARCH): 5,
    ("ADH-01", "2024-02"): 3,
    ("ADH-02", MARCH): 2,
    # Of Ana, Ben, Hal, Iris in 2023, three took their card again.
    ("ADH-03", MARCH): 75,
    # Ana, Ben, Cléo, Eli of the six who came.
    ("ADH-04", MARCH): Fraction(400, 6),
    # Cléo after 14 days, Eli after 10.
    ("ADH-05", MARCH): 12,
    # 10, 10, 12 and 20 euros; Eli's is not known.
    ("ADH-06", MARCH): 11,
    # Ana 2 years, Ben 1, Hal 1, Cléo and Eli less than one.
    ("ADH-07", MARCH): 1,
    # Activités: five done of six planned.
    ("ACT-01", MARCH): 5,
    ("ACT-02", MARCH): 5,
    ("ACT-03", MARCH): 75,
    ("ACT-04", MARCH): 50,
    # Six participants in the four activities where they are noted.
    ("ACT-05", MARCH): Fraction(3, 2),
    ("ACT-06", MARCH): 20,
    # Ana, Ben, Fay of six.
    ("ACT-07", MARCH): 50,
    ("ACT-08", MARCH): 1,
    ("ACT-09", MARCH): 80,
    ("ACT-10", MARCH): Fraction(100, 6),
    # 25 hours open, 2 + 1 + 1.5 + 1 of activity at the place.
    ("ACT-11", MARCH): 78,
    # No partner is named yet.
    ("ACT-12", MARCH): 0,
    ("ACT-13", MARCH): 1,
    ("ENT-05", MARCH): 1,
    # Ouverture: 25 hours, 7 days, 4 weeks.
    ("OUV-01", MARCH): Fraction(25, 4),
    ("OUV-02", MARCH): 7,
    ("OUV-03", MARCH): 25,
    ("OUV-04", MARCH): 25,
    ("OUV-05", MARCH): 36,
    # The 18th, of the eight openings that were not a holiday.
    ("OUV-06", MARCH): Fraction(100, 8),
    ("OUV-07", MARCH): 4,
    ("OUV-08", MARCH): 4,
    ("OUV-09", MARCH): True,
    ("OUV-10", MARCH): True,
    # Qualité: three months finished, after 5, 11 and 4 days.
    ("QUA-01", QUARTER): 3,
    ("QUA-03", QUARTER): 5,
    ("QUA-04", QUARTER): Fraction(100, 3),
    ("QUA-05", QUARTER): 1,
    ("QUA-06", QUARTER): 100,
    # Who decides: a president who is a member, a treasurer who is not, no secretary.
    ("DEM-05", MARCH): 50,
    ("DEM-06", MARCH): True,
    ("DEM-13", MARCH): 0,
    ("DEM-14", MARCH): 50,
    ("DEM-15", MARCH): 1,
    ("DEM-19", MARCH): True,
    ("DEM-20", MARCH): True,
}


@pytest.fixture
def gem() -> Gem:
    return make_little_gem()


def one(gem: Gem, code: str, period: str, today: date = TODAY) -> Measure:
    asked = parse_period(period)
    return measure(gem.pk, [asked], [code], today)[code, asked]


def test_figures_counted_by_hand(gem: Gem) -> None:
    other = make_little_gem()  # a neighbour with the same life changes nothing
    assert other.pk != gem.pk
    codes = sorted({code for code, _ in EXPECTED})
    periods = [parse_period(text) for text in ("2024-02", MARCH, QUARTER)]
    found = measure(gem.pk, periods, codes, TODAY)
    read = {key: found[key[0], parse_period(key[1])] for key in EXPECTED}
    wrong = {
        key: (str(read[key].value), str(expected))
        for key, expected in EXPECTED.items()
        if not _same(read[key], expected)
    }
    assert wrong == {}
    assert {key: one.state for key, one in read.items() if one.state is not State.OK} == {}


def _same(found: Measure, expected: int | Fraction | bool) -> bool:
    if found.value is None or isinstance(expected, bool):
        return found.value is expected
    return abs(Fraction(found.value) - expected) < Fraction(1, 10**6)


def test_every_theme_of_the_living_page_is_covered() -> None:
    tested = {code for code, _ in EXPECTED} | {"ATT-11", "ATT-12", "ATT-13", "ADH-08"}
    tested |= {code for code, _ in OF_THE_CARD}
    # Papers of the GEM are counted by hand beside the binder (espace/binder/tests).
    tested |= {"QUA-11"}
    # Requests on data come from the journal (espace/privacy/tests).
    tested |= {"QUA-10"}
    # What was sent is counted by hand beside the reports (espace/reports/tests).
    tested |= {"QUA-08", "QUA-09"}
    themes = ("ATT", "ADH", "ACT", "OUV", "QUA")
    assert {code for code in computable() if code.startswith(themes)} - tested == set()


def test_partial_answers_say_how_much_is_known(gem: Gem) -> None:
    young = one(gem, "ATT-12", MARCH)
    assert (young.value, young.numerator, young.denominator) == (40, 2, 5)
    assert (float(young.known_share or 0), young.facts_missing) == (pytest.approx(5 / 6), 1)
    women = one(gem, "ATT-13", MARCH)
    assert (women.value, women.numerator, women.denominator) == (75, 3, 4)
    ideas = one(gem, "ACT-03", MARCH)
    assert (float(ideas.known_share or 0), ideas.facts_missing) == (pytest.approx(0.8), 1)


def test_too_few_answers_give_no_figure(gem: Gem) -> None:
    gem.people.exclude(first_name__in=("Ana", "Ben", "Cléo")).update(age_band="non_dit")
    young = one(gem, "ATT-12", MARCH)
    assert (young.value, young.state) == (None, State.NOT_ENOUGH_ANSWERS)


def test_people_are_told_apart_only_with_first_names(gem: Gem) -> None:
    sticks = make_gem(counting=Counting.STICKS)
    Attendance.objects.create(gem=sticks, date=march(6), head_count=12)
    FinishedMonth.objects.create(gem=sticks, month=march(1), finished_on=date(2024, 4, 2))
    assert one(sticks, "ATT-02", MARCH).value == 12
    for code in ("ATT-01", "ATT-04", "ATT-06", "ATT-08", "ACT-07", "ADH-04"):
        measured = one(sticks, code, MARCH)
        assert (code, measured.value, measured.state) == (code, None, State.WITHOUT_NAMES)


def test_a_gem_that_changes_its_way_of_counting_keeps_what_it_knew(gem: Gem) -> None:
    gem.counting = Counting.STICKS
    gem.save()
    Attendance.objects.create(gem=gem, date=date(2024, 4, 3), head_count=30)
    assert one(gem, "ATT-01", MARCH).value == 6
    april = one(gem, "ATT-01", "2024-04")
    assert (april.value, april.state) == (None, State.WITHOUT_NAMES)


def test_a_running_month_shows_the_count_so_far(gem: Gem) -> None:
    Attendance.objects.create(gem=gem, date=date(2024, 4, 3), category=Category.ADHERENT,
        person=make_person(gem, "Joe"))  # fmt: skip
    so_far = one(gem, "ATT-01", "2024-04")
    assert (so_far.value, so_far.state) == (1, State.RUNNING)
    assert so_far.missing_months == (date(2024, 4, 1),)


def test_a_past_month_nobody_finished_is_not_zero(gem: Gem) -> None:
    before = one(gem, "ACT-01", "2023-11")
    assert (before.value, before.state) == (None, State.NOT_FINISHED)
    FinishedMonth.objects.create(gem=gem, month=date(2023, 11, 1), finished_on=march(1))
    after = one(gem, "ACT-01", "2023-11")
    assert (after.value, after.state) == (0, State.OK)


def test_a_reopened_month_is_not_finished(gem: Gem) -> None:
    FinishedMonth.objects.filter(gem=gem, month=march(1)).update(finished_on=None)
    assert one(gem, "ACT-01", MARCH).state is State.RUNNING


def test_comparing_with_last_year_needs_both_periods_finished(gem: Gem) -> None:
    make = Attendance.objects.create
    for day in (6, 13, 20, 27):
        make(gem=gem, date=date(2023, 3, day), head_count=5)
    assert one(gem, "ATT-11", MARCH).state is State.NOT_FINISHED
    FinishedMonth.objects.create(gem=gem, month=date(2023, 3, 1), finished_on=date(2023, 4, 3))
    # 20 passages in March 2023, 25 in March 2024: a quarter more.
    grown = one(gem, "ATT-11", MARCH)
    assert (grown.value, grown.numerator, grown.denominator) == (25, 5, 20)


def test_an_empty_card_is_not_a_no() -> None:
    gem = make_gem()
    for code in ("OUV-09", "OUV-10", "DEM-06", "DEM-15", "DEM-19", "DEM-20"):
        measured = one(gem, code, MARCH)
        assert (code, measured.value, measured.state) == (code, None, State.EMPTY)


def test_nothing_opened_says_nothing_of_regular_visitors() -> None:
    gem = make_gem()
    Attendance.objects.create(gem=gem, date=march(6), person=make_person(gem))
    for code in ("ATT-03", "ATT-04", "ATT-05"):
        assert one(gem, code, MARCH).state is State.EMPTY


def test_a_college_of_members_holds_every_function(gem: Gem) -> None:
    Mandate.objects.filter(gem=gem, ended_on=None).update(
        function="administrateur", shared=True, is_member=True
    )
    assert one(gem, "DEM-15", MARCH).value == 0
    assert one(gem, "DEM-06", MARCH).value is True


def test_free_time_is_never_less_than_nothing(gem: Gem) -> None:
    Slot.objects.filter(gem=gem).exclude(date=march(4)).delete()
    gem.activities.update(hours=9, place="local")
    assert one(gem, "ACT-11", MARCH).value == 0


def test_small_gem_of_one_year_counts_its_members(gem: Gem) -> None:
    big = one(gem, "ADH-08", MARCH)
    assert (big.numerator, big.denominator) == (0, 1)


def test_facts_that_are_not_kept_yet_say_so(gem: Gem) -> None:
    for code in ("AUT-04", "RES-09"):
        measured = one(gem, code, MARCH)
        assert (code, measured.value, measured.state) == (code, None, State.NO_FACTS)


def test_a_period_to_come_has_no_figure(gem: Gem) -> None:
    assert one(gem, "ADH-01", "2024-05").state is State.EMPTY
