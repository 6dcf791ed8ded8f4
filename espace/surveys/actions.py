"""Writes of the surveys: opened, codes drawn, an answer dropped, closed.

An answer and its code are written in one transaction and never on one row; the journal keeps who
opened and closed a survey, and nothing of who answered.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from random import SystemRandom
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404

from espace.accounts import journal
from espace.accounts.access import Actor
from espace.accounts.permissions import require
from espace.core.clock import today
from espace.core.idempotency import first_time
from espace.core.slips import new_code
from espace.groups.actions import touch
from espace.groups.queries.gem_facts import today_of
from espace.surveys.choices import NationalState, RoundState
from espace.surveys.models import Answer, Code, NationalSurvey, Round
from espace.surveys.queries import asked_of, code_hash
from espace.surveys.rules import read_answers

CURRENT = "impact-1"
MOST_CODES = 300
"""Slips of one survey, printed again included."""
_draw = SystemRandom()


class Dropped(StrEnum):
    """What became of the answers someone sent."""

    KEPT = "kept"
    ALREADY = "already"
    CLOSED = "closed"
    UNKNOWN = "unknown"


class AlreadyThisYearError(Exception):
    """The GEM has a survey of that year. Nothing was written."""


class NotNowError(Exception):
    """The survey is over. Nothing was written."""


class TooManyCodesError(Exception):
    """Far more slips than people invited. Nothing was written."""


@transaction.atomic
def open_round(
    *,
    actor: Actor,
    gem_id: UUID,
    invited: int,
    closes_on: date | None,
    key: UUID,
    national_id: UUID | None = None,
) -> UUID | None:
    """Open the survey of the year, or a national one; return its id, None when ``key`` was seen.

    Raises AlreadyThisYearError; 404 for a national survey that is not published.
    """
    require(actor, "surveys.run", gem_id)
    touch(gem_id)
    if not first_time(key):
        return None
    day = today_of(gem_id)
    national = _published(national_id) if national_id else None
    mine = Round.objects.filter(gem_id=gem_id, national=national)
    if (mine if national else mine.filter(year=day.year)).exists():
        raise AlreadyThisYearError
    row = Round.objects.create(
        gem_id=gem_id,
        year=day.year,
        questionnaire=f"{national.title[:30]}-{national.version}" if national else CURRENT,
        national=national,
        invited_count=invited,
        opened_on=day,
        closes_on=closes_on,
    )
    journal.write(actor, "surveys.open_round", gem_id=gem_id, thing=row.pk)
    return row.pk


@transaction.atomic
def change_invited(*, actor: Actor, gem_id: UUID, round_id: UUID, invited: int) -> None:
    """Correct how many people are invited, while the survey is open. Raises NotNowError."""
    require(actor, "surveys.run", gem_id)
    row = _open_round(gem_id, round_id)
    row.invited_count = max(invited, row.sheets)
    row.save(update_fields=["invited_count"])
    journal.write(actor, "surveys.change_invited", gem_id=gem_id, thing=round_id)


@transaction.atomic
def draw_codes(*, actor: Actor, gem_id: UUID, round_id: UUID, number: int) -> list[str]:
    """Draw codes to print, each with its blank answers; they live on paper only.

    Raises NotNowError, and TooManyCodesError.
    """
    require(actor, "surveys.run", gem_id)
    row = _open_round(gem_id, round_id)
    if row.codes.count() + number > MOST_CODES:
        raise TooManyCodesError
    codes = [new_code() for _each in range(number)]
    Code.objects.bulk_create(Code(round=row, code_hash=code_hash(code)) for code in codes)
    blank = [
        Answer(round=row, question=question)
        for question in asked_of(row).codes
        for _each in range(number)
    ]
    Answer.objects.bulk_create(blank)
    journal.write(actor, "surveys.print_codes", gem_id=gem_id, thing=row.pk)
    return codes


@transaction.atomic
def drop(*, code: str, answers: Mapping[str, str]) -> Dropped:
    """Keep the answers of whoever holds this code, once.

    Sent twice, from two tabs or after a lost connection, they count once and say so. Each answer
    takes a blank row drawn at random: its place in the table says nothing of the hour nor of the
    other answers.
    """
    mark = code_hash(code)
    round_id = Code.objects.filter(code_hash=mark).values_list("round_id", flat=True).first()
    if round_id is None:
        return Dropped.UNKNOWN
    row = Round.objects.select_for_update().get(pk=round_id)
    if row.state != RoundState.OPEN:
        return Dropped.CLOSED
    # Read again under the lock: another tab may have answered.
    ticket = row.codes.get(code_hash=mark)
    if ticket.used:
        return Dropped.ALREADY
    for question, given in read_answers(asked_of(row), answers).items():
        blank = row.answers.filter(question=question, score__isnull=True, words="")
        drawn = _draw.choice(list(blank.order_by("pk").values_list("pk", flat=True)))
        value = {"words": given} if isinstance(given, str) else {"score": given}
        Answer.objects.filter(pk=drawn).update(**value)
    ticket.used = True
    ticket.save(update_fields=["used"])
    row.sheets += 1
    row.invited_count = max(row.invited_count, row.sheets)
    row.save(update_fields=["sheets", "invited_count"])
    return Dropped.KEPT


@transaction.atomic
def close_round(*, actor: Actor, gem_id: UUID, round_id: UUID) -> None:
    """Close a survey: forget its codes, write the answers again in another order.

    Raises NotNowError.
    """
    require(actor, "surveys.run", gem_id)
    touch(gem_id)
    row = _open_round(gem_id, round_id)
    given = row.answers.exclude(score__isnull=True, words="")
    kept = list(given.values_list("question", "score", "words"))
    _draw.shuffle(kept)
    row.codes.all().delete()
    row.answers.all().delete()
    Answer.objects.bulk_create(
        Answer(pk=uuid4(), round=row, question=question, score=score, words=words)
        for question, score, words in kept
    )
    row.state, row.closed_on = RoundState.CLOSED, today_of(gem_id)
    row.save(update_fields=["state", "closed_on"])
    journal.write(actor, "surveys.close_round", gem_id=gem_id, thing=row.pk)


# --- The federation's own surveys ---


@transaction.atomic
def draft_national(
    *, actor: Actor, title: str, content: dict[str, Any], key: UUID, after: UUID | None = None
) -> UUID | None:
    """Write a draft, or the version ``after`` another; return its id, None for a ``key`` seen."""
    require(actor, "surveys.draw")
    if not first_time(key):
        return None
    before = NationalSurvey.objects.filter(pk=after).first() if after else None
    row = NationalSurvey.objects.create(
        title=title,
        version=before.version + 1 if before else 1,
        content=content,
        made_on=today(),
    )
    journal.write(actor, "surveys.draft_national", gem_id=None, thing=row.pk)
    return row.pk


@transaction.atomic
def publish_national(*, actor: Actor, national_id: UUID) -> None:
    """Offer a draft to every GEM; from then on it never changes. Again changes nothing."""
    require(actor, "surveys.draw")
    row = get_object_or_404(NationalSurvey.objects.select_for_update(), pk=national_id)
    if row.state != NationalState.DRAFT:
        return
    row.state, row.published_on = NationalState.PUBLISHED, today()
    row.save(update_fields=["state", "published_on"])
    journal.write(actor, "surveys.publish_national", gem_id=None, thing=national_id)


@transaction.atomic
def close_national(*, actor: Actor, national_id: UUID) -> None:
    """Offer it to no other GEM; those who opened it finish it. Again changes nothing."""
    require(actor, "surveys.draw")
    row = get_object_or_404(NationalSurvey.objects.select_for_update(), pk=national_id)
    if row.state != NationalState.PUBLISHED:
        return
    row.state, row.closed_on = NationalState.CLOSED, today()
    row.save(update_fields=["state", "closed_on"])
    journal.write(actor, "surveys.close_national", gem_id=None, thing=national_id)


@transaction.atomic
def drop_national(*, actor: Actor, national_id: UUID) -> None:
    """Drop a draft. 404 once it is published."""
    require(actor, "surveys.draw")
    drafts = NationalSurvey.objects.filter(state=NationalState.DRAFT)
    get_object_or_404(drafts, pk=national_id).delete()
    journal.write(actor, "surveys.drop_national", gem_id=None, thing=national_id)


def _published(national_id: UUID) -> NationalSurvey:
    return get_object_or_404(NationalSurvey, pk=national_id, state=NationalState.PUBLISHED)


def _open_round(gem_id: UUID, round_id: UUID) -> Round:
    row = Round.objects.select_for_update().filter(pk=round_id, gem_id=gem_id).first()
    if row is None:
        raise Http404
    if row.state != RoundState.OPEN:
        raise NotNowError
    return row
