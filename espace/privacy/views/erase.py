"""« Effacer » : one's own account, or someone of the roll at their request."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from espace.accounts.guard import (
    gem_required,
    own_protection_required,
    person_required,
    signed_in_required,
)
from espace.accounts.permissions import require
from espace.groups.queries.mandates import left_without_elected
from espace.groups.queries.roll import card
from espace.privacy.actions.erase import erase_line, erase_own_account
from espace.privacy.permissions import ERASE_LINE

confirm_methods = require_http_methods(["GET", "HEAD", "POST"])


@signed_in_required
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Say plainly what goes, what stays as counts, and that there is no way back."""
    last = left_without_elected(request.actor.account_id)
    return render(request, "privacy/erase.html", {"last_of": [name for _id, name in last]})


@own_protection_required
@confirm_methods
def confirm(request: HttpRequest) -> HttpResponse:
    """Erase who is asking, once they said yes and showed again who they are.

    Whoever finds a telephone left open must not erase its owner.
    """
    if request.method == "POST":
        erase_own_account(actor=request.actor)
        logout(request)
        return redirect("privacy:erased")
    return render(request, "privacy/erase_confirm.html")


@require_safe
def erased(request: HttpRequest) -> HttpResponse:
    """Say that it is done; this page knows nobody."""
    return render(request, "privacy/erased.html")


@person_required
@gem_required
@confirm_methods
def line(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Erase someone of the roll, once confirmed."""
    found = card(request.actor, person_id)
    require(request.actor, ERASE_LINE, found.gem_id)
    if request.method == "POST":
        erase_line(actor=request.actor, person_id=person_id)
        messages.success(request, _("C'est effacé. Les passages restent comptés, sans prénom."))
        return redirect("groups:roll")
    return render(request, "privacy/erase_line.html", {"card": found})
