"""« Mes appareils »: where one is signed in, and how to close it from here."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from espace.accounts import actions, queries
from espace.accounts.guard import signed_in_required
from espace.accounts.sessions import handle_of


@signed_in_required
@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    """List the devices where this person is signed in."""
    found = queries.own_sessions(request.actor, handle_of(request.session))
    return render(request, "accounts/sessions.html", {"sessions": found})


@signed_in_required
@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """Close one device; closing it twice says the same."""
    try:
        handle = UUID(request.POST.get("handle", ""))
    except ValueError:
        return redirect("accounts:sessions")
    if handle == handle_of(request.session):
        return redirect("account_logout")
    actions.close_session(actor=request.actor, handle=handle)
    messages.success(request, _("Cet appareil est fermé. Il faudra y entrer à nouveau."))
    return redirect("accounts:sessions")


@signed_in_required
@require_POST
def close_others(request: HttpRequest) -> HttpResponse:
    """Close every device but this one."""
    if here := handle_of(request.session):
        actions.close_other_sessions(actor=request.actor, kept=here)
    messages.success(request, _("Vos autres appareils sont fermés."))
    return redirect("accounts:sessions")
