"""Entering with the account of one's institution: leaving for its provider, coming back."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from espace.accounts import actions, institution
from espace.accounts.adapter import safe_way_back
from espace.accounts.choices import Proof
from espace.accounts.guard import not_on_tablet
from espace.accounts.institution import InstitutionError, Provider, Trouble
from espace.accounts.opening import open_session


@require_safe
@not_on_tablet
def leave_for_it(request: HttpRequest) -> HttpResponse:
    """Lead to the provider of the institution."""
    chosen = _provider()
    try:
        way = institution.start(chosen, request.session, safe_way_back(request), _callback())
    except InstitutionError as error:
        return _stopped(request, chosen, error.trouble.value)
    return HttpResponseRedirect(way)


@require_safe
@not_on_tablet
def come_back(request: HttpRequest) -> HttpResponse:
    """Receive someone from the provider: an account they are linked to, or that waits for them."""
    chosen = _provider()
    try:
        arrival = institution.arrive(chosen, request.session, request.GET.dict(), _callback())
        account_id = actions.account_of_institution(arrival.issuer, arrival.subject)
        if account_id is None:
            email = institution.verified_email(chosen, arrival)
            account_id = actions.link_institution(arrival.issuer, arrival.subject, email)
    except InstitutionError as error:
        return _stopped(request, chosen, error.trouble.value)
    if account_id is None:
        return _stopped(request, chosen, "unknown", status=403)
    proof = Proof.PROVIDER_STRONG if arrival.strong else Proof.PROVIDER
    open_session(request, account_id, proof)
    return redirect(arrival.back)


def _provider() -> Provider:
    chosen = institution.provider()
    if chosen is None:
        raise Http404
    return chosen


def _callback() -> str:
    return settings.SITE_URL + reverse("accounts:institution_back")


def _stopped(request: HttpRequest, chosen: Provider, trouble: str, status: int = 0) -> HttpResponse:
    """Say what happened, that nothing is lost, and what to do."""
    context = {"trouble": trouble, "name": chosen.name, "next": safe_way_back(request)}
    known = {Trouble.DOWN.value: 503}
    return render(
        request, "accounts/institution.html", context, status=status or known.get(trouble, 403)
    )
