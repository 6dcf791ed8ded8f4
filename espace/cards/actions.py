"""Writes of cards: made, replaced, withdrawn, shown to enter."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string

from espace.accounts import journal
from espace.accounts.access import Actor
from espace.accounts.choices import Role
from espace.accounts.models import Account
from espace.accounts.permissions import NotAllowed, require
from espace.accounts.queries import demonstration_account
from espace.cards.models import AccessCard
from espace.cards.permissions import WHO_MAKES
from espace.cards.queries import hashed, held_by, may_open, reach_in
from espace.cards.rules.hashes import Kind, demonstration_secrets, mark_hash, new_secret
from espace.cards.rules.words import code_words, draw_words, same_words
from espace.core import jobs
from espace.core.idempotency import first_time
from espace.groups.actions.account_of_line import account_of_line
from espace.groups.actions.roll import add_person
from espace.groups.models import Mandate
from espace.groups.rules.labels import Label

MOST_CARDS_AT_ONCE = 10
TELL_JOB = "cards.tell"
MARK_BYTES = 18


@dataclass(frozen=True)
class Made:
    """A card just made: the only moment when its secrets are known."""

    name: str
    words: tuple[str, ...]
    secret: str


@dataclass(frozen=True)
class Chosen:
    """For whom a card is wanted: an account, a line of the roll, or someone new on the roll."""

    account_id: UUID | None = None
    person_id: UUID | None = None
    newcomer: Label | None = None


class AlreadyMadeError(Exception):
    """The same sending twice: the first one made the cards, and showed them once."""


@transaction.atomic
def make_cards(*, actor: Actor, gem_id: UUID, chosen: Sequence[Chosen], key: UUID) -> list[Made]:
    """Make a card for each, withdrawing the one they had; return their secrets, known only now.

    Someone of the roll without an account gets one, as a member; someone new is put on the roll
    first. Raises NotAllowed for someone whose roles are more than the maker gives,
    AlreadyMadeError when ``key`` was seen, HomonymError when a newcomer's label is on the roll:
    nothing is then made.
    """
    require(actor, "cards.make", gem_id)
    if not first_time(key):
        raise AlreadyMadeError
    made = []
    for one in chosen[:MOST_CARDS_AT_ONCE]:
        account_id, person_id = one.account_id, one.person_id
        if one.newcomer is not None:
            person_id = add_person(actor=actor, gem_id=gem_id, label=one.newcomer)
        if person_id is not None:
            account_id = account_of_line(actor=actor, gem_id=gem_id, person_id=person_id)
        # Locked: two people who replace one card at once make two cards, one after the other.
        accounts = Account.objects.select_for_update().filter(is_active=True)
        made.append(_make(actor, gem_id, get_object_or_404(accounts, pk=account_id)))
    return made


def _make(actor: Actor, gem_id: UUID, account: Account) -> Made:
    reach = reach_in(actor, gem_id)
    held = held_by(account.pk)
    if not any(grant.gem_id == gem_id for grant in held):
        # Nobody of this GEM: as if there were no such account.
        get_object_or_404(Account.objects.none())
    if not may_open(held, gem_id, reach):
        raise NotAllowed("cards.make", WHO_MAKES)
    made = Made(account.label, draw_words(), new_secret())
    card = _write(gem_id, account, str(reach), made, made_by=actor.account_id)
    journal.write(actor, "cards.make", gem_id=gem_id, thing=card.pk)
    if account.pk != actor.account_id:
        jobs.later(TELL_JOB, f"made:{account.pk}")
    return made


def _write(
    gem_id: UUID, account: Account, reach: str, made: Made, made_by: UUID | None
) -> AccessCard:
    """Keep the hashes of a card; the one that ran for this account is withdrawn by it."""
    AccessCard.objects.filter(account=account).delete()
    return AccessCard.objects.create(
        gem_id=gem_id,
        account=account,
        words_hash=hashed(Kind.WORDS, same_words(made.words)),
        scan_hash=hashed(Kind.SCAN, made.secret),
        reach=reach,
        made_by_id=made_by,
    )


@transaction.atomic
def withdraw_card(*, actor: Actor, gem_id: UUID, card_id: UUID) -> None:
    """Withdraw a card of this GEM: it opens nothing, and what it had opened closes. Again: 404."""
    require(actor, "cards.withdraw", gem_id)
    card = get_object_or_404(AccessCard.objects.select_for_update(), pk=card_id, gem_id=gem_id)
    held = held_by(card.account_id)
    if any(g.gem_id == gem_id for g in held) and not may_open(
        held, gem_id, reach_in(actor, gem_id)
    ):
        raise NotAllowed("cards.withdraw", WHO_MAKES)
    _withdraw(actor, card)


@transaction.atomic
def withdraw_own_card(*, actor: Actor) -> bool:
    """Withdraw one's own card; False when there is none."""
    require(actor, "accounts.edit_own_account")
    card = None
    if actor.account_id:
        cards = AccessCard.objects.select_for_update()
        card = cards.filter(account_id=actor.account_id).first()
    if card is None:
        return False
    _withdraw(actor, card)
    return True


