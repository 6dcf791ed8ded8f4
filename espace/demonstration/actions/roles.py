"""Writes who holds which role in the fictional network, and the demonstration tablet."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from django.conf import settings
from django.utils.text import slugify

from espace.accounts.choices import Role
from espace.accounts.models import Account
from espace.demonstration.actions.places import fresh_id
from espace.demonstration.rules.network import MAIN, Portrait
from espace.demonstration.rules.people import Character
from espace.groups.choices import Function
from espace.groups.models import Device, Gem, Mandate, Person, TerritoryMandate
from espace.groups.rules.tokens import DEMONSTRATION_TABLET, demonstration_token, token_hash

FUNCTIONS = (
    Function.PRESIDENCE,
    Function.TRESORERIE,
    Function.SECRETARIAT,
    Function.AUTRE_BUREAU,
    Function.ADMINISTRATEUR,
)
STAFF = (("Sandrine", "P"), ("Julien", "M"), ("Amélie", "R"), ("Farid", "K"))
VOLUNTEERS = (("Paulette", "G"), ("Jean-Luc", "T"))
OUTSIDE = {
    Role.SPONSOR: ("Geneviève", "A"),
    Role.MANAGER: ("Antoine", "V"),
    Role.FEDERATION: ("Myriam", "S"),
    Role.DELEGATE: ("Régis", "C"),
    Role.ARS: ("Delphine", "B"),
    Role.CNSA: ("Vincent", "H"),
    Role.MUNICIPALITY: ("Sabine", "F"),
}
TERRITORIES = {
    Role.FEDERATION: "nation",
    Role.DELEGATE: f"region:{MAIN.region_code}",
    Role.ARS: f"region:{MAIN.region_code}",
    Role.CNSA: "nation",
    Role.MUNICIPALITY: f"commune:{MAIN.commune_code}",
}
MEMBERS_WITH_AN_ACCOUNT = 5


class Roles:
    """The roles of one GEM; in the main GEM, one person per role can be entered as."""

    def __init__(self, gem: Gem, portrait: Portrait, today: date, rng: Random) -> None:
        self.gem, self.portrait, self.today, self.rng = gem, portrait, today, rng
        self.main = portrait is MAIN

    def write(self, people: Sequence[Person], characters: Sequence[Character]) -> None:
        faithful = [
            person
            for person, character in zip(people, characters, strict=True)
            if character.is_around(self.today)
            and any(each.year == self.today.year for each in character.memberships)
        ]
        bureau = faithful[: self.portrait.elected]
        elected = [self.write_elected(person, rank) for rank, person in enumerate(bureau)]
        granted_by = elected[0]
        members = faithful[len(bureau) : len(bureau) + MEMBERS_WITH_AN_ACCOUNT]
        for rank, person in enumerate(members):
            self.mandate(self.account_of(person, Role.MEMBER, rank), Role.MEMBER, granted_by)
        for rank, name in enumerate(STAFF[: self.portrait.staff]):
            self.mandate(self.account(*name, Role.ANIMATOR, rank), Role.ANIMATOR, granted_by)
        if self.main:
            for rank, name in enumerate(VOLUNTEERS):
                self.mandate(self.account(*name, Role.VOLUNTEER, rank), Role.VOLUNTEER, granted_by)
            self.write_tablet(granted_by)

    def write_elected(self, person: Person, rank: int) -> Account:
        account = self.account_of(person, Role.ELECTED, rank)
        collegial = self.portrait.collegial and rank < 3
        self.mandate(
            account,
            Role.ELECTED,
            None,
            function=Function.PRESIDENCE if collegial else FUNCTIONS[rank],
            is_first=rank % 2 == 1,
            shared=collegial,
            started_on=self.today - timedelta(days=self.rng.randint(90, 700)),
        )
        return account

    def account_of(self, person: Person, role: Role, rank: int) -> Account:
        """Give an account to someone of the roll."""
        account = self.account(person.first_name, person.initial, role, rank)
        person.account = account
        person.save(update_fields=["account"])
        return account

    def account(self, first_name: str, initial: str, role: Role, rank: int) -> Account:
        name = slugify(f"{first_name} {initial} {role} {rank + 1} {self.gem.slug}")
        account = Account(
            id=fresh_id(self.rng),
            email=f"{name}@exemple.test",
            first_name=first_name,
            initial=initial,
            demonstration_role=role if self.main and rank == 0 else "",
        )
        account.set_unusable_password()
        account.save()
        return account

    def mandate(
        self, account: Account, role: Role, granted_by: Account | None, **values: object
    ) -> None:
        defaults: dict[str, object] = {
            "id": fresh_id(self.rng),
            "started_on": self.today - timedelta(days=self.rng.randint(60, 900)),
            "is_member": role in (Role.MEMBER, Role.ELECTED),
        }
        Mandate.objects.create(
            gem=self.gem,
            account=account,
            role=role,
            granted_by=granted_by,
            **{**defaults, **values},
        )

    def write_tablet(self, enrolled_by: Account) -> None:
        token = demonstration_token(settings.SECRET_KEY, self.gem.slug)
        Device.objects.create(
            id=fresh_id(self.rng),
            gem=self.gem,
            name=DEMONSTRATION_TABLET,
            token_hash=token_hash(token),
            enrolled_by=enrolled_by,
        )


def write_outside_roles(today: date, rng: Random) -> None:
    """Write the roles beside the GEM: sponsor, manager (of several GEM), institutions, FiGEM."""
    since = today - timedelta(days=400)
    main = Gem.objects.get(slug=slugify(MAIN.name))
    for role, (first_name, initial) in OUTSIDE.items():
        account = Account(
            id=fresh_id(rng),
            email=f"{slugify(first_name)}.{role}@exemple.test",
            first_name=first_name,
            initial=initial,
            demonstration_role=role,
        )
        account.set_unusable_password()
        account.save()
        if role in TERRITORIES:
            TerritoryMandate.objects.create(
                id=fresh_id(rng),
                account=account,
                role=role,
                territory=TERRITORIES[role],
                started_on=since,
            )
            continue
        same = (
            {"sponsor": main.sponsor}
            if role == Role.SPONSOR
            else {"managing_organisation": main.managing_organisation}
        )
        for gem in Gem.objects.filter(practice=False, **same).order_by("name"):
            Mandate.objects.create(
                id=fresh_id(rng),
                gem=gem,
                account=account,
                role=role,
                started_on=since,
                is_member=False,
            )


def write_practice_roles(today: date, rng: Random) -> None:
    """Let the elected person and the employee of the main GEM try things in the practice GEM."""
    practice = Gem.objects.get(practice=True)
    for role in (Role.ELECTED, Role.ANIMATOR):
        Mandate.objects.create(
            id=fresh_id(rng),
            gem=practice,
            account=Account.objects.get(demonstration_role=role),
            role=role,
            function=Function.ADMINISTRATEUR if role == Role.ELECTED else "",
            started_on=today - timedelta(days=30),
            is_member=role == Role.ELECTED,
        )
