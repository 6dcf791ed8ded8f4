"""The second step: a second factor for the roles that see other people's data."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from espace.accounts import drafts, strength, ways
from espace.accounts.adapter import safe_way_back
from espace.accounts.guard import signed_in_required


@signed_in_required
@require_http_methods(["GET", "HEAD"])
def second_step(request: HttpRequest) -> HttpResponse:
    """Say why a second proof is asked, and offer what this person can do."""
    back = safe_way_back(request)
    if not request.actor.withheld:
        return redirect(back)
    context = {
        "next": back,
        "ways": ways.for_second_step(request.actor),
        "kept": drafts.held(request),
    }
    return render(request, "accounts/second_step.html", context)


@signed_in_required
@require_POST
def go_on_as_member(request: HttpRequest) -> HttpResponse:
    """Put aside the roles that wait for a second factor, until a proof is given."""
    if request.actor.withheld and request.actor.may_go_on_as_member:
        request.session[strength.AS_MEMBER] = True
    return redirect(safe_way_back(request))
