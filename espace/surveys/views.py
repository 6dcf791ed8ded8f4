"""Pages of the surveys: the GEM's own, and the one that answers by a code."""

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
from django.views.decorators.http import require_http_methods, require_safe

from espace.accounts.guard import gem_required, person_required
from espace.accounts.permissions import can, require
from espace.core.spreadsheets import Sheet, as_csv
from espace.groups.queries.gem_facts import today_of
from espace.surveys import actions, queries
from espace.surveys.choices import Paper
from espace.surveys.forms import AnswerForm, NationalForm, OpenForm, PrintForm
from espace.surveys.printing import sheets_pdf, slips_pdf
from espace.surveys.tables import national_table
from espace.ui.slips import SlipForm

READ_AND_WRITE = ["GET", "HEAD", "POST"]
NOT_WRITTEN = 422
NOT_NOW = gettext_lazy("Cette enquête est terminée. Rien n'a changé.")


@gem_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the surveys of the GEM, year by year."""
    shown = queries.home(request.actor, request.actor.gem_id)
    return render(request, "surveys/home.html", {"home": shown})


@gem_required
@require_http_methods(READ_AND_WRITE)
def open_round(request: HttpRequest) -> HttpResponse:
    """Open the survey of the year."""
    actor, gem_id = request.actor, request.actor.gem_id
    require(actor, "surveys.run", gem_id)
    start = {"nationale": request.GET.get("nationale", "")}
    form = OpenForm(request.POST or None, initial=start, today=today_of(gem_id))
    if form.is_valid():
        values = form.cleaned_data
        try:
            made = actions.open_round(
                actor=actor,
                gem_id=gem_id,
                invited=values["invites"],
                closes_on=values["fin"],
                key=values["cle"],
                national_id=values["nationale"],
            )
        except actions.AlreadyThisYearError:
            messages.warning(request, _("Cette enquête existe déjà. La voici."))
            return redirect("surveys:home")
        messages.success(request, _("L'enquête est ouverte. Imprimez les papiers à donner."))
        return redirect("surveys:round", made) if made else redirect("surveys:home")
    status = NOT_WRITTEN if form.is_bound else 200
    return render(request, "surveys/open.html", {"form": form}, status=status)


@gem_required
@require_safe
def one_round(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Show a survey: its numbers while it is open, its results after."""
    shown = queries.round_page(request.actor, request.actor.gem_id, round_id)
    return render(request, "surveys/round.html", {"page": shown, "form": PrintForm()})


