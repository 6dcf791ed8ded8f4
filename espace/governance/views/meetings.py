"""« Décider » : what comes next, a meeting prepared, its agenda, its letter and its poster."""

from dataclasses import asdict, fields
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from espace.accounts.guard import gem_required
from espace.accounts.permissions import can, require
from espace.governance.actions import meetings as actions
from espace.governance.actions.sent_letters import TooLateError, send_letters
from espace.governance.choices.meetings import MeetingKind
from espace.governance.forms.meetings import (
    ChangeMeetingForm,
    FreePointForm,
    PrepareForm,
    SignedPointForm,
    StatutesForm,
)
from espace.governance.printing.meetings import letter_pdf, meeting_poster_pdf
from espace.governance.queries import meetings as queries
from espace.governance.queries.sent_letters import letter_to_send
from espace.governance.queries.tasks import due_soon
from espace.governance.queries.votes import is_one_open, votes_of_meeting
from espace.governance.rules.assemblies import Notice, QuorumState
from espace.governance.rules.statutes import GemStatutes
from espace.governance.wording.meetings import say_about_health
from espace.groups.queries.gem_facts import today_of

READ_AND_WRITE = ["GET", "HEAD", "POST"]


@gem_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what comes next and what was decided lately."""
    shown = queries.decide_home(request.actor, request.actor.gem_id)
    context = {
        "home": shown,
        "vote_open": is_one_open(request.actor.gem_id),
        "due": due_soon(request.actor, request.actor.gem_id),
    }
    return render(request, "governance/meetings/home.html", context)


@gem_required
@require_safe
def all_meetings(request: HttpRequest) -> HttpResponse:
    """Show every meeting, the newest first."""
    page = queries.all_meetings(
        request.actor, request.actor.gem_id, request.GET.get("page", "1")[:4]
    )
    return render(request, "governance/meetings/all.html", {"page": page})


@gem_required
@require_http_methods(READ_AND_WRITE)
def prepare(request: HttpRequest) -> HttpResponse:
    """Prepare a meeting: when, where, what about."""
    require(request.actor, "governance.convene", request.actor.gem_id)
    today = today_of(request.actor.gem_id)
    initial = {"kind": MeetingKind.REUNION_ADHERENTS}
    form = PrepareForm(request.POST or None, today=today, initial=initial)
    if request.method == "POST" and form.is_valid():
        meeting_id = actions.convene(
            actor=request.actor,
            gem_id=request.actor.gem_id,
            meeting=actions.NewMeeting(**form.chosen),
            points=form.cleaned_data["points"],
            key=form.cleaned_data["cle"],
        )
        return _prepared(request, meeting_id)
    return render(request, "governance/meetings/prepare.html", {"form": form})


@gem_required
@require_http_methods(READ_AND_WRITE)
def prepare_second(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Call people again when too few came: the same agenda, another day."""
    require(request.actor, "governance.convene", request.actor.gem_id)
    first = queries.one_meeting(request.actor, request.actor.gem_id, meeting_id)
    initial = {
        "kind": first.line.kind,
        "day": max(first.second_from, today_of(request.actor.gem_id)),
        "hour": first.line.starts_at,
        "place": first.line.place,
        "extraordinary": first.extraordinary,
    }
    today = today_of(request.actor.gem_id)
    form = PrepareForm(request.POST or None, today=today, initial=initial)
    if request.method == "POST" and form.is_valid():
        second_id = actions.convene(
            actor=request.actor,
            gem_id=request.actor.gem_id,
            meeting=actions.NewMeeting(**form.chosen),
            points=form.cleaned_data["points"],
            key=form.cleaned_data["cle"],
            second_of=meeting_id,
        )
        return _prepared(request, second_id)
    return render(request, "governance/meetings/prepare.html", {"form": form, "first": first})


def _prepared(request: HttpRequest, meeting_id: UUID | None) -> HttpResponse:
    if meeting_id is None:
        return redirect("governance:decide")
    messages.success(request, _("La réunion est prête. Chacun peut ajouter un point."))
    return redirect("governance:meeting", meeting_id)


