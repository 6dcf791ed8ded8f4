"""Entering by showing one's card or typing its words."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from espace.accounts import drafts, journal
from espace.accounts.access import NOBODY
from espace.accounts.adapter import safe_way_back
from espace.cards import limits
from espace.cards.forms import NOT_OPEN, CardForm
from espace.cards.queries import Opening, opening, served_elsewhere
from espace.cards.sessions import ELSEWHERE, enter_by_card, remember_browser
from espace.core.middleware import PERMISSIONS_OFF

REFUSED = 422
CAMERA_HERE = PERMISSIONS_OFF.replace("camera=()", "camera=(self)")


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Ask for the six words, or read the QR code; the same answer for whatever does not open."""
    form = CardForm(request.POST or None)
    back = safe_way_back(request)
    opened = read_card(request, form)
    if opened:
        browser = enter_by_card(request, opened)
        response = redirect(_way_in(request, opened, back))
        remember_browser(response, browser)
        return response
    context = {"form": form, "next": back, "kept": drafts.held(request)}
    status = REFUSED if form.errors else 200
    return with_camera(render(request, "cards/enter.html", context, status=status))


def read_card(request: HttpRequest, form: CardForm) -> Opening | None:
    """Return what the card shown opens; None, with the reason in ``form``, when it does not."""
    if request.method != "POST" or not form.is_valid():
        return None
    kind, secret = form.shown()
    if not limits.may_try(request, kind):
        form.add_error(None, limits.TOO_MANY)
        return None
    opened = opening(kind, secret)
    if opened is None:
        limits.failed(request, kind)
        journal.write(NOBODY, "cards.refused")
        form.add_error(None, NOT_OPEN)
    return opened


def with_camera(response: HttpResponse) -> HttpResponse:
    """Let this page, and no other, use the camera of the device."""
    response["Permissions-Policy"] = CAMERA_HERE
    return response


def _way_in(request: HttpRequest, opened: Opening, back: str) -> str:
    """Lead to where the person went; first to a card that served elsewhere, to a text kept."""
    warned = served_elsewhere(opened.card_id)
    if drafts.waits_for(opened.account_id):
        if warned:
            messages.warning(request, ELSEWHERE)
        return "accounts:kept_form"
    return "cards:mine" if warned else back
