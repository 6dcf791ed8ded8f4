"""The figures of the network: chosen, kept as a view; the map, what moves, what is missing."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from espace.accounts.guard import person_required
from espace.core.spreadsheets import as_csv, as_xlsx
from espace.federation.actions.views import remove_view, save_view
from espace.federation.forms import ChoiceForm, SaveForm
from espace.federation.queries import figures, quality
from espace.ui.respond import file_answer

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILES = {"csv": (as_csv, "text/csv; charset=utf-8"), "xlsx": (as_xlsx, XLSX)}


@person_required
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Show the figures one chose, place by place."""
    form = ChoiceForm(request.GET or None)
    choice = form.choice()
    context = {
        "page": figures.figures(request.actor, choice),
        "form": ChoiceForm(form.shown(choice)),
        "query": choice.query(),
        "views": figures.saved_views(request.actor),
        "removed": figures.saved_views(request.actor, removed=True),
        "save_form": SaveForm(),
    }
    return render(request, "federation/figures.html", context)


@person_required
@require_safe
def table(request: HttpRequest, form: str) -> HttpResponse:
    """Give the same table as a file."""
    page = figures.figures(request.actor, ChoiceForm(request.GET or None).choice())
    write, kind = FILES[form]
    return file_answer(write(figures.as_sheet(page)), kind, f"chiffres-{page.period}.{form}")


@person_required
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep the choice by a name."""
    choice = ChoiceForm(request.GET or None).choice()
    form = SaveForm(request.POST)
    if form.is_valid():
        save_view(
            actor=request.actor,
            name=form.cleaned_data["name"],
            choice=choice,
            key=form.cleaned_data["cle"],
        )
        messages.success(request, _("La vue est gardée pour toute l'équipe."))
    else:
        messages.error(request, _("Donnez un nom à la vue : 60 lettres au plus."))
    return redirect(f"{reverse('federation:figures')}?{choice.query()}")


@person_required
@require_POST
def drop(request: HttpRequest, view_id: UUID) -> HttpResponse:
    """Take a view away, or put it back."""
    back = request.POST.get("geste") == "remettre"
    remove_view(actor=request.actor, view_id=view_id, restore=back)
    messages.success(
        request,
        _("La vue est remise.") if back else _("La vue est retirée. Vous pouvez la remettre."),
    )
    return redirect("federation:figures")


@person_required
@require_safe
def where(request: HttpRequest) -> HttpResponse:
    """Show where the GEM stand: a map, and the same as lists."""
    return render(request, "federation/map.html", {"page": quality.map_page(request.actor)})


@person_required
@require_safe
def missing(request: HttpRequest) -> HttpResponse:
    """Show what moves, and where figures are missing."""
    context = {
        "moves": quality.moves(request.actor),
        "page": quality.quality_page(request.actor),
    }
    return render(request, "federation/quality.html", context)
