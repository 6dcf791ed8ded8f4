"""« Le journal du GEM » : plain sentences, found by month and by matter."""

import re
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from espace.accounts import journal
from espace.accounts.access import SYSTEM
from espace.accounts.choices import Role
from espace.groups.models import Gem
from espace.groups.tests.factories import make_account, make_actor, make_gem
from espace.privacy.rules.months import last_months, month_named, months_before

pytestmark = pytest.mark.django_db
URL = "/notre-gem/journal/"


@pytest.fixture
def gem(clock: Callable[[str], Any]) -> Gem:
    clock("2026-10-14 14:00")
    return make_gem()


def write(gem: Gem, action: str, role: str = Role.ANIMATOR, thing: object = "") -> None:
    journal.write(
        make_actor(role, gem, make_account("Lucie", "R")), action, gem_id=gem.pk, thing=thing
    )


def lines(client: Client, query: str = "") -> list[str]:
    page = client.get(URL + query).content.decode()
    main = page[page.index("<main") : page.index("</main")]
    found = [re.sub(r"<[^>]+>", "", each) for each in re.findall(r"<li>(.*?)</li>", main, re.S)]
    return [re.sub(r"\s+", " ", each).strip().replace("&#x27;", "'") for each in found]


def test_the_bureau_reads_who_did_what(as_role: Callable[..., Client], gem: Gem) -> None:
    write(gem, "roll.added", thing="12345678-1234-1234-1234-123456789012")
    write(gem, "activities.record_presence", Role.DEVICE, thing=date(2026, 10, 13))
    journal.write(SYSTEM, "activities.plan_ahead", gem_id=gem.pk, thing="2026-10-14")
    other = make_gem("GEM du Canal")
    write(other, "roll.removed")
    said = lines(as_role(Role.ELECTED, gem))
    assert sorted(said) == [
        "Lucie (salarié) a ajouté une personne dans le carnet.",
        "Lucie (tablette du GEM) a coché des présences. Pour le 13 octobre.",
        "Mon Espace a préparé les semaines à venir. Pour le 14 octobre.",
    ]


def test_a_member_reads_what_was_done_without_the_names(
    as_role: Callable[..., Client], gem: Gem
) -> None:
    write(gem, "roll.added")
    write(gem, "roll.added")
    assert lines(as_role(Role.MEMBER, gem)) == [
        "Une personne (salarié) a ajouté une personne dans le carnet."
    ]


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.SPONSOR])
def test_others_do_not_read_it(role: Role, as_role: Callable[..., Client], gem: Gem) -> None:
    assert as_role(role, gem).get(URL).status_code == 403


def test_the_same_thing_done_often_in_a_day_is_one_line_without_a_number(
    as_role: Callable[..., Client], gem: Gem, clock: Callable[[str], Any]
) -> None:
    actor = make_actor(Role.ANIMATOR, gem, make_account("Lucie", "R"))
    for _tap in range(30):
        journal.write(actor, "activities.record_presence", gem_id=gem.pk, thing="2026-10-14")
    clock("2026-10-15 09:00")
    journal.write(actor, "activities.record_presence", gem_id=gem.pk, thing="2026-10-14")
    said = lines(as_role(Role.ELECTED, gem))
    assert said == ["Lucie (salarié) a coché des présences. Pour le 14 octobre."] * 2


def test_one_looks_by_month_and_by_matter(
    as_role: Callable[..., Client], gem: Gem, clock: Callable[[str], Any]
) -> None:
    clock("2026-09-30 23:30")
    write(gem, "roll.added")
    clock("2026-10-01 00:30")
    write(gem, "roll.hidden")
    write(gem, "imports.bring")
    client = as_role(Role.ELECTED, gem)
    assert len(lines(client)) == 3
    assert lines(client, "?mois=2026-09") == [
        "Lucie (salarié) a ajouté une personne dans le carnet."
    ]
    assert lines(client, "?mois=2026-10&sorte=fichiers") == [
        "Lucie (salarié) a apporté un fichier."
    ]
    assert len(lines(client, "?mois=2026-13&sorte=nimporte")) == 3
    assert "Rien n'est écrit ici" in client.get(URL + "?mois=2026-02").content.decode()


def test_pages_of_thirty_and_a_cost_that_does_not_grow(
    as_role: Callable[..., Client], gem: Gem, queries: Callable[[], Any]
) -> None:
    client = as_role(Role.ELECTED, gem)
    write(gem, "roll.added")
    client.get(URL)
    with queries() as one:
        client.get(URL)
    for rank in range(35):
        write(gem, "activities.record_presence", thing=date(2026, 9, rank % 28 + 1))
    with queries() as many:
        client.get(URL)
    assert len(one) == len(many)
    assert len(lines(client)) == 30
    assert len(lines(client, "?page=2")) == 6


@given(st.dates(min_value=date(3, 1, 1)), st.integers(0, 30))
def test_months_go_back_one_by_one(day: date, count: int) -> None:
    found = last_months(day, count + 1)
    assert found[0] == day.replace(day=1)
    assert found[-1] == months_before(day, count)
    assert all(later > earlier for later, earlier in pairwise(found))
    assert month_named(f"{found[-1]:%Y-%m}".zfill(7)) == found[-1]


@given(st.text())
def test_any_text_names_a_month_or_none(text: str) -> None:
    named = month_named(text)
    assert named is None or named.day == 1
