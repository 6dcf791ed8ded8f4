"""The poster of a week: a page that prints well, and a PDF in one tap."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from espace.accounts.guard import gem_required
from espace.accounts.permissions import can
from espace.activities.printing.poster import poster_pdf, poster_words
from espace.activities.queries.calendar import link_of
from espace.activities.queries.poster import poster_week
from espace.activities.rules.moments import days_before, parse_week, week_code


@gem_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show the week as it will hang on the door."""
    asked = request.GET.get("semaine", "")
    monday = parse_week(asked)
    if asked and monday is None:
        return render(request, "activities/no_such_day.html", status=404)
    week = poster_week(request.actor, request.actor.gem_id, monday)
    context = {
        "poster": poster_words(week),
        "code": week_code(week.monday),
        "previous": week_code(days_before(week.monday, 7)),
        "following": week_code(days_before(week.monday, -7)),
    }
    return render(request, "activities/poster.html", context)


@gem_required
@require_safe
def pdf(request: HttpRequest) -> HttpResponse:
    """Give the poster of a week; this week when none is said."""
    asked = request.GET.get("semaine", "")
    monday = parse_week(asked)
    if asked and monday is None:
        return render(request, "activities/no_such_day.html", status=404)
    week = poster_week(request.actor, request.actor.gem_id, monday)
    answer = HttpResponse(poster_pdf(week, _address(request)), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="affiche-{week_code(week.monday)}.pdf"'
    return answer


def _address(request: HttpRequest) -> str:
    """Return where a telephone follows the programme, "" before someone makes that address."""
    gem_id = request.actor.gem_id
    if not can(request.actor, "activities.follow_programme", gem_id):
        return ""
    link = link_of(request.actor, gem_id)
    return f"{settings.SITE_URL}{reverse('activities:feed', args=[link.token])}" if link else ""
