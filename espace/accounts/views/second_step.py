"""The second step, and « c'est bien vous ? » before what must not be done by somebody else."""

from typing import Any

from allauth.core.internal import ratelimit
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from espace.accounts import drafts, journal, protection, queries, strength, ways
from espace.accounts.adapter import safe_way_back
from espace.accounts.choices import Proof
from espace.accounts.forms import PasskeyForm, SecondCodeForm
from espace.accounts.guard import asks_again, needs_proof, signed_in_required


@signed_in_required
@require_http_methods(["GET", "HEAD"])
def second_step(request: HttpRequest) -> HttpResponse:
    """Say why another proof is asked, and offer what this person can do."""
    return _step(request, SecondCodeForm())


@signed_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def second_code(request: HttpRequest) -> HttpResponse:
    """Check a code of the application, or a spare code."""
    form = SecondCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not _may_try(request):
            form.add_error("code", _("Trop d'essais. Attendez une heure, puis recommencez."))
        elif protection.code_proves(request.actor.account_id, form.cleaned_data["code"]):
            return _proved(request, Proof.TOTP)
        else:
            journal.write(request.actor, "accounts.second_code_refused")
            words = _("Ce n'est pas le bon code. Attendez le suivant, et vérifiez l'heure.")
            form.add_error("code", words)
    return _step(request, form)


@signed_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def second_passkey(request: HttpRequest) -> HttpResponse:
    """Ask for one of this person's passkeys."""
    account = queries.own_account(request.actor)
    form = PasskeyForm(request.POST or None)
    refused = False
    if request.method == "POST" and form.is_valid():
        if protection.shown_passkey(account, form.cleaned_data["credential"]):
            return _proved(request, Proof.PASSKEY)
        journal.write(request.actor, "accounts.passkey_refused")
        refused = True
    context = {
        "next": safe_way_back(request),
        "options": protection.passkey_to_show(account),
        "refused": refused,
    }
    return render(request, "accounts/show_passkey.html", context)


@signed_in_required
@require_POST
def go_on_as_member(request: HttpRequest) -> HttpResponse:
    """Put aside the roles that wait for a second factor, until a proof is given."""
    if request.actor.withheld and request.actor.may_go_on_as_member:
        request.session[strength.AS_MEMBER] = True
    return redirect(safe_way_back(request))


def _proved(request: HttpRequest, proof: Proof) -> HttpResponse:
    strength.note(request.session, proof)
    return redirect(safe_way_back(request))


def _may_try(request: HttpRequest) -> bool:
    key = f"second-{request.actor.account_id}"
    tried = ratelimit.consume(request, app="allauth.account", action="login_failed", key=key)
    return bool(tried)


def _step(request: HttpRequest, form: Form) -> HttpResponse:
    back = safe_way_back(request)
    factors = protection.factors_of(request.actor.account_id)
    if not request.actor.withheld and not needs_proof(request, factors=factors.any):
        return redirect(back)
    context: dict[str, Any] = {
        "next": back,
        "form": form,
        "factors": factors,
        "ways": ways.for_second_step(request.actor),
        "kept": drafts.held(request),
        "enter_again": not factors.any and asks_again(request),
        "email": queries.own_account(request.actor).email,
    }
    return render(request, "accounts/second_step.html", context)
