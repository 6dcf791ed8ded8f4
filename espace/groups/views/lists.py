"""The GEM's lists, to take away as spreadsheets."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from espace.accounts import opened
from espace.accounts.guard import gem_required, person_required
from espace.accounts.permissions import require
from espace.core.spreadsheets import as_csv, as_xlsx
from espace.groups import lists
from espace.groups.actions.archive import make_archive

WRITERS = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "xlsx": (as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


@person_required
@gem_required
@require_safe
def all_lists(request: HttpRequest) -> HttpResponse:
    """Show the lists one may take, each in two formats."""
    found = lists.lists_for(request.actor, request.actor.gem_id)
    return render(request, "groups/lists/all.html", {"lists": found})


@person_required
@gem_required
@require_safe
def file(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """Give one list as a file."""
    one = lists.find(slug)
    if one is None or form not in WRITERS:
        raise Http404
    require(request.actor, one.permission, request.actor.gem_id)
    opened.note(request.actor, "groups.take_list", gem_id=request.actor.gem_id, thing=slug)
    write, kind = WRITERS[form]
    answer = HttpResponse(write(one.make(request.actor, request.actor.gem_id)), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{one.slug}.{form}"'
    answer["Cache-Control"] = "no-store"
    return answer


@person_required
@gem_required
@require_POST
def everything(request: HttpRequest) -> FileResponse:
    """Give all that the GEM has here, as one archive."""
    archive = make_archive(actor=request.actor, gem_id=request.actor.gem_id)
    answer = FileResponse(
        archive, as_attachment=True, filename="notre-gem.zip", content_type="application/zip"
    )
    answer["Cache-Control"] = "no-store"
    return answer
