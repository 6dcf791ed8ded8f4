"""Writes the surveys of a fictional GEM: the two years before, and this year's, open or over."""

from datetime import date, timedelta
from random import Random

from espace.demonstration.actions.places import fresh_id
from espace.groups.models import Gem
from espace.surveys.choices import NationalState, RoundState, Scale
from espace.surveys.models import Answer, NationalSurvey, Round
from espace.surveys.rules import draft_content, questionnaire, shipped_scales

A_WHILE = timedelta(days=120)


def write_surveys(gem: Gem, today: date, rng: Random, *, still_open: bool) -> None:
    """Write the surveys as they stand on ``today``."""
    this_year = today - timedelta(days=12) if still_open else today - A_WHILE
    asked = questionnaire()
    for back in (2, 1, 0):
        year, invited = today.year - back, rng.randrange(28, 45)
        if gem.opened_on and gem.opened_on.year > year:
            continue
        opened = date(year, 6, 2) if back else max(this_year, date(year, 1, 1))
        closed = opened + timedelta(days=41)
        over = closed < today
        people = rng.randrange(14, 26) if over else 0
        row = Round.objects.create(
            id=fresh_id(rng),
            gem=gem,
            year=year,
            questionnaire=asked.name,
            invited_count=invited,
            state=RoundState.CLOSED if over else RoundState.OPEN,
            opened_on=opened,
            closes_on=opened + timedelta(days=40),
            closed_on=closed if over else None,
            sheets=people,
        )
        weights = (1, 2, 5, 6) if back == 1 else (2, 3, 5, 3)
        Answer.objects.bulk_create(
            Answer(
                id=fresh_id(rng),
                round=row,
                question=one.code,
                score=rng.choices(
                    [level for level, _label in one.levels], (*weights, 2)[: len(one.levels)]
                )[0],
            )
            for one in asked.questions
            for _person in range(people)
            if rng.random() < 0.95
        )


def write_national(today: date, rng: Random) -> None:
    """Write a survey of the federation, offered to every GEM."""
    content = draft_content(
        {"fr": "Votre local", "en": "Your place"},
        {
            "fr": [
                "Notre local est agréable.",
                "On y vient facilement.",
                "? Que changer au local ?",
            ],
            "en": ["Our place is pleasant.", "It is easy to reach.", "? What would you change?"],
        },
        Scale.ACCORD,
        shipped_scales(),
    )
    NationalSurvey.objects.create(
        id=fresh_id(rng),
        title="Votre local",
        state=NationalState.PUBLISHED,
        content=content,
        made_on=today - timedelta(days=30),
        published_on=today - timedelta(days=20),
    )
