"""The month card: half a page, every cell may be left empty."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from espace.accounts.guard import gem_required
from espace.activities.actions import month_card as actions
from espace.activities.choices import Section
from espace.activities.forms.month_card import (
    MonthCardForm,
    StickForm,
    TensionsForm,
    month_name,
    read_seen,
    said_lines,
    say_seen,
    stick_lines,
)
from espace.activities.printing.month_card import month_card_pdf
from espace.activities.queries import month_card as queries
from espace.activities.views.addresses import with_month
from espace.core.idempotency import new_key

READ_AND_WRITE = ["GET", "HEAD", "POST"]
DONT_KNOW, KNOW = "ne-sait-pas:", "on-sait:"


@gem_required
@require_http_methods(READ_AND_WRITE)
@with_month
def card(request: HttpRequest, first: date) -> HttpResponse:
    """Show the card; each press keeps what was typed."""
    try:
        shown = queries.month_card(request.actor, request.actor.gem_id, first)
    except queries.NotBegunError:
        return render(request, "activities/month_not_begun.html", {"month": first}, status=404)
    if request.method == "POST":
        try:
            if "baton" in request.POST:
                return _add_stick(request, first)
            return _save(request, shown, first)
        except actions.CardClosedError:
            messages.warning(
                request, _("Ce mois est fini. Rien n'a changé. Rouvrez le mois pour corriger.")
            )
            return _back(request, first)
    if shown.may_fill:
        return _show_form(request, shown, MonthCardForm(shown))
    context = {
        "card": shown,
        "said": said_lines(shown),
        "sticks": stick_lines(shown) if shown.may_count else [],
        "key": new_key(),
    }
    return render(request, "activities/month_card/read.html", context)


def _save(request: HttpRequest, shown: queries.Card, first: date) -> HttpResponse:
    form = MonthCardForm(shown, request.POST)
    is_right = form.is_valid()
    press = request.POST.get("geste", "")
    refused = actions.save_card(
        actor=request.actor,
        gem_id=request.actor.gem_id,
        month=first,
        seen=read_seen(request.POST.get("vu", "")),
        typed=form.typed(),
        asked=form.asked(),
        unknown=_section(press, DONT_KNOW),
        known=_section(press, KNOW),
    )
    form.refuse(refused)
    fresh = queries.month_card(request.actor, request.actor.gem_id, first)
    if request.headers.get("HX-Request") == "true":
        context = {"form": form, "seen": say_seen(fresh.values), "saved": True}
        return render(request, "activities/month_card/kept.html", context)
    if not is_right or refused:
        form.card = fresh
        return _show_form(request, fresh, form, status=422)
    messages.success(request, _("C'est gardé."))
    return _back(request, first)


def _show_form(
    request: HttpRequest, shown: queries.Card, form: MonthCardForm, status: int = 200
) -> HttpResponse:
    context = {"card": shown, "form": form, "seen": say_seen(shown.values)}
    return render(request, "activities/month_card/fill.html", context, status=status)


def _section(press: str, prefix: str) -> list[Section]:
    name = press.removeprefix(prefix)
    return [Section(name)] if press.startswith(prefix) and name in Section.values else []


def _add_stick(request: HttpRequest, first: date) -> HttpResponse:
    form = StickForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    cell, by = form.cleaned_data["baton"]
    actions.add_stick(
        actor=request.actor,
        gem_id=request.actor.gem_id,
        month=first,
        cell=cell,
        by=by,
        key=form.cleaned_data["cle"],
    )
    answer = _back(request, first)
    answer["Location"] += f"#l-{cell.line}"
    return answer


def _back(request: HttpRequest, first: date) -> HttpResponse:
    return redirect("activities:month_card", month_name(first))


@gem_required
@require_safe
@with_month
def pdf(request: HttpRequest, first: date) -> HttpResponse:
    """Give the card on paper: sticks on the wall, the other numbers below the fold."""
    try:
        shown = queries.month_card(request.actor, request.actor.gem_id, first)
    except queries.NotBegunError:
        return render(request, "activities/month_not_begun.html", {"month": first}, status=404)
    answer = HttpResponse(month_card_pdf(shown), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="fiche-{month_name(first)}.pdf"'
    return answer


@gem_required
@require_http_methods(READ_AND_WRITE)
def tensions(request: HttpRequest) -> HttpResponse:
    """Say what the members' meeting decided about counting tensions."""
    who = {"actor": request.actor, "gem_id": request.actor.gem_id}
    shown = queries.tensions(request.actor, request.actor.gem_id)
    form = TensionsForm(request.POST if request.POST.get("geste") == "compter" else None)
    if request.method == "POST":
        if request.POST.get("geste") == "arreter":
            actions.choose_tensions(**who, decided_on=None)
            messages.success(request, _("La fiche du mois ne demande plus les tensions."))
            return redirect("activities:tensions")
        if form.is_valid():
            try:
                actions.choose_tensions(**who, decided_on=form.cleaned_data["decided_on"])
            except actions.FutureMeetingError:
                form.add_error("decided_on", _("Cette réunion n'a pas encore eu lieu."))
            else:
                messages.success(request, _("La fiche du mois demande maintenant les tensions."))
                return redirect("activities:tensions")
    context = {"tensions": shown, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "activities/month_card/tensions.html", context, status=status)
