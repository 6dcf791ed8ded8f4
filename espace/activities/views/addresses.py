"""Days, weeks and months in addresses, and what a page says when one may not be written."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from espace.activities.rules.moments import parse_day, parse_month
from espace.activities.rules.sheet import DayState, NotNowError

View = Callable[..., HttpResponse]

WHY_NOT_NOW = {
    DayState.FUTURE: _("Ce jour n'est pas encore venu. Rien n'a été noté."),
    DayState.BEFORE_OPENING: _("Le GEM n'existait pas ce jour-là. Rien n'a été noté."),
    DayState.MONTH_FINISHED: _(
        "Ce mois est fini. Rien n'a été noté. Pour corriger, rouvrez le mois."
    ),
    DayState.NAMES_GONE: _(
        "Ce mois est trop ancien. Nous ne gardons plus ses prénoms. Rien n'a été noté."
    ),
}


def with_day(view: View) -> View:
    """Give the view a date; say plainly when there is no such day (31 February)."""
    return _with("day", parse_day, view)


def with_month(view: View) -> View:
    """Give the view the first day of a month; say plainly when there is no such month."""
    return _with("month", parse_month, view)


def _with(name: str, parse: Callable[[str], Any], view: View) -> View:
    @wraps(view)
    def parsed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        value = parse(kwargs.pop(name))
        if value is None:
            return render(request, "activities/no_such_day.html", status=404)
        return view(request, value, *args, **kwargs)

    return parsed


def told_when_not_now(view: View) -> View:
    """Lead back to the day's page, which says why it may not be written."""

    @wraps(view)
    def told(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except NotNowError as error:
            day = date_format(error.day, "l j F")
            messages.warning(request, f"{day.capitalize()} : {WHY_NOT_NOW[error.state]}")
            return back_to(request, reverse("activities:day", args=[error.day.isoformat()]))

    return told


def back_to(request: HttpRequest, url: str) -> HttpResponse:
    """Lead to ``url``: htmx would put a redirected page inside the part it swaps."""
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)
