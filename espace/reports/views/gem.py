"""« Nos bilans » : the shelf, a document, its sections and photos, the files it becomes."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from espace.accounts.guard import gem_required, person_required
from espace.accounts.permissions import require
from espace.core.sandbox import UnreadableFile
from espace.core.spreadsheets import as_xlsx
from espace.core.uploads import is_too_big
from espace.reports import exporting, printing
from espace.reports.actions import leaving, talking, writing
from espace.reports.choices import Stage
from espace.reports.forms import MessageForm, PhotoForm, SectionForm, SignaturesForm
from espace.reports.permissions import FINISH
from espace.reports.queries import drafts
from espace.ui.respond import file_answer

NOT_WRITTEN = 422
PDF, DOCX, XLSX = (
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
)
edit = require_http_methods(["GET", "HEAD", "POST"])


@person_required
@gem_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the documents of a year, and how far each is."""
    asked = request.GET.get("annee", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else None
    page = drafts.shelf(request.actor, request.actor.gem_id, year)
    return render(request, "reports/shelf.html", {"page": page})


@person_required
@gem_required
@require_safe
def document(request: HttpRequest, kind: str, year: int) -> HttpResponse:
    """Show a document as it stands, and what comes next."""
    actor, gem_id = request.actor, request.actor.gem_id
    page = drafts.draft(actor, gem_id, kind, year)
    context = {
        "page": page,
        "notes": printing.notes(page.content),
        "may_agree": drafts.may_agree(actor, page, gem_id),
        "answer_form": MessageForm(),
    }
    return render(request, "reports/document.html", context)


@person_required
@gem_required
@edit
def section(request: HttpRequest, kind: str, year: int, section: str) -> HttpResponse:
    """Write one section."""
    actor, gem_id = request.actor, request.actor.gem_id
    page = drafts.section(actor, gem_id, kind, year, section)
    form = SectionForm(
        page, drafts.figures_to_add(), request.POST if request.method == "POST" else None
    )
    if form.is_valid():
        writing.write_section(
            actor=actor, gem_id=gem_id, kind=kind, year=year, answers=form.answers()
        )
        messages.success(request, _("C'est gardé."))
        if page.after and request.POST.get("geste") == "suite":
            return redirect("reports:section", kind, year, page.after)
        return redirect("reports:document", kind, year)
    return _section_page(request, page, form, PhotoForm())


@person_required
@gem_required
@require_POST
def add_photo(request: HttpRequest, kind: str, year: int, section: str) -> HttpResponse:
    """Add a photo to a section."""
    actor, gem_id = request.actor, request.actor.gem_id
    page = drafts.section(actor, gem_id, kind, year, section)
    if not page.section.photos:
        raise Http404
    form = PhotoForm(request.POST, request.FILES)
    if is_too_big(int(request.META.get("CONTENT_LENGTH") or 0)):
        form.add_error("photo", _("Ce fichier dépasse 10 Mo. Choisissez-en un plus léger."))
    if form.is_valid():
        try:
            writing.add_photo(
                actor=actor, gem_id=gem_id, kind=kind, year=year, section=section,
                sent=form.cleaned_data["photo"], alt=form.cleaned_data["alt"],
            )  # fmt: skip
        except UnreadableFile as refusal:
            form.add_error("photo", refusal.message_fr)
        else:
            messages.success(request, _("La photo est dans le document."))
            return redirect("reports:section", kind, year, section)
    return _section_page(request, page, SectionForm(page, drafts.figures_to_add()), form)


@person_required
@gem_required
@require_POST
def remove_photo(request: HttpRequest, photo_id: UUID) -> HttpResponse:
    """Take a photo out of a draft, or put it back."""
    back = request.POST.get("geste") == "remettre"
    gem_id = request.actor.gem_id
    found = writing.remove_photo(
        actor=request.actor, gem_id=gem_id, photo_id=photo_id, restore=back
    )
    messages.success(request, _("La photo est remise.") if back else _("La photo est retirée."))
    return redirect("reports:section", found.report.kind, found.report.year, found.section)


@person_required
@gem_required
@require_safe
def photo(request: HttpRequest, photo_id: UUID) -> FileResponse:
    """Give a photo of this GEM's reports."""
    found = drafts.photo(request.actor, request.actor.gem_id, photo_id)
    try:
        content = found.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    answer = FileResponse(content, content_type="image/jpeg")
    answer["Cache-Control"] = "no-store"
    return answer


GESTURES: dict[str, tuple[Callable[..., None], str]] = {
    "relire": (leaving.give_to_read, "Le bureau peut relire. Le texte ne bouge plus."),
    "reprendre": (leaving.take_back, "Vous pouvez écrire à nouveau. Rien n'est perdu."),
    "accord": (leaving.agree, "Votre oui est noté."),
    "envoyer": (leaving.send, "C'est envoyé."),
    "corriger": (leaving.correct, "Corrigez, puis faites relire. L'ancien texte reste envoyé."),
    "laisser": (leaving.give_up_correction, "Le document envoyé reste comme il est."),
}


@person_required
@gem_required
@require_POST
def gesture(request: HttpRequest, kind: str, year: int) -> HttpResponse:
    """Do what comes next with a document: read, agree, send, take back, correct."""
    found = GESTURES.get(request.POST.get("geste", ""))
    if found is None:
        raise Http404
    do, said = found
    do(actor=request.actor, gem_id=request.actor.gem_id, kind=kind, year=year)
    messages.success(request, _(said))
    return redirect("reports:document", kind, year)


@person_required
@gem_required
@edit
def signatures(request: HttpRequest, kind: str, year: int) -> HttpResponse:
    """Note the paper slip that two elected people signed."""
    actor, gem_id = request.actor, request.actor.gem_id
    require(actor, FINISH, gem_id)
    page = drafts.draft(actor, gem_id, kind, year)
    if page.stage is not Stage.READING or page.version is None:
        return redirect("reports:document", kind, year)
    form = SignaturesForm(
        page.version.fingerprint, page.today, request.POST if request.method == "POST" else None
    )
    if form.is_valid():
        leaving.note_signatures(
            actor=actor, gem_id=gem_id, kind=kind, year=year,
            functions=(form.cleaned_data["first"], form.cleaned_data["second"]),
            on=form.cleaned_data["on"],
        )  # fmt: skip
        messages.success(request, _("Les deux signatures sont notées."))
        return redirect("reports:document", kind, year)
    status = NOT_WRITTEN if form.is_bound else 200
    return render(request, "reports/signatures.html", {"page": page, "form": form}, status=status)


@person_required
@gem_required
@require_POST
def reply(request: HttpRequest, kind: str, year: int) -> HttpResponse:
    """Answer the question of who received the document."""
    form = MessageForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Écrivez votre réponse : 1 000 signes au plus."))
        return redirect("reports:document", kind, year)
    talking.answer(
        actor=request.actor, gem_id=request.actor.gem_id, kind=kind, year=year,
        text=form.cleaned_data["text"], key=form.cleaned_data["cle"],
    )  # fmt: skip
    messages.success(request, _("Votre réponse est partie."))
    return redirect("reports:document", kind, year)


@person_required
@gem_required
@require_safe
def as_pdf(request: HttpRequest, kind: str, year: int) -> HttpResponse:
    """Give the document to print, in large type when asked."""
    page = drafts.draft(request.actor, request.actor.gem_id, kind, year)
    large = page.filled is not None and page.filled.definition.large_type
    large = large or request.GET.get("taille") == "grand"
    made = printing.document_pdf(
        page.content, page.agreements, drafts.photo_contents(page.content),
        is_draft=_is_draft(page), large=large,
    )  # fmt: skip
    return file_answer(made, PDF, f"{kind}-{year}.pdf")


@person_required
@gem_required
@require_safe
def as_docx(request: HttpRequest, kind: str, year: int) -> HttpResponse:
    """Give the document to change in a word processor."""
    page = drafts.draft(request.actor, request.actor.gem_id, kind, year)
    made = exporting.document_docx(
        page.content, page.agreements, drafts.photo_contents(page.content),
        is_draft=_is_draft(page),
    )  # fmt: skip
    return file_answer(made, DOCX, f"{kind}-{year}.docx")


@person_required
@gem_required
@require_safe
def as_sheet(request: HttpRequest, kind: str, year: int) -> HttpResponse:
    """Give the rows of the document as a spreadsheet."""
    page = drafts.draft(request.actor, request.actor.gem_id, kind, year)
    return file_answer(as_xlsx(exporting.sheet_of(page.content)), XLSX, f"{kind}-{year}.xlsx")


@person_required
@gem_required
@require_safe
def slip(request: HttpRequest, kind: str, year: int) -> HttpResponse:
    """Give the paper that two elected people sign; only while the bureau reads."""
    page = drafts.draft(request.actor, request.actor.gem_id, kind, year)
    if page.stage is not Stage.READING:
        raise Http404
    return file_answer(printing.slip_pdf(page.content), PDF, f"accord-{kind}-{year}.pdf")


def _is_draft(page: drafts.Draft) -> bool:
    return bool(page.recipients) and page.stage in (Stage.DRAFT, Stage.READING)


def _section_page(
    request: HttpRequest, page: drafts.SectionPage, form: SectionForm, photo_form: PhotoForm
) -> HttpResponse:
    context = {"page": page, "form": form, "photo_form": photo_form}
    status = NOT_WRITTEN if form.is_bound or photo_form.is_bound else 200
    return render(request, "reports/section.html", context, status=status)
