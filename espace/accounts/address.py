"""Changing an e-mail address: a code goes to the new one, a word to the old one.

Nothing tells whether the new address already has an account: the page is the same, only the mail
that its owner receives differs.
"""

import logging
import secrets
from enum import Enum
from smtplib import SMTPException
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac

from espace.accounts import journal
from espace.accounts.access import Actor
from espace.accounts.adapter import AccountAdapter
from espace.accounts.models import Account, OpenSession
from espace.core.clock import now

KEY = "new_address"
SALT = "espace.accounts.address"
MOST_TRIES = 5
KEPT_SECONDS = 30 * 60
logger = logging.getLogger(__name__)


class Checked(Enum):
    """What became of a code."""

    DONE = "done"
    WRONG = "wrong"
    OVER = "over"


class AddressTakenError(Exception):
    """Another account already has this address."""


def ask(request: HttpRequest, email: str) -> None:
    """Send a code to the new address. Raises OSError or SMTPException when it cannot leave."""
    email = email.strip().lower()
    code = f"{secrets.randbelow(1_000_000):06}"
    taken = Account.objects.filter(email=email).exists()
    mail = "address_taken" if taken else "address_code"
    AccountAdapter(request).send_mail(f"accounts/mail/{mail}", email, {"code": code})
    request.session[KEY] = {
        "email": email,
        "mark": "" if taken else _mark(code, email),
        "at": int(now().timestamp()),
        "tries": 0,
    }


def asked(request: HttpRequest) -> str:
    """Return the new address whose code is awaited; "" when there is none."""
    return str(request.session.get(KEY, {}).get("email", ""))


def check(request: HttpRequest, *, actor: Actor, code: str) -> Checked:
    """Take the new address when ``code`` is the one sent; five tries, half an hour."""
    waiting = request.session.get(KEY)
    age = int(now().timestamp()) - waiting["at"] if waiting else None
    if age is None or not 0 <= age <= KEPT_SECONDS or waiting["tries"] >= MOST_TRIES:
        request.session.pop(KEY, None)
        return Checked.OVER
    request.session[KEY] = {**waiting, "tries": waiting["tries"] + 1}
    if not constant_time_compare(_mark(code, waiting["email"]), waiting["mark"]):
        return Checked.WRONG
    request.session.pop(KEY, None)
    if actor.account_id is None:
        return Checked.OVER
    try:
        with transaction.atomic():
            old = replace(account_id=actor.account_id, email=waiting["email"])
            journal.write(actor, "accounts.change_address")
    except AddressTakenError:
        return Checked.OVER
    tell_old(request, old)
    return Checked.DONE


def replace(*, account_id: UUID, email: str) -> str:
    """Give an account another address; return the old one. Raises AddressTakenError."""
    try:
        with transaction.atomic():
            account = Account.objects.select_for_update().get(pk=account_id)
            old, account.email = account.email or "", email
            account.save(update_fields=["email"])
            EmailAddress.objects.filter(user=account).delete()
    except IntegrityError as error:
        raise AddressTakenError from error
    return old


def close_everywhere(account_id: UUID) -> int:
    """Close every session of an account."""
    return OpenSession.objects.filter(account_id=account_id).delete()[0]


def tell_old(request: HttpRequest, old: str) -> None:
    """Tell the address left that it opens nothing any more."""
    if not old:
        return
    try:
        AccountAdapter(request).send_mail("accounts/mail/address_changed", old, {})
    except (OSError, SMTPException):
        logger.warning("a notice of a changed address could not be sent")


def _mark(code: str, email: str) -> str:
    return salted_hmac(SALT, f"{code}:{email}", algorithm="sha256").hexdigest()
