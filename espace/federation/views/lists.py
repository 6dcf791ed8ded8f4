"""The federation's list: choose the file, see what it would do, confirm, take back."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from espace.accounts.guard import person_required
from espace.accounts.permissions import require
from espace.core.uploads import is_too_big
from espace.federation.actions import lists
from espace.federation.choices import ListState
from espace.federation.forms import ListForm, too_big_message
from espace.federation.queries import network as queries
from espace.federation.rules.reporting import first_lines
from espace.imports.actions.tables import UnreadableFile

SHOWN = 20
LONG = ("new", "known", "updated", "proposals", "refused", "merged_communes", "unread")


@require_http_methods(["GET", "HEAD", "POST"])
@person_required
def bring(request: HttpRequest) -> HttpResponse:
    """Choose a list; nothing is added yet."""
    require(request.actor, "groups.run_network")
    form = ListForm()
    if request.method == "POST":
        form = ListForm(request.POST, request.FILES)
        brought = _bring(request, form)
        if brought is not None:
            return redirect("federation:list", brought)
    context = {"form": form, "lists": queries.lists(request.actor)}
    return render(request, "federation/bring.html", context, status=422 if form.errors else 200)


@require_safe
@person_required
def one(request: HttpRequest, list_id: UUID) -> HttpResponse:
    """Say what a draft would do, or what a list did."""
    kept = _find(request, list_id)
    draft = kept.state == ListState.DRAFT
    said = queries.preview(request.actor, kept) if draft else kept.report
    context = {
        "kept": kept,
        "said": _shortened(said),
        "undoable": lists.is_undoable(kept=kept),
    }
    page = "federation/preview.html" if draft else "federation/result.html"
    return render(request, page, context)


@require_POST
@person_required
def confirm(request: HttpRequest, list_id: UUID) -> HttpResponse:
    """Add the draft; the lines ticked are other GEM than those of the same name."""
    kept = _find(request, list_id)
    ticked = [int(each) for each in request.POST.getlist("autre") if each.isdecimal()]
    lists.confirm_list(actor=request.actor, list_id=kept.pk, distinct=ticked)
    return redirect("federation:list", kept.pk)


@require_POST
@person_required
def give_up(request: HttpRequest, list_id: UUID) -> HttpResponse:
    """Give a draft up."""
    kept = _find(request, list_id)
    lists.give_up_list(actor=request.actor, list_id=kept.pk)
    return redirect("federation:bring")


@require_POST
@person_required
def undo(request: HttpRequest, list_id: UUID) -> HttpResponse:
    """Take back what a list added; it can be brought again."""
    kept = _find(request, list_id)
    lists.undo_list(actor=request.actor, list_id=kept.pk)
    return redirect("federation:list", kept.pk)


def _bring(request: HttpRequest, form: ListForm) -> UUID | None:
    """Return the id of the draft made from the file, or None with the form's errors set."""
    if is_too_big(int(request.META.get("CONTENT_LENGTH") or 0)):
        form.errors.clear()
        form.add_error("file", too_big_message())
        return None
    if not form.is_valid():
        return None
    try:
        return lists.receive_list(actor=request.actor, chunks=form.cleaned_data["file"].chunks())
    except UnreadableFile as refusal:
        form.add_error("file", refusal.message_fr)
    except lists.NotAListError as refusal:
        form.add_error("file", refusal.message)
    return None


def _find(request: HttpRequest, list_id: UUID) -> Any:
    kept = queries.find_list(request.actor, list_id)
    if kept is None:
        raise Http404
    return kept


def _shortened(said: Any) -> dict[str, Any]:
    """Return the report with its long parts cut, and how many lines are not shown."""
    shown = dict(said)
    for name in LONG:
        if name in shown:
            shown[name], shown[f"{name}_more"] = first_lines(shown[name], SHOWN)
    return shown
