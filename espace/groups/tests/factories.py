"""Rows for tests: plain functions, nothing random, nothing hidden."""

from datetime import date
from itertools import count

from espace.accounts.access import Actor, Grant
from espace.accounts.choices import Role
from espace.accounts.models import Account
from espace.groups.choices import Counting, Function
from espace.groups.models import Gem, Mandate, Person

_numbers = count(1)


def make_gem(name: str = "GEM du Phare", **values: object) -> Gem:
    """A GEM of Quimper that counts with names, unless ``values`` say otherwise."""
    number = next(_numbers)
    defaults: dict[str, object] = {
        "slug": f"gem-{number}",
        "name": name,
        "commune_code": "29232",
        "commune_name": "Quimper",
        "departement_code": "29",
        "region_code": "53",
        "counting": Counting.NAMES,
    }
    return Gem.objects.create(**{**defaults, **values})


def make_account(first_name: str = "Nadia", initial: str = "B", **values: object) -> Account:
    email = values.pop("email", f"personne{next(_numbers)}@exemple.test")
    account = Account.objects.create_account(
        email=str(email), first_name=first_name, initial=initial
    )
    for name, value in values.items():
        setattr(account, name, value)
    account.save()
    return account


def make_mandate(gem: Gem, account: Account, role: str = Role.MEMBER, **values: object) -> Mandate:
    defaults: dict[str, object] = {"started_on": date(2024, 1, 1)}
    if role == Role.ELECTED:
        defaults["function"] = Function.PRESIDENCE
    return Mandate.objects.create(gem=gem, account=account, role=role, **{**defaults, **values})


def make_person(
    gem: Gem, first_name: str = "Karim", initial: str = "J", **values: object
) -> Person:
    return Person.objects.create(gem=gem, first_name=first_name, initial=initial, **values)


def make_actor(role: str, gem: Gem | None = None, account: Account | None = None) -> Actor:
    """An actor holding one role in ``gem``, with or without an account behind it."""
    return Actor(
        account_id=account.pk if account else None,
        name=str(account) if account else role,
        grants=frozenset({Grant(role, gem.pk if gem else None)}),
        gem_id=gem.pk if gem else None,
    )
