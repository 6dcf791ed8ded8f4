"""The GEM's own tablet: its start page, and what its script asks of us."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.views.decorators.http import require_POST, require_safe

from espace.accounts import drafts
from espace.accounts.guard import known_required
from espace.accounts.opening import close_session
from espace.accounts.shared_device import QUIET_AND_KEPT
from espace.groups.queries import gem_facts

PAGE_FIELD = "_page"


@known_required
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Show the few large choices of the tablet; nobody's name."""
    actor = request.actor
    if actor.device_id is None or actor.gem_id is None:
        return redirect(settings.LOGIN_REDIRECT_URL)
    state = gem_facts.state(actor.gem_id)
    return render(request, "cards/tablet.html", {"with_names": state.counts_with_names})


@known_required
@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """Close the session of a person who left the tablet; what they were typing waits for them."""
    actor = request.actor
    if actor.device_id is None or actor.account_id is None:
        return redirect(settings.LOGIN_REDIRECT_URL)
    page = request.POST.get(PAGE_FIELD, "")
    kept = is_page_of_ours(page) and drafts.keep_for(
        actor.account_id, request, page=page, without=[PAGE_FIELD]
    )
    close_session(request, QUIET_AND_KEPT if kept else "")
    return redirect("cards:tablet")


@known_required
@require_safe
def still_here(request: HttpRequest) -> HttpResponse:
    """Say that somebody is still typing: building the actor prolonged the session."""
    return HttpResponse(status=204)


def is_page_of_ours(page: str) -> bool:
    """Tell whether a form may be sent again to this address: one of ours, and only that."""
    path = page.partition("?")[0]
    if not path.startswith("/") or path.startswith(("//", "/\\")):
        return False
    try:
        resolve(path)
    except Resolver404:
        return False
    return True
