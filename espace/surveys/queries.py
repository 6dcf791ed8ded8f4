"""Reads of the surveys: rounds of a GEM, what may be shown of one, the round behind a code."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from espace.accounts.access import Actor
from espace.accounts.permissions import require
from espace.core.clock import today
from espace.groups.choices import GemStatus
from espace.groups.models import Gem
from espace.groups.rules.letters import kept_hash
from espace.surveys.choices import NationalState, RoundState
from espace.surveys.models import Answer, Code, NationalSurvey, Round
from espace.surveys.rules import (
    CAUTION,
    FEWEST_ANSWERS,
    FRENCH,
    Asked,
    Bars,
    Change,
    Questionnaire,
    bars,
    change,
    last_twelve_months,
    month_of,
    published,
    questionnaire,
    read_questionnaire,
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
    national: str

    @property
    def is_open(self) -> bool:
        return self.state == RoundState.OPEN


@dataclass(frozen=True, slots=True)
class Offered:
    """A national survey that a GEM may open."""

    id: UUID
    title: str


@dataclass(frozen=True, slots=True)
class Home:
    """The surveys of a GEM; ``month`` is the month when it is drawn this year."""

    rounds: tuple[RoundLine, ...]
    month: date
    is_our_month: bool
    year: int
    has_this_year: bool
    national: tuple[Offered, ...]


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
    asked: Questionnaire
    codes_left: int
    results: tuple[Result, ...]
    enough: bool
    few_answers: bool
    before: int | None
    words: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Open questions and what was written, in no order; read inside the GEM only."""


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """What someone with a code is asked; ``used`` when the code already served."""

    place: str
    asked: Questionnaire
    year: int
    used: bool
    is_open: bool
    languages: tuple[str, ...]


def asked_of(row: Round, language: str = FRENCH) -> Questionnaire:
    """Return what a round asks, in a language it speaks, else in French."""
    if row.national is None:
        return questionnaire(row.questionnaire)
    content = {"key": "national", "version": row.national.version, **row.national.content}
    return read_questionnaire(content, language if language in content["title"] else FRENCH)


def code_hash(code: str) -> str:
    """Return what is kept of a code."""
    return kept_hash(settings.SECRET_KEY, "survey", code)


def home(actor: Actor, gem_id: UUID) -> Home:
    """Return the surveys of a GEM, the newest first. Four SQL queries."""
    require(actor, "surveys.see", gem_id)
    gem = Gem.objects.only("time_zone").get(pk=gem_id)
    day = today(gem.time_zone)
    mine = Round.objects.filter(gem_id=gem_id).select_related("national")
    found = list(mine.order_by("-opened_on", "pk")[:LATEST])
    rows = [_line(row) for row in found]
    offered = NationalSurvey.objects.filter(state=NationalState.PUBLISHED)
    offered = offered.exclude(rounds__gem_id=gem_id)
    everyone = Gem.objects.filter(status=GemStatus.ACTIF, practice=False)
    names = [str(one) for one in everyone.values_list("pk", flat=True)]
    drawn = month_of(str(gem_id), names, day.year)
    return Home(
        rounds=tuple(rows),
        month=date(day.year, drawn, 1),
        is_our_month=drawn == day.month,
        year=day.year,
        has_this_year=any(row.year == day.year and not row.national for row in rows),
        national=tuple(Offered(one.pk, one.title) for one in offered),
    )


