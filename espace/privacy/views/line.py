"""The data of someone of the roll, to be printed by their GEM."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from espace.accounts.guard import gem_required, person_required
from espace.privacy.actions.opening import note_line_opened
from espace.privacy.queries.data import line_data
from espace.privacy.views.mine import shown_rows


@person_required
@gem_required
@require_safe
def line(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Show what the GEM keeps on a person; ``avec=dit`` adds what they said of age and gender."""
    with_answers = request.GET.get("avec") == "dit"
    note_line_opened(actor=request.actor, person_id=person_id, with_answers=with_answers)
    found = line_data(request.actor, person_id, with_answers=with_answers)
    return render(
        request,
        "privacy/line.html",
        {"line": found, "data": found.data, "shown": shown_rows(request)},
    )
