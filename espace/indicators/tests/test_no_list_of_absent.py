"""« Adhérents pas vus depuis 3 mois » is a number: no page, part or file says who they are."""

import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.test import Client

from espace.accounts.choices import Role
from espace.groups.models import Gem, Membership, Person
from espace.groups.tests.factories import make_gem, make_person

NAME = "Philomène"
PAGES = (
    "/notre-gem/",
    "/notre-gem/chiffre/ATT-08/",
    "/notre-gem/chiffres/frequentation/",
    "/notre-gem/chiffres/frequentation/?page=2",
    "/notre-gem/chiffres/adhesion/",
    "/notre-gem/phrases/",
    "/notre-gem/chiffres.csv",
    "/notre-gem/chiffres.xlsx",
)


@pytest.fixture
def absent(db: None, clock: Callable[[str], Any]) -> Person:
    """A member nobody has seen for three months: the only one on the roll."""
    clock("2026-11-02 11:00")
    person = make_person(make_gem(), NAME)
    Membership.objects.create(person=person, year=2026, started_on=date(2026, 1, 10))
    return person


def text_of(answer: Any) -> str:
    if answer.content[:2] != b"PK":
        return answer.content.decode("utf-8-sig")
    with zipfile.ZipFile(BytesIO(answer.content)) as book:
        return "".join(book.read(name).decode() for name in book.namelist())


@pytest.mark.parametrize("role", [Role.MEMBER, Role.ELECTED, Role.ANIMATOR])
def test_the_number_is_said_and_nobody_is_named(
    role: Role, absent: Person, as_role: Callable[[str, Gem], Client]
) -> None:
    client = as_role(role, absent.gem)
    assert "Nous n'avons pas vu" in text_of(client.get("/notre-gem/chiffre/ATT-08/")).replace(
        "&#x27;", "'"
    )
    named = []
    for page in PAGES:
        for headers in ({}, {"HX-Request": "true"}):
            answer = client.get(page, headers=headers)
            if answer.status_code == 200 and (
                NAME in text_of(answer) or str(absent.pk) in text_of(answer)
            ):
                named.append(page)
    assert named == []
