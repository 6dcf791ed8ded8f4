"""Pages of the binder: its cover, a register, a row, the file of a document."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from espace.accounts.guard import gem_required, person_required
from espace.accounts.permissions import can, require
from espace.binder import actions, queries
from espace.binder.forms import RowForm
from espace.core.safe_files import CONTENT_TYPES
from espace.core.sandbox import UnreadableFile
from espace.core.uploads import is_too_big

NOT_WRITTEN = 422
edit = require_http_methods(["GET", "HEAD", "POST"])
SHOWN_IN_PLACE = ("jpg", "pdf")


@person_required
@gem_required
@require_safe
def cover(request: HttpRequest) -> HttpResponse:
    """Show the registers of the binder, and what ends soon."""
    actor, gem_id = request.actor, request.actor.gem_id
    soon = queries.soon(actor, gem_id) if can(actor, "binder.write", gem_id) else []
    context = {"parts": queries.cover(actor, gem_id), "soon": soon}
    return render(request, "binder/cover.html", context)


@person_required
@gem_required
@require_safe
def rows(request: HttpRequest, register: str) -> HttpResponse:
    """Show one register."""
    page = queries.page(request.actor, request.actor.gem_id, register)
    return render(request, "binder/register.html", {"page": page})


@person_required
@gem_required
@edit
def add(request: HttpRequest, register: str) -> HttpResponse:
    """Add a row."""
    actor, gem_id = request.actor, request.actor.gem_id
    one = queries.register(register)
    require(actor, "binder.write", gem_id)
    form = _form(request, register)
    if form.is_valid():
        key = form.cleaned_data["cle"]
        try:
            actions.add_row(**_who(request, form), key=key, sent=request.FILES.get("file"))
        except UnreadableFile as refusal:
            form.add_error("file", refusal.message_fr)
        else:
            messages.success(request, _("C'est dans le classeur."))
            return redirect("binder:rows", register)
    return _form_page(request, one, form)


@person_required
@gem_required
@edit
def change(request: HttpRequest, register: str, row_id: UUID) -> HttpResponse:
    """Change a row."""
    one = queries.register(register)
    row = queries.row(request.actor, request.actor.gem_id, register, row_id)
    form = _form(request, register, row)
    if form.is_valid():
        try:
            actions.change_row(**_who(request, form), row_id=row_id, sent=request.FILES.get("file"))
        except UnreadableFile as refusal:
            form.add_error("file", refusal.message_fr)
        else:
            messages.success(request, _("C'est changé."))
            return redirect("binder:rows", register)
    return _form_page(request, one, form)


@person_required
@gem_required
@require_POST
def remove(request: HttpRequest, register: str, row_id: UUID) -> HttpResponse:
    """Take a row out, put it back, or erase it for good."""
    gestures = {"remettre": actions.restore_row, "effacer": actions.erase_row}
    said = {
        "remettre": _("C'est remis dans le classeur."),
        "effacer": _("C'est effacé pour de bon."),
    }
    gesture = request.POST.get("geste", "")
    do = gestures.get(gesture, actions.remove_row)
    do(actor=request.actor, gem_id=request.actor.gem_id, slug=register, row_id=row_id)
    messages.success(
        request, said.get(gesture, _("C'est retiré. Vous pouvez le remettre, en bas de la page."))
    )
    return redirect("binder:rows", register)


@person_required
@gem_required
@require_safe
def file(request: HttpRequest, document_id: UUID) -> FileResponse:
    """Give the file of a document; nothing in it may run in the page."""
    document = queries.document(request.actor, request.actor.gem_id, document_id)
    kind = document.file_kind
    try:
        content = document.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    answer = FileResponse(
        content,
        as_attachment=kind not in SHOWN_IN_PLACE,
        filename=f"{document.kind}.{kind}",
        content_type=CONTENT_TYPES[kind],
    )
    answer["Cache-Control"] = "no-store"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def _form(request: HttpRequest, register: str, row: Any = None) -> RowForm:
    sent = request.method == "POST"
    gem_id = request.actor.gem_id
    form = RowForm(
        register,
        request.POST if sent else None,
        request.FILES if sent else None,
        today=queries.day_at(gem_id),
        choices=queries.choices(gem_id, register),
        row=row,
    )
    if sent and is_too_big(int(request.META.get("CONTENT_LENGTH") or 0)):
        form.add_error(None, _("Ce fichier dépasse 10 Mo. Le reste est gardé ci-dessous."))
    return form


def _who(request: HttpRequest, form: RowForm) -> dict[str, Any]:
    return {
        "actor": request.actor,
        "gem_id": request.actor.gem_id,
        "slug": form.slug,
        "values": form.values,
    }


def _form_page(request: HttpRequest, one: queries.Register, form: RowForm) -> HttpResponse:
    fields = [form[name] for name in form.names]
    context = {"register": one, "form": form, "fields": fields, "row": form.row}
    status = NOT_WRITTEN if form.is_bound else 200
    return render(request, "binder/row.html", context, status=status)
