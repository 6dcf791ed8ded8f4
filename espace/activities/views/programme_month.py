"""The programme of a month, on a screen and on one sheet."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from espace.accounts.guard import gem_required
from espace.activities.queries.programme_month import programme_of_month
from espace.activities.views.addresses import with_month


@gem_required
@require_safe
@with_month
def month(request: HttpRequest, first: date) -> HttpResponse:
    """Show a month: a list of days on a telephone, a calendar on a wide screen and on paper."""
    shown = programme_of_month(request.actor, request.actor.gem_id, first)
    return render(request, "activities/programme_month.html", {"month": shown})