def round_page(actor: Actor, gem_id: UUID, round_id: UUID) -> RoundPage:
    """Return a survey. Four SQL queries at most; 404 for another GEM's.

    Results come when it is over only: two looks at an open one would give away the answer between.
    """
    require(actor, "surveys.see", gem_id)
    rows = Round.objects.filter(pk=round_id, gem_id=gem_id).select_related("national")
    row = rows.first()
    if row is None:
        raise Http404
    if row.state == RoundState.OPEN:
        left = row.codes.filter(used=False).count()
        return RoundPage(
            _line(row), asked_of(row), left, (), enough=False, few_answers=False, before=None
        )
    older = Round.objects.filter(gem_id=gem_id, state=RoundState.CLOSED, year__lt=row.year)
    known = None if row.national else older.filter(national__isnull=True).first()
    before = _bars_of(known) if known else {}
    after = _bars_of(row)
    asked = asked_of(row)
    return RoundPage(
        line=_line(row),
        asked=asked,
        codes_left=0,
        results=tuple(
            Result(one, after[one.code], change(before.get(one.code), after[one.code]))
            for one in asked.questions
            if one.shown and not one.is_open
        ),
        words=_words_of(row, asked),
        enough=row.sheets >= FEWEST_ANSWERS,
        few_answers=row.sheets < CAUTION * row.invited_count,
        before=known.year if known else None,
    )


def answer_page(code: str, language: str = FRENCH) -> AnswerPage | None:
    """Return what the holder of a code is asked; None for a code that opens nothing. One query."""
    rows = Code.objects.select_related("round__gem", "round__national").filter(
        code_hash=code_hash(code)
    )
    found = rows.first()
    if found is None:
        return None
    return AnswerPage(
        place=found.round.gem.name,
        asked=asked_of(found.round, language),
        year=found.round.year,
        used=found.used,
        is_open=found.round.state == RoundState.OPEN,
        languages=tuple(found.round.national.content["title"]) if found.round.national else (),
    )


def is_open_somewhere(gem_id: UUID) -> bool:
    """Tell whether a GEM has an open survey. One query."""
    return Round.objects.filter(gem_id=gem_id, state=RoundState.OPEN).exists()


def shown_bars(actor: Actor, gem_id: UUID) -> list[tuple[int, Asked, Bars]]:
    """Return what may be shown of every survey that is over: year, question, bars. Two queries."""
    require(actor, "surveys.see", gem_id)
    over = Round.objects.filter(gem_id=gem_id, state=RoundState.CLOSED).select_related("national")
    rounds = list(over.filter(sheets__gte=FEWEST_ANSWERS))
    levels = _levels_of(rounds)
    return [
        (row.year, one, found)
        for row in rounds
        for one in asked_of(row).questions
        if (found := _bars(one, levels[row.pk, one.code])).bars
    ]


def _bars_of(row: Round) -> dict[str, Bars]:
    levels = _levels_of([row])
    asked = asked_of(row).questions
    return {one.code: _bars(one, levels[row.pk, one.code]) for one in asked}


def _levels_of(rounds: list[Round]) -> dict[tuple[UUID, str], list[int]]:
    given = Answer.objects.filter(round__in=rounds, score__isnull=False).order_by()
    levels: dict[tuple[UUID, str], list[int]] = defaultdict(list)
    for round_id, code, score in given.values_list("round_id", "question", "score"):
        levels[round_id, code].append(score or 0)
    return levels


def _words_of(row: Round, asked: Questionnaire) -> tuple[tuple[str, tuple[str, ...]], ...]:
    texts = {one.code: one.text for one in asked.questions if one.is_open}
    if not texts or row.sheets < FEWEST_ANSWERS:
        return ()
    given = Answer.objects.filter(round=row, question__in=texts).exclude(words="").order_by("pk")
    said: dict[str, list[str]] = defaultdict(list)
    for code, words in given.values_list("question", "words"):
        said[code].append(words)
    return tuple((text, tuple(said[code])) for code, text in texts.items())


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
        national=row.national.title if row.national else "",
    )


# --- The federation's own surveys ---


@dataclass(frozen=True, slots=True)
class NationalLine:
    """A survey drawn up by the federation, and how many GEM opened and finished it."""

    id: UUID
    title: str
    version: int
    state: str
    made_on: date
    opened: int
    finished: int


@dataclass(frozen=True, slots=True)
class NationalPage:
    """A national survey: its questions, and the anonymised tables of the GEM that finished."""

    line: NationalLine
    asked: Questionnaire
    languages: tuple[str, ...]
    tables: tuple[tuple[str, tuple[tuple[str, int], ...]], ...]
    enough: bool


