"""Sign-up lists: one's own place, and the list kept on the tablet or by the bureau."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from espace.accounts.guard import gem_required
from espace.accounts.permissions import require
from espace.activities.actions import signups as actions
from espace.activities.forms.signups import ListForm, OwnPlaceForm
from espace.activities.printing.signups import sign_up_sheet_pdf
from espace.activities.queries import signups as queries
from espace.activities.rules.signups import Standing
from espace.core.idempotency import new_key

READ_AND_WRITE = ["GET", "HEAD", "POST"]
CLOSED = gettext_lazy("Les inscriptions sont fermées. Rien n'a changé.")
FULL = gettext_lazy("La liste est pleine. Parlez-en au bureau.")


@gem_required
@require_POST
def own_place(request: HttpRequest, activity_id: UUID) -> HttpResponse:
    """Ask for a place for oneself, or give it back."""
    require(request.actor, "activities.sign_up", request.actor.gem_id)
    form = OwnPlaceForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    who = {"actor": request.actor, "gem_id": request.actor.gem_id, "activity_id": activity_id}
    try:
        if form.cleaned_data["geste"] == "inscrire":
            _say(request, _("Votre inscription est notée."), actions.sign_up(**who))
        else:
            actions.give_place_back(**who)
            messages.success(request, _("C'est noté : vous laissez votre place."))
    except actions.ListClosedError:
        messages.warning(request, CLOSED)
    except actions.ListFullError:
        messages.warning(request, FULL)
    return redirect("activities:activity", activity_id)


@gem_required
@require_http_methods(READ_AND_WRITE)
def people(request: HttpRequest, activity_id: UUID) -> HttpResponse:
    """Show the list with its names, and take one tap."""
    letter, page = request.GET.get("lettre", "")[:2], request.GET.get("page", "1")[:4]
    if request.method == "POST":
        form = ListForm(request.POST)
        if not form.is_valid():
            raise BadRequest
        _tap(request, activity_id, form.cleaned_data)
        back = reverse("activities:sign_up_list", args=[activity_id])
        return redirect(f"{back}?{urlencode({'lettre': letter, 'page': page})}")
    shown = queries.sign_up_list(request.actor, request.actor.gem_id, activity_id, letter, page)
    context = {"list": shown, "key": new_key(), "activity_id": activity_id}
    return render(request, "activities/signups/list.html", context)


def _tap(request: HttpRequest, activity_id: UUID, values: dict[str, Any]) -> None:
    who = {"actor": request.actor, "gem_id": request.actor.gem_id, "activity_id": activity_id}
    try:
        if values["person_id"]:
            found = actions.set_on_list(
                **who, person_id=values["person_id"], wanted=values["wanted"]
            )
            if found:
                _say(request, _("C'est noté."), found)
            else:
                messages.success(request, _("C'est retiré de la liste."))
        elif values["retirer_compte"]:
            actions.take_account_off(**who, account_id=values["retirer_compte"])
            messages.success(request, _("C'est retiré de la liste."))
        else:
            by = 1 if values["geste"] == "plus" else -1
            actions.move_places(**who, by=by, key=values["cle"])
    except actions.ListClosedError:
        messages.warning(request, CLOSED)
    except actions.ListFullError:
        messages.warning(request, FULL)


@gem_required
@require_safe
def sheet_pdf(request: HttpRequest, activity_id: UUID) -> HttpResponse:
    """Give the list on paper: lines to write on, first names only."""
    shown = queries.sign_up_list(request.actor, request.actor.gem_id, activity_id)
    answer = HttpResponse(sign_up_sheet_pdf(shown), content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="inscriptions.pdf"'
    return answer


def _say(request: HttpRequest, done: str, found: Standing) -> None:
    if found.has_place:
        messages.success(request, f"{done} {_('La place est gardée.')}")
        return
    number = _("C'est complet : numéro %(number)s sur la liste d'attente.")
    first = number % {"number": found.waiting_number}
    messages.info(request, f"{first} {_('Si une place se libère, elle se prend toute seule.')}")
