"""The blank week sheet to print."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from espace.accounts import opened
from espace.accounts.guard import gem_required
from espace.activities.printing.week_sheet import week_sheet_pdf
from espace.activities.queries.programme import gem_today
from espace.activities.queries.week_sheet import week_sheet
from espace.activities.rules.moments import (
    days_before,
    monday_of,
    parse_week,
    week_code,
)


@gem_required
@require_safe
def week(request: HttpRequest) -> HttpResponse:
    """Describe the sheet and offer it for a week."""
    asked = request.GET.get("semaine", "")
    monday = parse_week(asked) if asked else monday_of(gem_today(request.actor.gem_id))
    if monday is None:
        return render(request, "activities/no_such_day.html", status=404)
    context = {
        "sheet": week_sheet(request.actor, request.actor.gem_id, monday),
        "code": week_code(monday),
        "previous": week_code(days_before(monday, 7)),
        "following": week_code(days_before(monday, -7)),
    }
    return render(request, "activities/paper_week.html", context)


@gem_required
@require_safe
def week_pdf(request: HttpRequest) -> HttpResponse:
    """Give the sheet of a week as a PDF: built in the request, it takes a fraction of a second."""
    monday = parse_week(request.GET.get("semaine", ""))
    if monday is None:
        return render(request, "activities/no_such_day.html", status=404)
    sheet = week_sheet(request.actor, request.actor.gem_id, monday)
    opened.note(request.actor, "activities.print_week", gem_id=request.actor.gem_id, thing=monday)
    pdf = HttpResponse(week_sheet_pdf(sheet), content_type="application/pdf")
    pdf["Content-Disposition"] = f'inline; filename="feuille-{week_code(monday)}.pdf"'
    return pdf
