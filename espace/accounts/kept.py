"""What this package keeps on a person: the account, its addresses, its sessions, its journal."""

import json
from collections.abc import Iterable
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from espace.accounts import journal
from espace.accounts.choices import Pictogram
from espace.accounts.models import Account, InstitutionIdentity, JournalEntry, KeptForm, OpenSession
from espace.accounts.personal_data import Keeper, Section
from espace.accounts.protection import factors_of
from espace.accounts.sessions import SessionStore
from espace.accounts.told import told

ROWS_AT_ONCE = 500


def show(account_id: UUID) -> list[Section]:
    """Return the account, its sessions and what its person did."""
    account = Account.objects.filter(pk=account_id).first()
    if account is None:
        return []
    return [
        _profile(account),
        _protection(account),
        _sessions(account),
        _typed(account),
        _deeds(account),
    ]


def _profile(account: Account) -> Section:
    sign = str(Pictogram(account.pictogram).label) if account.pictogram else ""
    joined = date_format(localtime(account.joined_at), "j F Y")
    said = (
        ("first_name", _("Prénom ou surnom"), account.first_name),
        ("initial", _("Première lettre du nom"), account.initial),
        ("pictogram", _("Dessin"), sign),
        ("email", _("Adresse e-mail"), account.email or ""),
        ("joined_on", _("Compte ouvert le"), joined),
    )
    others = EmailAddress.objects.filter(user=account).exclude(email=account.email or "")
    more = tuple(
        (("email", _("Autre adresse e-mail"), each.email),) for each in others.order_by("pk")
    )
    return Section(
        key="account",
        title=_("Votre compte"),
        why=_("Vous laisser entrer, et vous dire bonjour."),
        rows=(tuple(row for row in said if row[2]), *more),
        seen_by=_("Vous. Les élus et les salariés de votre GEM voient votre prénom."),
        kept=_("Jusqu'à votre demande, ou deux ans sans visite."),
    )


def _protection(account: Account) -> Section:
    factors = factors_of(account.pk)
    rows = [(("passkey", _("Clé d'accès"), key.name),) for key in factors.passkeys]
    if factors.application:
        rows.append((("application", _("Application de codes"), str(_("Oui"))),))
    linked = InstitutionIdentity.objects.filter(account=account).order_by("pk")
    rows += [(("institution", _("Compte d'institution"), each.issuer),) for each in linked]
    return Section(
        key="protection",
        title=_("Ce qui protège votre compte"),
        why=_("Empêcher une autre personne d'entrer à votre place."),
        rows=tuple(rows),
        seen_by=_("Vous."),
        kept=_("Jusqu'à ce que vous les retiriez."),
    )


def _sessions(account: Account) -> Section:
    rows = [
        (
            ("device", _("Appareil"), session.device),
            (
                "open_until",
                _("Ouvert jusqu'au"),
                date_format(localtime(session.expire_date), "j F Y"),
            ),
        )
        for session in OpenSession.objects.filter(account=account).order_by("expire_date", "pk")
    ]
    return Section(
        key="sessions",
        title=_("Les appareils où vous êtes entré"),
        why=_("Ne pas vous demander un code à chaque visite."),
        rows=tuple(rows),
        seen_by=_("Vous."),
        kept=_("30 jours au plus."),
    )


def _typed(account: Account) -> Section:
    waiting = KeptForm.objects.filter(account=account).order_by("pk")
    return Section(
        key="kept_form",
        title=_("Ce que vous écriviez quand votre session s'est fermée"),
        why=_("Ne pas perdre votre texte."),
        rows=tuple(
            (
                ("kept_at", _("Quand"), date_format(localtime(each.kept_at), r"j F Y, G \h i")),
                *((name, name, value) for name, value in each.fields),
            )
            for each in waiting
        ),
        seen_by=_("Vous seul."),
        kept=_("7 jours, ou jusqu'à l'envoi."),
    )


def _deeds(account: Account) -> Section:
    lines = JournalEntry.objects.filter(account=account).order_by("-at", "-pk")
    return Section(
        key="journal",
        title=_("Ce que vous avez fait ici"),
        why=_("Répondre à la question : qui a changé cela ?"),
        rows=tuple(
            (
                ("at", _("Quand"), date_format(localtime(line.at), r"j F Y, G \h i")),
                ("action", _("Quoi"), str(told(line.action).words)),
            )
            for line in lines
        ),
        seen_by=_("Vous, et les élus et les salariés de votre GEM."),
        kept=_("12 mois. Jamais ce que vous avez écrit."),
    )


def erase(account_id: UUID) -> int:
    """Delete the account, its addresses and every session that names it.

    Its lines of the journal stay without it: they say what was done, no more by whom.
    """
    account = Account.objects.filter(pk=account_id).first()
    if account is None:
        return 0
    named = [str(account_id), account.email or "", *_addresses(account)]
    changed = 0
    for session in list(_sessions_holding(account, [word for word in named if word])):
        session.delete()
        changed += 1
    changed += journal.forget([account_id])
    return changed + account.delete()[0]


def _addresses(account: Account) -> list[str]:
    return list(EmailAddress.objects.filter(user=account).values_list("email", flat=True))


def _sessions_holding(account: Account, words: list[str]) -> Iterable[OpenSession]:
    """Yield the sessions of ``account``, and those half-way through a code that hold a word."""
    found = OpenSession.objects.filter(Q(account=account) | Q(account=None)).order_by("pk")
    for session in found.iterator(chunk_size=ROWS_AT_ONCE):
        held = json.dumps(SessionStore().decode(session.session_data), default=str)
        if session.account_id or any(word in held for word in words):
            yield session


KEEPER = Keeper(
    name="accounts",
    tables=(
        "accounts.Account",
        "accounts.JournalEntry",
        "accounts.KeptForm",
        "account.EmailAddress",
        "account.EmailConfirmation",
        "accounts.OpenSession",
        "accounts.InstitutionIdentity",
        "mfa.Authenticator",
    ),
    show=show,
    erase=erase,
)
