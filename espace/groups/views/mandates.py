"""Who has which role; which GEM is in hand."""

from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from espace.accounts.actions import take_gem_in_hand
from espace.accounts.address import tell_old
from espace.accounts.guard import fresh_proof_required, gem_required, known_required
from espace.accounts.permissions import NotAllowed, require
from espace.groups.actions.mandates import WHO_CHANGES_ADDRESS, WHO_GIVES, end_role, give_role
from espace.groups.actions.mandates import change_address as change_person_address
from espace.groups.forms.mandates import AddressForm, EndForm, RoleForm
from espace.groups.queries import mandates
from espace.groups.rules.mandates import Refusal, RefusedError

# For each refusal: the field it is about, what happened and what to do.
WORDS: dict[Refusal, tuple[str | None, str | Promise]] = {
    Refusal.ALREADY_HELD: (None, _("Cette personne a déjà ce rôle dans votre GEM.")),
    Refusal.LAST_ELECTED: (
        None,
        _("C'est la dernière personne élue du GEM. Donnez d'abord ce rôle à une autre personne."),
    ),
    Refusal.FUNCTION_MISSING: ("function", _("Choisissez la place de la personne élue.")),
    Refusal.DATE_TOO_FAR: ("started_on", _("Cette date est loin. Choisissez-la dans l'année.")),
    Refusal.ENDS_BEFORE_START: ("ended_on", _("Ce jour est avant le début du rôle.")),
    Refusal.ROLE_ELSEWHERE: (
        None,
        _("Cette personne a aussi un rôle ailleurs. Elle demande à la FiGEM de changer l'adresse."),
    ),
    Refusal.ADDRESS_TAKEN: ("email", _("Cette adresse ne peut pas servir. Prenez-en une autre.")),
    Refusal.ENDS_LATER: ("ended_on", _("Ce jour n'est pas encore là. Choisissez aujourd'hui.")),
}


def explain(form: Form, refused: RefusedError) -> None:
    """Put the refusal beside the field it is about, in plain words."""
    form.add_error(*WORDS[refused.reason])


@require_safe
@gem_required
def roles(request: HttpRequest) -> HttpResponse:
    """Show who has which role, since when."""
    actor = request.actor
    day = mandates.gem_day(actor.gem_id)
    context = {
        "families": mandates.roles_of_gem(actor, actor.gem_id, day),
        "can_give": bool(mandates.givable_roles(actor, actor.gem_id, day)),
        "doubled": mandates.doubled(actor, actor.gem_id, day),
        "several_gems": len(actor.gem_ids) > 1,
    }
    return render(request, "groups/mandates/roles.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@gem_required
@fresh_proof_required
def give(request: HttpRequest) -> HttpResponse:
    """Give a role to someone."""
    actor = request.actor
    require(actor, "groups.give_roles", actor.gem_id)
    day = mandates.gem_day(actor.gem_id)
    form = RoleForm(mandates.givable_roles(actor, actor.gem_id, day), day, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            give_role(actor=actor, gem_id=actor.gem_id, **form.cleaned_data)
        except RefusedError as refused:
            explain(form, refused)
        else:
            messages.success(request, _("Le rôle est donné. Il est dans la liste."))
            return redirect("groups:roles")
    return render(request, "groups/mandates/give.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@gem_required
def end(request: HttpRequest, mandate_id: UUID) -> HttpResponse:
    """Ask, then end a role."""
    actor = request.actor
    day = mandates.gem_day(actor.gem_id)
    line = mandates.role_line(actor, actor.gem_id, mandate_id, day)
    if line is None:
        raise Http404
    if not line.may_end:
        raise NotAllowed("groups.end_roles", WHO_GIVES)
    form = EndForm(request.POST or None, initial={"ended_on": max(day, line.started_on)})
    if request.method == "POST" and form.is_valid():
        try:
            end_role(actor=actor, gem_id=actor.gem_id, mandate_id=line.id, **form.cleaned_data)
        except RefusedError as refused:
            explain(form, refused)
        else:
            messages.success(request, _("Le rôle est terminé."))
            return redirect("groups:roles")
    return render(request, "groups/mandates/end.html", {"form": form, "line": line})


@require_http_methods(["GET", "HEAD", "POST"])
@gem_required
@fresh_proof_required
def change_address(request: HttpRequest, mandate_id: UUID) -> HttpResponse:
    """Replace the address of someone who lost theirs; the old one is told."""
    actor = request.actor
    line = mandates.role_line(actor, actor.gem_id, mandate_id, mandates.gem_day(actor.gem_id))
    if line is None:
        raise Http404
    if not line.may_change_address:
        raise NotAllowed("groups.change_address", WHO_CHANGES_ADDRESS)
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            old = change_person_address(
                actor=actor, gem_id=actor.gem_id, mandate_id=line.id, **form.cleaned_data
            )
        except RefusedError as refused:
            explain(form, refused)
        else:
            tell_old(request, old)
            messages.success(request, _("L'adresse est changée. La personne peut entrer avec."))
            return redirect("groups:roles")
    return render(request, "groups/mandates/address.html", {"form": form, "line": line})


@require_http_methods(["GET", "HEAD", "POST"])
@known_required
def change_gem(request: HttpRequest) -> HttpResponse:
    """Choose the GEM in hand, for those who have a role in several."""
    if request.method == "POST":
        try:
            gem_id = UUID(request.POST.get("gem", ""))
        except ValueError as wrong:
            raise Http404 from wrong
        if not take_gem_in_hand(actor=request.actor, session=request.session, gem_id=gem_id):
            raise Http404
        return redirect("public:home")
    gems = mandates.held_gems(request.actor)
    return render(request, "groups/mandates/change_gem.html", {"gems": gems})
