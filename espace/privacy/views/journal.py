"""« Le journal du GEM » : who did what, in plain French."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from espace.accounts.guard import gem_required, person_required
from espace.privacy.queries.journal import gem_journal
from espace.privacy.rules.months import month_named


@person_required
@gem_required
@require_safe
def journal(request: HttpRequest) -> HttpResponse:
    """Show the journal; ``mois`` and ``sorte`` choose, ``page`` goes on."""
    month = month_named(request.GET.get("mois", ""))
    matter = request.GET.get("sorte", "")
    found = gem_journal(
        request.actor,
        request.actor.gem_id,
        month=month,
        matter=matter,
        page=request.GET.get("page", "1"),
    )
    context = {"journal": found, "month": month, "matter": matter}
    return render(request, "privacy/journal.html", context)
