"""Rules of surveys: a questionnaire, what may be shown of answers, what a year tells, whose month.

Plain Python: the same rules serve a phone, the tablet, a sheet typed in, and later a scanned one.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from math import sqrt
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "questionnaires"
FEWEST_ANSWERS = 5
"""No result under five answers (catalogue, rule N4)."""
SMALLEST_BAR = 3
"""No bar of one or two people: it would nearly name them."""
CAUTION = 0.3
"""Under 30 % of answers, « à lire avec prudence » (IMP-01)."""
SURE = 1.645
"""Normal deviate of a 90 % interval."""
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in one language; ``levels`` are its answers, from the lowest up."""

    code: str
    text: str
    levels: tuple[tuple[int, str], ...]
    shown: bool


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """A version of a questionnaire, in one language."""

    name: str
    title: str
    questions: tuple[Asked, ...]

    @property
    def codes(self) -> list[str]:
        return [one.code for one in self.questions]


def read_questionnaire(content: Mapping[str, Any], language: str = "fr") -> Questionnaire:
    """Return a questionnaire as data say it; raises KeyError for a language it does not speak."""
    return Questionnaire(
        name=f"{content['key']}-{content['version']}",
        title=content["title"][language],
        questions=tuple(
            Asked(
                code=one["code"],
                text=one["text"][language],
                levels=tuple(
                    (int(level), words[language])
                    for level, words in sorted(content["scales"][one["scale"]].items())
                ),
                shown=one["shown"],
            )
            for one in content["questions"]
        ),
    )


@cache
def questionnaire(name: str = "impact-1", language: str = "fr") -> Questionnaire:
    """Return a questionnaire of the product by its name and version."""
    content = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return read_questionnaire(content, language)


def read_answers(asked: Questionnaire, answers: Mapping[str, Any]) -> dict[str, int]:
    """Return the levels that exist; a question left aside, or a level nobody offers, is no answer.

    The seam of every way of answering: a form, a sheet typed in, a scan.
    """
    found = {}
    for one in asked.questions:
        level = str(answers.get(one.code, "")).strip()
        if level.isdecimal() and int(level) in dict(one.levels):
            found[one.code] = int(level)
    return found


# --- What may be shown ---


class Showing(StrEnum):
    """How much of a question is shown."""

    EACH = "each"
    """Every level has its bar."""
    HALVES = "halves"
    """« Plutôt non » and « plutôt oui »: a bar alone was one or two people."""
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Bars:
    """What is shown of one question: label and number of answers of each bar, lowest first."""

    showing: Showing
    bars: tuple[tuple[str, int], ...]
    answers: int
    agree: int


def bars(asked: Asked, levels: Iterable[int], halves: tuple[str, str]) -> Bars:
    """Return the bars that name nobody. Nothing else of the question may be shown or derived."""
    counted = Counter(levels)
    number = sum(counted.values())
    middle = len(asked.levels) // 2
    each = [(label, counted[level]) for level, label in asked.levels]
    low = sum(count for _label, count in each[:middle])
    two = [(halves[0], low), (halves[1], number - low)]
    if not asked.shown or number < FEWEST_ANSWERS:
        return Bars(Showing.NOTHING, (), 0, 0)
    for showing, kept in ((Showing.EACH, each), (Showing.HALVES, two)):
        if all(count == 0 or count >= SMALLEST_BAR for _label, count in kept):
            return Bars(showing, tuple(kept), number, number - low)
    return Bars(Showing.NOTHING, (), 0, 0)


# --- What a year tells, beside another ---


class Change(StrEnum):
    """What two years tell of a question."""

    MORE = "more"
    LESS = "less"
    UNSURE = "unsure"
    """The gap is within what chance makes."""
    UNKNOWN = "unknown"


def change(before: Bars | None, after: Bars | None) -> Change:
    """Return whether more people agree than the year before, beyond chance.

    A 90 % interval on the difference of two proportions (Newcombe 1998, method 10, from Wilson
    1927). The people are not always the same: said in words on the page.
    """
    if not before or not after or not before.answers or not after.answers:
        return Change.UNKNOWN
    low, high = _interval(after, before)
    if low > 0:
        return Change.MORE
    return Change.LESS if high < 0 else Change.UNSURE


def _interval(one: Bars, other: Bars) -> tuple[float, float]:
    share, other_share = one.agree / one.answers, other.agree / other.answers
    (low, high), (other_low, other_high) = _wilson(one), _wilson(other)
    gap = share - other_share
    return (
        gap - sqrt((share - low) ** 2 + (other_high - other_share) ** 2),
        gap + sqrt((high - share) ** 2 + (other_share - other_low) ** 2),
    )


def _wilson(one: Bars) -> tuple[float, float]:
    number, share = one.answers, one.agree / one.answers
    middle = (share + SURE**2 / (2 * number)) / (1 + SURE**2 / number)
    around = share * (1 - share) / number + SURE**2 / (4 * number**2)
    half = SURE * sqrt(around) / (1 + SURE**2 / number)
    return middle - half, middle + half


# --- Whose month ---


def month_of(gem: str, everyone: Sequence[str], year: int) -> int:
    """Return the month, 1 to 12, when a GEM is drawn for its survey of ``year``.

    Each GEM once a year, one twelfth of them each month, the same draw whoever computes it. GEM
    are drawn, never people.
    """
    drawn = sorted({*everyone, gem}, key=lambda one: _lot(one, year))
    return drawn.index(gem) % MONTHS + 1


def _lot(gem: str, year: int) -> str:
    return hashlib.sha256(f"{year}:{gem}".encode()).hexdigest()
