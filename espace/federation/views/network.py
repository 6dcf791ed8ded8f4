"""The network: all the GEM, one GEM, its state, its letters, the help it asked for."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from espace.accounts.guard import person_required
from espace.accounts.permissions import require
from espace.federation.actions.help import answer_help
from espace.federation.forms import FederatedForm, LettersForm, LookForm, StateForm
from espace.federation.printing import letters_pdf
from espace.federation.queries import network as queries
from espace.groups.actions.letters import PrintedLetter, make_letters, withdraw_letter
from espace.groups.actions.states import change_state, note_federated
from espace.groups.queries.network import ids_without_anyone
from espace.groups.rules.states import StateRefusedError

MOST_LETTERS = 100


@require_safe
@person_required
def home(request: HttpRequest) -> HttpResponse:
    """List the GEM of the territory, with counts in sentences."""
    require(request.actor, "groups.see_network")
    form = LookForm(request.GET)
    asked = form.asked()
    page = queries.network_page(request.actor, asked, _page_number(request))
    form.offer_places(page.regions, page.departements)
    kept = {name: value for name, value in form.cleaned_data.items() if value}
    context = {
        "form": form,
        "page": page,
        "asked": asked,
        "look": urlencode(kept),
        "runs": queries.may_run(request.actor),
    }
    return render(request, "federation/home.html", context)


@require_safe
@person_required
def gem(request: HttpRequest, gem_id: UUID) -> HttpResponse:
    """Show one GEM: where it is, its state, its letters, the help it asked for."""
    page = _find(request, gem_id)
    context = {
        "page": page,
        "letters_form": LettersForm(),
        "runs": queries.may_run(request.actor),
    }
    return render(request, "federation/gem.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@person_required
def state(request: HttpRequest, gem_id: UUID) -> HttpResponse:
    """Change the state of a GEM; closing says what it does, and can be undone by reopening."""
    page = _find(request, gem_id, "groups.run_network")
    form = StateForm(page.card.next_states, page.card.today, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            change_state(actor=request.actor, gem_id=gem_id, **form.values())
        except StateRefusedError:
            form.add_error("since", _("Ce jour n'est pas encore là. Choisissez aujourd'hui."))
        else:
            messages.success(request, _("C'est noté. Vous pouvez changer à nouveau."))
            return redirect("federation:gem", gem_id)
    context = {"page": page, "form": form}
    status = 422 if form.errors else 200
    return render(request, "federation/state.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@person_required
def federated(request: HttpRequest, gem_id: UUID) -> HttpResponse:
    """Write whether the GEM is a member of FiGEM, and since when."""
    page = _find(request, gem_id, "groups.run_network")
    given = {
        "federated": "oui" if page.card.gem.federated else "non",
        "since": page.card.federated_since,
    }
    form = FederatedForm(request.POST or None, initial=given)
    if request.method == "POST" and form.is_valid():
        note_federated(
            actor=request.actor,
            gem_id=gem_id,
            federated=form.cleaned_data["federated"] == "oui",
            since=form.cleaned_data["since"],
        )
        messages.success(request, _("C'est noté."))
        return redirect("federation:gem", gem_id)
    context = {"page": page, "form": form}
    status = 422 if form.errors else 200
    return render(request, "federation/federated.html", context, status=status)


@require_POST
@person_required
def letter(request: HttpRequest, gem_id: UUID) -> HttpResponse:
    """Make the letter of one GEM and give it as a PDF: it is kept nowhere."""
    page = _find(request, gem_id, "groups.run_network")
    printed = _make(request, [gem_id])
    if not printed:
        return redirect("federation:gem", gem_id)
    return _pdf(printed, f"lettre-{page.card.gem.departement_code}.pdf")


@require_POST
@person_required
def withdraw(request: HttpRequest, gem_id: UUID) -> HttpResponse:
    """Withdraw the letter that waits."""
    _find(request, gem_id, "groups.run_network")
    withdraw_letter(actor=request.actor, gem_id=gem_id)
    messages.success(request, _("La lettre n'ouvre plus rien. Vous pouvez en imprimer une autre."))
    return redirect("federation:gem", gem_id)


@require_http_methods(["GET", "HEAD", "POST"])
@person_required
def letters(request: HttpRequest) -> HttpResponse:
    """Print the letters of all the GEM that one looks at, a hundred at a time."""
    require(request.actor, "groups.run_network")
    form = LookForm(request.POST if request.method == "POST" else request.GET)
    found = queries.ids_found(request.actor, form.asked())
    ids = ids_without_anyone(request.actor, found)
    if request.method == "POST" and ids:
        printed = _make(request, ids[:MOST_LETTERS])
        if printed:
            return _pdf(printed, "lettres.pdf")
    context = {
        "number": len(ids),
        "most": MOST_LETTERS,
        "kept": [(name, value) for name, value in form.cleaned_data.items() if value],
        "letters_form": LettersForm(),
    }
    return render(request, "federation/letters.html", context)


@require_POST
@person_required
def answered(request: HttpRequest, gem_id: UUID, help_id: UUID) -> HttpResponse:
    """Say that a request for help is answered."""
    page = _find(request, gem_id)
    if not any(each.id == help_id for each in page.help):
        raise Http404
    answer_help(actor=request.actor, gem_id=gem_id, help_id=help_id)
    messages.success(request, _("C'est noté : la FiGEM a répondu."))
    return redirect("federation:gem", gem_id)


def _find(
    request: HttpRequest, gem_id: UUID, permission: str = "groups.see_network"
) -> queries.GemPage:
    """Return the page of a GEM of one's territory; elsewhere it is not there (404)."""
    require(request.actor, permission)
    page = queries.gem_page(request.actor, gem_id)
    if page is None:
        raise Http404
    return page


def _make(request: HttpRequest, ids: Sequence[UUID]) -> list[PrintedLetter]:
    """Return fresh letters; empty, with the reason said, when there is nothing to print."""
    form = LettersForm(request.POST)
    made = None
    if form.is_valid():
        made = make_letters(actor=request.actor, gem_ids=ids, key=form.cleaned_data["key"])
    if made is None:
        said: Any = _("Ces lettres sont déjà faites. Cherchez le fichier dans vos téléchargements.")
        messages.warning(request, said)
    elif not made:
        messages.warning(request, _("Une personne élue est déjà là : il ne faut pas de lettre."))
    return made or []


def _pdf(printed: Sequence[PrintedLetter], name: str) -> HttpResponse:
    answer = HttpResponse(letters_pdf(printed), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer


def _page_number(request: HttpRequest) -> int:
    asked = request.GET.get("page", "1")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
