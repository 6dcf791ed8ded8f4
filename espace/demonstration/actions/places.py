"""Writes the profile of a fictional GEM, its opening hours and its roll."""

from collections.abc import Sequence
from random import Random
from uuid import UUID

from django.utils.text import slugify

from espace.demonstration.rules.network import Portrait
from espace.demonstration.rules.people import Character
from espace.groups.choices import DirectoryLevel, OrganisationKind
from espace.groups.models import Gem, Membership, OpeningHours, Organisation, Person

REASON = "Accord ancien, revu chaque année en assemblée générale."


def fresh_id(rng: Random) -> UUID:
    """Return an id drawn from ``rng``, so that two installations hold the same network."""
    return UUID(int=rng.getrandbits(128), version=4)


def write_gem(portrait: Portrait, rng: Random) -> Gem:
    sponsor = organisation(portrait.sponsor, OrganisationKind.FAMILIES)
    manager = organisation(portrait.manager, OrganisationKind.MEDICO_SOCIAL)
    gem = Gem.objects.create(
        id=fresh_id(rng),
        slug=slugify(portrait.name),
        name=portrait.name,
        commune_code=portrait.commune_code,
        commune_name=portrait.commune,
        departement_code=portrait.departement_code,
        region_code=portrait.region_code,
        ars_zone=portrait.ars_zone,
        time_zone=portrait.time_zone,
        opened_on=portrait.opened_on,
        first_funded_year=portrait.opened_on.year,
        public_focus=portrait.public_focus,
        management_mode=portrait.management,
        association_state=portrait.association,
        premises_kind=portrait.premises,
        premises_accessible=portrait.accessible,
        federated=portrait.federated,
        practice=portrait.practice,
        counting=portrait.counting,
        sponsor=sponsor,
        managing_organisation=manager,
        same_sponsor_reason=REASON if sponsor == manager else "",
        directory_level=DirectoryLevel.NOTHING if portrait.practice else DirectoryLevel.FULL,
        public_address="" if portrait.practice else f"12 rue du Marché, {portrait.commune}",
    )
    OpeningHours.objects.bulk_create(
        OpeningHours(
            id=fresh_id(rng),
            gem=gem,
            weekday=opening.weekday,
            starts_at=opening.starts_at,
            ends_at=opening.ends_at,
            member_run=opening.member_run,
        )
        for opening in portrait.openings
    )
    return gem


def organisation(name: str, kind: OrganisationKind) -> Organisation | None:
    """Return the organisation of that name, written at first use; None without a name."""
    if not name:
        return None
    return Organisation.objects.get_or_create(name=name, defaults={"kind": kind})[0]


def write_people(gem: Gem, characters: Sequence[Character], rng: Random) -> list[Person]:
    """Write the roll and its memberships; return the people in the order of ``characters``."""
    people = [
        Person(
            id=fresh_id(rng),
            gem=gem,
            first_name=character.first_name,
            initial=character.initial,
            number=character.number,
            pictogram=character.pictogram,
            first_seen_on=character.arrived_on,
            age_band=character.age_band,
            gender=character.gender,
        )
        for character in characters
    ]
    Person.objects.bulk_create(people, batch_size=500)
    Membership.objects.bulk_create(
        Membership(
            id=fresh_id(rng),
            person=person,
            year=adhesion.year,
            started_on=adhesion.started_on,
            fee_cents=adhesion.fee_cents,
            is_first=adhesion.is_first,
        )
        for person, character in zip(people, characters, strict=True)
        for adhesion in character.memberships
    )
    return people
