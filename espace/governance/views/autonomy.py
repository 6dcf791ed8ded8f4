"""The way to self-management: six steps, who does what, and a hand when the board is tired."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from espace.accounts.guard import gem_required
from espace.accounts.permissions import require
from espace.governance.actions import autonomy as actions
from espace.governance.forms.autonomy import StepForm, WhoForm
from espace.governance.printing.autonomy import who_pdf
from espace.governance.queries import autonomy as queries
from espace.governance.views.meetings import READ_AND_WRITE, pdf

NOT_WRITTEN = 422


@gem_required
@require_safe
def way(request: HttpRequest) -> HttpResponse:
    """Show the six steps and where the GEM stands, without a score."""
    page = queries.way(request.actor, request.actor.gem_id)
    return render(request, "governance/autonomy/way.html", {"page": page})


@gem_required
@require_http_methods(READ_AND_WRITE)
def step(request: HttpRequest, step: int) -> HttpResponse:
    """Show a step; note the decision that proves it, or take it back."""
    actor, gem_id = request.actor, request.actor.gem_id
    page = queries.step_page(actor, gem_id, step)
    if page is None:
        raise Http404
    if request.method == "POST" and request.POST.get("geste") == "reprendre":
        actions.take_back_step(actor=actor, gem_id=gem_id, number=step)
        messages.success(request, _("L'étape n'est plus notée. La décision reste au registre."))
        return redirect("governance:autonomy_step", step)
    form = StepForm(request.POST or None, decisions=page.decisions)
    if request.method == "POST":
        require(actor, "governance.write_autonomy", gem_id)
    if form.is_valid():
        decision_id: UUID = form.cleaned_data["decision"]
        actions.take_step(actor=actor, gem_id=gem_id, number=step, decision_id=decision_id)
        messages.success(request, _("L'étape est notée."))
        return redirect("governance:autonomy")
    status = NOT_WRITTEN if form.is_bound else 200
    context = {"page": page, "form": form}
    return render(request, "governance/autonomy/step.html", context, status=status)


@gem_required
@require_safe
def who(request: HttpRequest) -> HttpResponse:
    """Show who does what, on one page."""
    page = queries.who_page(request.actor, request.actor.gem_id)
    return render(request, "governance/autonomy/who.html", {"page": page})


@gem_required
@require_http_methods(READ_AND_WRITE)
def say_who(request: HttpRequest) -> HttpResponse:
    """Answer the twenty questions."""
    actor, gem_id = request.actor, request.actor.gem_id
    require(actor, "governance.write_autonomy", gem_id)
    page = queries.who_page(actor, gem_id)
    form = WhoForm(request.POST or None, initial=dict(page.answers))
    if form.is_valid():
        actions.say_who_does_what(actor=actor, gem_id=gem_id, answers=form.cleaned_data)
        messages.success(request, _("C'est noté. Voici la page à afficher."))
        return redirect("governance:who")
    status = NOT_WRITTEN if form.is_bound else 200
    return render(request, "governance/autonomy/say.html", {"form": form}, status=status)


@gem_required
@require_safe
def who_paper(request: HttpRequest) -> HttpResponse:
    """Give who does what on one page of paper."""
    page = queries.who_page(request.actor, request.actor.gem_id)
    return pdf(who_pdf(request.actor.place, page), "qui-fait-quoi.pdf")
