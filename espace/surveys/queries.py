"""Reads of the surveys: rounds of a GEM, what may be shown of one, the round behind a code."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.http import Http404
from django.utils.translation import gettext as _

from espace.accounts.access import Actor
from espace.accounts.permissions import require
from espace.core.clock import today
from espace.groups.choices import GemStatus
from espace.groups.models import Gem
from espace.groups.rules.letters import kept_hash
from espace.surveys.choices import RoundState
from espace.surveys.models import Answer, Code, Round
from espace.surveys.rules import (
    CAUTION,
    FEWEST_ANSWERS,
    Asked,
    Bars,
    Change,
    Questionnaire,
    bars,
    change,
    month_of,
    questionnaire,
)

LATEST = 12


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A survey of a year."""

    id: UUID
    year: int
    state: str
    invited: int
    sheets: int
    opened_on: date
    closes_on: date | None
    closed_on: date | None

    @property
    def is_open(self) -> bool:
        return self.state == RoundState.OPEN


@dataclass(frozen=True, slots=True)
class Home:
    """The surveys of a GEM; ``month`` is the month when it is drawn this year."""

    rounds: tuple[RoundLine, ...]
    month: date
    is_our_month: bool
    year: int
    has_this_year: bool


@dataclass(frozen=True, slots=True)
class Result:
    """What is shown of a question, and what it tells beside the year before."""

    asked: Asked
    bars: Bars
    change: Change


@dataclass(frozen=True, slots=True)
class RoundPage:
    """A survey: its numbers while it is open, its results once it is over."""

    line: RoundLine
    codes_left: int
    results: tuple[Result, ...]
    enough: bool
    few_answers: bool
    before: int | None


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """What someone with a code is asked; ``used`` when the code already served."""

    place: str
    asked: Questionnaire
    year: int
    used: bool
    is_open: bool


def code_hash(code: str) -> str:
    """Return what is kept of a code."""
    return kept_hash(settings.SECRET_KEY, "survey", code)


def home(actor: Actor, gem_id: UUID) -> Home:
    """Return the surveys of a GEM, the newest first. Three SQL queries."""
    require(actor, "surveys.see", gem_id)
    gem = Gem.objects.only("time_zone").get(pk=gem_id)
    day = today(gem.time_zone)
    rows = [_line(row) for row in Round.objects.filter(gem_id=gem_id)[:LATEST]]
    everyone = Gem.objects.filter(status=GemStatus.ACTIF, practice=False)
    names = [str(one) for one in everyone.values_list("pk", flat=True)]
    drawn = month_of(str(gem_id), names, day.year)
    return Home(
        rounds=tuple(rows),
        month=date(day.year, drawn, 1),
        is_our_month=drawn == day.month,
        year=day.year,
        has_this_year=any(row.year == day.year for row in rows),
    )


def round_page(actor: Actor, gem_id: UUID, round_id: UUID) -> RoundPage:
    """Return a survey. Four SQL queries at most; 404 for another GEM's.

    Results come when it is over only: two looks at an open one would give away the answer between.
    """
    require(actor, "surveys.see", gem_id)
    row = Round.objects.filter(pk=round_id, gem_id=gem_id).first()
    if row is None:
        raise Http404
    if row.state == RoundState.OPEN:
        left = row.codes.filter(used=False).count()
        return RoundPage(_line(row), left, (), enough=False, few_answers=False, before=None)
    known = Round.objects.filter(gem_id=gem_id, state=RoundState.CLOSED, year__lt=row.year).first()
    before = _bars_of(known) if known else {}
    after = _bars_of(row)
    asked = questionnaire(row.questionnaire)
    return RoundPage(
        line=_line(row),
        codes_left=0,
        results=tuple(
            Result(one, after[one.code], change(before.get(one.code), after[one.code]))
            for one in asked.questions
            if one.shown
        ),
        enough=row.sheets >= FEWEST_ANSWERS,
        few_answers=row.sheets < CAUTION * row.invited_count,
        before=known.year if known else None,
    )


def answer_page(code: str) -> AnswerPage | None:
    """Return what the holder of a code is asked; None for a code that opens nothing. One query."""
    rows = Code.objects.select_related("round__gem").filter(code_hash=code_hash(code))
    found = rows.first()
    if found is None:
        return None
    return AnswerPage(
        place=found.round.gem.name,
        asked=questionnaire(found.round.questionnaire),
        year=found.round.year,
        used=found.used,
        is_open=found.round.state == RoundState.OPEN,
    )


def is_open_somewhere(gem_id: UUID) -> bool:
    """Tell whether a GEM has an open survey. One query."""
    return Round.objects.filter(gem_id=gem_id, state=RoundState.OPEN).exists()


def shown_bars(actor: Actor, gem_id: UUID) -> list[tuple[int, Asked, Bars]]:
    """Return what may be shown of every survey that is over: year, question, bars. Two queries."""
    require(actor, "surveys.see", gem_id)
    over = Round.objects.filter(gem_id=gem_id, state=RoundState.CLOSED)
    rounds = list(over.filter(sheets__gte=FEWEST_ANSWERS))
    levels = _levels_of(rounds)
    return [
        (row.year, one, found)
        for row in rounds
        for one in questionnaire(row.questionnaire).questions
        if (found := _bars(one, levels[row.pk, one.code])).bars
    ]


def _bars_of(row: Round) -> dict[str, Bars]:
    levels = _levels_of([row])
    asked = questionnaire(row.questionnaire).questions
    return {one.code: _bars(one, levels[row.pk, one.code]) for one in asked}


def _levels_of(rounds: list[Round]) -> dict[tuple[UUID, str], list[int]]:
    given = Answer.objects.filter(round__in=rounds, score__isnull=False).order_by()
    levels: dict[tuple[UUID, str], list[int]] = defaultdict(list)
    for round_id, code, score in given.values_list("round_id", "question", "score"):
        levels[round_id, code].append(score or 0)
    return levels


def _bars(one: Asked, levels: list[int]) -> Bars:
    return bars(one, levels, (_("Plutôt non"), _("Plutôt oui")))


def _line(row: Round) -> RoundLine:
    return RoundLine(
        id=row.pk,
        year=row.year,
        state=row.state,
        invited=row.invited_count,
        sheets=row.sheets,
        opened_on=row.opened_on,
        closes_on=row.closes_on,
        closed_on=row.closed_on,
    )
