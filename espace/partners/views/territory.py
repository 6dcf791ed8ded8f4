"""« Mon territoire » : a page, its method, and the same numbers as files."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from espace.accounts.guard import person_required
from espace.accounts.permissions import can
from espace.core import spreadsheets
from espace.indicators.rules import PeriodError
from espace.partners import campaign, queries
from espace.partners.exporting import sheet_of
from espace.partners.permissions import INBOX
from espace.partners.printing import territory_pdf

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@person_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the place of one's first mandate."""
    return _page(request, queries.first_place(request.actor).code)


@person_required
@require_safe
def territory(request: HttpRequest, place: str) -> HttpResponse:
    """Show one place of one's mandate."""
    return _page(request, place)


def _page(request: HttpRequest, place: str) -> HttpResponse:
    page, wrong = _read(request, place)
    context = {
        "page": page,
        "wrong_period": wrong,
        "years": queries.years(),
        "campaign": campaign.campaign_counts(request.actor, page.place),
        "may_see_inbox": can(request.actor, INBOX),
    }
    return render(request, "partners/territory.html", context, status=422 if wrong else 200)


def _read(request: HttpRequest, code: str) -> tuple[queries.TerritoryPage, bool]:
    where = queries.place_of(request.actor, code)
    try:
        period, wrong = queries.period_asked(request.GET.get("periode", "")), False
    except PeriodError:
        period, wrong = queries.period_asked(""), True
    return queries.territory_page(request.actor, where, period), wrong


@person_required
@require_safe
def method(request: HttpRequest) -> HttpResponse:
    """Say where numbers come from, and why some are hidden."""
    queries.first_place(request.actor)
    return render(request, "partners/method.html", {"measures": queries.measures_told()})


@person_required
@require_safe
def as_csv(request: HttpRequest, place: str) -> HttpResponse:
    return _file(request, place, lambda page: spreadsheets.as_csv(sheet_of(page)), "csv", CSV)


@person_required
@require_safe
def as_xlsx(request: HttpRequest, place: str) -> HttpResponse:
    return _file(request, place, lambda page: spreadsheets.as_xlsx(sheet_of(page)), "xlsx", XLSX)


@person_required
@require_safe
def as_pdf(request: HttpRequest, place: str) -> HttpResponse:
    return _file(request, place, territory_pdf, "pdf", "application/pdf")


def _file(
    request: HttpRequest,
    code: str,
    write: Callable[[queries.TerritoryPage], bytes],
    ending: str,
    kind: str,
) -> HttpResponse:
    page, wrong_period = _read(request, code)
    if wrong_period:
        # A file is kept and passed on: it must not be of another period than its address says.
        raise Http404
    response = HttpResponse(write(page), content_type=kind)
    name = f"territoire-{page.place.code}-{page.period}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