def nationals(actor: Actor) -> list[NationalLine]:
    """Return the surveys of the federation, the newest first. One SQL query."""
    require(actor, "surveys.draw")
    return [_national_line(row) for row in _counted()]


def national_page(actor: Actor, national_id: UUID) -> NationalPage:
    """Return a survey of the federation and its tables; words written in it never leave a GEM.

    Two SQL queries; 404 when there is none.
    """
    require(actor, "surveys.draw")
    row = _counted().filter(pk=national_id).first()
    if row is None:
        raise Http404
    line = _national_line(row)
    asked = read_questionnaire({"key": "national", "version": row.version, **row.content})
    given = Answer.objects.filter(
        round__national=row, round__state=RoundState.CLOSED, score__isnull=False
    )
    levels: dict[str, list[int]] = defaultdict(list)
    for code, score in given.order_by().values_list("question", "score"):
        levels[code].append(score or 0)
    tables = tuple(
        (one.text, published(one, levels[one.code], line.finished))
        for one in asked.questions
        if not one.is_open
    )
    enough = any(bars_ for _text, bars_ in tables)
    return NationalPage(line, asked, tuple(row.content["title"]), tables, enough)


def to_draw_again(actor: Actor, national_id: str) -> dict[str, str]:
    """Return what the form of a next version shows at first; nothing for an unknown one."""
    require(actor, "surveys.draw")
    try:
        row = NationalSurvey.objects.filter(pk=UUID(national_id)).first()
    except ValueError:
        return {}
    if row is None:
        return {}
    lines = [
        one["text"][FRENCH] if one["scale"] else f"? {one['text'][FRENCH]}"
        for one in row.content["questions"]
    ]
    return {"titre": row.title, "questions": "\n".join(lines), "depuis": str(row.pk)}


def _counted() -> QuerySet[Any]:
    over = Q(rounds__state=RoundState.CLOSED)
    return NationalSurvey.objects.annotate(
        opened=Count("rounds"), finished=Count("rounds", filter=over)
    )


def _national_line(row: Any) -> NationalLine:
    return NationalLine(
        row.pk, row.title, row.version, row.state, row.made_on, row.opened, row.finished
    )


@dataclass(frozen=True, slots=True)
class RollingPage:
    """The survey of the year, in the whole country: twelve whole months, a twelfth of GEM each."""

    since: date
    last_day: date
    drawn: int
    """GEM that are open: each is drawn once in twelve months."""
    answered: int
    """Of those, how many finished their survey."""
    tables: tuple[tuple[str, tuple[tuple[str, int], ...]], ...]
    enough: bool


def rolling_page(actor: Actor) -> RollingPage:
    """Return what people of GEM said in the last twelve whole months. Three SQL queries.

    The latest survey of each GEM, under the national rules: eight GEM at least, no count of one to
    ten people, rounded to five. Practice GEM are never counted.
    """
    require(actor, "surveys.draw")
    since, until = last_twelve_months(today())
    everyone = Gem.objects.filter(status=GemStatus.ACTIF, practice=False)
    over = Round.objects.filter(
        gem__in=everyone, national__isnull=True, state=RoundState.CLOSED,
        questionnaire=questionnaire().name, closed_on__gte=since, closed_on__lt=until,
    )  # fmt: skip
    latest = dict(over.order_by("closed_on", "pk").values_list("gem_id", "pk"))
    given = Answer.objects.filter(round__in=latest.values(), score__isnull=False).order_by()
    levels: dict[str, list[int]] = defaultdict(list)
    for code, score, count in given.values_list("question", "score").annotate(n=Count("pk")):
        levels[code] += [score or 0] * count
    shown = tuple(one for one in questionnaire().questions if one.shown and not one.is_open)
    tables = tuple((one.text, published(one, levels[one.code], len(latest))) for one in shown)
    enough = any(bars_ for _text, bars_ in tables)
    last_day = until - timedelta(days=1)
    return RollingPage(since, last_day, everyone.count(), len(latest), tables, enough)
