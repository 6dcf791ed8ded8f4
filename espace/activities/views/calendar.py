"""The programme in telephones: a feed behind a secret address, and files for one's own calendar."""

import hashlib
from urllib.parse import urlsplit
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from espace.accounts.guard import gem_required
from espace.activities import calendars
from espace.activities.actions import calendar_link as actions
from espace.activities.queries import calendar as queries


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Give a GEM's programme to whoever has its address; « not changed » costs one question."""
    found = queries.find_feed(token)
    etag = f'"{hashlib.sha256(f"{token}:{found.state}".encode()).hexdigest()[:32]}"'
    answer = get_conditional_response(request, etag=etag)
    if answer is None or answer.status_code != 304:
        answer = _file(calendars.calendar_file(queries.feed_calendar(found)), "programme.ics")
    answer["ETag"] = etag
    answer["Cache-Control"] = "private, no-cache"
    answer["X-Robots-Tag"] = "noindex"
    return answer


@gem_required
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest) -> HttpResponse:
    """Show how a telephone follows the programme; make the address, or give it another one."""
    who = {"actor": request.actor, "gem_id": request.actor.gem_id}
    if request.method == "POST":
        if request.POST.get("geste") == "changer":
            actions.renew_calendar_link(**who)
            messages.success(request, _("Le lien est changé. L'ancien ne marche plus."))
        else:
            actions.make_calendar_link(**who)
            messages.success(request, _("Le lien est prêt."))
        return redirect("activities:calendar_link")
    shown = queries.link_of(request.actor, request.actor.gem_id)
    context: dict[str, object] = {"link": shown}
    if shown:
        address = request.build_absolute_uri(reverse("activities:feed", args=[shown.token]))
        webcal = f"webcal://{urlsplit(address).netloc}{urlsplit(address).path}"
        context |= {"address": address, "webcal": webcal, "drawing": calendars.qr_drawing(webcal)}
    return render(request, "activities/calendar_link.html", context)


@gem_required
@require_safe
def activity_file(request: HttpRequest, activity_id: UUID) -> HttpResponse:
    """Give one activity to put in one's own calendar."""
    one = queries.one_activity(request.actor, request.actor.gem_id, activity_id)
    return _file(calendars.calendar_file(one), "activite.ics")


@gem_required
@require_safe
def series_file(request: HttpRequest, series_id: UUID) -> HttpResponse:
    """Give what comes back, with its rule, to put in one's own calendar."""
    one = queries.one_series(request.actor, request.actor.gem_id, series_id)
    return _file(calendars.series_file(one), "activite-qui-revient.ics")


def _file(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=calendars.CONTENT_TYPE)
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer
