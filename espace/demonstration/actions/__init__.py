"""Writes the fictional network, once.

A seeder, not a journey: it writes the tables of several floors in bulk, which no other package may
do. See docs/decisions/0016-demonstration-package.md.
"""

from collections.abc import Mapping
from datetime import date
from random import Random

from django.db import transaction
from django.utils.text import slugify

from espace.accounts.choices import Role
from espace.accounts.models import Account
from espace.activities.models import Activity, Attendance, FinishedMonth, Idea, Series, SignUp, Slot
from espace.cards.actions import demonstration_card
from espace.demonstration.actions.binder import write_binder
from espace.demonstration.actions.decided import write_decided
from espace.demonstration.actions.life import Life
from espace.demonstration.actions.meetings import write_meetings
from espace.demonstration.actions.money import write_money
from espace.demonstration.actions.month_cards import write_month_cards
from espace.demonstration.actions.network_states import write_network_states
from espace.demonstration.actions.places import write_gem, write_people
from espace.demonstration.actions.roles import Roles, write_outside_roles, write_practice_roles
from espace.demonstration.actions.surveys import write_national, write_surveys
from espace.demonstration.actions.tasks import write_autonomy, write_tasks
from espace.demonstration.actions.votes import write_votes
from espace.demonstration.rules.network import MAIN, NETWORK, Portrait
from espace.demonstration.rules.people import characters
from espace.governance.models import BudgetLine, CashLine, Decision, Meeting
from espace.groups.models import Gem, Mandate, Membership, Person

SEED = 20260301


@transaction.atomic
def load_network(*, today: date, network: tuple[Portrait, ...] = NETWORK) -> Mapping[str, int]:
    """Write the network as it stands on ``today``; return how many rows of each sort there are.

    Does nothing when it is already there, whatever the date it was written for.
    """
    if not Gem.objects.filter(slug=slugify(MAIN.name)).exists():
        for rank, portrait in enumerate(network):
            write_portrait(portrait, today, Random(SEED + rank))
        rng = Random(SEED - 1)
        write_outside_roles(today, rng)
        write_practice_roles(today, rng)
        write_national(today, Random(SEED - 3))
        write_network_states(today, Random(SEED - 2))
        for role in (Role.ELECTED, Role.MEMBER):
            demonstration_card(role)
    return counts()


def write_portrait(portrait: Portrait, today: date, rng: Random) -> None:
    """Write one GEM: its profile, its people, its life and its roles."""
    gem = write_gem(portrait, rng)
    life = Life(portrait, today, rng)
    roll = characters(portrait, sorted({day.date for day in life.held}), today, rng)
    people = write_people(gem, roll, rng)
    life.write(gem, people, roll)
    around = [person for person, one in zip(people, roll, strict=True) if one.is_around(today)]
    # Its own draw, so that the rest of the network stays as it was.
    write_decided(gem, around, today, Random(f"{portrait.name}, decided"))
    write_month_cards(gem, today, Random(f"{portrait.name}, month cards"))
    write_money(gem, today, Random(f"{portrait.name}, money"))
    write_binder(gem, today, Random(f"{portrait.name}, binder"), with_file=portrait is MAIN)
    write_tasks(gem, around, today, Random(f"{portrait.name}, tasks"))
    write_surveys(gem, today, Random(f"{portrait.name}, surveys"), still_open=portrait is MAIN)
    write_meetings(gem, around, today, Random(f"{portrait.name}, meetings"))
    write_autonomy(gem, today, Random(f"{portrait.name}, autonomy"))
    write_votes(gem, around, today, Random(f"{portrait.name}, votes"))
    Roles(gem, portrait, today, rng).write(people, roll)


def counts() -> dict[str, int]:
    """Return how many rows the database holds, by sort."""
    return {
        "gem": Gem.objects.count(),
        "accounts": Account.objects.count(),
        "mandates": Mandate.objects.count(),
        "people": Person.objects.count(),
        "memberships": Membership.objects.count(),
        "series": Series.objects.count(),
        "slots": Slot.objects.count(),
        "activities": Activity.objects.count(),
        "attendance": Attendance.objects.count(),
        "ideas": Idea.objects.count(),
        "sign_ups": SignUp.objects.count(),
        "budget_lines": BudgetLine.objects.count(),
        "cash_lines": CashLine.objects.count(),
        "meetings": Meeting.objects.count(),
        "decisions": Decision.objects.count(),
        "finished_months": FinishedMonth.objects.filter(finished_on__isnull=False).count(),
    }
