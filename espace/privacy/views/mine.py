"""« Mes données » : everything kept on a person, on one page and in two files."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from espace.accounts.guard import signed_in_required
from espace.core.clock import now
from espace.privacy.actions.opening import note_copy_taken
from espace.privacy.queries.data import own_data
from espace.privacy.rules.file import ROWS_ON_A_PAGE, as_json

# The file carries its own style: it is read without us, and printed.
STYLE = (
    "body{font:18px/1.5 sans-serif;max-width:42rem;margin:2rem auto;padding:0 1rem;color:#111}"
    "h2{margin-top:2rem;border-top:1px solid #777;padding-top:1rem}"
    "dt{font-weight:700}dd{margin:0 0 .5rem}li{margin:.25rem 0}"
    "@media print{body{font-size:12pt;margin:0}h2{break-after:avoid}li{break-inside:avoid}}"
)


def shown_rows(request: HttpRequest) -> str:
    """Return what the page cuts its lists at, as the template reads it; nothing with ``tout``."""
    return "" if "tout" in request.GET else f":{ROWS_ON_A_PAGE}"


@signed_in_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Show everything kept on who is asking."""
    on_tablet = request.actor.device_id is not None
    context = {
        "data": own_data(request.actor),
        "on_tablet": on_tablet,
        "shown": shown_rows(request),
    }
    return render(request, "privacy/mine.html", context)


@signed_in_required
@require_safe
def as_json_file(request: HttpRequest) -> HttpResponse:
    """Give everything in one JSON file; never on the GEM's tablet, where it would stay."""
    if request.actor.device_id is not None:
        return redirect("privacy:mine")
    data = own_data(request.actor)
    note_copy_taken(actor=request.actor)
    held = as_json(data.parts, data.read, made_at=now())
    answer = JsonResponse(held, json_dumps_params={"ensure_ascii": False, "indent": 2})
    return _attached(answer, "mes-donnees.json")


@signed_in_required
@require_safe
def as_page_file(request: HttpRequest) -> HttpResponse:
    """Give everything in one page to keep or print; never on the GEM's tablet."""
    if request.actor.device_id is not None:
        return redirect("privacy:mine")
    context: dict[str, Any] = {
        "data": own_data(request.actor),
        "made_at": timezone.localtime(now()),
        "style": format_html("<style>{}</style>", STYLE),
    }
    note_copy_taken(actor=request.actor)
    return _attached(
        HttpResponse(render_to_string("privacy/file.html", context)), "mes-donnees.html"
    )


def _attached(answer: HttpResponse, name: str) -> HttpResponse:
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
