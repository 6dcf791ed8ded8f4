"""The second factors of an account: passkeys, a code application, printed spare codes.

django-allauth keeps and checks them; here are the few decisions that are ours: a passkey always
asks for its person, a code of the application serves once, adding or removing is told by mail and
written in the journal.
"""

import base64
import hashlib
import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from smtplib import SMTPException
from typing import Any
from uuid import UUID

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt
from allauth.mfa.webauthn.internal import auth as webauthn
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from espace.accounts import journal
from espace.accounts.access import SYSTEM, Actor
from espace.accounts.adapter import AccountAdapter
from espace.accounts.address import close_everywhere
from espace.accounts.models import Account

PASSKEY, APPLICATION = Authenticator.Type.WEBAUTHN, Authenticator.Type.TOTP
SPARE_CODES = Authenticator.Type.RECOVERY_CODES
MOST_PASSKEYS = 10
LAST_COUNTER = "last_counter"
MAIL = "accounts/mail/protection_changed"
logger = logging.getLogger(__name__)


class ProtectionAdapter(DefaultMFAAdapter):
    """Secrets encrypted at rest; a passkey says the label of its person, never their e-mail."""

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def get_totp_label(self, user: Any) -> str:
        return str(user)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": "Mon Espace"}

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        handle = user_pk_to_url_str(user).encode()
        return {"id": handle, "display_name": str(user), "name": str(user)}


@dataclass(frozen=True)
class Passkey:
    """A passkey as its person sees it."""

    id: int
    name: str
    added_at: datetime
    used_at: datetime | None


@dataclass(frozen=True)
class Factors:
    """What a person may show beside their first proof."""

    passkeys: tuple[Passkey, ...] = ()
    application: bool = False
    spare_codes_left: int = 0

    @property
    def any(self) -> bool:
        """True with a passkey or an application; spare codes only replace them."""
        return bool(self.passkeys) or self.application


def factors_of(account_id: UUID | None) -> Factors:
    """Return the second factors of an account. One query."""
    rows = Authenticator.objects.filter(user_id=account_id).order_by("created_at", "pk")
    found = list(rows) if account_id else []
    spare = next((row for row in found if row.type == SPARE_CODES), None)
    return Factors(
        passkeys=tuple(
            Passkey(row.pk, row.data["name"], row.created_at, row.last_used_at)
            for row in found
            if row.type == PASSKEY
        ),
        application=any(row.type == APPLICATION for row in found),
        spare_codes_left=len(RecoveryCodes(spare).get_unused_codes()) if spare else 0,
    )


# --- Passkeys ---


def passkey_to_make(account: Account) -> str:
    """Return what the browser needs to make a passkey; the session keeps the challenge."""
    return json.dumps(webauthn.begin_registration(account, passwordless=True)["publicKey"])


def passkey_to_show(account: Account | None) -> str:
    """Return what the browser needs to show a passkey, of ``account`` or of whoever is there."""
    return json.dumps(webauthn.begin_authentication(account)["publicKey"])


def add_passkey(request: HttpRequest, *, actor: Actor, name: str, made: Mapping[str, Any]) -> bool:
    """Keep a passkey just made; False when it does not answer this session's challenge."""
    try:
        webauthn.parse_registration_response(made)
        webauthn.complete_registration(dict(made))
    except (ValidationError, ValueError, KeyError, TypeError, AttributeError):
        return False
    finally:
        webauthn.clear_state()
    with transaction.atomic():
        account = _locked(actor)
        if len(factors_of(account.pk).passkeys) >= MOST_PASSKEYS:
            return False
        webauthn.WebAuthn.add(account, name, dict(made))
    _told(request, actor, account, "accounts.add_passkey", _("Une clé d'accès est ajoutée."))
    return True


def shown_passkey(account: Account | None, shown: Mapping[str, Any]) -> Account | None:
    """Return whose passkey this is, of ``account`` or of anyone; None when it proves nothing.

    A challenge serves once, and only in the session that asked for it.
    """
    try:
        webauthn.parse_authentication_response(shown)
        owner = account or webauthn.extract_user_from_response(dict(shown))
        found = webauthn.complete_authentication(owner, dict(shown))
    except (ValidationError, ValueError, KeyError, TypeError, AttributeError):
        return None
    finally:
        webauthn.clear_state()
    found.record_usage()
    return owner if isinstance(owner, Account) and owner.is_active else None


def rename_passkey(*, actor: Actor, passkey_id: int, name: str) -> bool:
    """Give another name to a passkey of one's own; False when there is none such."""
    found = Authenticator.objects.filter(
        pk=passkey_id, user_id=actor.account_id, type=PASSKEY
    ).first()
    if found is None:
        return False
    found.data["name"] = name
    found.save(update_fields=["data"])
    return True