@gem_required
@require_http_methods(READ_AND_WRITE)
def meeting(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Show a meeting, and put a point on its agenda."""
    form_class = SignedPointForm if request.actor.account_id else FreePointForm
    form = form_class(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_point(
                actor=request.actor,
                gem_id=request.actor.gem_id,
                meeting_id=meeting_id,
                subject=form.cleaned_data["sujet"],
                signature=form.signature,
                with_my_name=form.with_my_name,
                key=form.cleaned_data["cle"],
            )
        except actions.AgendaFullError:
            form.add_error(
                "sujet", _("L'ordre du jour est plein. Votre texte est gardé ici. Parlez-en.")
            )
        else:
            messages.success(request, _("Votre point est à l'ordre du jour."))
            if said := say_about_health(form.cleaned_data["sujet"]):
                messages.info(request, said)
            return redirect("governance:meeting", meeting_id)
    shown = queries.one_meeting(request.actor, request.actor.gem_id, meeting_id)
    lacks = shown.quorum.state is QuorumState.MISSING and shown.line.was_held
    context = {
        "meeting": shown,
        "form": form,
        "lacks": lacks and shown.rules.has_quorum,
        "votes": votes_of_meeting(request.actor, request.actor.gem_id, meeting_id),
        "short": shown.notice.state is Notice.SHORT,
    }
    return render(request, "governance/meetings/meeting.html", context)


@gem_required
@require_http_methods(READ_AND_WRITE)
def change(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Change the day, the hour, the place."""
    require(request.actor, "governance.convene", request.actor.gem_id)
    shown = queries.one_meeting(request.actor, request.actor.gem_id, meeting_id)
    initial = {
        "kind": shown.line.kind,
        "day": shown.line.date,
        "hour": shown.line.starts_at,
        "place": shown.line.place,
        "extraordinary": shown.extraordinary,
        "told_on": shown.told_on,
    }
    today = today_of(request.actor.gem_id)
    form = ChangeMeetingForm(request.POST or None, today=today, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.change_meeting(
            actor=request.actor,
            gem_id=request.actor.gem_id,
            meeting_id=meeting_id,
            meeting=actions.NewMeeting(**form.chosen),
            told_on=form.cleaned_data["told_on"],
        )
        messages.success(request, _("La réunion est changée. Prévenez les personnes."))
        return redirect("governance:meeting", meeting_id)
    return render(request, "governance/meetings/change.html", {"form": form, "meeting": shown})


@gem_required
@require_POST
def cancel(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Cancel a meeting, or put it back."""
    who: dict[str, Any] = {"actor": request.actor, "gem_id": request.actor.gem_id}
    if request.POST.get("geste") == "remettre":
        actions.restore_meeting(**who, meeting_id=meeting_id)
        messages.success(request, _("La réunion est remise."))
    else:
        actions.cancel_meeting(**who, meeting_id=meeting_id)
        messages.success(request, _("La réunion est annulée. Vous pouvez la remettre."))
    return redirect("governance:meeting", meeting_id)


@gem_required
@require_POST
def remove_point(request: HttpRequest, meeting_id: UUID, point_id: UUID) -> HttpResponse:
    """Take a point off the agenda."""
    subject = actions.remove_point(
        actor=request.actor,
        gem_id=request.actor.gem_id,
        meeting_id=meeting_id,
        point_id=point_id,
    )
    if subject is None:
        messages.warning(request, _("Ce point a déjà un compte rendu : il reste."))
    else:
        messages.success(request, _("Point retiré : « %(subject)s ».") % {"subject": subject})
    return redirect("governance:meeting", meeting_id)


@gem_required
@require_http_methods(READ_AND_WRITE)
def send(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Ask, then send the convening letter by mail."""
    shown = letter_to_send(request.actor, request.actor.gem_id, meeting_id)
    if request.method == "GET" or request.method == "HEAD":
        return render(request, "governance/meetings/send.html", {"shown": shown})
    try:
        count = send_letters(
            actor=request.actor, gem_id=request.actor.gem_id, meeting_id=meeting_id
        )
    except TooLateError:
        messages.warning(request, _("Cette réunion est passée ou annulée. Rien n'est parti."))
    else:
        said = ngettext(
            "La convocation part vers %(n)s adresse, dans les minutes qui viennent.",
            "La convocation part vers %(n)s adresses, dans les minutes qui viennent.",
            count,
        )
        messages.success(request, said % {"n": count})
    return redirect("governance:meeting", meeting_id)


@gem_required
@require_safe
def letter(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Give the convening letter on paper."""
    shown = queries.one_meeting(request.actor, request.actor.gem_id, meeting_id)
    statutes = queries.statutes_of(request.actor.gem_id)
    content = letter_pdf(request.actor.place, shown, statutes.proxies_each)
    return pdf(content, "convocation.pdf")


@gem_required
@require_safe
def poster(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Give the poster to hang on the door."""
    shown = queries.one_meeting(request.actor, request.actor.gem_id, meeting_id)
    return pdf(meeting_poster_pdf(request.actor.place, shown), "affiche-reunion.pdf")


@gem_required
@require_http_methods(READ_AND_WRITE)
def statutes(request: HttpRequest) -> HttpResponse:
    """Show and keep what the statutes say."""
    kept = queries.statutes_page(request.actor, request.actor.gem_id)
    if request.method == "POST":
        require(request.actor, "governance.write_statutes", request.actor.gem_id)
    yes_no = {True: "oui", False: "non", None: ""}
    initial = asdict(kept) | {"quorum_with_proxies": yes_no[kept.quorum_with_proxies]}
    form = StatutesForm(request.POST or None, initial=initial)
    if not can(request.actor, "governance.write_statutes", request.actor.gem_id):
        for each in form.fields.values():
            each.disabled = True
    if request.method == "POST" and form.is_valid():
        names = [field.name for field in fields(GemStatutes)]
        actions.write_statutes(
            actor=request.actor,
            gem_id=request.actor.gem_id,
            statutes=GemStatutes(**{name: form.cleaned_data[name] for name in names}),
        )
        messages.success(request, _("C'est gardé. Les réunions en tiennent compte."))
        return redirect("governance:statutes")
    return render(request, "governance/meetings/statutes.html", {"form": form, "kept": kept})


def pdf(content: bytes, name: str) -> HttpResponse:
    """Answer with a PDF shown in the browser."""
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer
