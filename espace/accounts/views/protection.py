"""« Protéger mon compte »: passkeys, the code application, spare codes to print."""

from typing import Any
from urllib.parse import urlencode

import segno
from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import clear_totp_secret, get_totp_secret
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from espace.accounts import protection, queries, strength
from espace.accounts.adapter import safe_way_back
from espace.accounts.choices import Proof
from espace.accounts.forms import NewPasskeyForm, RenamePasskeyForm, SecondCodeForm
from espace.accounts.guard import own_protection_required, signed_in_required


@signed_in_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Show what protects this account, and what may be added."""
    factors = protection.factors_of(request.actor.account_id)
    return render(request, "accounts/protection.html", {"factors": factors})


@own_protection_required
@require_http_methods(["GET", "HEAD", "POST"])
def add_passkey(request: HttpRequest) -> HttpResponse:
    """Make a passkey on this device."""
    account = queries.own_account(request.actor)
    form = NewPasskeyForm(request.POST or None)
    refused = False
    if request.method == "POST":
        refused = True
        if form.is_valid():
            name, made = form.cleaned_data["name"], form.cleaned_data["credential"]
            if protection.add_passkey(request, actor=request.actor, name=name, made=made):
                return _added(request, Proof.PASSKEY, _("Votre clé d'accès est prête."))
    context = {
        "form": form,
        "next": safe_way_back(request),
        "options": protection.passkey_to_make(account),
        "refused": refused,
    }
    return render(request, "accounts/add_passkey.html", context)


@own_protection_required
@require_POST
def rename_passkey(request: HttpRequest) -> HttpResponse:
    """Give another name to a passkey."""
    form = RenamePasskeyForm(request.POST)
    if form.is_valid() and protection.rename_passkey(
        actor=request.actor,
        passkey_id=form.cleaned_data["passkey"],
        name=form.cleaned_data["name"],
    ):
        messages.success(request, _("C'est enregistré."))
    else:
        messages.warning(request, _("Écrivez un nom de 40 lettres au plus."))
    return redirect("accounts:protection")


@own_protection_required
@require_POST
def remove_passkey(request: HttpRequest) -> HttpResponse:
    """Forget a passkey."""
    named = request.POST.get("passkey", "")
    if named.isdecimal() and protection.remove_passkey(
        request, actor=request.actor, passkey_id=int(named[:18])
    ):
        messages.success(request, _("Cette clé n'ouvre plus votre compte."))
    return redirect("accounts:protection")


@own_protection_required
@require_http_methods(["GET", "HEAD", "POST"])
def add_application(request: HttpRequest) -> HttpResponse:
    """Show the secret to an application, then check that it gives the right codes."""
    secret = get_totp_secret()
    form = SecondCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        if protection.add_application(request, actor=request.actor, secret=secret, code=code):
            clear_totp_secret(request)
            return _added(request, Proof.TOTP, _("Votre application est prête."))
        words = _("Ce n'est pas le bon code. Attendez le suivant, et vérifiez l'heure.")
        form.add_error("code", words)
    form.fields["code"].help_text = _("6 chiffres. Ils changent toutes les 30 secondes.")
    address = get_adapter().build_totp_url(queries.own_account(request.actor), secret)
    context: dict[str, Any] = {
        "form": form,
        "next": safe_way_back(request),
        "address": address,
        "picture": segno.make(address, error="m").svg_inline(omitsize=True, light="#fff", border=2),
        "groups": [secret[start : start + 4] for start in range(0, len(secret), 4)],
    }
    return render(request, "accounts/add_application.html", context)


@own_protection_required
@require_POST
def remove_application(request: HttpRequest) -> HttpResponse:
    """Forget the application."""
    if protection.remove_application(request, actor=request.actor):
        messages.success(request, _("Cette application n'ouvre plus votre compte."))
    return redirect("accounts:protection")


@own_protection_required
@require_http_methods(["GET", "HEAD", "POST"])
def spare_codes(request: HttpRequest) -> HttpResponse:
    """Show the spare codes, to print or to copy; make new ones."""
    if not protection.factors_of(request.actor.account_id).any:
        return redirect("accounts:protection")
    if request.method == "POST":
        protection.make_spare_codes(request, actor=request.actor)
        return redirect(_spare_codes_then(request))
    codes = protection.spare_codes(request.actor.account_id)
    context = {
        "codes": [f"{code[:4]} {code[4:]}" for code in codes],
        "next": safe_way_back(request),
    }
    return render(request, "accounts/spare_codes.html", context)


def _added(request: HttpRequest, proof: Proof, words: str) -> HttpResponse:
    """Note the proof just given, and offer spare codes to someone who has none."""
    strength.note(request.session, proof)
    messages.success(request, words)
    if protection.spare_codes(request.actor.account_id):
        return redirect(safe_way_back(request))
    return redirect(_spare_codes_then(request))


def _spare_codes_then(request: HttpRequest) -> str:
    return f"{reverse('accounts:spare_codes')}?{urlencode({'next': safe_way_back(request)})}"