def remove_passkey(request: HttpRequest, *, actor: Actor, passkey_id: int) -> bool:
    """Forget a passkey of one's own; False when there is none such."""
    found = Authenticator.objects.filter(pk=passkey_id, user_id=actor.account_id, type=PASSKEY)
    return _remove(request, actor, found, "accounts.remove_passkey", _("Une clé est retirée."))


# --- The code application ---


def add_application(request: HttpRequest, *, actor: Actor, secret: str, code: str) -> bool:
    """Keep the application that gives ``code``; False when the code is not the one of now."""
    counter = _counter_of(secret, code)
    if counter is None:
        return False
    with transaction.atomic():
        account = _locked(actor)
        Authenticator.objects.filter(user=account, type=APPLICATION).delete()
        kept = TOTP.activate(account, secret).instance
        kept.data[LAST_COUNTER] = counter
        kept.save(update_fields=["data"])
    words = _("Une application de codes est ajoutée.")
    _told(request, actor, account, "accounts.add_application", words)
    return True


def remove_application(request: HttpRequest, *, actor: Actor) -> bool:
    """Forget the application; False when there is none."""
    found = Authenticator.objects.filter(user_id=actor.account_id, type=APPLICATION)
    words = _("L'application de codes est retirée.")
    return _remove(request, actor, found, "accounts.remove_application", words)


def code_proves(account_id: UUID, code: str) -> bool:
    """Tell whether ``code`` comes from the application or the spare codes; each serves once."""
    with transaction.atomic():
        rows = Authenticator.objects.select_for_update().filter(user_id=account_id)
        for row in rows.exclude(type=PASSKEY).order_by("pk"):
            good = (
                _application_gives(row, code)
                if row.type == APPLICATION
                else RecoveryCodes(row).validate_code(code)
            )
            if good:
                row.record_usage()
                return True
    return False


def _application_gives(row: Authenticator, code: str) -> bool:
    counter = _counter_of(decrypt(row.data["secret"]), code)
    if counter is None or counter <= row.data.get(LAST_COUNTER, 0):
        return False
    row.data[LAST_COUNTER] = counter
    row.save(update_fields=["data"])
    return True


def _counter_of(secret: str, code: str) -> int | None:
    """Return the half-minute of which ``code`` is the code: now, just before or just after."""
    for counter in yield_hotp_counters_from_time():
        if constant_time_compare(code, format_hotp_value(hotp_value(secret, counter))):
            return counter
    return None


# --- Spare codes ---


def spare_codes(account_id: UUID | None) -> list[str]:
    """Return the spare codes not used yet."""
    kept = Authenticator.objects.filter(user_id=account_id, type=SPARE_CODES).first()
    return RecoveryCodes(kept).get_unused_codes() if kept else []


def make_spare_codes(request: HttpRequest, *, actor: Actor) -> None:
    """Make ten new spare codes; the former ones open nothing any more."""
    with transaction.atomic():
        account = _locked(actor)
        Authenticator.objects.filter(user=account, type=SPARE_CODES).delete()
        RecoveryCodes.activate(account)
    words = _("De nouveaux codes de secours sont prêts.")
    _told(request, actor, account, "accounts.make_spare_codes", words)


def forget_all(*, email: str) -> bool:
    """Forget every second factor of someone who lost them, and close their sessions.

    For those whom no GEM can give a card: FiGEM checked who they are. False when nobody has this
    address.
    """
    with transaction.atomic():
        account = Account.objects.select_for_update().filter(email__iexact=email).first()
        if account is None:
            return False
        Authenticator.objects.filter(user=account).delete()
        close_everywhere(account.pk)
        journal.write(SYSTEM, "accounts.forget_protection", thing=account.pk)
    words = _("Vos clés d'accès et vos codes n'ouvrent plus votre compte.")
    subject = render_to_string(f"{MAIL}_subject.txt").strip()
    send_mail(
        subject, render_to_string(f"{MAIL}_message.txt", {"change": words}), None, [account.email]
    )
    return True


# --- Inside ---


def _locked(actor: Actor) -> Account:
    return Account.objects.select_for_update().get(pk=actor.account_id)


def _remove(request: HttpRequest, actor: Actor, found: Any, action: str, words: Any) -> bool:
    with transaction.atomic():
        removed, _rows = found.delete()
        if removed and not factors_of(actor.account_id).any:
            Authenticator.objects.filter(user_id=actor.account_id).delete()
    if removed:
        account = Account.objects.get(pk=actor.account_id)
        _told(request, actor, account, action, words)
    return bool(removed)


def _told(request: HttpRequest, actor: Actor, account: Account, action: str, words: Any) -> None:
    """Write in the journal, and tell the person by a discreet mail."""
    journal.write(actor, action)
    if not account.email:
        return
    try:
        AccountAdapter(request).send_mail(MAIL, account.email, {"change": str(words)})
    except (OSError, SMTPException):
        logger.warning("a notice of a changed protection could not be sent")


def _cipher() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    keys = [
        hashlib.sha256(b"espace.accounts.protection" + one.encode()).digest() for one in secrets
    ]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])
