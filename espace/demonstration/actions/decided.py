"""Writes what a fictional GEM decides together: its idea box, and who signed up."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from espace.activities.choices import IdeaFrom, IdeaState, IdeaWay
from espace.activities.models import Activity, Idea, IdeaLink, SignUp
from espace.activities.rules.ideas import TOKEN_LENGTH, TOKEN_LETTERS
from espace.demonstration.actions.places import fresh_id
from espace.demonstration.rules.ideas import box
from espace.groups.models import Gem, Person

SINCE_THE_MEETING = timedelta(days=5)
PICKED = 2
WAITING = 3
LISTS = 2


def write_decided(gem: Gem, people: Sequence[Person], today: date, rng: Random) -> None:
    """Write the box and its link, two ideas in the programme, a list with people who wait.

    ``people`` are those of the roll who come these days.
    """
    write_ideas(gem, people, today, rng)
    write_sign_ups(gem, people, today, rng)
    # Its own draw: the address stays the same whatever the day (tests/pages.txt).
    letters = Random(f"{gem.slug}, link")
    token = "".join(letters.choice(TOKEN_LETTERS) for _rank in range(TOKEN_LENGTH))
    IdeaLink.objects.create(id=fresh_id(rng), gem=gem, token=token, made_on=today)


def write_ideas(gem: Gem, people: Sequence[Person], today: date, rng: Random) -> None:
    rows = [
        Idea(
            id=fresh_id(rng),
            gem=gem,
            text=one.text,
            family=one.family,
            will_lead=one.will_lead,
            signature=rng.choice(people).first_name if one.signed else "",
            way=one.way,
            received_on=one.received_on,
            likes=one.likes,
            state=one.state,
            answered_on=one.answered_on,
        )
        for one in box(today, rng)
    ]
    meeting = today - SINCE_THE_MEETING
    coming = Activity.objects.filter(gem=gem, series=None, state="prevue", date__gt=today)
    ours = coming.filter(idea_from=IdeaFrom.ADHERENTS).order_by("date", "starts_at", "pk")
    rows += [
        Idea(
            id=fresh_id(rng),
            gem=gem,
            text=activity.title,
            family=activity.family,
            way=IdeaWay.PAPIER,
            received_on=meeting - timedelta(days=rng.randint(1, 9)),
            likes=rng.randint(1, 5),
            state=IdeaState.RETENUE,
            answered_on=meeting,
            activity=activity,
        )
        for activity in ours[:PICKED]
    ]
    Idea.objects.bulk_create(rows)


def write_sign_ups(gem: Gem, people: Sequence[Person], today: date, rng: Random) -> None:
    """Fill the next list beyond its seats, and the one after by half."""
    coming = Activity.objects.filter(gem=gem, state="prevue", date__gt=today, seats__isnull=False)
    rows: list[SignUp] = []
    for rank, activity in enumerate(coming.order_by("date", "starts_at", "pk")[:LISTS]):
        seats = activity.seats or 0
        asked = seats + WAITING if rank == 0 else seats // 2
        rows += [
            SignUp(
                id=fresh_id(rng),
                activity=activity,
                person=person if gem.counts_with_names else None,
                rank=number,
                waited=number > seats,
            )
            for number, person in enumerate(rng.sample(people, min(asked, len(people))), 1)
        ]
    SignUp.objects.bulk_create(rows)
