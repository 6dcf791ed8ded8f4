"""During the meeting: who is there, what is written, hands, and the minutes on paper."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from espace.accounts.guard import gem_required
from espace.accounts.permissions import NotAllowed, require
from espace.core.clock import now
from espace.governance.actions import minutes as actions
from espace.governance.actions import presences as presence_actions
from espace.governance.forms.minutes import (
    CountsForm,
    HandsForm,
    MinutesForm,
    PresenceForm,
    ProxyForm,
)
from espace.governance.permissions.meetings import PERMISSIONS
from espace.governance.printing.meetings import minutes_pdf, signing_sheet_pdf
from espace.governance.queries import meetings as queries
from espace.governance.queries import presences as presence_queries
from espace.governance.rules.assemblies import Hands, QuorumState
from espace.governance.rules.minutes import Typed, mark_of
from espace.governance.views.meetings import READ_AND_WRITE, pdf
from espace.governance.wording.meetings import say_outcome
from espace.groups.queries.for_sheets import sheet_gem
from espace.groups.rules.private_text import seems_about_health, seems_private

PLAIN = actions.PLAIN


@gem_required
@require_http_methods(READ_AND_WRITE)
def presences(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Show who is there; take a tap."""
    page = request.GET.get("page", "1")[:4]
    who: dict[str, Any] = {
        "actor": request.actor,
        "gem_id": request.actor.gem_id,
        "meeting_id": meeting_id,
    }
    if request.method == "POST":
        require(request.actor, "governance.note_presences", request.actor.gem_id)
        form = PresenceForm(request.POST)
        if not form.is_valid():
            raise BadRequest
        values = form.cleaned_data
        if values["retirer"]:
            presence_actions.remove_proxy(**who, giver_id=values["retirer"])
        else:
            person_id = values["venu"] or values["pas_venu"]
            presence_actions.set_presence(**who, person_id=person_id, present=bool(values["venu"]))
        back = reverse("governance:presences", args=[meeting_id])
        return redirect(f"{back}?{urlencode({'page': page})}")
    room = presence_queries.room(request.actor, request.actor.gem_id, meeting_id, page)
    return _room(request, room, _counts_form(room, None))


