"""« Ouvrir mon GEM »: from a paper letter to the first elected person, without any account."""

from datetime import datetime, timedelta
from uuid import UUID

from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from espace.accounts import strength
from espace.accounts.access import GEM_IN_HAND
from espace.accounts.choices import Proof
from espace.accounts.guard import gem_required, person_required
from espace.accounts.opening import open_session
from espace.core.clock import now
from espace.groups.actions.letters import LetterError, Opened, open_gem
from espace.groups.forms.opening import (
    ELECTED,
    EMPLOYEE,
    NOT_OURS,
    FirstElectedForm,
    OurGemForm,
    WordsForm,
)
from espace.groups.queries.opening import Letter, letter_by_id, letter_shown
from espace.groups.rules.letters import LetterState

SHOWN = "letter"
OPENED = "opened_gem"
HELD_FOR = timedelta(minutes=30)
LIMIT = "opening_letter"


@require_http_methods(["GET", "HEAD", "POST"])
def words(request: HttpRequest) -> HttpResponse:
    """Ask for the words of the letter, or read its square code."""
    if OPENED in request.session and request.method != "POST":
        return redirect("groups:opening_done")
    form = WordsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not ratelimit.consume(request, action=LIMIT):
            form.add_error(
                None,
                _("Beaucoup d'essais ont été faits d'ici. Attendez une heure, puis recommencez."),
            )
            return render(request, "groups/opening/words.html", {"form": form}, status=429)
        letter = letter_shown(request.actor, **form.cleaned_data)
        if letter is None:
            form.add_error("words", _("Ce ne sont pas les mots d'une lettre. Vérifiez chaque mot."))
        elif not letter.opens:
            return _closed(request, letter.state)
        else:
            request.session[SHOWN] = [str(letter.id), now().isoformat()]
            return redirect("groups:opening_gem")
    status = 422 if form.errors else 200
    return render(request, "groups/opening/words.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def our_gem(request: HttpRequest) -> HttpResponse:
    """Ask whether it is their GEM, and who they are: an employee never opens."""
    letter = _held(request)
    if letter is None:
        return redirect("groups:opening")
    if not letter.opens:
        return _closed(request, letter.state)
    form = OurGemForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        who = form.cleaned_data["who"]
        if who == ELECTED and not letter.for_employee:
            return redirect("groups:opening_person")
        if who == NOT_OURS:
            del request.session[SHOWN]
        who = EMPLOYEE if letter.for_employee else who
        context = {"letter": letter, "who": who, "employee": who == EMPLOYEE}
        return render(request, "groups/opening/someone_else.html", context)
    context = {"letter": letter, "form": form}
    status = 422 if form.errors else 200
    return render(request, "groups/opening/our_gem.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest) -> HttpResponse:
    """Ask who opens, then open: the account, the first elected role, the session."""
    letter = _held(request)
    if letter is None:
        return redirect("groups:opening")
    if not letter.opens or letter.for_employee:
        return _closed(request, letter.state)
    signed_in = request.actor.account_id is not None
    form = FirstElectedForm(request.POST or None, signed_in=signed_in)
    if request.method == "POST" and form.is_valid():
        try:
            opened = open_gem(actor=request.actor, letter_id=letter.id, **form.values())
        except LetterError as refused:
            return _closed(request, refused.state)
        if opened is None:
            return redirect("groups:opening")
        return _come_in(request, opened)
    context = {"letter": letter, "form": form, "signed_in": signed_in}
    status = 422 if form.errors else 200
    return render(request, "groups/opening/person.html", context, status=status)


@require_safe
@person_required
@gem_required
def done(request: HttpRequest) -> HttpResponse:
    """Say « c'est ouvert », and the three things to do now."""
    context = {"cards": _address("cards:cards")}
    return render(request, "groups/opening/done.html", context)


def _come_in(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Open the session of a new account; the letter counts as a proof."""
    if opened.is_new_account:
        open_session(request, opened.account.pk)
    strength.note(request.session, Proof.LETTER, gem_id=opened.gem_id)
    request.session.pop(SHOWN, None)
    request.session[OPENED] = request.session[GEM_IN_HAND] = str(opened.gem_id)
    if not opened.address_kept:
        messages.warning(
            request,
            _("Cette adresse e-mail n'est pas gardée. Imprimez votre carte d'accès pour revenir."),
        )
    return redirect("groups:opening_done")


def _held(request: HttpRequest) -> Letter | None:
    """Return the letter shown in this browser within the last half hour."""
    shown = request.session.get(SHOWN)
    if not shown or now() - datetime.fromisoformat(shown[1]) > HELD_FOR:
        return None
    return letter_by_id(request.actor, UUID(shown[0]))


def _closed(request: HttpRequest, state: LetterState | None) -> HttpResponse:
    """Say kindly why the letter opens nothing, and who to ask: only to who holds its words."""
    request.session.pop(SHOWN, None)
    used = state in (LetterState.USED, None)
    context = {"used": used, "expired": state is LetterState.EXPIRED}
    return render(request, "groups/opening/no_more.html", context, status=409)


def _address(name: str) -> str:
    """Return the address of a page, "" while it does not exist."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
