"""Writes of the idea box: an idea comes in, pleases, is hidden, put back or taken back.

An idea is nobody's: the journal keeps that one came in on a day, never on whose account, so that
both lines can never be laid side by side.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.http import Http404

from espace.accounts import journal
from espace.accounts.access import NOBODY, Actor
from espace.accounts.permissions import require
from espace.accounts.queries import own_account
from espace.activities.choices import IdeaState, IdeaWay
from espace.activities.models import Idea, IdeaLink
from espace.activities.queries.access import local_now
from espace.activities.queries.ideas import box_of_token
from espace.activities.rules.ideas import (
    TOKEN_LENGTH,
    TOKEN_LETTERS,
    more_than_the_box_takes,
)
from espace.core.idempotency import first_time
from espace.groups.actions import touch
from espace.groups.queries.for_sheets import sheet_gem


class BoxFullError(Exception):
    """The box holds more ideas than anyone reads: some have to be answered or hidden first."""


@dataclass(frozen=True, slots=True)
class NewIdea:
    """What someone wrote. ``with_my_name``: they ask for the first name of their account."""

    text: str
    family: str = ""
    will_lead: bool = False
    signature: str = ""
    with_my_name: bool = False


@transaction.atomic
def add_idea(*, actor: Actor, gem_id: UUID, idea: NewIdea, key: UUID) -> UUID | None:
    """Put an idea in the box; return its id, None when ``key`` was seen.

    The account is kept only when the person asks for their first name. Raises BoxFullError.
    """
    require(actor, "activities.add_idea", gem_id)
    touch(gem_id)
    if not first_time(key):
        return None
    mine = own_account(actor) if idea.with_my_name and actor.account_id else None
    way = IdeaWay.COMPTE if actor.account_id else IdeaWay.TABLETTE
    signature = mine.first_name if mine else idea.signature
    account_id = mine.pk if mine else None
    return _write(gem_id, [_row(gem_id, idea, way, signature, account_id)])[0].pk


@transaction.atomic
def add_ideas_of_paper(*, actor: Actor, gem_id: UUID, texts: Sequence[str], key: UUID) -> int:
    """Put in the box the ideas copied from paper; return how many, 0 when ``key`` was seen."""
    require(actor, "activities.add_idea", gem_id)
    touch(gem_id)
    if not texts or not first_time(key):
        return 0
    rows = [_row(gem_id, NewIdea(text), IdeaWay.PAPIER) for text in texts]
    return len(_write(gem_id, rows))


@transaction.atomic
def add_idea_by_link(*, token: str, idea: NewIdea, key: UUID) -> UUID | None:
    """Put in the box an idea that came by the GEM's link, from nobody known.

    Returns like ``add_idea``. Raises Http404 when the link was closed or renewed meanwhile.
    """
    box = box_of_token(token)
    if box is None:
        raise Http404
    touch(box.gem_id)
    if not first_time(key):
        return None
    return _write(box.gem_id, [_row(box.gem_id, idea, IdeaWay.LIEN, idea.signature)])[0].pk


@transaction.atomic
def take_back_idea(*, gem_id: UUID, idea_id: UUID) -> str | None:
    """Take an idea out of the box at once, for whoever just wrote it; return its text.

    Whoever calls has checked that they wrote it (a sealed ticket of a few minutes). None when it
    is no more in the box.
    """
    idea = Idea.objects.select_for_update().filter(pk=idea_id, gem_id=gem_id).first()
    if idea is None or idea.state != IdeaState.BOITE:
        return None
    text = idea.text
    idea.delete()
    journal.write(NOBODY, "activities.take_back_idea", gem_id=gem_id, thing=_today(gem_id))
    return text


@transaction.atomic
def like_idea(*, actor: Actor, gem_id: UUID, idea_id: UUID, by: int, key: UUID) -> None:
    """« Ça me plaît aussi » : one more, or one less; the same ``key`` again changes nothing.

    A number only: who likes what is written nowhere, not even in the journal.
    """
    require(actor, "activities.add_idea", gem_id)
    rows = Idea.objects.filter(pk=idea_id, gem_id=gem_id, hidden_on__isnull=True)
    if not rows.exists():
        raise Http404
    if not first_time(key):
        return
    if by > 0:
        rows.update(likes=F("likes") + 1)
    else:
        rows.filter(likes__gt=0).update(likes=F("likes") - 1)


@transaction.atomic
def hide_idea(*, actor: Actor, gem_id: UUID, idea_id: UUID) -> None:
    """Take an idea out of sight; it waits thirty days and may be put back."""
    _set_hidden(actor, gem_id, idea_id, hidden=True)


@transaction.atomic
def show_idea(*, actor: Actor, gem_id: UUID, idea_id: UUID) -> None:
    """Put a hidden idea back where it was."""
    _set_hidden(actor, gem_id, idea_id, hidden=False)


@transaction.atomic
def open_link(*, actor: Actor, gem_id: UUID) -> None:
    """Open the GEM's own box to those without an account; again gives it a new address."""
    require(actor, "activities.open_idea_link", gem_id)
    touch(gem_id)
    token = "".join(secrets.choice(TOKEN_LETTERS) for _rank in range(TOKEN_LENGTH))
    values = {"token": token, "made_on": _today(gem_id)}
    IdeaLink.objects.update_or_create(gem_id=gem_id, defaults=values)
    journal.write(actor, "activities.open_idea_link", gem_id=gem_id, thing=values["made_on"])


@transaction.atomic
def close_link(*, actor: Actor, gem_id: UUID) -> None:
    """Close the link: the address printed on the posters opens nothing any more."""
    require(actor, "activities.close_idea_link", gem_id)
    touch(gem_id)
    if IdeaLink.objects.filter(gem_id=gem_id).delete()[0]:
        journal.write(actor, "activities.close_idea_link", gem_id=gem_id, thing=_today(gem_id))


def _row(
    gem_id: UUID, idea: NewIdea, way: IdeaWay, signature: str = "", account_id: UUID | None = None
) -> Idea:
    return Idea(
        gem_id=gem_id,
        text=idea.text,
        family=idea.family,
        will_lead=idea.will_lead,
        signature=signature,
        account_id=account_id,
        way=way,
        received_on=_today(gem_id),
    )


def _write(gem_id: UUID, rows: Sequence[Idea]) -> Sequence[Idea]:
    held = Idea.objects.filter(gem_id=gem_id, state=IdeaState.BOITE, hidden_on__isnull=True)
    if more_than_the_box_takes(held.count(), len(rows)):
        raise BoxFullError
    Idea.objects.bulk_create(rows)
    journal.write(NOBODY, "activities.add_idea", gem_id=gem_id, thing=rows[0].received_on)
    return rows


def _set_hidden(actor: Actor, gem_id: UUID, idea_id: UUID, *, hidden: bool) -> None:
    require(actor, "activities.hide_idea", gem_id)
    touch(gem_id)
    rows = Idea.objects.filter(pk=idea_id, gem_id=gem_id)
    if not rows.exists():
        raise Http404
    moved = rows.filter(hidden_on__isnull=hidden)
    if moved.update(hidden_on=_today(gem_id) if hidden else None):
        name = "activities.hide_idea" if hidden else "activities.show_idea"
        journal.write(actor, name, gem_id=gem_id, thing=idea_id)


def _today(gem_id: UUID) -> date:
    return local_now(sheet_gem(gem_id)).date()
