"""« Aujourd'hui » : the day sheet, one tap per person."""

from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from espace.accounts.guard import gem_required
from espace.activities.actions import duty, openings, sheet
from espace.activities.choices import Category, InputWay, Outcome
from espace.activities.forms import (
    CountForm,
    HomonymForm,
    NewcomerForm,
    OpeningForm,
    OutcomeForm,
    TickForm,
)
from espace.activities.queries import day_sheet as queries
from espace.activities.queries.letters import letters_of, with_letter
from espace.activities.rules.moments import days_before
from espace.activities.views.addresses import told_when_not_now, with_day
from espace.core.idempotency import new_key
from espace.ui import respond

COUNTED = {
    Category.ADHERENT: gettext_lazy("adhérent"),
    Category.DECOUVERTE: gettext_lazy("visiteur qui découvre"),
    Category.BENEVOLE: gettext_lazy("bénévole"),
    Category.PROCHE: gettext_lazy("proche ou ami"),
    Category.INVITE: gettext_lazy("autre visiteur"),
}


@gem_required
@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """Show today's sheet."""
    return _show(request, None)


@gem_required
@require_safe
@with_day
def day_page(request: HttpRequest, day: date) -> HttpResponse:
    """Show the sheet of another day."""
    return _show(request, day)


def _show(request: HttpRequest, day: date | None, form: NewcomerForm | None = None) -> HttpResponse:
    shown = queries.day_sheet(
        request.actor, request.actor.gem_id, day, last_person=_uuid(request.GET.get("personne"))
    )
    context = {
        "sheet": shown,
        "form": form or NewcomerForm(),
        "key": new_key(),
        "yesterday": days_before(shown.today, 1),
        "before": days_before(shown.day, 1),
        "after": days_before(shown.day, -1),
        "moved": _moved(request.GET.get("compte", "")),
        "back": "",
        "activity_id": "",
        "input_way": InputWay.TABLETTE if request.actor.device_id else _way(request),
    }
    return render(request, "activities/day.html", context, status=400 if form else 200)


@gem_required
@require_POST
@with_day
@told_when_not_now
def tick(request: HttpRequest, day: date) -> HttpResponse:
    """Note that someone came, or not; htmx gets the one row back."""
    form = TickForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    who = {"actor": request.actor, "gem_id": request.actor.gem_id}
    tap = {"person_id": form.cleaned_data["person_id"], "present": form.cleaned_data["present"]}
    activity_id = form.cleaned_data["activite"]
    if activity_id:
        sheet.record_activity_presence(**who, activity_id=activity_id, **tap)
    else:
        sheet.record_presence(**who, day=day, **tap)
    if request.headers.get("HX-Request") == "true":
        one = queries.tick_of(request.actor, request.actor.gem_id, day, tap["person_id"])
        one = replace(one, present=tap["present"])
        context = {"tick": one, "last": one, "day": day, "activity_id": activity_id}
        return respond(request, "activities/day.html", "activities/parts/ticked.html", context)
    person = tap["person_id"]
    return redirect(f"{_back(request, day, personne=str(person))}#p-{person}")


@gem_required
@require_POST
@with_day
@told_when_not_now
def count(request: HttpRequest, day: date) -> HttpResponse:
    """Move one count; htmx gets the number back, with a fresh key for the next tap."""
    form = CountForm(request.POST)
    if not form.is_valid() or form.cleaned_data["geste"][0] not in Category.values:
        raise BadRequest
    category, by = form.cleaned_data["geste"]
    activity_id = form.cleaned_data["activite"]
    gem_id = request.actor.gem_id
    sheet.add_heads(
        actor=request.actor,
        gem_id=gem_id,
        day=day,
        category=Category(category),
        by=by,
        key=form.cleaned_data["cle"],
        activity_id=activity_id,
    )
    if request.headers.get("HX-Request") == "true":
        counters = queries.counters_of_day(request.actor, gem_id, day, activity_id)
        number = next((one.count for one in counters if one.category == category), 0)
        context = {
            "number": number,
            "key": new_key(),
            "moved": _moved(f"{category}:{by}"),
            "day": day,
        }
        return respond(request, "activities/day.html", "activities/parts/counted.html", context)
    return redirect(f"{_back(request, day, compte=f'{category}:{by}')}#n-{category}")


@gem_required
@require_http_methods(["GET", "HEAD", "POST"])
@with_day
@told_when_not_now
def newcomer(request: HttpRequest, day: date) -> HttpResponse:
    """Add a newcomer; ask who it is when somebody has that label already."""
    if request.method != "POST":
        return redirect("activities:day", day.isoformat())
    someone_else = "dessin" in request.POST
    form = (HomonymForm if someone_else else NewcomerForm)(request.POST)
    if not form.is_valid():
        return _show(request, day, form)
    try:
        person = sheet.add_newcomer(
            actor=request.actor,
            gem_id=request.actor.gem_id,
            day=day,
            typed=form.cleaned_data["nom"],
            key=form.cleaned_data["cle"],
            pictogram=form.cleaned_data.get("dessin", ""),
            someone_else=someone_else,
        )
    except sheet.UnreadableNameError:
        form.add_error("nom", _("Ce prénom ne peut pas être lu. Exemple : Nadia B"))
        return _show(request, day, form)
    except sheet.HomonymsError as same:
        asked = HomonymForm(
            initial={"nom": form.cleaned_data["nom"], "cle": form.cleaned_data["cle"]}
        )
        context = {"same": same, "form": asked, "day": day}
        return render(request, "activities/homonym.html", context)
    back = reverse("activities:day", args=[day.isoformat()])
    return redirect(f"{back}?{urlencode({'personne': person})}" if person else back)


