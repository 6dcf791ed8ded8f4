"""One's own account, and what one typed before a session ended."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from espace.accounts import actions, drafts, queries
from espace.accounts.forms import AccountForm
from espace.accounts.guard import known_required, signed_in_required


@signed_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_account(request: HttpRequest) -> HttpResponse:
    """Show and change one's first name, initial and pictogram."""
    form = AccountForm(request.POST or None, instance=queries.own_account(request.actor))
    if request.method == "POST" and form.is_valid():
        actions.update_own_account(actor=request.actor, **form.cleaned_data)
        messages.success(request, _("C'est enregistré."))
        return redirect("accounts:own_account")
    return render(request, "accounts/own_account.html", {"form": form})


@known_required
@require_http_methods(["GET", "HEAD", "POST"])
def kept_form(request: HttpRequest) -> HttpResponse:
    """Offer to send again what was typed before the session ended, or to drop it."""
    if request.method == "POST":
        drafts.forget(request)
        messages.success(request, _("La saisie gardée est effacée."))
        return redirect(settings.LOGIN_REDIRECT_URL)
    draft = drafts.held(request)
    return render(request, "accounts/kept_form.html", {"draft": draft})
