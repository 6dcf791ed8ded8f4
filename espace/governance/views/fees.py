"""The yearly fees: the list, one tap to say that someone paid, a receipt."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from espace.accounts.guard import gem_required
from espace.governance.actions import fees as actions
from espace.governance.forms.fees import FeeForm
from espace.governance.printing.fees import slip_pdf
from espace.governance.queries import fees as queries
from espace.governance.rules.money import written_cents
from espace.governance.views.meetings import READ_AND_WRITE, pdf
from espace.groups.actions.roll import remove_membership

NOT_WRITTEN = 422


@gem_required
@require_http_methods(READ_AND_WRITE)
def fees(request: HttpRequest) -> HttpResponse:
    """Show the fees of a year; note that someone paid."""
    actor, gem_id = request.actor, request.actor.gem_id
    page = queries.fees(actor, gem_id, request.GET.get("annee", ""), request.GET.get("page", "1"))
    form = FeeForm(request.POST or None)
    if form.is_valid():
        values = form.cleaned_data
        noted = actions.note_fee(
            actor=actor,
            gem_id=gem_id,
            person_id=form.who,
            year=page.year,
            cents=values["montant"],
            in_cash=values["especes"],
            key=values["cle"],
        )
        if noted:
            messages.success(request, _("La cotisation est notée."))
        return redirect(f"{reverse('governance:fees')}?annee={page.year}")
    context = {
        "page": page,
        "form": form,
        "usual": "" if page.usual is None else written_cents(page.usual),
    }
    status = NOT_WRITTEN if form.is_bound else 200
    return render(request, "governance/money/fees.html", context, status=status)


@gem_required
@require_POST
def take_back(request: HttpRequest, person_id: UUID, year: int) -> HttpResponse:
    """Take back a fee noted by mistake."""
    remove_membership(actor=request.actor, person_id=person_id, year=year)
    messages.success(
        request, _("La cotisation est retirée. Était-elle en caisse ? Annulez aussi sa ligne.")
    )
    return redirect(f"{reverse('governance:fees')}?annee={year}")


@gem_required
@require_safe
def slip(request: HttpRequest, person_id: UUID, year: int) -> HttpResponse:
    """Give the receipt of a fee, to print."""
    found = queries.slip(request.actor, request.actor.gem_id, person_id, year)
    answer = pdf(slip_pdf(request.actor.place, found), "recu.pdf")
    answer["Cache-Control"] = "no-store"
    return answer
