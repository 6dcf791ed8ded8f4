"""One's own e-mail address: another one, and the way back for someone whose address changed."""

from smtplib import SMTPException

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from espace.accounts import actions, address, queries
from espace.accounts.address import Checked
from espace.accounts.forms import AddressCodeForm, NewAddressForm
from espace.accounts.guard import own_protection_required
from espace.accounts.sessions import handle_of


@require_safe
def changed(request: HttpRequest) -> HttpResponse:
    """Say how to come back when one's address changed."""
    return render(request, "accounts/address_changed.html")


@own_protection_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_address(request: HttpRequest) -> HttpResponse:
    """Ask for the new address, and send it a code."""
    form = NewAddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        key = f"address-{request.actor.account_id}"
        if not ratelimit.consume(
            request, app="allauth.account", action="request_login_code", key=key
        ):
            form.add_error(None, _("Beaucoup de codes ont été demandés. Attendez une heure."))
        else:
            try:
                address.ask(request, email)
                return redirect("accounts:address_code")
            except (OSError, SMTPException):
                words = _("Le message n'est pas parti. Réessayez dans quelques minutes.")
                form.add_error(None, words)
    context = {"form": form, "current": queries.own_account(request.actor).email}
    return render(request, "accounts/own_address.html", context)


@own_protection_required
@require_http_methods(["GET", "HEAD", "POST"])
def address_code(request: HttpRequest) -> HttpResponse:
    """Check the code sent to the new address."""
    form = AddressCodeForm(request.POST or None)
    if not address.asked(request):
        return redirect("accounts:own_address")
    if request.method == "POST" and form.is_valid():
        done = address.check(request, actor=request.actor, code=form.cleaned_data["code"])
        if done is Checked.DONE:
            if here := handle_of(request.session):
                actions.close_other_sessions(actor=request.actor, kept=here)
            messages.success(request, _("Votre nouvelle adresse est enregistrée."))
            return redirect("accounts:own_account")
        if done is Checked.OVER:
            messages.warning(request, _("Ce code ne sert plus. Demandez-en un autre."))
            return redirect("accounts:own_address")
        form.add_error("code", _("Ce n'est pas le bon code. Regardez le dernier message reçu."))
    context = {"form": form, "email": address.asked(request)}
    return render(request, "accounts/address_code.html", context)
