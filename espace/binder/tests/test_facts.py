"""The binder as figures of the catalogue: every expected value is counted on this page by hand."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from espace.accounts.choices import Role
from espace.binder.models import (
    Document,
    NetworkEvent,
    Partner,
    PartnerAction,
    StaffPost,
    Training,
)
from espace.groups.models import Gem, Membership
from espace.groups.tests.factories import make_account, make_gem, make_mandate, make_person
from espace.indicators import measures
from espace.indicators.rules import year_period

pytestmark = pytest.mark.django_db
TODAY = date(2025, 1, 20)


def partners(gem: Gem) -> None:
    """Two agreements run at the end of 2024: the town's and the library's."""
    town, care, rights, library, _job = (
        Partner.objects.create(
            gem=gem, name=name, category=category, agreement_signed_on=start, agreement_ends_on=end
        )
        for name, category, start, end in (
            ("Mairie", "commune", date(2023, 1, 1), date(2024, 12, 31)),
            ("CMP", "soins", date(2022, 1, 1), date(2024, 2, 1)),
            ("MDPH", "mdph", None, None),
            ("Médiathèque", "association_culture_sport", date(2024, 3, 5), None),
            ("Cap emploi", "insertion_emploi", None, None),
        )
    )
    for day, partner, kind, instance, members, public, led in (
        (date(2024, 1, 10), town, "evenement_ville", "aucune", 5, 40, True),
        (date(2024, 2, 11), town, "instance", "clsm", 2, None, None),
        (date(2024, 3, 1), care, "sensibilisation", "aucune", 3, 20, False),
        (date(2024, 3, 9), library, "pret_lieu_materiel", "aucune", None, None, True),
        (date(2023, 12, 1), rights, "rencontre", "aucune", 9, None, True),
        (date(2024, 3, 20), None, "rencontre", "aucune", None, None, None),
    ):
        PartnerAction.objects.create(
            gem=gem, date=day, label="L", partner=partner, kind=kind, instance=instance,
            members_count=members, public_count=public, led_by_members=led,
        )  # fmt: skip
    PartnerAction.objects.create(
        gem=gem, date=date(2024, 5, 1), label="L", kind="sensibilisation", removed=True
    )


def posts(gem: Gem) -> None:
    """At the end of 2024: a full time of the GEM, 0.8 lent by the manager, a trainee."""
    for kind, employer, fte, contract, start, end, sheet, hiring in (
        ("salarie", "gem", "1", "cdi", date(2020, 1, 1), None, True, None),
        ("mise_a_disposition", "gestionnaire", "0.8", "cdd", date(2024, 2, 1), None, None, True),
        ("salarie", "gestionnaire", "0.5", "cdi", date(2022, 5, 1), date(2024, 6, 30), True, None),
        ("stagiaire", "gem", "1", "", date(2024, 1, 1), None, True, True),
    ):
        StaffPost.objects.create(
            gem=gem, title="P", kind=kind, employer=employer, fte=fte, contract=contract,
            started_on=start, ended_on=end, job_sheet=sheet, members_in_hiring=hiring,
        )  # fmt: skip


def trainings(gem: Gem) -> None:
    """Three trainings in 2024, and one group of analysis; one training three years before."""
    for day, theme, hours, members, admins, staff, mixed in (
        (date(2024, 2, 1), "vie_associative", 6, 4, 2, 1, True),
        (date(2024, 4, 1), "budget", 3, 2, 1, None, False),
        (date(2024, 5, 1), "analyse_pratiques", 2, None, None, 2, None),
        (date(2024, 6, 1), "secourisme_pssm", 14, 1, None, 1, True),
        (date(2021, 6, 1), "pair_aidance", 14, 8, None, 1, True),
    ):
        Training.objects.create(
            gem=gem, date=day, label="F", theme=theme, hours=hours, members_count=members,
            admins_count=admins, staff_count=staff, mixed=mixed,
        )  # fmt: skip


def events(gem: Gem) -> None:
    for day, kind, members, staff, hosted in (
        (date(2024, 5, 1), "intergem_adherents", 6, 1, True),
        (date(2024, 7, 1), "visite", 3, None, False),
        (date(2024, 9, 1), "analyse_pratiques", None, 2, None),
    ):
        NetworkEvent.objects.create(
            gem=gem, date=day, label="R", kind=kind, members_count=members, staff_count=staff,
            hosted=hosted,
        )  # fmt: skip


def documents(gem: Gem) -> None:
    """Three of the six papers hold at the end of 2024: statutes, house rules, insurance."""
    for kind, dated, ends, shared in (
        ("statuts", date(2019, 1, 1), None, True),
        ("reglement_interieur", date(2020, 1, 1), None, True),
        ("convention_ars", date(2021, 1, 1), date(2024, 6, 30), True),
        ("assurance", date(2024, 1, 1), date(2024, 12, 31), True),
        ("projet", None, None, True),
        ("rapport_activite", date(2024, 3, 1), None, False),
    ):
        Document.objects.create(
            gem=gem, kind=kind, dated_on=dated, ends_on=ends, shared_with_members=shared
        )


@pytest.fixture
def gem(clock: Callable[[str], Any]) -> Gem:
    clock("2025-01-20 10:00")
    gem = make_gem(opened_on=date(2015, 1, 1))
    for fill in (partners, posts, trainings, events, documents):
        fill(gem)
    for rank in range(9):
        person = make_person(gem, f"P{rank}", "B")
        Membership.objects.create(person=person, year=2024, started_on=date(2024, 1, 5))
    for name, function in (("Lou", "presidence"), ("Max", "tresorerie")):
        make_mandate(
            gem, make_account(name), Role.ELECTED, function=function, started_on=date(2023, 5, 1)
        )
    return gem


EXPECTED = {
    # The town, the CMP, the library; what was done with nobody named has no partner.
    "PAR-01": 3,
    # Town, culture, care.
    "PAR-02": 3,
    "PAR-03": 2,
    "PAR-04": True,
    "PAR-05": 1,
    # 2 at the CLSM, 3 to raise awareness.
    "PAR-06": 5,
    "PAR-07": 1,
    "PAR-08": 60,
    # 2 of the 3 whose leader is known.
    "PAR-09": Fraction(200, 3),
    "PAR-10": 1,
    # Met in 2023 only.
    "PAR-11": False,
    "PAR-12": False,
    "PAR-13": 1,
    "RHU-01": Fraction(18, 10),
    "RHU-02": False,
    "RHU-03": 50,
    # One post left, of three during the year.
    "RHU-04": Fraction(100, 3),
    "RHU-05": 50,
    "RHU-06": 100,
    "RHU-09": True,
    # Nine members for 1.8 full time.
    "RHU-10": 5,
    "RHU-11": 50,
    # (4 + 2 + 1) + (2 + 1) + (1 + 1): a number left empty is nobody more.
    "FOR-01": 12,
    # 6 x 7 + 3 x 3 + 14 x 2 hours.
    "FOR-02": 79,
    "FOR-03": 6,
    # 3 seats filled by two elected people.
    "FOR-04": Fraction(3, 2),
    "FOR-05": 1,
    "FOR-06": Fraction(200, 3),
    "FOR-07": True,
    # Nobody, and no month said finished: not zero, empty (rule N0).
    "ENT-08": None,
    "RES-01": 3,
    "RES-02": 9,
    # 9 of 9 + 3.
    "RES-03": 75,
    # One GEM, which met others: not one of those without a meeting.
    "RES-04": 0,
    "RES-05": 1,
    "RES-06": 1,
    # Four of the five with a date.
    "DEM-21": 80,
    "QUA-11": 3,
}


@pytest.mark.parametrize(("code", "expected"), EXPECTED.items())
def test_figures_of_the_binder_are_those_of_the_page(code: str, expected: object, gem: Gem) -> None:
    asked = year_period(2024)
    measured = measures.measure(gem.pk, [asked], [code], TODAY)[code, asked]
    found = measured.value
    if not isinstance(expected, bool) and found is not None:
        assert Fraction(found).limit_denominator(1000) == expected
    else:
        assert found == expected
