"""Secret votes: the list, one vote held by the bureau, and the page where one votes with a code."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from espace.accounts.guard import gem_required
from espace.accounts.permissions import require
from espace.core.slips import read_code
from espace.governance.actions import votes as actions
from espace.governance.choices.votes import VoteKind, VoteState
from espace.governance.forms.votes import BallotForm, PaperForm, VoteForm, VotersForm
from espace.governance.printing.votes import blank_ballots_pdf, codes_pdf, count_pdf
from espace.governance.queries import votes as queries
from espace.governance.queries.meetings import all_meetings
from espace.governance.rules.ballots import FEW
from espace.governance.views.meetings import READ_AND_WRITE, pdf
from espace.governance.wording.votes import TROUBLES, say_limits, say_tie
from espace.ui.slips import SlipForm

NOT_NOW = gettext_lazy("Ce vote n'est pas à ce moment-là. Rien n'a changé.")


@gem_required
@require_safe
def all_votes(request: HttpRequest) -> HttpResponse:
    """Show the secret votes of the GEM."""
    page = queries.all_votes(request.actor, request.actor.gem_id, request.GET.get("page", "1")[:4])
    return render(request, "governance/votes/all.html", {"page": page})


@gem_required
@require_http_methods(READ_AND_WRITE)
def prepare(request: HttpRequest) -> HttpResponse:
    """Prepare a vote: its question, and who stands."""
    require(request.actor, "governance.run_votes", request.actor.gem_id)
    form = VoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        vote_id = actions.prepare_vote(
            actor=request.actor,
            gem_id=request.actor.gem_id,
            new=actions.NewVote(
                values["question"],
                VoteKind(values["kind"]),
                values["seats"],
                values["labels"],
                _meeting_named(request),
            ),
            key=values["cle"],
        )
        return redirect("governance:vote", vote_id) if vote_id else redirect("governance:votes")
    return render(request, "governance/votes/prepare.html", {"form": form})


def _meeting_named(request: HttpRequest) -> UUID | None:
    """Return the meeting of ``?reunion=``, when it is one of this GEM's last ones."""
    asked = request.GET.get("reunion", "")
    lines = all_meetings(request.actor, request.actor.gem_id)
    return next((one.id for one in lines if str(one.id) == asked), None)


@gem_required
@require_safe
def vote(request: HttpRequest, vote_id: UUID) -> HttpResponse:
    """Show a vote: to open, open, or its result."""
    return _page(request, vote_id)


def _page(request: HttpRequest, vote_id: UUID, *, status: int = 200, **more: Any) -> HttpResponse:
    shown = queries.vote_page(request.actor, request.actor.gem_id, vote_id)
    context: dict[str, Any] = {
        "vote": shown,
        "limits": say_limits(shown.counted) if shown.counted else [],
        "tie": say_tie(shown.election) if shown.election else "",
        "few": FEW,
        **more,
    }
    return render(request, "governance/votes/vote.html", context, status=status)


