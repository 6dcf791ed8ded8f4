"""« Programme » : the week, and what is written in it."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from espace.accounts.guard import gem_required
from espace.accounts.permissions import require
from espace.activities.actions import openings as opening_actions
from espace.activities.actions import programme as actions
from espace.activities.choices import Animation, SeriesKind
from espace.activities.forms import (
    AddForm,
    AddOpeningForm,
    CancelForm,
    ChangeActivityForm,
    ChangeSeriesForm,
    PartnerForm,
    SlotForm,
    StopForm,
)
from espace.activities.forms.rhythm import RhythmForm
from espace.activities.queries import programme as queries
from espace.activities.queries.ideas import ideas_of_activity
from espace.activities.queries.signups import sign_up_card
from espace.activities.rules.moments import parse_day, parse_week, week_code
from espace.activities.rules.recurrence import RuleError
from espace.binder.queries import partners_of_gem

READ_AND_WRITE = ["GET", "HEAD", "POST"]


@gem_required
@require_safe
def week(request: HttpRequest) -> HttpResponse:
    """Show a week of openings and activities."""
    asked = request.GET.get("semaine", "")
    monday = parse_week(asked)
    if asked and monday is None:
        return render(request, "activities/no_such_day.html", status=404)
    shown = queries.programme_of_week(request.actor, request.actor.gem_id, monday)
    return render(request, "activities/programme.html", {"week": shown})


@gem_required
@require_http_methods(READ_AND_WRITE)
def add(request: HttpRequest) -> HttpResponse:
    """Add an activity, once or coming back."""
    require(request.actor, "activities.write_programme", request.actor.gem_id)
    form = AddForm(request.POST or None, initial={"day": _asked_day(request)})
    if form.shows_second:
        return _second_step(request, form, _("Ajouter une activité"), _("Ajouter au programme"))
    if not _is_sent(request, form):
        return render(request, "activities/add_activity.html", {"form": form})
    values = form.cleaned_data
    who = {"actor": request.actor, "gem_id": request.actor.gem_id, "key": values["key"]}
    description = actions.Description(**form.description())
    if form.kept:
        actions.add_series(
            **who,
            kind=SeriesKind.ACTIVITY,
            description=description,
            first_on=values["day"],
            rule=form.kept.rule,
            last_on=form.kept.last_on,
        )
    else:
        actions.add_activity(**who, day=values["day"], description=description)
    _say_added(request, form)
    return _to_week(form.next_dates[0])


@gem_required
@require_http_methods(READ_AND_WRITE)
def add_opening(request: HttpRequest) -> HttpResponse:
    """Add an opening, once or coming back."""
    require(request.actor, "activities.write_programme", request.actor.gem_id)
    form = AddOpeningForm(request.POST or None, initial={"day": _asked_day(request)})
    if form.shows_second:
        return _second_step(request, form, _("Ajouter une ouverture"), _("Ajouter au programme"))
    if _is_sent(request, form):
        try:
            _add_opening(request, form)
        except opening_actions.OpeningTakenError:
            form.add_error("starts_at", _("Une ouverture commence déjà à cette heure ce jour-là."))
        else:
            _say_added(request, form)
            return _to_week(form.next_dates[0])
    return render(request, "activities/add_opening.html", {"form": form})


def _add_opening(request: HttpRequest, form: AddOpeningForm) -> None:
    values = form.cleaned_data
    who = {"actor": request.actor, "gem_id": request.actor.gem_id}
    held = {"animation": Animation(values["animation"])}
    if form.kept is None:
        at = {"starts_at": values["starts_at"], "hours": values["hours"]}
        opening_actions.add_opening(**who, **held, **at, day=values["day"])
        return
    actions.add_series(
        **who,
        **held,
        kind=SeriesKind.OPENING,
        description=actions.Description(
            title=str(SeriesKind.OPENING.label),
            starts_at=values["starts_at"],
            hours=values["hours"],
        ),
        first_on=values["day"],
        rule=form.kept.rule,
        last_on=form.kept.last_on,
        key=values["key"],
    )


@gem_required
@require_safe
def activity(request: HttpRequest, activity_id: UUID) -> HttpResponse:
    """Show one activity."""
    shown = queries.activity_detail(request.actor, request.actor.gem_id, activity_id)
    context = {
        "activity": shown,
        "week": week_code(shown.date),
        "sign_up": sign_up_card(request.actor, request.actor.gem_id, activity_id),
        "ideas": ideas_of_activity(request.actor, request.actor.gem_id, activity_id),
        "partners": partners_of_gem(request.actor.gem_id),
    }
    return render(request, "activities/activity.html", context)


@gem_required
@require_POST
def partner(request: HttpRequest, activity_id: UUID) -> HttpResponse:
    """Say with which partner an activity is done."""
    form = PartnerForm(request.POST, partners=partners_of_gem(request.actor.gem_id))
    if form.is_valid():
        actions.say_partner(
            actor=request.actor,
            gem_id=request.actor.gem_id,
            activity_id=activity_id,
            **form.cleaned_data,
        )
        messages.success(request, _("C'est noté."))
    else:
        queries.activity_detail(request.actor, request.actor.gem_id, activity_id)
        messages.warning(request, _("Ce partenaire n'est plus dans le classeur."))
    return redirect("activities:activity", activity_id)


@gem_required
@require_http_methods(READ_AND_WRITE)
def change_activity(request: HttpRequest, activity_id: UUID) -> HttpResponse:
    """Change one activity of one day."""
    require(request.actor, "activities.write_programme", request.actor.gem_id)
    shown = queries.activity_detail(request.actor, request.actor.gem_id, activity_id)
    start = ChangeActivityForm.start_from(shown.description) | {"day": shown.date}
    form = ChangeActivityForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_activity(
                actor=request.actor,
                gem_id=request.actor.gem_id,
                activity_id=activity_id,
                day=form.cleaned_data["day"],
                description=actions.Description(**form.description()),
            )
        except actions.DayTakenError:
            form.add_error("day", _("Cette activité a déjà lieu ce jour-là."))
        else:
            messages.success(request, _("C'est changé."))
            return redirect("activities:activity", activity_id)
    return render(request, "activities/change_activity.html", {"form": form, "activity": shown})


@gem_required
@require_http_methods(READ_AND_WRITE)
def cancel_activity(request: HttpRequest, activity_id: UUID) -> HttpResponse:
    """Ask why, then say that an activity does not take place."""
    require(request.actor, "activities.write_programme", request.actor.gem_id)
    shown = queries.activity_detail(request.actor, request.actor.gem_id, activity_id)
    form = CancelForm(request.POST or None)
    if "enlever" in request.POST:
        return _remove(request, activity_id)
    if request.method == "POST" and form.is_valid():
        actions.cancel_activity(
            actor=request.actor,
            gem_id=request.actor.gem_id,
            activity_id=activity_id,
            **form.cleaned_data,
        )
        messages.success(request, _("L'activité est annulée. Vous pouvez la remettre."))
        return redirect("activities:activity", activity_id)
    return render(request, "activities/cancel_activity.html", {"form": form, "activity": shown})


def _remove(request: HttpRequest, activity_id: UUID) -> HttpResponse:
    """Take an activity out of the programme without a trace, unless someone was noted in it."""
    try:
        day = actions.remove_activity(
            actor=request.actor, gem_id=request.actor.gem_id, activity_id=activity_id
        )
    except actions.StillUsedError:
        messages.warning(request, _("Des personnes y sont notées. Vous pouvez l'annuler."))
        return redirect("activities:cancel_activity", activity_id)
    messages.success(request, _("C'est enlevé du programme."))
    return _to_week(day)


@gem_required
@require_POST
def restore_activity(request: HttpRequest, activity_id: UUID) -> HttpResponse:
    """Put a cancelled activity back."""
    actions.restore_activity(
        actor=request.actor, gem_id=request.actor.gem_id, activity_id=activity_id
    )
    messages.success(request, _("L'activité est remise."))
    return redirect("activities:activity", activity_id)


@gem_required
@require_http_methods(READ_AND_WRITE)
def change_series(request: HttpRequest, series_id: UUID) -> HttpResponse:
    """Change what comes back, from a day on."""
    shown = queries.series_detail(request.actor, request.actor.gem_id, series_id)
    start = ChangeSeriesForm.start_from(shown.description) | {
        "from_day": max(shown.today, shown.first_on),
    }
    form = ChangeSeriesForm(request.POST or None, initial=start)
    if form.shows_second:
        return _second_step(request, form, _("Changer les fois suivantes"), _("Enregistrer"))
    if _is_sent(request, form):
        values = form.cleaned_data
        ends = {"last_on": values["last_on"], "times": values["times"]}
        try:
            actions.change_series(
                actor=request.actor,
                gem_id=request.actor.gem_id,
                series_id=series_id,
                from_day=values["from_day"],
                rule=form.kept.rule if form.kept else None,
                description=actions.Description(**form.description()),
                **ends,
            )
        except RuleError:
            form.add_error("from_day", _("Cela s'arrête avant ce jour. Vérifiez le jour."))
        else:
            messages.success(request, _("C'est changé à partir de ce jour."))
            return _to_week(values["from_day"])
    return render(request, "activities/change_series.html", {"form": form, "series": shown})


@gem_required
@require_http_methods(READ_AND_WRITE)
def stop_series(request: HttpRequest, series_id: UUID) -> HttpResponse:
    """Stop what comes back, from a day on."""
    shown = queries.series_detail(request.actor, request.actor.gem_id, series_id)
    form = StopForm(request.POST or None, initial={"from_day": shown.today})
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["from_day"]
        actions.stop_series(
            actor=request.actor, gem_id=request.actor.gem_id, series_id=series_id, from_day=day
        )
        messages.success(request, _("C'est arrêté à partir de ce jour."))
        return _to_week(day)
    return render(request, "activities/stop_series.html", {"form": form, "series": shown})


@gem_required
@require_http_methods(READ_AND_WRITE)
def change_slot(request: HttpRequest, slot_id: UUID) -> HttpResponse:
    """Change one opening of one day, or say that it does not take place."""
    shown = queries.slot_detail(request.actor, request.actor.gem_id, slot_id)
    start = {name: getattr(shown, name) for name in SlotForm.base_fields}
    form = SlotForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            day = opening_actions.change_slot(
                actor=request.actor,
                gem_id=request.actor.gem_id,
                slot_id=slot_id,
                **form.cleaned_data,
            )
        except opening_actions.OpeningTakenError:
            form.add_error("starts_at", _("Une ouverture commence déjà à cette heure ce jour-là."))
        else:
            messages.success(request, _("C'est changé."))
            return _to_week(day)
    return render(request, "activities/change_slot.html", {"form": form, "slot": shown})


def _is_sent(request: HttpRequest, form: forms.Form) -> bool:
    """Tell whether the form is to be acted upon: sent, right, and not only « revenir »."""
    return request.method == "POST" and "retour" not in request.POST and form.is_valid()


def _second_step(request: HttpRequest, form: RhythmForm, heading: str, verb: str) -> HttpResponse:
    shown = {"form": form, "heading": heading, "verb": verb}
    return render(request, "activities/rhythm.html", shown)


def _say_added(request: HttpRequest, form: RhythmForm) -> None:
    added = _("C'est dans le programme.")
    messages.success(request, f"{added} {form.words}." if form.kept else added)


def _asked_day(request: HttpRequest) -> Any:
    """Return the day a link of the week asks for, else today at the GEM."""
    asked = parse_day(request.GET.get("jour", ""))
    return asked or queries.gem_today(request.actor.gem_id)


def _to_week(day: Any) -> HttpResponse:
    return redirect(f"{reverse('activities:programme')}?semaine={week_code(day)}")
