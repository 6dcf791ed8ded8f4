"""What happens at each sign-in: the session says on what device, a new device is told by mail.

A browser keeps a signed cookie with keyed hashes of the accounts that entered there: it tells no
name, and the server keeps nothing.
"""

import logging
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import salted_hmac

from espace.accounts.adapter import AccountAdapter
from espace.accounts.models import Account, JournalEntry
from espace.accounts.rules import device_words
from espace.accounts.sessions import mark_opened

SALT = "espace.accounts.known"
MOST = 8
KEPT_SECONDS = 395 * 24 * 3600
TO_REMEMBER = "_known_account"
logger = logging.getLogger(__name__)


def greet(sender: object, request: HttpRequest, user: Account, **_signal: Any) -> None:
    """Name the device in the session just opened; tell the person when it is a new one."""
    words = device_words(request.META.get("HTTP_USER_AGENT", ""))
    mark_opened(request.session, words)
    sign = _sign_of(user)
    if sign in _known(request):
        return
    setattr(request, TO_REMEMBER, sign)
    entered_before = JournalEntry.objects.filter(account=user, action="accounts.sign_in").exists()
    if user.email and entered_before:
        _tell(request, user.email, words)


def remember(request: HttpRequest, response: HttpResponse) -> None:
    """Write in the browser that this account is known there."""
    sign = getattr(request, TO_REMEMBER, None)
    if sign is None:
        return
    signs = [sign, *_known(request)][:MOST]
    response.set_cookie(
        settings.KNOWN_COOKIE_NAME,
        Signer(salt=SALT).sign(".".join(signs)),
        max_age=KEPT_SECONDS,
        secure=settings.PRODUCTION,
        httponly=True,
        samesite="Lax",
    )


def limit_key(request: HttpRequest, account: Account | None, email: str) -> str:
    """Return under which name the codes asked for an address are counted.

    The owner's usual browser has a count of its own: whoever asks codes for somebody else from
    elsewhere does not keep them out.
    """
    usual = account is not None and _sign_of(account) in _known(request)
    return f"{email.lower()} usual" if usual else email.lower()


def _known(request: HttpRequest) -> list[str]:
    try:
        kept = Signer(salt=SALT).unsign(request.COOKIES[settings.KNOWN_COOKIE_NAME])
    except (KeyError, BadSignature):
        return []
    return kept.split(".")


def _sign_of(account: Account) -> str:
    return salted_hmac(SALT, str(account.pk), algorithm="sha256").hexdigest()[:20]


def _tell(request: HttpRequest, email: str, words: str) -> None:
    address = settings.SITE_URL + reverse("accounts:sessions")
    try:
        AccountAdapter(request).send_mail(
            "accounts/mail/new_device", email, {"device": words, "address": address}
        )
    except (OSError, SMTPException):
        # Entering matters more than this notice: it is on the page of devices too.
        logger.warning("a notice of a new device could not be sent")