@gem_required
@require_POST
def counts(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Keep the numbers typed."""
    room = presence_queries.room(request.actor, request.actor.gem_id, meeting_id)
    form = _counts_form(room, request.POST)
    if not form.is_valid():
        return _room(request, room, form)
    presence_actions.note_counts(
        actor=request.actor,
        gem_id=request.actor.gem_id,
        meeting_id=meeting_id,
        counts=presence_actions.Counts(**form.counts()),
    )
    messages.success(request, _("Les nombres sont gardés."))
    return redirect("governance:presences", meeting_id)


@gem_required
@require_http_methods(READ_AND_WRITE)
def proxies(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Note a proxy: who cannot come, and who votes for them."""
    room = presence_queries.room(request.actor, request.actor.gem_id, meeting_id)
    form = ProxyForm(
        request.POST or None,
        absent=[(str(one.id), one.label) for one in room.may_give],
        holders=[(str(one.id), one.label) for one in room.may_hold],
    )
    if request.method == "POST" and form.is_valid():
        presence_actions.set_proxy(
            actor=request.actor,
            gem_id=request.actor.gem_id,
            meeting_id=meeting_id,
            giver_id=UUID(form.cleaned_data["absent"]),
            holder_id=UUID(form.cleaned_data["porteur"]),
        )
        messages.success(request, _("Le pouvoir est noté."))
        return redirect("governance:presences", meeting_id)
    return render(request, "governance/meetings/proxies.html", {"room": room, "form": form})


def _counts_form(room: presence_queries.Room, data: Any) -> CountsForm:
    meeting = room.meeting
    initial = {
        "invited": meeting.members_invited,
        "present": meeting.members_present,
        "represented": meeting.members_represented,
        "guests": meeting.guests,
        "non_members_voting": meeting.non_members_voting,
    }
    return CountsForm(data, with_names=room.with_names, initial=initial)


def _room(request: HttpRequest, room: presence_queries.Room, form: CountsForm) -> HttpResponse:
    context = {
        "room": room,
        "form": form,
        "lacks": room.meeting.quorum.state is QuorumState.MISSING,
    }
    return render(request, "governance/meetings/presences.html", context)


@gem_required
@require_http_methods(READ_AND_WRITE)
def minutes(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Write the minutes on one page; two people may type at once."""
    require(request.actor, "governance.write_minutes", request.actor.gem_id)
    shown = queries.one_meeting(request.actor, request.actor.gem_id, meeting_id)
    points = [(str(point.id), f"{point.number}. {point.subject}") for point in shown.points]
    kept = {str(point.id): point.minutes for point in shown.points} | {PLAIN: shown.plain_minutes}
    initial = kept | {"agenda_by": shown.agenda_by}
    form = MinutesForm(request.POST or None, points=points, initial=initial)
    both: dict[str, str] = {}
    if request.method == "POST" and form.is_valid():
        saved = actions.write_minutes(
            actor=request.actor,
            gem_id=request.actor.gem_id,
            meeting_id=meeting_id,
            typed=_typed(request, form, list(kept)),
            agenda_by=form.cleaned_data["agenda_by"],
        )
        kept = dict(saved.kept)
        both = {name: kept[name] for name in saved.both}
        if "sans_page" in request.POST:
            return _saved_alone(request, kept, both)
        if not both:
            messages.success(request, _("Le compte rendu est enregistré."))
            return redirect("governance:minutes", meeting_id)
    written = "\n".join(kept.values())
    # After a refusal the marks stay those of the page that was typed in.
    marks = {
        name: _mark(request, name, text, refused=bool(form.errors)) for name, text in kept.items()
    }
    context = {
        "meeting": shown,
        "form": form,
        "parts": [
            {"field": form[name], "mark": marks[name], "name": name, "theirs": both.get(name)}
            for name in kept
        ],
        "both": both,
        "private": seems_private(written),
        "health": seems_about_health(written),
    }
    status = 409 if both else 422 if form.errors else 200
    return render(request, "governance/meetings/minutes.html", context, status=status)


def _mark(request: HttpRequest, name: str, text: str, *, refused: bool) -> str:
    return request.POST.get(f"marque-{name}", "") if refused else mark_of(text)


def _typed(request: HttpRequest, form: MinutesForm, names: list[str]) -> dict[str, Typed]:
    return {
        name: Typed(form.cleaned_data[name], request.POST.get(f"marque-{name}", ""))
        for name in names
        if name in request.POST
    }


def _saved_alone(request: HttpRequest, kept: dict[str, str], both: dict[str, str]) -> HttpResponse:
    """Answer to what the page sends by itself: the new marks, never a text."""
    marks = [(name, mark_of(text)) for name, text in kept.items() if name not in both]
    zone = ZoneInfo(sheet_gem(request.actor.gem_id).time_zone)
    context = {"marks": marks, "both": both, "moment": now().astimezone(zone).time()}
    return render(request, "governance/meetings/parts/saved.html", context)


@gem_required
@require_POST
def share(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Share the minutes with everyone inside, or take them back."""
    who: dict[str, Any] = {
        "actor": request.actor,
        "gem_id": request.actor.gem_id,
        "meeting_id": meeting_id,
    }
    if request.POST.get("geste") == "reprendre":
        actions.take_back_minutes(**who)
        messages.success(request, _("Le compte rendu est repris. Rien n'est perdu."))
        return redirect("governance:minutes", meeting_id)
    try:
        actions.share_minutes(**who)
    except actions.NothingWrittenError:
        messages.warning(request, _("Le compte rendu est vide. Écrivez d'abord une phrase."))
        return redirect("governance:minutes", meeting_id)
    except actions.NotYetError:
        messages.warning(request, _("Cette réunion n'a pas encore eu lieu. Rien n'a changé."))
        return redirect("governance:meeting", meeting_id)
    messages.success(request, _("Le compte rendu est partagé avec les adhérents."))
    return redirect("governance:meeting", meeting_id)


@gem_required
@require_http_methods(READ_AND_WRITE)
def hands(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Note a show of hands, and say what it decides."""
    require(request.actor, "governance.write_minutes", request.actor.gem_id)
    shown = queries.one_meeting(request.actor, request.actor.gem_id, meeting_id)
    form = HandsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        outcome = actions.record_hands(
            actor=request.actor,
            gem_id=request.actor.gem_id,
            meeting_id=meeting_id,
            question=values["question"],
            hands=Hands(
                yes=values["yes"],
                no=values["no"],
                abstain=values["abstain"] or 0,
                chair={"oui": True, "non": False}.get(values["chair"]),
            ),
            key=values["cle"],
        )
        if outcome is not None:
            messages.success(request, f"{_('Le vote est noté.')} {say_outcome(outcome)}")
        return redirect("governance:meeting", meeting_id)
    return render(request, "governance/meetings/hands.html", {"form": form, "meeting": shown})


@gem_required
@require_safe
def signing_sheet(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Give the list one signs on entering."""
    sheet = presence_queries.signing_sheet(request.actor, request.actor.gem_id, meeting_id)
    return pdf(signing_sheet_pdf(request.actor.place, sheet), "liste-a-signer.pdf")


@gem_required
@require_safe
def paper(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Give the minutes on paper, in large type."""
    shown = queries.one_meeting(request.actor, request.actor.gem_id, meeting_id)
    if not shown.reads_minutes:
        raise NotAllowed("governance.read_minutes", PERMISSIONS["governance.write_minutes"].who)
    return pdf(minutes_pdf(request.actor.place, shown), "compte-rendu.pdf")