def _withdraw(actor: Actor, card: AccessCard) -> None:
    journal.write(actor, "cards.withdraw", gem_id=card.gem_id, thing=card.pk)
    card.delete()


@transaction.atomic
def say_it_was_them(*, actor: Actor, gem_id: UUID, card_id: UUID) -> None:
    """Put out the warning « a servi sur un autre appareil »: the person said it was them."""
    require(actor, "cards.withdraw", gem_id)
    card = get_object_or_404(AccessCard.objects.select_for_update(), pk=card_id, gem_id=gem_id)
    if card.used_elsewhere:
        card.used_elsewhere = False
        card.save(update_fields=["used_elsewhere"])
        journal.write(actor, "cards.warning_out", gem_id=gem_id, thing=card.pk)


@dataclass(frozen=True)
class Marks:
    """What a session and a browser outside the tablets keep, so as to be known again."""

    session: str
    browser: str
    elsewhere: bool


@transaction.atomic
def begin_outside(*, card_id: UUID, browser: str) -> Marks:
    """Make the session being opened outside the tablets the only one of this card there.

    ``browser`` is the mark this browser keeps, or "". When another browser holds a session of the
    card, that one closes at its next page, and the person and the bureau are warned. Neither place
    nor moment is kept.
    """
    card = AccessCard.objects.select_for_update().select_related("account").get(pk=card_id)
    known = bool(browser) and mark_hash(browser) == card.browser_mark
    elsewhere = bool(card.session_mark) and not known
    marks = Marks(
        session=secrets.token_urlsafe(MARK_BYTES),
        browser=browser or secrets.token_urlsafe(MARK_BYTES),
        elsewhere=elsewhere,
    )
    card.session_mark, card.browser_mark = mark_hash(marks.session), mark_hash(marks.browser)
    card.used_elsewhere = card.used_elsewhere or elsewhere
    card.save(update_fields=["session_mark", "browser_mark", "used_elsewhere"])
    if elsewhere:
        journal.write(Actor(account_id=card.account_id), "cards.elsewhere", gem_id=card.gem_id)
        jobs.later(TELL_JOB, f"elsewhere:{card.account_id}")
    return marks


def end_outside(*, card_id: UUID, mark: str) -> None:
    """Forget the running session of a card when its person leaves."""
    running = AccessCard.objects.filter(pk=card_id, session_mark=mark_hash(mark))
    running.update(session_mark="")


def tell(identifier: str) -> None:
    """Tell somebody, by mail if they have an address, that a card was made or served elsewhere."""
    what, _colon, account_id = identifier.partition(":")
    account = Account.objects.filter(pk=account_id, is_active=True).first()
    if account is None or not account.email:
        return
    subject = render_to_string(f"cards/mail/{what}_subject.txt").strip()
    message = render_to_string(f"cards/mail/{what}_message.txt")
    send_mail(subject, message, None, [account.email])


@transaction.atomic
def confirm_together(*, actor: Actor, gem_id: UUID, confirmer_id: UUID) -> None:
    """Write in the journal that one elected person vouched for another, both named."""
    journal.write(actor, "cards.confirmed", gem_id=gem_id, thing=confirmer_id)
    journal.write(
        Actor(account_id=confirmer_id, device_id=actor.device_id),
        "cards.confirms",
        gem_id=gem_id,
        thing=actor.account_id or "",
    )


def demonstration_card(role: str) -> Made | None:
    """Return the card of the demonstration person of ``role``, made if needed; else None.

    For demonstration mode only: its words follow from the site's secret key.
    """
    account = demonstration_account(role) if settings.DEMONSTRATION else None
    if account is None:
        return None
    mandates = Mandate.objects.filter(account=account, ended_on__isnull=True, gem__practice=False)
    mandate = mandates.order_by("started_on", "pk").first()
    if mandate is None:
        return None
    words, secret = demonstration_secrets(settings.SECRET_KEY, role, list(code_words().values()))
    made = Made(account.label, words, secret)
    card = AccessCard.objects.filter(account=account).first()
    if card is None or card.words_hash != hashed(Kind.WORDS, same_words(words)):
        _write(mandate.gem_id, account, Role.ELECTED.value, made, made_by=None)
    return made
