"""The budget by hand: lines, dates, and accounts promised."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from espace.accounts.guard import gem_required
from espace.accounts.permissions import require
from espace.governance.actions import budget as actions
from espace.governance.forms.budget import YEARS_BACK, BudgetLineForm, MomentForm, PromiseForm
from espace.governance.queries import budget as queries
from espace.governance.queries.money import money_year, today_of_gem
from espace.governance.rules.money import written_cents
from espace.groups.queries.for_sheets import sheet_gem
from espace.groups.queries.from_file import first_names_of_roll

NOT_WRITTEN = 422
edit = require_http_methods(["GET", "HEAD", "POST"])


@gem_required
@require_safe
def lines(request: HttpRequest) -> HttpResponse:
    """Show a year of budget, line by line."""
    shown = queries.budget(request.actor, request.actor.gem_id, request.GET.get("annee", ""))
    return render(request, "governance/money/budget.html", {"budget": shown})


@gem_required
@edit
def add(request: HttpRequest, year: int) -> HttpResponse:
    """Write a line of the budget of a year."""
    actor, gem_id = request.actor, request.actor.gem_id
    require(actor, "governance.write_money", gem_id)
    day = today_of_gem(sheet_gem(gem_id))
    if not day.year - YEARS_BACK <= year <= day.year + 1:
        raise Http404
    form = BudgetLineForm(request.POST or None, today=day)
    named = _named(request, form)
    if form.is_valid() and not named:
        key = form.cleaned_data["cle"]
        actions.add_budget_line(actor=actor, gem_id=gem_id, values=_values(form, year), key=key)
        messages.success(request, _("La ligne est dans le budget."))
        return redirect(f"{reverse('governance:budget')}?annee={year}")
    return _form_page(request, form, year, named)


@gem_required
@edit
def change(request: HttpRequest, line_id: UUID) -> HttpResponse:
    """Change a line of the budget."""
    actor, gem_id = request.actor, request.actor.gem_id
    line = queries.budget_line(actor, gem_id, line_id)
    start = {
        "libelle": line.label,
        "famille": line.category,
        "prevu": "" if line.planned is None else written_cents(line.planned),
        "realise": "" if line.actual is None else written_cents(line.actual),
        "sans_argent": line.in_kind,
        "compte": line.account,
        "credit": line.credit,
        "decide_par": line.decided_by,
        "decide_le": line.decided_on,
    }
    day = today_of_gem(sheet_gem(gem_id))
    form = BudgetLineForm(request.POST or None, initial=start, today=day)
    named = _named(request, form)
    if form.is_valid() and not named:
        values = _values(form, line.year)
        actions.change_budget_line(actor=actor, gem_id=gem_id, line_id=line_id, values=values)
        messages.success(request, _("La ligne est changée."))
        return redirect(f"{reverse('governance:budget')}?annee={line.year}")
    return _form_page(request, form, line.year, named, line)


@gem_required
@require_POST
def remove(request: HttpRequest, line_id: UUID) -> HttpResponse:
    """Take a line out of the budget."""
    who: dict[str, Any] = {"actor": request.actor, "gem_id": request.actor.gem_id}
    line = queries.budget_line(request.actor, request.actor.gem_id, line_id)
    actions.remove_budget_line(**who, line_id=line_id)
    messages.success(request, _("La ligne est retirée du budget."))
    return redirect(f"{reverse('governance:budget')}?annee={line.year}")


@gem_required
@edit
def dates(request: HttpRequest) -> HttpResponse:
    """Write the dates of the budget, and the accounts that are promised."""
    actor, gem_id = request.actor, request.actor.gem_id
    require(actor, "governance.write_money", gem_id)
    shown = money_year(actor, gem_id)
    day = today_of_gem(shown.gem)
    promising = "cle_promesse" in request.POST
    start = {"annee": day.year, "jour": day.strftime("%d/%m/%Y")}
    moment = MomentForm(
        request.POST if request.method == "POST" and not promising else None,
        initial=start,
        today=day,
    )
    promise = PromiseForm(request.POST if promising else None, today=day)
    if moment.is_valid():
        values = moment.cleaned_data
        actions.note_moment(
            actor=actor,
            gem_id=gem_id,
            kind=values["quoi"],
            year=values["annee"],
            day=values["jour"],
            easy_read=values["simple"],
        )
        messages.success(request, _("La date est notée."))
        return redirect("governance:money_dates")
    if promise.is_valid():
        values = promise.cleaned_data
        actions.promise_accounts(
            actor=actor,
            gem_id=gem_id,
            what=values["comptes"],
            promised_for=values["pour"],
            key=values["cle_promesse"],
        )
        messages.success(request, _("La promesse est notée."))
        return redirect("governance:money_dates")
    context = {"money": shown, "moment": moment, "promise": promise}
    status = NOT_WRITTEN if moment.is_bound or promise.is_bound else 200
    return render(request, "governance/money/dates.html", context, status=status)


@gem_required
@require_POST
def received(request: HttpRequest, promise_id: UUID) -> HttpResponse:
    """Write that promised accounts came today, or take it back."""
    gem_id = request.actor.gem_id
    back = request.POST.get("geste") == "reprendre"
    day = None if back else today_of_gem(sheet_gem(gem_id))
    actions.receive_accounts(actor=request.actor, gem_id=gem_id, promise_id=promise_id, day=day)
    return redirect("governance:money_dates")


def _named(request: HttpRequest, form: BudgetLineForm) -> str:
    """Return a name seen in the label, unless the person said to leave it."""
    if not form.is_valid() or "quand_meme" in request.POST:
        return ""
    return form.named(first_names_of_roll(request.actor.gem_id))


def _values(form: BudgetLineForm, year: int) -> actions.BudgetValues:
    values = form.cleaned_data
    return actions.BudgetValues(
        year=year,
        side=form.side,
        category=values["famille"],
        label=values["libelle"],
        account=values["compte"],
        planned_cents=values["prevu"],
        actual_cents=values["realise"],
        in_kind=values["sans_argent"],
        decided_by=values["decide_par"],
        decided_on=values["decide_le"],
        credit=values["credit"],
    )


def _form_page(
    request: HttpRequest,
    form: BudgetLineForm,
    year: int,
    named: str,
    line: queries.Line | None = None,
) -> HttpResponse:
    context = {"form": form, "year": year, "named": named, "line": line}
    status = NOT_WRITTEN if form.is_bound else 200
    return render(request, "governance/money/budget_line.html", context, status=status)
