"""Opening and closing a session, for the packages that add a way in, and watching it meanwhile.

A watch looks at each request of a signed-in person and may say, in a sentence, why the session
ends now: a card that was withdrawn, a tablet that is no more the GEM's. What it shows is then
nobody's, from that very page.
"""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest
from django.utils.functional import Promise

from espace.accounts import strength
from espace.accounts.access import Actor
from espace.accounts.adapter import AccountAdapter
from espace.accounts.choices import Proof
from espace.accounts.models import Account

Watch = Callable[[HttpRequest, Actor], str | Promise]
_watches: list[Watch] = []


def register_watch(watch: Watch) -> None:
    """Add a watch, called from ``AppConfig.ready()``; it returns "" when all is well."""
    if watch not in _watches:
        _watches.append(watch)


def why_it_ends(request: HttpRequest, actor: Actor) -> str | Promise:
    """Return why this session ends now; "" when it goes on."""
    return next((why for watch in _watches if (why := watch(request, actor))), "")


def open_session(request: HttpRequest, account_id: UUID, *proofs: Proof) -> None:
    """Open a session for someone who just gave these proofs; it takes a new name."""
    account = Account.objects.get(pk=account_id, is_active=True)
    AccountAdapter(request).login(request, account)
    for proof in proofs:
        strength.note(request.session, proof)


def close_session(request: HttpRequest, why: str | Promise = "") -> None:
    """Close the session in hand; ``why`` is said on the next page."""
    logout(request)
    if why:
        messages.warning(request, why)
