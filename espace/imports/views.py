"""Pages of the imports: a file, what was understood, what would change, the result."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from espace.accounts.guard import gem_required, person_required
from espace.accounts.permissions import require
from espace.core.clock import now
from espace.core.uploads import is_too_big
from espace.governance.actions.budget import take_back_budget
from espace.governance.choices.money import Category
from espace.governance.queries.budget import brought
from espace.groups.queries.gem_facts import today_of
from espace.imports.actions import budget as budgets
from espace.imports.actions import confirm as confirming
from espace.imports.actions import intake
from espace.imports.choices import State
from espace.imports.forms import (
    SORTS,
    AnswersForm,
    BudgetFileForm,
    BudgetYearForm,
    FileForm,
    most_megabytes,
    too_big_message,
)
from espace.imports.queries.previews import preview
from espace.imports.queries.records import (
    find_batch,
    given_answers,
    history,
    is_undoable,
    result_page,
)
from espace.imports.reading import Kind, UnreadableFile
from espace.imports.reading.budgetlines import BudgetRead
from espace.ui import respond

BUSY = (State.READING, State.WORKING, State.STOPPING)
STOP_POLLING = 286
UNCHANGED = 204
MOST_NAMES = ":200"
REVIEWS = {
    Kind.MEMBERS: "imports/review_members.html",
    Kind.PROGRAMME: "imports/review_programme.html",
    Kind.CALENDAR: "imports/review_programme.html",
}
SORT = "sorte"


@gem_required
@require_http_methods(["GET", "HEAD", "POST"])
def home(request: HttpRequest) -> HttpResponse:
    """Choose a file, and say what it is when we guessed wrong; read it at once when small."""
    require(request.actor, "imports.bring_records", request.actor.gem_id)
    sort = request.GET.get(SORT)
    form = FileForm(sort=sort)
    if request.method == "POST":
        form = FileForm(request.POST, request.FILES, sort=sort)
        brought = _bring(request, form)
        if brought is not None:
            return redirect("imports:batch", batch_id=brought)
    batches = history(request.actor, request.actor.gem_id)
    context = {
        "form": form,
        "batches": batches,
        "most_megabytes": most_megabytes(),
        "says_sort": sort is not None,
        "address": request.get_full_path() if sort in ("", *SORTS) else request.path,
    }
    return render(request, "imports/home.html", context, status=422 if form.errors else 200)


def _bring(request: HttpRequest, form: FileForm) -> UUID | None:
    """Return the id of the batch made from the form's file, or None with the form's errors set."""
    if is_too_big(int(request.META.get("CONTENT_LENGTH") or 0)):
        form.errors.clear()
        form.add_error("file", too_big_message())
        return None
    if not form.is_valid():
        return None
    file = form.cleaned_data["file"]
    try:
        made = intake.receive_file(
            actor=request.actor,
            gem_id=request.actor.gem_id,
            chunks=file.chunks(),
            size=file.size,
            kind=form.kind(),
        )
    except UnreadableFile as refusal:
        form.add_error("file", refusal.message_fr)
        return None
    return made.pk


@person_required
@require_safe
def batch(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Show where this import is: being read, understood, being added, added, taken back."""
    found = _find(request, batch_id)
    if found.state in BUSY:
        return _progress(request, found)
    if request.headers.get("HX-Request") == "true":
        part = render(request, "imports/parts/over.html", {"batch": found})
        part.status_code = STOP_POLLING
        return part
    if found.state == State.DRAFT:
        return _understood(request, found)
    context = {
        "batch": found,
        "page": result_page(found),
        "undoable": is_undoable(found, now()),
        "sorts": _others(found.kind) if found.state == State.FAILED else (),
    }
    return render(request, "imports/result.html", context)


@person_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Keep the answers of the draft, then show what would be added."""
    found = _find(request, batch_id)
    shown = preview(found) if found.state == State.DRAFT else None
    if shown is None or request.method != "POST":
        return redirect("imports:batch", batch_id=found.pk)
    form = AnswersForm(shown.questions, given_answers(found, shown.reading), request.POST)
    if not form.is_valid():
        return _understood(request, found, form)
    intake.answer_questions(actor=request.actor, batch=found, answers=form.answers())
    return redirect("imports:review", batch_id=found.pk)


@person_required
@require_safe
def review(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Say what would be added, before adding it."""
    found = _find(request, batch_id)
    shown = preview(found) if found.state == State.DRAFT else None
    if shown is None:
        return redirect("imports:batch", batch_id=found.pk)
    context = {"batch": found, "preview": shown, "most_names": MOST_NAMES}
    page = REVIEWS.get(shown.reading.kind, "imports/review_attendance.html")
    return render(request, page, context)


