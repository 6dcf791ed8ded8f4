"""Rules of surveys: a questionnaire, what may be shown of answers, what a year tells, whose month.

Plain Python: the same rules serve a phone, the tablet, a sheet typed in, and later a scanned one.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
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
FRENCH = "fr"
LONGEST_WORDS = 300
MOST_QUESTIONS = 30
FEWEST_GEM = 8
"""Nothing national under eight GEM."""
SMALLEST_CELL = 11
"""No published count of one to ten people (trust, section 8)."""
ROUNDED = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in one language; ``levels`` are its answers, from the lowest up."""

    code: str
    text: str
    levels: tuple[tuple[int, str], ...]
    shown: bool
    is_open: bool = False
    """Answered in one's own words."""


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """A version of a questionnaire, in one language."""

    name: str
    title: str
    questions: tuple[Asked, ...]

    @property
    def codes(self) -> list[str]:
        return [one.code for one in self.questions]


def read_questionnaire(content: Mapping[str, Any], language: str = FRENCH) -> Questionnaire:
    """Return a questionnaire as data say it; raises KeyError for a language it does not speak."""
    return Questionnaire(
        name=f"{content['key']}-{content['version']}",
        title=content["title"][language],
        questions=tuple(
            Asked(
                code=one["code"],
                text=one["text"][language],
                levels=tuple(
                    (int(level), words.get(language, words[FRENCH]))
                    for level, words in sorted(content["scales"].get(one["scale"], {}).items())
                ),
                shown=one["shown"],
                is_open=not one["scale"],
            )
            for one in content["questions"]
        ),
    )


@cache
def questionnaire(name: str = "impact-1", language: str = FRENCH) -> Questionnaire:
    """Return a questionnaire of the product by its name and version."""
    content = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return read_questionnaire(content, language)


def read_answers(asked: Questionnaire, answers: Mapping[str, Any]) -> dict[str, int | str]:
    """Return levels and words; a question left aside, or a level nobody offers, is no answer.

    The seam of every way of answering: a form, a sheet typed in, a scan.
    """
    found: dict[str, int | str] = {}
    for one in asked.questions:
        if one.is_open:
            words = " ".join(str(answers.get(one.code, "")).split())[:LONGEST_WORDS]
            if words:
                found[one.code] = words
            continue
        level = str(answers.get(one.code, "")).strip()
        if level.isdecimal() and int(level) in dict(one.levels):
            found[one.code] = int(level)
    return found


def shipped_scales() -> dict[str, Any]:
    """Return the scales of the questionnaire of the year, for those drawn up later."""
    content = yaml.safe_load((FOLDER / "impact-1.yaml").read_text(encoding="utf-8"))
    scales: dict[str, Any] = content["scales"]
    return scales


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


def published(asked: Asked, levels: Iterable[int], gems: int) -> tuple[tuple[str, int], ...]:
    """Return the national bars of a question, rounded to five; none when one would be small.

    From eight GEM on, and never a count of one to ten people: the whole question goes otherwise, so
    that nothing is worked out from its neighbours.
    """
    counted = Counter(levels)
    each = [(label, counted[level]) for level, label in asked.levels]
    if gems < FEWEST_GEM or any(0 < count < SMALLEST_CELL for _label, count in each):
        return ()
    return tuple((label, round(count / ROUNDED) * ROUNDED) for label, count in each)


def draft_content(
    title: Mapping[str, str],
    lines: Mapping[str, Sequence[str]],
    scale: str,
    scales: Mapping[str, Any],
) -> dict[str, Any]:
    """Return a questionnaire as data, from one line a question in each language.

    A line that begins with « ? » is an open question. ``lines`` has the same number in each
    language, French first; raises ValueError otherwise.
    """
    french = lines[FRENCH]
    if any(len(one) != len(french) for one in lines.values()):
        raise ValueError("as many lines in each language")
    questions = [
        {
            "code": f"q{rank}",
            "scale": "" if text.startswith("?") else scale,
            "shown": True,
            "text": {language: each[rank - 1].lstrip("? ") for language, each in lines.items()},
        }
        for rank, text in enumerate(french, 1)
    ]
    return {"title": dict(title), "scales": {scale: scales[scale]}, "questions": questions}


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


def last_twelve_months(today: date) -> tuple[date, date]:
    """Return the first day of the twelve whole months before this one, and the day after them.

    Whole months only: the figure moves once a month, never with one GEM's closing.
    """
    until = today.replace(day=1)
    return until.replace(year=until.year - 1), until


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
