"""Two elected people together: one vouches for the other, on the same screen."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from espace.accounts import strength
from espace.accounts.access import GEM_IN_HAND
from espace.accounts.adapter import safe_way_back
from espace.accounts.choices import Proof
from espace.accounts.guard import signed_in_required
from espace.cards import queries
from espace.cards.actions import confirm_together
from espace.cards.forms import TheirCardForm
from espace.cards.views.entering import REFUSED, read_card, with_camera


@signed_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def together(request: HttpRequest) -> HttpResponse:
    """Ask for the card of another elected person of the same GEM; it opens no session of theirs."""
    actor, back = request.actor, safe_way_back(request)
    if not queries.gems_waiting(actor):
        return redirect(back)
    form = TheirCardForm(request.POST or None)
    opened = read_card(request, form)
    if opened and queries.vouches(opened, actor):
        confirm_together(actor=actor, gem_id=opened.gem_id, confirmer_id=opened.account_id)
        strength.note(request.session, Proof.SECOND_ELECTED, gem_id=opened.gem_id)
        # Someone elected in two GEM finds the one where the role is back.
        request.session[GEM_IN_HAND] = str(opened.gem_id)
        messages.success(request, _("C'est confirmé. Vous retrouvez votre rôle."))
        return redirect(back)
    if opened:
        form.add_error(
            None, _("Cette carte n'est pas celle d'une autre personne élue de votre GEM.")
        )
    status = REFUSED if form.errors else 200
    page = render(request, "cards/together.html", {"form": form, "next": back}, status=status)
    return with_camera(page)
