"""Entering and leaving."""

from smtplib import SMTPException
from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.stages import LoginByCodeStage, LoginStageController
from allauth.account.views import ConfirmLoginCodeView, LogoutView, RequestLoginCodeView
from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from espace.accounts import drafts, journal, protection, queries, strength, ways
from espace.accounts.access import NOBODY
from espace.accounts.adapter import AccountAdapter, safe_way_back
from espace.accounts.choices import Proof
from espace.accounts.forms import AskCodeForm, CodeForm, PasskeyForm
from espace.accounts.guard import not_on_tablet, signed_in_required


class EnterView(RequestLoginCodeView):
    """Asks for an e-mail address and sends a code; the answer never says who has an account."""

    form_class = AskCodeForm
    template_name = "accounts/enter.html"

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: Any) -> None:
        # Someone who mistyped their address may start again.
        return None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        actor = request.actor
        if actor.device_id is not None and actor.account_id is None:
            return self._on_tablet(request)
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)
        return answer

    def _on_tablet(self, request: HttpRequest) -> HttpResponse:
        """Nobody receives a code on the GEM's tablet: the mailbox left open may be anyone's."""
        context = {
            "people": queries.demonstration_people() if settings.DEMONSTRATION else [],
            "ways": ways.to_enter(request.actor),
            "back": safe_way_back(request),
        }
        return render(request, "accounts/enter_on_tablet.html", context)

    def form_valid(self, form: Form) -> HttpResponse:
        try:
            response: HttpResponse = super().form_valid(form)
            if form._user is None:
                # Also a mail: the same work, and a person who used another address learns it.
                email = form.cleaned_data["email"]
                AccountAdapter(self.request).send_mail("accounts/mail/unknown_account", email, {})
        except (OSError, SMTPException):
            form.add_error(None, _("Le message n'est pas parti. Réessayez dans quelques minutes."))
            return self.form_invalid(form)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        people = queries.demonstration_people() if settings.DEMONSTRATION else []
        return super().get_context_data(**kwargs) | {
            "people": people,
            "ways": ways.to_enter(self.request.actor),
            "kept": drafts.held(self.request),
        }


class CodeView(ConfirmLoginCodeView):
    """Checks the code: 30 minutes, 5 tries; then a new one must be asked for."""

    form_class = CodeForm
    template_name = "accounts/code.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        stage = LoginStageController.enter(request, LoginByCodeStage.key)
        if stage and stage.login.user is None:
            # The library looks for the account at each of its two readings of the session: an
            # address nobody has must take as long, or the time would tell who has an account.
            queries.look_for_nobody()
            queries.look_for_nobody()
        if stage and not self._still_opens(stage):
            messages.warning(request, _("Ce code n'ouvre plus rien. Demandez un autre code."))
            return self._start_again()
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    @staticmethod
    def _still_opens(stage: Any) -> bool:
        """Tell whether the code is fresh, and its address still the one of the account.

        Someone who lost a mailbox changes the address: a code asked before must die with it.
        """
        process = LoginCodeVerificationProcess(stage)
        asked, user = process.state.get("email", ""), stage.login.user
        return process.is_valid() and (user is None or asked.lower() == (user.email or "").lower())

    def form_valid(self, form: Form) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        if self.request.user.is_authenticated:
            strength.note(self.request.session, Proof.CODE)
        return response

    def form_invalid(self, form: Form) -> HttpResponse:
        journal.write(NOBODY, "accounts.code_refused")
        email = self._process.state.get("email", "")
        few = ratelimit.consume(
            self.request, app="allauth.account", action="login_failed", key=email.lower()
        )
        if self._process.record_invalid_attempt() and few:
            return self.render_to_response(self.get_context_data(form=form))
        self._process.abort()
        messages.warning(
            self.request,
            _("Ce code a été essayé trop de fois. Demandez un autre code."),
        )
        return self._start_again()

    def _start_again(self) -> HttpResponse:
        return HttpResponseRedirect(self.passthrough_next_url(reverse("account_login")))


@require_http_methods(["GET", "HEAD", "POST"])
@not_on_tablet
def enter_by_passkey(request: HttpRequest) -> HttpResponse:
    """Enter with a passkey alone: it says who comes, and asks for its person."""
    if request.user.is_authenticated:
        return redirect(safe_way_back(request))
    form = PasskeyForm(request.POST or None)
    refused = False
    if request.method == "POST":
        refused = True
        few = ratelimit.consume(request, app="allauth.mfa", action="webauthn_login")
        if few and form.is_valid():
            account = protection.shown_passkey(None, form.cleaned_data["credential"])
            if account is not None:
                AccountAdapter(request).login(request, account)
                strength.note(request.session, Proof.PASSKEY)
                return redirect(safe_way_back(request))
        journal.write(NOBODY, "accounts.passkey_refused")
    context = {
        "next": safe_way_back(request),
        "options": protection.passkey_to_show(None),
        "refused": refused,
        "to_enter": True,
    }
    return render(request, "accounts/show_passkey.html", context)


class LeaveView(LogoutView):
    """Closes the session, by POST only; GET asks first."""

    template_name = "accounts/leave.html"


enter = EnterView.as_view()
code = CodeView.as_view()
leave = LeaveView.as_view()


@require_POST
def enter_as(request: HttpRequest) -> HttpResponse:
    """Enter as one person of the demonstration network; there is no such page in production."""
    account = queries.demonstration_account(request.POST.get("role", ""))
    if not settings.DEMONSTRATION or account is None:
        raise Http404
    AccountAdapter(request).login(request, account)
    strength.note(request.session, Proof.DEMONSTRATION)
    return redirect(safe_way_back(request))


@signed_in_required
@require_POST
def enter_again(request: HttpRequest) -> HttpResponse:
    """Leave, then enter again to prove who one is; what was typed waits all the same."""
    back = safe_way_back(request)
    AccountAdapter(request).logout(request)
    return redirect(f"{settings.LOGIN_URL}?{urlencode({'next': back})}")