@gem_required
@require_http_methods(READ_AND_WRITE)
def papers(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Print papers, each with a code that opens once."""
    actor, gem_id = request.actor, request.actor.gem_id
    require(actor, "surveys.run", gem_id)
    shown = queries.round_page(actor, gem_id, round_id)
    form = PrintForm(request.POST or None)
    if not form.is_valid():
        context = {"page": shown, "form": form}
        status = NOT_WRITTEN if form.is_bound else 200
        return render(request, "surveys/papers.html", context, status=status)
    number = form.cleaned_data["nombre"]
    try:
        codes = actions.draw_codes(actor=actor, gem_id=gem_id, round_id=round_id, number=number)
    except actions.NotNowError:
        messages.warning(request, NOT_NOW)
        return redirect("surveys:round", round_id)
    except actions.TooManyCodesError:
        messages.warning(request, _("Vous avez déjà imprimé beaucoup de papiers. Aucun de plus."))
        return redirect("surveys:round", round_id)
    make = sheets_pdf if form.cleaned_data["quoi"] == Paper.SHEET else slips_pdf
    address = settings.SITE_URL + reverse("surveys:answer")
    answer = HttpResponse(
        make(actor.place, shown.asked, codes, address), content_type="application/pdf"
    )
    answer["Content-Disposition"] = 'inline; filename="enquete.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer


@gem_required
@require_http_methods(READ_AND_WRITE)
def close(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Ask, then close a survey and show its results."""
    actor, gem_id = request.actor, request.actor.gem_id
    require(actor, "surveys.run", gem_id)
    shown = queries.round_page(actor, gem_id, round_id)
    if request.method != "POST":
        return render(request, "surveys/close.html", {"page": shown})
    try:
        actions.close_round(actor=actor, gem_id=gem_id, round_id=round_id)
    except actions.NotNowError:
        messages.warning(request, NOT_NOW)
    else:
        messages.success(request, _("L'enquête est terminée. Voici les résultats."))
    return redirect("surveys:round", round_id)


@never_cache
@require_http_methods(READ_AND_WRITE)
def answer(request: HttpRequest) -> HttpResponse:
    """Ask for the code of a paper, show its questions, keep the answers.

    The code travels in the form only: never in an address, a cookie or a log.
    """
    asked = SlipForm(request.POST or None)
    if request.method != "POST" or not asked.is_valid():
        return render(request, "surveys/code.html", {"form": asked})
    code = asked.cleaned_data["code"]
    shown = queries.answer_page(code, request.POST.get("langue", "fr"))
    if shown is None or not shown.is_open:
        asked.add_error(
            "code", _("Ce code n'ouvre pas d'enquête. Vérifiez-le. Elle est peut-être terminée.")
        )
        return render(request, "surveys/code.html", {"form": asked}, status=404)
    if shown.used:
        return _thanks(request, shown, already=True)
    sent = request.POST.get("etape") == "envoyer"
    form = AnswerForm(request.POST if sent else None, asked=shown.asked)
    if not sent or not form.is_valid():
        context = {"page": shown, "form": form, "code": code}
        return render(request, "surveys/answer.html", context)
    done = actions.drop(code=code, answers=form.cleaned_data)
    if done in (actions.Dropped.KEPT, actions.Dropped.ALREADY):
        return _thanks(request, shown, already=done is actions.Dropped.ALREADY)
    messages.warning(
        request, _("L'enquête vient de se terminer. Vos réponses ne sont pas parties.")
    )
    return render(request, "surveys/code.html", {"form": SlipForm()})


def _thanks(request: HttpRequest, shown: queries.AnswerPage, *, already: bool) -> HttpResponse:
    actor = request.actor
    typing = bool(actor.gem_id) and can(actor, "surveys.run", actor.gem_id)
    context: dict[str, Any] = {"page": shown, "already": already, "typing": typing}
    return render(request, "surveys/thanks.html", context)


# --- The federation's own surveys ---


@person_required
@require_safe
def nationals(request: HttpRequest) -> HttpResponse:
    """Show the surveys drawn up by the federation."""
    found = queries.nationals(request.actor)
    return render(request, "surveys/nationals.html", {"surveys": found})


@person_required
@require_http_methods(READ_AND_WRITE)
def draw(request: HttpRequest) -> HttpResponse:
    """Draw up a survey."""
    require(request.actor, "surveys.draw")
    start = queries.to_draw_again(request.actor, request.GET.get("depuis", ""))
    form = NationalForm(request.POST or None, initial=start)
    if form.is_valid():
        values = form.cleaned_data
        made = actions.draft_national(
            actor=request.actor,
            title=values["titre"],
            content=values["content"],
            key=values["cle"],
            after=values["depuis"],
        )
        messages.success(request, _("Le brouillon est gardé. Relisez-le avant de le publier."))
        return redirect("surveys:national", made) if made else redirect("surveys:nationals")
    status = NOT_WRITTEN if form.is_bound else 200
    return render(request, "surveys/draw.html", {"form": form}, status=status)


@person_required
@require_http_methods(READ_AND_WRITE)
def national(request: HttpRequest, national_id: UUID) -> HttpResponse:
    """Show a survey of the federation; publish it, close it, drop it, or draw its next version."""
    actor = request.actor
    page = queries.national_page(actor, national_id)
    gesture = request.POST.get("geste", "")
    if gesture == "publier":
        actions.publish_national(actor=actor, national_id=national_id)
        messages.success(request, _("L'enquête est proposée à tous les GEM."))
    elif gesture == "terminer":
        actions.close_national(actor=actor, national_id=national_id)
        messages.success(request, _("L'enquête n'est plus proposée. Les GEM en cours finissent."))
    elif gesture == "retirer":
        actions.drop_national(actor=actor, national_id=national_id)
        messages.success(request, _("Le brouillon est retiré."))
        return redirect("surveys:nationals")
    if gesture:
        return redirect("surveys:national", national_id)
    return render(request, "surveys/national.html", {"page": page})


@person_required
@require_safe
def national_file(request: HttpRequest, national_id: UUID) -> HttpResponse:
    """Give the anonymised tables as a file: the same numbers as the page."""
    page = queries.national_page(request.actor, national_id)
    return _file(national_table(page), "enquete-nationale.csv")


@person_required
@require_safe
def rolling(request: HttpRequest) -> HttpResponse:
    """Show the survey of the year in the whole country, over twelve months."""
    return render(request, "surveys/rolling.html", {"page": queries.rolling_page(request.actor)})


@person_required
@require_safe
def rolling_file(request: HttpRequest) -> HttpResponse:
    """Give the same numbers as a file."""
    page = queries.rolling_page(request.actor)
    return _file(national_table(page), "enquete-de-l-annee.csv")


def _file(sheet: Sheet, name: str) -> HttpResponse:
    answer = HttpResponse(as_csv(sheet), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