@person_required
@require_POST
def confirm(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Add the draft to the sheets."""
    found = _find(request, batch_id)
    confirming.confirm_import(actor=request.actor, batch=found)
    return redirect("imports:batch", batch_id=found.pk)


@person_required
@require_POST
def stop(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Give up: a draft is erased, rows being added are taken back.

    When the person says what the file is instead, they choose it again: it was not kept.
    """
    found = _find(request, batch_id)
    confirming.give_up(actor=request.actor, batch=found)
    sort = request.POST.get(SORT, "")
    if sort in SORTS:
        return redirect(f"{reverse('imports:home')}?{SORT}={sort}")
    return redirect("imports:batch", batch_id=found.pk)


@person_required
@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Say what taking back removes, then do it."""
    found = _find(request, batch_id)
    if request.method == "POST":
        confirming.undo_import(actor=request.actor, batch=found)
    elif is_undoable(found, now()):
        return render(request, "imports/undo.html", {"batch": found, "page": result_page(found)})
    return redirect("imports:batch", batch_id=found.pk)


def _find(request: HttpRequest, batch_id: UUID) -> Any:
    found = find_batch(request.actor, batch_id)
    if found is None:
        raise Http404
    return found


def _others(kind: str) -> list[tuple[str, Any]]:
    """What the file may be instead: (word of the address, sentence); nothing for an agenda."""
    if kind == Kind.CALENDAR:
        return []
    return [(slug, said) for slug, (other, said) in SORTS.items() if other != kind]


def _understood(request: HttpRequest, found: Any, form: AnswersForm | None = None) -> HttpResponse:
    shown = preview(found)
    if shown is None:
        context = {"batch": found, "page": result_page(found), "undoable": False, "sorts": ()}
        return render(request, "imports/result.html", context)
    asked = form or AnswersForm(shown.questions, given_answers(found, shown.reading))
    context = {"batch": found, "preview": shown, "form": asked, "sorts": _others(found.kind)}
    return render(request, "imports/understood.html", context, status=422 if asked.errors else 200)


def _progress(request: HttpRequest, found: Any) -> HttpResponse:
    """The waiting page; to htmx, nothing while the tenth of the work is the same."""
    tenth = found.progress_done * 10 // (found.progress_total or 1)
    mark = f"{found.state}-{tenth}"
    if request.headers.get("HX-Request") == "true" and request.GET.get("vu") == mark:
        return HttpResponse(status=UNCHANGED)
    context = {"batch": found, "mark": mark, "stalled": confirming.is_stalled(found)}
    return respond(request, "imports/progress.html", "imports/parts/progress.html", context)


# --- A budget: read, shown, written, taken back ---


@gem_required
@require_http_methods(["GET", "HEAD", "POST"])
def budget(request: HttpRequest) -> HttpResponse:
    """Choose a budget, see what was read, say yes."""
    actor, gem_id = request.actor, request.actor.gem_id
    require(actor, "governance.write_money", gem_id)
    if "lignes" in request.POST:
        return _write_budget(request)
    form = BudgetFileForm()
    if request.method == "POST":
        form = BudgetFileForm(request.POST, request.FILES)
        read = _read_budget(request, form)
        if read is not None:
            return _budget_page(request, read)
    context = {"form": form, "brought": brought(actor, gem_id)}
    status = 422 if form.errors else 200
    return render(request, "imports/budget.html", context, status=status)


def _read_budget(request: HttpRequest, form: BudgetFileForm) -> BudgetRead | None:
    if is_too_big(int(request.META.get("CONTENT_LENGTH") or 0)):
        form.errors.clear()
        form.add_error("file", too_big_message())
        return None
    if not form.is_valid():
        return None
    chunks = form.cleaned_data["file"].chunks()
    try:
        read = budgets.read_file(actor=request.actor, gem_id=request.actor.gem_id, chunks=chunks)
    except UnreadableFile as refusal:
        form.add_error("file", refusal.message_fr)
        return None
    if read.rows:
        return read
    form.add_error("file", _("Nous n'avons pas trouvé de lignes avec « prévu » ou « réalisé »."))
    return None


def _budget_page(
    request: HttpRequest, read: BudgetRead, form: BudgetYearForm | None = None
) -> HttpResponse:
    if form is None:
        running = today_of(request.actor.gem_id).year
        start = {
            "annee": read.year or running,
            "lignes": budgets.carried(read.rows),
            "cle": uuid4(),
        }
        form = BudgetYearForm(initial=start, years=_years(request))
    lines = [(row, Category(row.category).label) for row in read.rows]
    context = {"read": read, "lines": lines, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "imports/review_budget.html", context, status=status)


def _write_budget(request: HttpRequest) -> HttpResponse:
    form = BudgetYearForm(request.POST, years=_years(request))
    try:
        rows = budgets.read_carried(request.POST["lignes"])
    except budgets.StaleError:
        messages.warning(request, _("Cette page est trop ancienne. Choisissez le fichier encore."))
        return redirect("imports:budget")
    if not form.is_valid():
        read = BudgetRead(None, tuple(rows), (), ())
        return _budget_page(request, read, form)
    year = form.cleaned_data["annee"]
    new, known = budgets.write_budget(
        actor=request.actor,
        gem_id=request.actor.gem_id,
        rows=rows,
        year=year,
        key=form.cleaned_data["cle"],
    )
    said = ngettext("%(n)s ligne ajoutée.", "%(n)s lignes ajoutées.", new) % {"n": new}
    if known:
        already = ngettext("%(n)s y était déjà.", "%(n)s y étaient déjà.", known) % {"n": known}
        said = f"{said} {already}"
    messages.success(request, said)
    return redirect(f"{reverse('governance:budget')}?annee={year}")


def _years(request: HttpRequest) -> list[int]:
    running = today_of(request.actor.gem_id).year
    return list(range(running + 1, running - 6, -1))


@gem_required
@require_POST
def undo_budget(request: HttpRequest, brought_id: UUID) -> HttpResponse:
    """Take back the lines that a file brought."""
    gone = take_back_budget(actor=request.actor, gem_id=request.actor.gem_id, batch_id=brought_id)
    said = ngettext("%(n)s ligne retirée.", "%(n)s lignes retirées.", gone) % {"n": gone}
    messages.success(request, said)
    return redirect("imports:budget")