@gem_required
@require_http_methods(READ_AND_WRITE)
def open_box(request: HttpRequest, vote_id: UUID) -> HttpResponse:
    """Choose who may vote, and open."""
    roll, proposed = queries.who_may_vote(request.actor, request.actor.gem_id)
    shown = queries.vote_page(request.actor, request.actor.gem_id, vote_id)
    if shown.line.state != VoteState.PREPARE:
        messages.warning(request, NOT_NOW)
        return redirect("governance:vote", vote_id)
    form = VotersForm(
        request.POST or None,
        roll=[(str(one.id), one.label) for one in roll],
        initial={"voters": [str(one) for one in proposed]},
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.open_vote(
                actor=request.actor,
                gem_id=request.actor.gem_id,
                vote_id=vote_id,
                voters=[UUID(one) for one in form.cleaned_data["voters"]],
            )
        except actions.NotNowError:
            messages.warning(request, NOT_NOW)
        else:
            messages.success(request, _("Le vote est ouvert. Donnez à chacun son code."))
        return redirect("governance:vote", vote_id)
    return render(request, "governance/votes/open.html", {"form": form, "vote": shown, "few": FEW})


@gem_required
@require_POST
def drop(request: HttpRequest, vote_id: UUID) -> HttpResponse:
    """Drop a vote that is not open yet."""
    try:
        question = actions.delete_vote(
            actor=request.actor, gem_id=request.actor.gem_id, vote_id=vote_id
        )
    except actions.NotNowError:
        messages.warning(request, NOT_NOW)
        return redirect("governance:vote", vote_id)
    messages.success(request, _("Vote retiré : « %(question)s ».") % {"question": question})
    return redirect("governance:votes")


@gem_required
@require_safe
def ballots(request: HttpRequest, vote_id: UUID) -> HttpResponse:
    """Give blank ballots on paper."""
    shown = queries.vote_page(request.actor, request.actor.gem_id, vote_id)
    return pdf(blank_ballots_pdf(request.actor.place, shown), "bulletins.pdf")


@gem_required
@require_POST
def codes(request: HttpRequest, vote_id: UUID) -> HttpResponse:
    """Draw codes and give them on paper, once: they are kept nowhere."""
    require(request.actor, "governance.run_votes", request.actor.gem_id)
    shown = queries.vote_page(request.actor, request.actor.gem_id, vote_id)
    try:
        drawn = actions.give_codes(
            actor=request.actor, gem_id=request.actor.gem_id, vote_id=vote_id
        )
    except actions.NotNowError:
        messages.warning(request, NOT_NOW)
        return redirect("governance:vote", vote_id)
    page = settings.SITE_URL + reverse("governance:ballot_by_code")
    answer = pdf(codes_pdf(request.actor.place, shown, drawn, page), "codes-pour-voter.pdf")
    answer["Cache-Control"] = "no-store"
    return answer


@gem_required
@require_http_methods(READ_AND_WRITE)
def paper(request: HttpRequest, vote_id: UUID) -> HttpResponse:
    """Tick who voted on paper; then type the paper ballots."""
    require(request.actor, "governance.run_votes", request.actor.gem_id)
    shown = queries.vote_page(request.actor, request.actor.gem_id, vote_id)
    if shown.line.state != VoteState.OUVERT:
        messages.warning(request, NOT_NOW)
        return redirect("governance:vote", vote_id)
    who: dict[str, Any] = {
        "actor": request.actor,
        "gem_id": request.actor.gem_id,
        "vote_id": vote_id,
    }
    options = [(one.rank, one.label) for one in shown.options]
    typing = request.method == "POST" and "nombre" in request.POST
    form = PaperForm(request.POST if typing else None, options=options, seats=shown.seats)
    try:
        if typing and form.is_valid():
            values = form.cleaned_data
            actions.add_paper(**who, marks=form.marks, number=values["nombre"], key=values["cle"])
            messages.success(request, _("C'est dans l'urne."))
            return redirect("governance:vote_paper", vote_id)
        if request.method == "POST" and not typing:
            _tick(request, who)
            return redirect("governance:vote_paper", vote_id)
    except actions.MarksError as error:
        form.add_error("choix", TROUBLES[error.trouble])
    except actions.PaperError as error:
        _say_paper(request, error)
        return redirect("governance:vote_paper", vote_id)
    return render(request, "governance/votes/paper.html", {"form": form, "vote": shown})


def _tick(request: HttpRequest, who: dict[str, Any]) -> None:
    named = request.POST.get("venu") or request.POST.get("pas_venu") or ""
    form_id = queries.ticket_id(named)
    actions.tick_paper(**who, ticket_id=form_id, came=bool(request.POST.get("venu")))


def _say_paper(request: HttpRequest, error: actions.PaperError) -> None:
    messages.warning(
        request,
        _("Cochés sur papier : %(ticked)s. Bulletins écrits : %(typed)s. Il faut le même nombre.")
        % {"ticked": error.ticked, "typed": error.typed},
    )


@gem_required
@require_http_methods(READ_AND_WRITE)
def close(request: HttpRequest, vote_id: UUID) -> HttpResponse:
    """Ask, then open the box and count."""
    require(request.actor, "governance.run_votes", request.actor.gem_id)
    if request.method == "POST":
        try:
            actions.close_vote(actor=request.actor, gem_id=request.actor.gem_id, vote_id=vote_id)
        except actions.NotNowError:
            messages.warning(request, NOT_NOW)
        except actions.PaperError as error:
            _say_paper(request, error)
            return redirect("governance:vote_paper", vote_id)
        else:
            messages.success(request, _("Le vote est terminé. Voici le compte."))
        return redirect("governance:vote", vote_id)
    shown = queries.vote_page(request.actor, request.actor.gem_id, vote_id)
    return render(request, "governance/votes/close.html", {"vote": shown})


@gem_required
@require_safe
def count(request: HttpRequest, vote_id: UUID) -> HttpResponse:
    """Give every ballot on paper, to count again."""
    shown, box = queries.ballots_to_count(request.actor, request.actor.gem_id, vote_id)
    return pdf(count_pdf(request.actor.place, shown, box), "bulletins-a-compter.pdf")


# --- Voting: a code, no account ---


@never_cache
@require_http_methods(READ_AND_WRITE)
def by_code(request: HttpRequest) -> HttpResponse:
    """Ask for the code of a slip, show its ballot, ask again, put it in the box.

    The code travels in the form only: never in an address, a cookie or a log.
    """
    asked = SlipForm(request.POST or None)
    if request.method != "POST" or not asked.is_valid():
        return render(request, "governance/votes/code.html", {"form": asked})
    code = read_code(asked.cleaned_data["code"])
    shown = queries.voter_page(code)
    if shown is None or shown.state != VoteState.OUVERT:
        asked.add_error(
            "code", _("Ce code n'ouvre pas de vote. Vérifiez-le. Le vote est peut-être terminé.")
        )
        return render(request, "governance/votes/code.html", {"form": asked}, status=404)
    if shown.used:
        return render(request, "governance/votes/voted.html", {"vote": shown, "already": True})
    return _ballot(request, shown, code)


def _ballot(request: HttpRequest, shown: queries.VoterPage, code: str) -> HttpResponse:
    marked = request.POST.get("etape") in ("relire", "voter")
    form = BallotForm(request.POST if marked else None, options=shown.options, seats=shown.seats)
    context = {"vote": shown, "form": form, "code": code}
    if not marked or not form.is_valid():
        return render(request, "governance/votes/ballot.html", context)
    if len(form.marks) > shown.seats:
        form.add_error("choix", TROUBLES[actions.MarksTrouble.TOO_MANY])
        return render(request, "governance/votes/ballot.html", context)
    if request.POST["etape"] == "relire":
        labels = dict(shown.options)
        context["chosen"] = [labels[rank] for rank in form.marks]
        context["marks"] = form.marks
        return render(request, "governance/votes/again.html", context)
    done = actions.cast(code=code, marks=form.marks)
    if done in (actions.Cast.IN_THE_BOX, actions.Cast.ALREADY):
        context = {"vote": shown, "already": done is actions.Cast.ALREADY}
        return render(request, "governance/votes/voted.html", context)
    asked = SlipForm()
    messages.warning(request, _("Le vote vient de se terminer. Votre bulletin n'est pas parti."))
    return render(request, "governance/votes/code.html", {"form": asked})
