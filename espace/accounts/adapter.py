"""How django-allauth behaves in this house."""

from collections.abc import Mapping
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from espace.accounts import journal
from espace.accounts.access import Actor
from espace.accounts.models import Account

THEIR_MAILS = "account/email/"
OUR_MAILS = "accounts/mail/"
NOTICES: Mapping[str, str | Promise] = {
    "account/messages/login_code_sent.txt": _(
        "Nous avons envoyé un message à cette adresse. Il arrive en une minute environ."
    ),
    "account/messages/logged_out.txt": _("Vous avez quitté Mon Espace. À bientôt."),
}


class AccountAdapter(DefaultAccountAdapter):
    """Nobody opens an account alone: a GEM invites, so that roles always come from the GEM."""

    error_messages: ClassVar[dict[str, str | Promise]] = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": _("Ce n'est pas le bon code. Regardez le dernier message reçu."),
        "too_many_login_attempts": _(
            "Beaucoup de codes ont été demandés. Attendez une heure, puis recommencez."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_stages(self) -> list[str]:
        """Leave the library's second step out: ours is asked when a role needs it."""
        return ["allauth.account.stages.LoginByCodeStage"]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send our own words in place of the library's."""
        super().send_mail(template_prefix.replace(THEIR_MAILS, OUR_MAILS), email, context)

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say the two things worth saying; the library's other notices are left out."""
        text = message or NOTICES.get(message_template or "")
        if text:
            super().add_message(request, level, extra_tags=extra_tags, message=str(text))

    def pre_login(self, request: HttpRequest, user: Account, **more: Any) -> HttpResponse | None:
        """On the GEM's own tablet one enters by a card only, whatever the library was asked."""
        if request.actor.device_id is not None:
            clear_login(request)
            return redirect("account_login")
        answer: HttpResponse | None = super().pre_login(request, user, **more)
        return answer

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """Leave the tablet on its start page."""
        if request.actor.device_id is not None:
            return str(settings.LOGIN_REDIRECT_URL)
        url: str = super().get_logout_redirect_url(request)
        return url

    def login(self, request: HttpRequest, user: Account) -> None:
        """Open the session and write it in the journal."""
        super().login(request, user)
        journal.write(Actor(account_id=user.pk), "accounts.sign_in")


def safe_way_back(request: HttpRequest) -> str:
    """Return the page of ours named by ``next``; the home of the person without one."""
    back: str = request.POST.get("next") or request.GET.get("next") or ""
    return (
        back if back and AccountAdapter(request).is_safe_url(back) else settings.LOGIN_REDIRECT_URL
    )
