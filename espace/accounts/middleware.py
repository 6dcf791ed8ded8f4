"""Puts the actor on each request."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from espace.accounts.access import Actor, actor_for

GEM_IN_HAND = "gem"


def build_actor(request: HttpRequest) -> Actor:
    """Return who is asking, from the session and the cookies of an enrolled device."""
    account = request.user
    known = account.is_authenticated
    chosen = request.session.get(GEM_IN_HAND)
    return actor_for(
        account.pk if known else None,
        str(account) if known else "",
        request.COOKIES,
        UUID(chosen) if chosen else None,
    )


class ActorMiddleware:
    """``request.actor``: built at first use, so that public pages ask the database nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: build_actor(request))
        return self.get_response(request)
