"""Pages open to everyone, the way in after signing in, and the pages that say what went wrong."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import conditional_page, require_safe

from espace.accounts.guard import (
    gem_required,
    to_second_step,
    waits_for_second_step,
    way_to_refused_form,
)
from espace.accounts.permissions import NotAllowed
from espace.activities.queries.access import is_on_duty_today
from espace.privacy.rules.retention import RULES
from espace.public.home import home_of
from espace.public.organisation import shelves_for

View = Callable[[HttpRequest], HttpResponse]


def open_page(view: View) -> View:
    """Let browsers keep a visitor's page and ask again with its tag; never a signed-in one."""

    @require_safe
    @conditional_page
    @wraps(view)
    def shown(request: HttpRequest) -> HttpResponse:
        response = view(request)
        if not request.actor.is_known:
            patch_cache_control(response, public=True, no_cache=True)
        patch_vary_headers(response, ["Cookie"])
        return response

    return shown


@open_page
def welcome(request: HttpRequest) -> HttpResponse:
    """Say what this place is, for whom, and how to enter."""
    return render(request, "public/welcome.html")


@open_page
def help_page(request: HttpRequest) -> HttpResponse:
    """Show how to do things in three lines each, how to print, whom to call."""
    return render(request, "public/help.html")


@open_page
def crisis(request: HttpRequest) -> HttpResponse:
    """Show whom to call now: no form, no count, no trace of who opens it."""
    return render(request, "public/crisis.html")


@open_page
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say honestly how accessible the pages are."""
    return render(request, "public/accessibility.html")


@open_page
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what is kept on whom, why, how long, and who answers for it."""
    return render(request, "public/privacy.html", {"rules": RULES})


@open_page
def legal(request: HttpRequest) -> HttpResponse:
    """Say who publishes these pages."""
    return render(request, "public/legal.html")


@open_page
def site_map(request: HttpRequest) -> HttpResponse:
    """List the pages."""
    return render(request, "public/site_map.html")


def home(request: HttpRequest) -> HttpResponse:
    """Lead each person to the page that waits for them."""
    if waits_for_second_step(request):
        return to_second_step(request)
    way = home_of(request.actor, on_duty=is_on_duty_today(request.actor))
    return redirect(way) if way else render(request, "public/coming.html")


@gem_required
@require_safe
def organisation(request: HttpRequest) -> HttpResponse:
    """Show every page that serves to run the GEM, to those who may open it."""
    shelves = list(shelves_for(request.actor))
    return render(request, "public/organisation.html", {"shelves": shelves})


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the page stayed open too long, and that the text typed is one « back » away."""
    came_from = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, request.is_secure())
    context = {"back": came_from if ours else "/", "kept": way_to_refused_form(request)}
    return render(request, "public/errors/form_expired.html", context, status=403)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say who can do what was asked, instead of a closed door."""
    who: Any = exception.who if isinstance(exception, NotAllowed) else ""
    return render(request, "public/errors/not_allowed.html", {"who": who}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is no page here, and where to go."""
    return render(request, "public/errors/not_found.html", status=404)


def not_understood(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that what was sent could not be read; drawn bare, as the request cannot be trusted."""
    return HttpResponse(render_to_string("public/errors/not_understood.html"), status=400)


def broken(request: HttpRequest) -> HttpResponse:
    """Say that the fault is ours; drawn without the database, which may be the one broken."""
    return HttpResponse(render_to_string("public/errors/broken.html"), status=500)
