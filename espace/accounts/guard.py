"""Who may open a page at all: views put one of these on top of themselves.

``known_required``: a signed-in person or the GEM's enrolled device. ``person_required``: a person.
``gem_required``: someone known who has a GEM in hand. Nobody is led to the sign-in page, then back;
a form sent by nobody is kept meanwhile (espace.accounts.drafts). Someone whose roles wait for a
second factor is led to the second step in the same way; ``signed_in_required`` is for the few pages
one needs before it (one's own account, the second step itself). What a person may *do* is asked by
actions, with ``require``.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from espace.accounts import drafts, strength
from espace.accounts.access import Actor
from espace.accounts.permissions import NotAllowed
from espace.accounts.protection import factors_of
from espace.accounts.queries import addresses_of

View = Callable[..., HttpResponse]


def known_required(view: View) -> View:
    """Open to a signed-in person or to an enrolled device."""
    return _guarded(view, lambda actor: actor.is_known)


def person_required(view: View) -> View:
    """Open to a signed-in person only."""
    return _guarded(view, lambda actor: actor.account_id is not None)


def signed_in_required(view: View) -> View:
    """Open to a signed-in person, even before the second step: only for what is one's own."""
    return _guarded(view, lambda actor: actor.account_id is not None, second_step=False)


def not_on_tablet(view: View) -> View:
    """Lead whoever is at the GEM's own tablet to the way in that is theirs: a card (decision 30).

    A passkey or an institution kept in that browser may be anyone's.
    """

    @wraps(view)
    def elsewhere(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.actor.device_id is not None and request.actor.account_id is None:
            messages.info(request, _("Sur l'appareil du GEM, on entre avec sa carte."))
            return HttpResponseRedirect(settings.LOGIN_URL)
        return view(request, *args, **kwargs)

    return elsewhere


def gem_required(view: View) -> View:
    """Open to someone known who has a GEM in hand; others read who can come in."""

    @wraps(view)
    def inside(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.actor.gem_id is None:
            raise NotAllowed("accounts.enter_gem", _("Les personnes qui ont un rôle dans un GEM."))
        return view(request, *args, **kwargs)

    return known_required(inside)


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Lead to the sign-in page, then back here; what was typed waits."""
    return _lead(request, settings.LOGIN_URL)


def waits_for_second_step(request: HttpRequest) -> bool:
    """Tell whether some role waits for a second factor, and its person did not put it aside.

    Someone who gave two factors for one GEM goes on there: their other roles wait aside.
    """
    aside = request.session.get(strength.AS_MEMBER) or strength.strong_where(request.session)
    return bool(request.actor.withheld) and not aside


def to_second_step(request: HttpRequest) -> HttpResponse:
    """Lead to the second step, then back here; what was typed waits."""
    return _lead(request, reverse("accounts:second_step"))


def _lead(request: HttpRequest, to: str) -> HttpResponse:
    back = request.get_full_path()
    if request.method not in ("GET", "HEAD"):
        back = reverse("accounts:kept_form") if drafts.keep(request) else "/"
    url = f"{to}?{urlencode({'next': back})}"
    if request.headers.get("HX-Request") == "true":
        # A redirection would put the sign-in page inside the part that htmx swaps.
        return HttpResponse(headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)


def needs_proof(request: HttpRequest, *, factors: bool) -> bool:
    """Tell whether a proof is asked before changing how one enters, or giving a role.

    A recent one always; and two factors from someone who has them (``factors``), for all their
    roles: what one GEM proved must not change how one enters everywhere.
    """
    session = request.session
    whole = strength.is_strong_session(session) and not request.actor.withheld
    return not strength.is_fresh(session) or (factors and not whole)


def asks_again(request: HttpRequest) -> bool:
    """Tell whether someone without a second factor has to enter again before they prepare one."""
    return needs_proof(request, factors=False) and not _only_the_letter(request)


def fresh_proof_required(view: View) -> View:
    """Ask again who this is when the last proof is more than ten minutes old."""

    @wraps(view)
    def inside(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and needs_proof(request, factors=False):
            return to_second_step(request)
        return view(request, *args, **kwargs)

    return person_required(inside)


def own_protection_required(view: View) -> View:
    """Open the pages that change how one enters: before the second step, after a recent proof."""

    @wraps(view)
    def inside(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        factors = factors_of(request.actor.account_id).any
        if needs_proof(request, factors=True) if factors else asks_again(request):
            return to_second_step(request)
        return view(request, *args, **kwargs)

    return signed_in_required(inside)


def _only_the_letter(request: HttpRequest) -> bool:
    """Tell whether leaving would shut this person out: a letter let them in, without an address."""
    return strength.opened_by_letter(request.session) and not addresses_of(request.actor.account_id)


def way_to_refused_form(request: HttpRequest) -> str:
    """Keep a form refused for its token alone; return where to send it again, "" when not kept.

    For the page that says that a form expired: someone who signed in again in another window has
    a new token, and their first window an old one.
    """
    kept = request.actor.is_known and drafts.keep_after_refusal(request)
    return reverse("accounts:kept_form") if kept else ""


def _guarded(view: View, opens: Callable[[Actor], bool], *, second_step: bool = True) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not opens(request.actor):
            return to_sign_in(request)
        if second_step and waits_for_second_step(request):
            return to_second_step(request)
        drafts.forget_when_sent(request)
        return view(request, *args, **kwargs)

    return guarded