@gem_required
@require_safe
@with_day
def everyone(request: HttpRequest, day: date) -> HttpResponse:
    """Show the whole roll, one letter at a time."""
    people = queries.people_of_day(request.actor, request.actor.gem_id, day)
    letters = letters_of(people)
    letter = request.GET.get("lettre", "")
    letter = letter if letter in letters else next(iter(letters), "")
    page = Paginator(with_letter(people, letter), queries.MOST_NAMES).get_page(
        request.GET.get("page", "1")
    )
    last = _uuid(request.GET.get("personne"))
    context = {
        "day": day,
        "letters": letters,
        "letter": letter,
        "page": page,
        "last": next((one for one in people if one.id == last), None),
        "back": f"lettre:{letter}:{page.number}",
    }
    return render(request, "activities/everyone.html", context)


@gem_required
@require_safe
@with_day
def activity(request: HttpRequest, day: date, activity_id: UUID) -> HttpResponse:
    """Show who takes part in one activity of the day."""
    shown = queries.activity_sheet(request.actor, request.actor.gem_id, activity_id)
    last = _uuid(request.GET.get("personne"))
    context = {
        "sheet": shown,
        "day": shown.day,
        "key": new_key(),
        "last": next((one for one in shown.people if one.id == last), None),
        "moved": _moved(request.GET.get("compte", "")),
        "back": f"activite:{activity_id}",
        "activity_id": activity_id,
    }
    return render(request, "activities/activity_sheet.html", context)


@gem_required
@require_http_methods(["GET", "HEAD", "POST"])
@with_day
@told_when_not_now
def opening(request: HttpRequest, day: date) -> HttpResponse:
    """Say whether the place was open, or note an opening that was not planned."""
    shown = queries.day_sheet(request.actor, request.actor.gem_id, day)
    planned = bool(shown.openings)
    form_class = OutcomeForm if planned else OpeningForm
    start = {"ouverture": shown.openings[0].outcome or Outcome.OUVERT} if planned else None
    form = form_class(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        who = {"actor": request.actor, "gem_id": request.actor.gem_id, "day": day}
        if not planned:
            openings.open_unplanned(**who, **form.cleaned_data)
        elif form.cleaned_data["ouverture"] == Outcome.OUVERT:
            openings.open_day(**who)
        else:
            openings.close_day(**who, outcome=Outcome(form.cleaned_data["ouverture"]))
        messages.success(request, _("C'est enregistré."))
        return redirect("activities:day", day.isoformat())
    return render(
        request, "activities/opening.html", {"sheet": shown, "form": form, "planned": planned}
    )


@gem_required
@require_POST
def hold(request: HttpRequest) -> HttpResponse:
    """« Je tiens le GEM »."""
    duty.hold_the_place(actor=request.actor, gem_id=request.actor.gem_id)
    messages.success(request, _("C'est noté : vous tenez le GEM aujourd'hui."))
    return redirect("activities:today")


@gem_required
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Take « je tiens le GEM » back."""
    duty.leave_the_place(actor=request.actor, gem_id=request.actor.gem_id)
    messages.success(request, _("C'est noté : vous ne tenez pas le GEM aujourd'hui."))
    return redirect("activities:today")


def _back(request: HttpRequest, day: date, **said: str) -> str:
    """Return the page the tap came from, with what it says was done."""
    kind, _colon, rest = request.POST.get("retour", "").partition(":")
    text = day.isoformat()
    if kind == "lettre":
        letter, _colon, page = rest.partition(":")
        said |= {"lettre": letter[:2], "page": page[:4]}
        return f"{reverse('activities:everyone', args=[text])}?{urlencode(said)}"
    activity_id = _uuid(rest) if kind == "activite" else None
    if activity_id:
        return f"{reverse('activities:activity_sheet', args=[text, activity_id])}?{urlencode(said)}"
    return f"{reverse('activities:day', args=[text])}?{urlencode(said)}"


def _moved(text: str) -> dict[str, Any] | None:
    """Return what « annuler » offers after a count: the words, and the opposite gesture."""
    form = CountForm({"geste": text, "cle": str(new_key())})
    if not form.is_valid() or form.cleaned_data["geste"][0] not in COUNTED:
        return None
    category, by = form.cleaned_data["geste"]
    return {
        "category": category,
        "word": COUNTED[Category(category)],
        "by": by,
        "less": -by,
        "undo": f"{category}:{-by}",
    }


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None


def _way(request: HttpRequest) -> InputWay:
    """Guess on what a month was typed, from the browser's own word."""
    mobile = "Mobi" in request.headers.get("User-Agent", "")
    return InputWay.TELEPHONE if mobile else InputWay.ORDINATEUR
