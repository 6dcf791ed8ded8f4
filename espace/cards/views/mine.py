"""« Ma carte »: one's own card, whether it served elsewhere, withdrawing it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from espace.accounts.guard import signed_in_required
from espace.cards import actions, queries
from espace.cards.forms import ChooseForm


@signed_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def card(request: HttpRequest) -> HttpResponse:
    """Say whether one has a card and since when; withdraw it."""
    if request.method == "POST":
        if actions.withdraw_own_card(actor=request.actor):
            messages.success(request, _("Votre carte est retirée. Elle n'ouvre plus rien."))
        return redirect("accounts:own_account")
    context = {"card": queries.own_card(request.actor), "form": ChooseForm()}
    return render(request, "cards/mine.html", context)
