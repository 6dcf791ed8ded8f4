"""The yearly campaign and the documents that GEM sent."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from espace.accounts.guard import person_required
from espace.accounts.permissions import can, require
from espace.core.spreadsheets import as_csv, as_xlsx
from espace.partners import actions, campaign, queries
from espace.partners.forms import PartForm, QuestionForm
from espace.partners.permissions import ANSWER, INBOX
from espace.reports.queries.files import notes, pdf_of, sheet_of
from espace.ui.respond import file_answer

NOT_WRITTEN = 422
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
edit = require_http_methods(["GET", "HEAD", "POST"])


@person_required
@require_safe
def year(request: HttpRequest, place: str) -> HttpResponse:
    """Show the campaign of a year in a place."""
    where = queries.place_of(request.actor, place)
    page = campaign.campaign(
        request.actor, where, campaign.year_asked(request.GET.get("annee", ""))
    )
    return render(request, "partners/campaign.html", {"page": page})


@person_required
@require_safe
def tables(request: HttpRequest, place: str, kind: str) -> HttpResponse:
    """Give one row for each table that was sent, as XLSX or CSV."""
    where = queries.place_of(request.actor, place)
    wanted = campaign.year_asked(request.GET.get("annee", ""))
    made = campaign.sheet(request.actor, where, wanted)
    content, kind_of = (as_xlsx(made), XLSX) if kind == "xlsx" else (as_csv(made), "text/csv")
    return file_answer(content, kind_of, f"bilans-{wanted}-{place}.{kind}")


@person_required
@edit
def part(request: HttpRequest, place: str) -> HttpResponse:
    """Write what the ARS says of its own year."""
    where = queries.place_of(request.actor, place)
    wanted = campaign.year_asked(request.GET.get("annee", ""))
    said = campaign.part(request.actor, where, wanted)
    form = PartForm(said, request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.write_part(actor=request.actor, place=where, year=wanted, values=form.cleaned_data)
        messages.success(request, _("C'est gardé. Vous pouvez le changer."))
        answer = redirect("partners:campaign", place)
        answer["Location"] += f"?annee={wanted}"
        return answer
    context = {"place": where, "year": wanted, "form": form}
    status = NOT_WRITTEN if form.is_bound else 200
    return render(request, "partners/part.html", context, status=status)


@person_required
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Show every document that GEM sent to this partner."""
    require(request.actor, INBOX)
    return render(request, "partners/inbox.html", {"lines": campaign.inbox(request.actor)})


@person_required
@require_safe
def document(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """Show a document that was sent."""
    return _document(request, version_id, QuestionForm())


@person_required
@require_POST
def receipt(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """Tell the GEM that its document arrived."""
    actions.note_receipt(actor=request.actor, version_id=version_id)
    messages.success(request, _("Le GEM sait que vous l'avez reçu."))
    return redirect("partners:document", version_id)


@person_required
@require_POST
def question(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """Ask the GEM a question about its document."""
    form = QuestionForm(request.POST)
    if not form.is_valid():
        return _document(request, version_id, form)
    actions.ask(
        actor=request.actor,
        version_id=version_id,
        text=form.cleaned_data["text"],
        key=form.cleaned_data["cle"],
    )
    messages.success(request, _("Votre question est chez le GEM."))
    return redirect("partners:document", version_id)


@person_required
@require_safe
def as_pdf(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """Give a document that was sent, to print."""
    _role, page = campaign.one_document(request.actor, version_id)
    return file_answer(pdf_of(page), "application/pdf", f"{page.line.kind}-{page.line.year}.pdf")


@person_required
@require_safe
def as_sheet(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """Give the rows of a document that was sent."""
    _role, page = campaign.one_document(request.actor, version_id)
    name = f"{page.line.kind}-{page.line.year}.xlsx"
    return file_answer(as_xlsx(sheet_of(page.content)), XLSX, name)


def _document(request: HttpRequest, version_id: UUID, form: QuestionForm) -> HttpResponse:
    role, page = campaign.one_document(request.actor, version_id)
    context = {
        "page": page,
        "form": form,
        "notes": notes(page.content),
        "may_answer": can(request.actor, ANSWER) and role != "federation",
    }
    status = NOT_WRITTEN if form.is_bound else 200
    return render(request, "partners/document.html", context, status=status)
