"""What pages and the command get: who may ask, what it costs, what it says."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from pytest_django import DjangoAssertNumQueries

from espace.accounts.access import NOBODY
from espace.accounts.choices import Role
from espace.accounts.permissions import NotAllowed
from espace.activities.models import Attendance
from espace.groups.models import Gem
from espace.groups.tests.factories import make_actor, make_gem, make_person
from espace.indicators import queries
from espace.indicators.rules import State, parse_period
from espace.indicators.tests.little_gem import TODAY, make_little_gem, march

pytestmark = pytest.mark.django_db

MARCH = parse_period("2024-03")
TWELVE = ("ATT-01", "ATT-02", "ATT-04", "ATT-06", "ATT-07", "ATT-10", "ADH-01", "ADH-04",
    "ACT-01", "ACT-03", "OUV-01", "OUV-05")  # fmt: skip


@pytest.fixture
def gem() -> Gem:
    return make_little_gem()


@pytest.mark.parametrize("role", [Role.MEMBER, Role.ELECTED, Role.ANIMATOR])
def test_those_of_the_gem_see_its_figures(gem: Gem, role: Role) -> None:
    actor = make_actor(role, gem)
    assert queries.measure(actor, gem.pk, [MARCH], ["ATT-01"], TODAY)["ATT-01", MARCH].value == 6


@pytest.mark.parametrize(
    "role", [Role.SPONSOR, Role.MANAGER, Role.FEDERATION, Role.ARS, Role.VOLUNTEER]
)
def test_others_do_not(gem: Gem, role: Role) -> None:
    elsewhere = make_actor(Role.ELECTED, make_gem())
    for actor in (make_actor(role, gem), elsewhere, NOBODY):
        with pytest.raises(NotAllowed):
            queries.measure(actor, gem.pk, [MARCH], ["ATT-01"], TODAY)
        with pytest.raises(NotAllowed):
            queries.explain(actor, gem.pk, "ATT-01", MARCH, TODAY)
        with pytest.raises(NotAllowed):
            queries.series(actor, gem.pk, "ATT-01", today=TODAY)


@pytest.mark.parametrize("people", [1, 30])
def test_many_figures_cost_two_queries(
    people: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    gem = make_gem()
    actor = make_actor(Role.MEMBER, gem)
    for number in range(people):
        person = make_person(gem, f"Prénom {number}", "", first_seen_on=march(1))
        Attendance.objects.create(gem=gem, date=march(4), person=person)
    periods = [MARCH, MARCH.previous(), MARCH.year_before()]
    # The year before looks at months old enough to be folded: one more query asks which are.
    with django_assert_num_queries(3):
        found = queries.measure(actor, gem.pk, periods, TWELVE, TODAY)
    assert len(found) == 36
    assert found["ATT-01", MARCH].value == people
    with django_assert_num_queries(2):
        assert len(queries.series(actor, gem.pk, "ATT-01", today=TODAY)) == 13
    with django_assert_num_queries(4):
        queries.explain(actor, gem.pk, "ATT-01", MARCH, TODAY)


def test_a_series_ends_with_this_month(gem: Gem) -> None:
    found = queries.series(make_actor(Role.MEMBER, gem), gem.pk, "ATT-02", 4, TODAY)
    said = [(str(one.period), one.value, one.state) for one in found]
    assert said == [
        ("2024-01", 0, State.OK),
        ("2024-02", 2, State.OK),
        ("2024-03", 25, State.OK),
        ("2024-04", 0, State.RUNNING),
    ]


def test_where_a_figure_comes_from(gem: Gem) -> None:
    found = queries.explain(make_actor(Role.MEMBER, gem), gem.pk, "ACT-03", MARCH, TODAY)
    assert found.sentence_fr == "3 activités sur 4 viennent d'une idée d'adhérents."
    assert found.state_fr == ""
    assert found.steps_fr[1] == (
        "On divise par le nombre d'activités faites, dont on sait d'où vient l'idée,"
        " pendant la période."
    )
    assert [(fact.label_fr, fact.rows) for fact in found.facts] == [("activités", 4)]
    assert (found.missing_rows, found.missing_months) == (1, ())
    assert found.viewers_fr[0] == "Les adhérents, les élus et les salariés du GEM."
    assert [str(one.period) for one in found.months][-2:] == ["2024-02", "2024-03"]
    assert len(found.months) == 13


def test_a_quarter_is_explained_by_its_months(gem: Gem) -> None:
    quarter = parse_period("2024-T2")
    found = queries.explain(make_actor(Role.MEMBER, gem), gem.pk, "ACT-01", quarter, TODAY)
    assert [str(one.period) for one in found.months] == ["2024-04", "2024-05", "2024-06"]
    assert found.state_fr == "mois pas fini"
    assert found.missing_months == (date(2024, 4, 1), date(2024, 5, 1), date(2024, 6, 1))


def test_a_change_shows_at_once(gem: Gem) -> None:
    actor = make_actor(Role.MEMBER, gem)

    def people() -> object:
        return queries.measure(actor, gem.pk, [MARCH], ["ATT-01"], TODAY)["ATT-01", MARCH].value

    assert people() == 6
    Attendance.objects.create(gem=gem, date=march(27), person=make_person(gem, "Zoé"))
    assert people() == 7


def test_only_figures_a_gem_may_see_are_offered() -> None:
    codes = [one.code for one in queries.shown_in_gem()]
    assert {"ATT-01", "OUV-09", "QUA-01", "DEM-01"} <= set(codes)
    assert set(codes) & {"ATT-12", "ADH-08", "QUA-06"} == set()
    assert {one.theme for one in queries.shown_in_gem("OUV")} == {"OUV"}


def _command(*arguments: str) -> str:
    out = StringIO()
    call_command("indicators", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_writes_json_alone(gem: Gem) -> None:
    rows = json.loads(_command("--group", gem.slug, "--period", "2024-03", "--json"))
    by_code = {row["code"]: row for row in rows}
    assert by_code["ADH-04"] == {
        "code": "ADH-04",
        "label": "Part d'adhérents parmi les personnes accueillies",
        "value": 66.6667,
        "numerator": 4,
        "denominator": 6,
        "known_share": 0.9048,
        "state": "ok",
    }
    assert by_code["OUV-09"]["value"] is True
    assert (by_code["AUT-04"]["value"], by_code["AUT-04"]["state"]) == (None, "no_facts")
    assert "ATT-12" not in by_code
    assert len(rows) == 158


def test_the_command_writes_a_table(gem: Gem) -> None:
    lines = _command("--group", gem.slug, "--period", "2024-03").splitlines()
    assert lines[0] == "GEM du Phare, mars 2024"
    table = {line[:6]: " ".join(line.split()) for line in lines[2:]}
    assert table["ATT-02"] == "ATT-02 Passages 25 passages"
    assert table["DEM-19"] == "DEM-19 Association d'adhérents déclarée oui"
    assert table["BUD-01"] == "BUD-01 Argent reçu dans l'année - rien de noté"
    assert table["AUT-04"].endswith("- pas encore suivi")


@pytest.mark.parametrize(
    ("slug", "period", "message"),
    [
        ("inconnu", "2024-03", "Aucun GEM ne s'appelle « inconnu »."),
        ("", "mars", "La période s'écrit 2026, 2026-T4, 2026-10 ou 2026-03-01..2026-05-31."),
    ],
)
def test_the_command_says_what_is_wrong(gem: Gem, slug: str, period: str, message: str) -> None:
    with pytest.raises(CommandError) as raised:
        _command("--group", slug or gem.slug, "--period", period)
    assert str(raised.value) == message
