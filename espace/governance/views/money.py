"""« L'argent du GEM », readable by everyone inside."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from espace.accounts.guard import gem_required
from espace.governance.printing.money import year_pdf
from espace.governance.queries.money import money_year
from espace.governance.views.meetings import pdf


@gem_required
@require_safe
def year(request: HttpRequest) -> HttpResponse:
    """Show a year of money; ``annee`` chooses another one."""
    shown = money_year(request.actor, request.actor.gem_id, request.GET.get("annee", ""))
    return render(request, "governance/money/year.html", {"money": shown})


@gem_required
@require_safe
def paper(request: HttpRequest) -> HttpResponse:
    """Give the readable accounts of a year, in large type."""
    shown = money_year(request.actor, request.actor.gem_id, request.GET.get("annee", ""))
    return pdf(year_pdf(request.actor.place, shown), "argent-du-gem.pdf")
