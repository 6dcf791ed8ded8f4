"""Puts the actor on each request."""

from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from espace.accounts import shared_device, strength
from espace.accounts.access import GEM_IN_HAND, Actor, actor_for
from espace.accounts.known_devices import remember
from espace.accounts.opening import close_session, why_it_ends
from espace.accounts.sessions import LAST_DAY
from espace.core.clock import today


def build_actor(request: HttpRequest) -> Actor:
    """Return who is asking, from the session and the cookies of an enrolled device."""
    account = request.user
    known = account.is_authenticated
    chosen = request.session.get(GEM_IN_HAND)
    actor = actor_for(
        account.pk if known else None,
        str(account) if known else "",
        request.COOKIES,
        UUID(chosen) if chosen else None,
        strong_in=strength.strong_where(request.session),
    )
    if not known:
        return actor
    why = why_it_ends(request, actor)
    if why:
        close_session(request, why)
        return actor_for(None, "", request.COOKIES)
    _prolong(request, on_shared_device=actor.device_id is not None)
    return actor


def _prolong(request: HttpRequest, *, on_shared_device: bool) -> None:
    """Let the session slide: a new month from each day of use, a day on the GEM's tablet.

    On the tablet the session is closed much earlier (``shared_device``); its name lasts, so that a
    form sent too late is still known to be its person's. The day is written once a day, so that
    reading pages costs no write.
    """
    day = today().isoformat()
    if on_shared_device:
        request.session.set_expiry(settings.SHARED_DEVICE_NAME_KEPT)
    if request.session.get(LAST_DAY) != day:
        request.session[LAST_DAY] = day


class ActorMiddleware:
    """``request.actor``: built at first use, so that public pages ask the database nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: build_actor(request))
        response = self.get_response(request)
        strength.renew_when_noted(request.session)
        remember(request, response)
        shared_device.clear_when_left(request, response)
        return response
