"""The register of decisions: « qui a décidé ça ? », and where each one stands."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from espace.accounts.guard import gem_required
from espace.accounts.permissions import require
from espace.governance.actions import decisions as actions
from espace.governance.choices.meetings import DecisionState, MeetingKind, Subject, TakenBy
from espace.governance.forms.minutes import DecisionForm, FollowForm
from espace.governance.queries import decisions as queries
from espace.governance.queries.meetings import one_meeting
from espace.governance.views.meetings import READ_AND_WRITE
from espace.governance.wording.meetings import say_about_health
from espace.groups.queries.for_sheets import sheet_gem, sheet_roll
from espace.groups.queries.gem_facts import today_of

MOST_WORDS = 80
USUALLY_TAKEN_BY = {
    MeetingKind.REUNION_ADHERENTS: TakenBy.ADHERENTS,
    MeetingKind.AG: TakenBy.ADHERENTS,
    MeetingKind.CA: TakenBy.CA,
    MeetingKind.BUREAU: TakenBy.CA,
}


@gem_required
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Find decisions by words, subject and state."""
    shown = queries.decision_register(
        request.actor,
        request.actor.gem_id,
        words=request.GET.get("mots", "")[:MOST_WORDS],
        subject=request.GET.get("sujet", ""),
        state=request.GET.get("etat", ""),
        page=request.GET.get("page", "1")[:4],
    )
    context = {
        "register": shown,
        "subjects": Subject.choices,
        "states": [*DecisionState.choices, (queries.LATE, _("Date passée"))],
    }
    return render(request, "governance/meetings/register.html", context)


@gem_required
@require_http_methods(READ_AND_WRITE)
def add(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Note a decision of a meeting."""
    require(request.actor, "governance.write_minutes", request.actor.gem_id)
    meeting = one_meeting(request.actor, request.actor.gem_id, meeting_id)
    form = DecisionForm(
        request.POST or None,
        people=_people(request),
        decided_on=meeting.line.date,
        initial={
            "taken_by": USUALLY_TAKEN_BY.get(meeting.line.kind, ""),
            "subject": Subject.AUTRE,
        },
    )
    if request.method == "POST" and form.is_valid():
        actions.decide(
            actor=request.actor,
            gem_id=request.actor.gem_id,
            meeting_id=meeting_id,
            decision=_decision(form),
            key=form.cleaned_data["cle"],
        )
        messages.success(request, _("La décision est notée."))
        if said := say_about_health(form.cleaned_data["text"]):
            messages.info(request, said)
        return redirect("governance:minutes", meeting_id)
    return render(request, "governance/meetings/decide.html", {"form": form, "meeting": meeting})


@gem_required
@require_http_methods(READ_AND_WRITE)
def decision(request: HttpRequest, decision_id: UUID) -> HttpResponse:
    """Show a decision, and say where it stands."""
    shown = queries.one_decision(request.actor, request.actor.gem_id, decision_id)
    if request.method == "POST":
        require(request.actor, "governance.follow_decisions", request.actor.gem_id)
    form = FollowForm(
        request.POST or None,
        decided_on=shown.decided_on,
        today=today_of(request.actor.gem_id),
        initial={"state": shown.state, "done_on": shown.done_on, "why": shown.given_up_why},
    )
    if request.method == "POST" and form.is_valid():
        actions.follow_decision(
            actor=request.actor,
            gem_id=request.actor.gem_id,
            decision_id=decision_id,
            state=form.cleaned_data["state"],
            done_on=form.cleaned_data["done_on"],
            why=form.cleaned_data["why"],
        )
        messages.success(request, _("C'est noté. Merci."))
        return redirect("governance:decision", decision_id)
    context = {"one": shown, "form": form}
    return render(request, "governance/meetings/decision.html", context)


@gem_required
@require_http_methods(READ_AND_WRITE)
def change(request: HttpRequest, decision_id: UUID) -> HttpResponse:
    """Change the words of a decision, who carries it, or by when."""
    require(request.actor, "governance.follow_decisions", request.actor.gem_id)
    shown = queries.one_decision(request.actor, request.actor.gem_id, decision_id)
    pairs = zip(shown.carrier_people, shown.carrier_functions, strict=True)
    carried = [person or function for person, function in pairs]
    form = DecisionForm(
        request.POST or None,
        people=_people(request, carried),
        decided_on=shown.decided_on,
        initial={
            "text": shown.text,
            "subject": shown.subject,
            "taken_by": shown.taken_by,
            "due_on": shown.due_on,
            **dict(zip(("first", "second"), carried, strict=False)),
        },
    )
    if request.method == "POST" and form.is_valid():
        actions.change_decision(
            actor=request.actor,
            gem_id=request.actor.gem_id,
            decision_id=decision_id,
            decision=_decision(form),
        )
        messages.success(request, _("La décision est changée."))
        return redirect("governance:decision", decision_id)
    return render(request, "governance/meetings/decide.html", {"form": form, "one": shown})


@gem_required
@require_POST
def remove(request: HttpRequest, decision_id: UUID) -> HttpResponse:
    """Take a decision noted by mistake out of the register, or put it back."""
    removed = request.POST.get("geste") != "remettre"
    actions.set_removed(
        actor=request.actor,
        gem_id=request.actor.gem_id,
        decision_id=decision_id,
        removed=removed,
    )
    if removed:
        messages.success(
            request, _("La décision est retirée du registre. Vous pouvez la remettre.")
        )
    else:
        messages.success(request, _("La décision est remise dans le registre."))
    return redirect("governance:decision", decision_id)


def _people(request: HttpRequest, always: list[str] | None = None) -> list[tuple[str, str]]:
    gem_id = request.actor.gem_id
    if not sheet_gem(gem_id).counts_with_names:
        return []
    kept = [UUID(one) for one in always or [] if len(one) == 36]
    return [(str(one.id), one.label) for one in sheet_roll(gem_id, always=kept)]


def _decision(form: DecisionForm) -> actions.NewDecision:
    values: dict[str, Any] = form.cleaned_data
    return actions.NewDecision(
        text=values["text"],
        subject=values["subject"],
        taken_by=values["taken_by"],
        due_on=values["due_on"],
        carriers=tuple(actions.CarriedBy(**one) for one in form.carriers),
    )
