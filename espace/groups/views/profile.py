"""Pages of the GEM's card: read it, then write one topic at a time."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from espace.accounts.guard import gem_required
from espace.accounts.permissions import require
from espace.groups.actions import profile as actions
from espace.groups.choices import Counting, DirectoryLevel, PartnerPlace
from espace.groups.forms import profile as forms
from espace.groups.queries.gem_facts import today_of
from espace.groups.queries.profile import organisations, profile
from espace.groups.rules.opening_hours import HoursProblem
from espace.groups.territory import search
from espace.ui import respond

NOT_WRITTEN = 422
MOST_LETTERS = 120
edit = require_http_methods(["GET", "POST"])


@gem_required
@require_safe
def card(request: HttpRequest) -> HttpResponse:
    """Show the whole card."""
    found = profile(request.actor, request.actor.gem_id)
    return render(request, "groups/profile/card.html", {"card": found})


@gem_required
@edit
def place(request: HttpRequest) -> HttpResponse:
    """Name, address, telephone, and what the directory shows."""
    day = today_of(request.actor.gem_id)
    form = _form(request, forms.PlaceForm, "groups.edit_profile", today=day)
    if form.is_bound and form.is_valid():
        values = form.cleaned_data
        values["directory_level"] = DirectoryLevel(values["directory_level"])
        actions.describe_place(actor=request.actor, gem_id=request.actor.gem_id, **values)
        return _written(request)
    return _page(request, "place", form)


@gem_required
@edit
def commune(request: HttpRequest) -> HttpResponse:
    """Look for a commune by name or postal code, then choose it."""
    require(request.actor, "groups.edit_profile", request.actor.gem_id)
    text = (request.POST.get("texte") or request.GET.get("texte") or "").strip()[:MOST_LETTERS]
    found = search(text)
    form = forms.CommuneForm(request.POST or None, found=found)
    if form.is_bound and form.is_valid():
        code = form.cleaned_data["code"]
        actions.choose_commune(actor=request.actor, gem_id=request.actor.gem_id, code=code)
        return _written(request)
    context = {"form": form, "text": text, "found": found}
    status = NOT_WRITTEN if form.errors else 200
    part = "groups/profile/parts/communes.html"
    return respond(request, "groups/profile/commune.html", part, context, status)


@gem_required
@edit
def public(request: HttpRequest) -> HttpResponse:
    """Whom the GEM is for, and its association."""
    form = _form(request, forms.PublicForm, "groups.edit_profile")
    if form.is_bound and form.is_valid():
        actions.describe_public(
            actor=request.actor, gem_id=request.actor.gem_id, **form.cleaned_data
        )
        return _written(request)
    return _page(request, "public", form)


@gem_required
@edit
def premises(request: HttpRequest) -> HttpResponse:
    """Where the GEM lives."""
    form = _form(request, forms.PremisesForm, "groups.edit_profile")
    if form.is_bound and form.is_valid():
        actions.describe_premises(
            actor=request.actor, gem_id=request.actor.gem_id, **form.cleaned_data
        )
        return _written(request)
    return _page(request, "premises", form)


@gem_required
@edit
def management(request: HttpRequest) -> HttpResponse:
    """Who manages the GEM."""
    form = _form(request, forms.ManagementForm, "groups.choose_partners")
    if form.is_bound and form.is_valid():
        actions.describe_management(
            actor=request.actor, gem_id=request.actor.gem_id, **form.cleaned_data
        )
        return _written(request)
    return _page(request, "management", form)


@gem_required
@edit
def partner(request: HttpRequest, place: PartnerPlace) -> HttpResponse:
    """Look for the sponsor or the managing organisation, then choose it."""
    text = (request.POST.get("texte") or request.GET.get("texte") or "").strip()[:MOST_LETTERS]
    found = organisations(request.actor, request.actor.gem_id, text)
    form = forms.PartnerForm(request.POST or None, found=found, typed=text)
    same = False
    if form.is_bound and form.is_valid():
        try:
            actions.choose_partner(
                actor=request.actor, gem_id=request.actor.gem_id, place=place, **form.chosen()
            )
            return _written(request)
        except actions.SameOrganisationError:
            same = True
    context = {"form": form, "text": text, "place": place, "same": same}
    status = NOT_WRITTEN if form.errors or same else 200
    return render(request, "groups/profile/partner.html", context, status=status)


@gem_required
@edit
def counting(request: HttpRequest) -> HttpResponse:
    """First names or sticks."""
    form = _form(request, forms.CountingForm, "groups.choose_counting")
    if form.is_bound and form.is_valid():
        chosen = Counting(form.cleaned_data["counting"])
        actions.choose_counting(actor=request.actor, gem_id=request.actor.gem_id, counting=chosen)
        return _written(request)
    return _page(request, "counting", form)


@gem_required
@edit
def hours(request: HttpRequest) -> HttpResponse:
    """The usual week: what is there, and one opening to add."""
    require(request.actor, "groups.edit_profile", request.actor.gem_id)
    form = forms.OpeningForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            actions.add_opening(
                actor=request.actor, gem_id=request.actor.gem_id, **form.cleaned_data
            )
            messages.success(request, _("Cette ouverture est notée."))
            return redirect("groups:profile_hours")
        except actions.HoursError as refusal:
            field, sentence = _hours_refusal(refusal.problem)
            form.add_error(field, sentence)
    found = profile(request.actor, request.actor.gem_id)
    status = NOT_WRITTEN if form.errors else 200
    context = {"form": form, "card": found}
    return render(request, "groups/profile/hours.html", context, status=status)


def _hours_refusal(problem: HoursProblem) -> tuple[str, str]:
    if problem == HoursProblem.ENDS_BEFORE:
        return "ends_at", _("L'heure de fermeture vient après l'heure d'ouverture.")
    return "starts_at", _("Une autre ouverture est déjà notée à cette heure.")


@gem_required
@require_POST
def hours_removed(request: HttpRequest, opening_id: Any) -> HttpResponse:
    """Take one opening away."""
    actions.remove_opening(actor=request.actor, gem_id=request.actor.gem_id, opening_id=opening_id)
    messages.success(request, _("Cette ouverture est retirée."))
    return redirect("groups:profile_hours")


def _form(request: HttpRequest, kind: type[Form], permission: str, **more: Any) -> Form:
    """Return the form of one topic, filled with what the card says."""
    require(request.actor, permission, request.actor.gem_id)
    if request.method == "POST":
        return kind(request.POST, **more)
    return kind(initial=forms.first_values(profile(request.actor, request.actor.gem_id)), **more)


def _page(request: HttpRequest, topic: str, form: Form) -> HttpResponse:
    status = NOT_WRITTEN if form.errors else 200
    return render(request, f"groups/profile/{topic}.html", {"form": form}, status=status)


def _written(request: HttpRequest) -> HttpResponse:
    messages.success(request, _("La fiche du GEM est à jour."))
    return redirect("groups:profile")
