"""Who does what between the five actors, what the specification says else, and signs of fatigue."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).parent.parent / "autonomy.yaml"
REVIEW = timedelta(days=365)
QUIET = timedelta(days=90)
HEAVY = 3
"""Tasks on one person."""
LATE = 2
"""Deadlines that passed."""
UNKNOWN = "inconnu"


@dataclass(frozen=True, slots=True)
class Step:
    """One of the six steps, from delegated to direct management."""

    number: int
    title: str
    change: str
    ready: str
    teaches: str
    watches: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question of « qui fait quoi »; ``against`` are the answers a text says otherwise."""

    code: str
    text: str
    against: tuple[str, ...] = ()
    said: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """Steps, actors by code, questions: data of the product, to be read again by FiGEM."""

    steps: tuple[Step, ...]
    actors: Mapping[str, str]
    questions: tuple[Question, ...]


@cache
def content() -> Content:
    """Return the steps and questions as the file says them."""
    data: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return Content(
        tuple(Step(number, **step) for number, step in enumerate(data["steps"], 1)),
        data["actors"],
        tuple(
            Question(**{**one, "against": tuple(one.get("against", ()))})
            for one in data["questions"]
        ),
    )


def read_answers(answers: Mapping[str, Any]) -> dict[str, str]:
    """Return the answers that exist; one left aside, or unknown to us, is « we don't know »."""
    actors = content().actors
    return {
        one.code: answers[one.code] if answers.get(one.code) in actors else UNKNOWN
        for one in content().questions
    }


def contradictions(answers: Mapping[str, str]) -> list[Question]:
    """Return the questions where a text says otherwise: things to talk about, never faults."""
    return [one for one in content().questions if answers.get(one.code) in one.against]


def by_actor(answers: Mapping[str, str]) -> dict[str, list[str]]:
    """Return, for each actor in their order, the questions that are theirs; all questions once."""
    found: dict[str, list[str]] = {actor: [] for actor in content().actors}
    for one in content().questions:
        found[answers.get(one.code, UNKNOWN)].append(one.text)
    return found


def changed(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """Return the codes whose answer moved between two years, unknown answers left out."""
    return [
        code
        for code, actor in after.items()
        if UNKNOWN not in (actor, before.get(code, UNKNOWN)) and before[code] != actor
    ]


def is_to_review(reviewed_on: date | None, today: date) -> bool:
    """Tell whether « qui fait quoi » was never said, or is a year old."""
    return reviewed_on is None or today - reviewed_on >= REVIEW


class Tired(StrEnum):
    """What may show a tired board. Facts of the GEM only; nothing on how anybody feels."""

    HEAVY = "heavy"
    QUIET = "quiet"
    LATE = "late"
    ALONE = "alone"


@dataclass(frozen=True, slots=True)
class BoardFacts:
    """What the GEM already knows; ``last_meeting`` None when none was held."""

    most_tasks_on_one: int
    last_meeting: date | None
    late_deadlines: int
    elected: int


def signs(facts: BoardFacts, today: date) -> list[Tired]:
    """Return what may be worth a talk, for the elected people only."""
    found = []
    if facts.most_tasks_on_one >= HEAVY:
        found.append(Tired.HEAVY)
    if facts.last_meeting is None or today - facts.last_meeting > QUIET:
        found.append(Tired.QUIET)
    if facts.late_deadlines >= LATE:
        found.append(Tired.LATE)
    if facts.elected == 1:
        found.append(Tired.ALONE)
    return found
