"""The national report, and the numbers of the national reviews of the past."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from espace.accounts.guard import person_required
from espace.core.spreadsheets import as_xlsx
from espace.reports import exporting, printing
from espace.reports.actions.talking import forget_past_figure, keep_past_figure
from espace.reports.forms import PastFigureForm
from espace.reports.queries import national
from espace.reports.views.gem import DOCX, NOT_WRITTEN, PDF, XLSX
from espace.ui.respond import file_answer

edit = require_http_methods(["GET", "HEAD", "POST"])


@person_required
@require_safe
def report(request: HttpRequest) -> HttpResponse:
    """Show the draft of the national report of a closed year."""
    page = national.national(request.actor, request.GET.get("annee", ""))
    context = {"page": page, "notes": printing.notes(page.content)}
    return render(request, "reports/national.html", context)


@person_required
@require_safe
def as_file(request: HttpRequest, form: str) -> HttpResponse:
    """Give the draft as PDF, DOCX or XLSX."""
    page = national.national(request.actor, request.GET.get("annee", ""))
    name = f"rapport-national-{page.year}.{form}"
    if form == "pdf":
        made = printing.document_pdf(page.content, (), {}, is_draft=False)
        return file_answer(made, PDF, name)
    if form == "docx":
        made = exporting.document_docx(page.content, (), {}, is_draft=False)
        return file_answer(made, DOCX, name)
    return file_answer(as_xlsx(exporting.sheet_of(page.content)), XLSX, name)


@person_required
@edit
def past(request: HttpRequest) -> HttpResponse:
    """Show the numbers of past national reviews, and add one."""
    series = national.past(request.actor)
    form = PastFigureForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        keep_past_figure(actor=request.actor, values=form.cleaned_data)
        messages.success(request, _("Le nombre est gardé, avec son document."))
        return redirect("reports:past")
    status = NOT_WRITTEN if form.is_bound else 200
    context = {"series": series, "form": form}
    return render(request, "reports/past.html", context, status=status)


@person_required
@require_POST
def forget(request: HttpRequest, figure_id: UUID) -> HttpResponse:
    """Take a number of the past away; the page asked first."""
    forget_past_figure(actor=request.actor, figure_id=figure_id)
    messages.success(request, _("Le nombre est retiré."))
    return redirect("reports:past")
