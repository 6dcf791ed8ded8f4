"""Pages of « Notre carnet »: the GEM's own roll, one topic a page."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from espace.accounts import opened
from espace.accounts.choices import Pictogram
from espace.accounts.guard import gem_required, person_required
from espace.accounts.permissions import require
from espace.groups.actions import roll as actions
from espace.groups.choices import AgeBand, Gender
from espace.groups.forms.roll import (
    AddForm,
    MembershipForm,
    NameForm,
    SaidForm,
    SignForm,
    SomeoneElseForm,
)
from espace.groups.queries import roll as queries
from espace.groups.queries.gem_facts import today_of
from espace.groups.rules.labels import Label
from espace.ui import respond

NOT_WRITTEN = 422
edit = require_http_methods(["GET", "POST"])


@gem_required
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """List the roll, a page at a time; ``q`` looks for a name, ``caches`` shows the hidden."""
    text = request.GET.get("q", "").strip()
    hidden = "caches" in request.GET
    number = request.GET.get("page", "1")
    roll = queries.roll(request.actor, request.actor.gem_id, text=text, hidden=hidden, page=number)
    context = {"roll": roll, "text": text, "hidden": hidden}
    return respond(request, "groups/roll/list.html", "groups/roll/parts/lines.html", context)


@gem_required
@edit
def add(request: HttpRequest) -> HttpResponse:
    """Put someone on the roll; a name already there becomes a question."""
    require(request.actor, "groups.edit_roll", request.actor.gem_id)
    other = "someone_else" in request.POST
    form = (SomeoneElseForm if other else AddForm)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            added = actions.add_person(
                actor=request.actor,
                gem_id=request.actor.gem_id,
                label=form.typed_label,
                pictogram=form.cleaned_data.get("pictogram", ""),
                someone_else=other,
                key=form.cleaned_data["key"],
            )
        except actions.HomonymError as question:
            return _ask_who(request, question.label, form.cleaned_data["key"])
        if added:
            said = _("%(name)s est dans le carnet.") % {"name": form.typed_label.text()}
            messages.success(request, said)
        return redirect("groups:roll")
    status = NOT_WRITTEN if form.errors else 200
    return render(request, "groups/roll/add.html", {"form": form}, status=status)


def _ask_who(request: HttpRequest, label: Label, key: UUID) -> HttpResponse:
    """Ask whether the person is the one already there, or somebody else."""
    taken = queries.taken_pictograms(request.actor, request.actor.gem_id, label.first_name)
    first = {"first_name": label.first_name, "initial_letter": label.initial, "key": key}
    form = SomeoneElseForm(initial=first, taken=taken)
    context = {"form": form, "label": label.text()}
    return render(request, "groups/roll/homonym.html", context, status=NOT_WRITTEN)


@person_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Lead to one's own line, or say that there is none yet."""
    person_id = queries.my_line(request.actor)
    if person_id:
        return redirect("groups:line", person_id)
    return render(request, "groups/roll/no_line.html")


@gem_required
@require_safe
def line(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Show what the roll keeps of one person; who opens another's line is noted."""
    card = queries.card(request.actor, person_id)
    if not card.is_me:
        opened.note(request.actor, "groups.open_line", gem_id=card.gem_id, thing=card.id)
    return render(request, "groups/roll/line.html", {"card": card})


@gem_required
@edit
def name(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Change the first name or the letter; a name already there becomes a question."""
    card = queries.card(request.actor, person_id)
    first = {"first_name": card.first_name, "initial_letter": card.initial}
    form = NameForm(request.POST or None, initial=first)
    homonym = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.rename_person(
                actor=request.actor,
                person_id=person_id,
                label=form.typed_label,
                someone_else="someone_else" in request.POST,
            )
            return _written(request, person_id, _("Le nom est changé."))
        except actions.HomonymError as question:
            homonym = question.label.text()
    context = {"form": form, "card": card, "homonym": homonym}
    status = NOT_WRITTEN if form.errors or homonym else 200
    return render(request, "groups/roll/name.html", context, status=status)


@gem_required
@edit
def sign(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Choose the drawing of a person."""
    card = queries.card(request.actor, person_id)
    form = SignForm(request.POST or None, initial={"pictogram": card.pictogram})
    if request.method == "POST" and form.is_valid():
        chosen = Pictogram(form.cleaned_data["pictogram"])
        actions.choose_pictogram(actor=request.actor, person_id=person_id, pictogram=chosen)
        return _written(request, person_id, _("Le dessin est gardé."))
    return _form_page(request, "groups/roll/sign.html", form, card)


@gem_required
@edit
def said(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Keep what someone wished to say of their age or gender; never shown again by name."""
    card = queries.card(request.actor, person_id)
    form = SaidForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        age_band, gender = form.cleaned_data["age_band"], form.cleaned_data["gender"]
        actions.note_what_is_said(
            actor=request.actor,
            person_id=person_id,
            age_band=AgeBand(age_band) if age_band else None,
            gender=Gender(gender) if gender else None,
        )
        return _written(request, person_id, _("C'est noté. Merci."))
    return _form_page(request, "groups/roll/said.html", form, card)


@gem_required
@edit
def membership(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Write the membership of a year."""
    require(request.actor, "groups.edit_roll", request.actor.gem_id)
    card = queries.card(request.actor, person_id)
    day = today_of(card.gem_id)
    first = {
        "year": card.year,
        "started_on": day,
        "is_first": "non" if card.memberships else "oui",
    }
    form = MembershipForm(request.POST or None, today=day, initial=first)
    if request.method == "POST" and form.is_valid():
        actions.record_membership(
            actor=request.actor,
            person_id=person_id,
            year=form.cleaned_data["year"],
            started_on=form.cleaned_data["started_on"],
            fee_cents=form.cleaned_data["fee"],
            is_first=form.cleaned_data["is_first"],
        )
        return _written(request, person_id, _("L'adhésion est notée."))
    return _form_page(request, "groups/roll/membership.html", form, card)


@gem_required
@require_POST
def membership_removed(request: HttpRequest, person_id: UUID, year: int) -> HttpResponse:
    """Take back the membership of a year."""
    actions.remove_membership(actor=request.actor, person_id=person_id, year=year)
    return _written(request, person_id, _("Cette adhésion est retirée."))


@gem_required
@require_POST
def hide(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Take someone off the lists of the day."""
    actions.hide_person(actor=request.actor, person_id=person_id)
    return _written(request, person_id, _("Cette personne n'est plus dans les listes du jour."))


@gem_required
@require_POST
def show(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Put someone back on the lists of the day."""
    actions.show_person(actor=request.actor, person_id=person_id)
    return _written(request, person_id, _("Cette personne est de nouveau dans les listes."))


@gem_required
@edit
def remove(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Take someone off the roll for good, once confirmed."""
    require(request.actor, "groups.edit_roll", request.actor.gem_id)
    card = queries.card(request.actor, person_id)
    if request.method == "POST":
        if actions.remove_person(actor=request.actor, person_id=person_id):
            messages.success(request, _("Cette personne n'est plus dans le carnet."))
            return redirect("groups:roll")
        return _written(request, person_id, _("Cette personne n'est plus dans les listes du jour."))
    return render(request, "groups/roll/remove.html", {"card": card})


def _form_page(
    request: HttpRequest, page: str, form: SignForm | SaidForm | MembershipForm, card: queries.Card
) -> HttpResponse:
    status = NOT_WRITTEN if form.errors else 200
    return render(request, page, {"form": form, "card": card}, status=status)


def _written(request: HttpRequest, person_id: UUID, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect("groups:line", person_id)
