"""The cash book: the treasurer's week."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from espace.accounts.guard import gem_required
from espace.accounts.permissions import can, require
from espace.core.file_kinds import FileKind
from espace.core.safe_files import CONTENT_TYPES
from espace.core.sandbox import UnreadableFile
from espace.governance.actions import cash as actions
from espace.governance.forms.money import CashLineForm, CountForm, ReceiptForm
from espace.governance.queries import cash as queries
from espace.governance.queries.money import today_of_gem
from espace.groups.queries.for_sheets import sheet_gem
from espace.groups.queries.from_file import first_names_of_roll

NOT_WRITTEN = 422
edit = require_http_methods(["GET", "HEAD", "POST"])


@gem_required
@edit
def book(request: HttpRequest) -> HttpResponse:
    """Show the book, and write a line in it; the day stays for the next line."""
    actor, gem_id = request.actor, request.actor.gem_id
    if request.method == "POST":
        require(actor, "governance.write_money", gem_id)
    day = today_of_gem(sheet_gem(gem_id))
    start = {"date": request.GET.get("jour") or day.strftime("%d/%m/%Y")}
    form = CashLineForm(request.POST or None, initial=start, today=day)
    named = ""
    if request.method == "POST" and form.is_valid():
        named = form.named(first_names_of_roll(gem_id))
        if not named or "quand_meme" in request.POST:
            values = form.cleaned_data
            line = actions.NewCashLine(
                values["date"], values["libelle"], values["cents"], values["famille"]
            )
            actions.add_cash_line(actor=actor, gem_id=gem_id, line=line, key=values["cle"])
            messages.success(request, _("C'est écrit dans la caisse."))
            typed = values["date"].strftime("%d/%m/%Y")
            return redirect(f"{request.path}?jour={typed}#ecrire")
    shown = queries.cash_book(actor, gem_id, request.GET.get("page", "1"))
    context: dict[str, Any] = {
        "book": shown,
        "form": form,
        "named": named,
        "may_write": can(actor, "governance.write_money", gem_id),
    }
    status = NOT_WRITTEN if form.is_bound else 200
    return render(request, "governance/money/cash.html", context, status=status)


@gem_required
@edit
def count(request: HttpRequest) -> HttpResponse:
    """Count the box; the gap is said, and stops nothing."""
    require(request.actor, "governance.write_money", request.actor.gem_id)
    shown = queries.cash_book(request.actor, request.actor.gem_id)
    start = {"date": shown.today.strftime("%d/%m/%Y")}
    form = CountForm(request.POST or None, initial=start, today=shown.today)
    if request.method == "POST" and form.is_valid():
        actions.count_cash(
            actor=request.actor,
            gem_id=request.actor.gem_id,
            day=form.cleaned_data["date"],
            counted_cents=form.cleaned_data["compte"],
            key=form.cleaned_data["cle"],
        )
        return redirect("governance:cash")
    context = {"book": shown, "form": form}
    status = NOT_WRITTEN if form.is_bound else 200
    return render(request, "governance/money/count.html", context, status=status)


@gem_required
@require_POST
def settle(request: HttpRequest, count_id: UUID) -> HttpResponse:
    """Write the gap of the last count in the book."""
    actions.settle_count(
        actor=request.actor,
        gem_id=request.actor.gem_id,
        count_id=count_id,
        label=_("Écart après comptage"),
    )
    messages.success(request, _("L'écart est noté. La caisse et le cahier sont d'accord."))
    return redirect("governance:cash")


@gem_required
@require_POST
def cancel(request: HttpRequest, cash_id: UUID) -> HttpResponse:
    """Cancel a line by its opposite."""
    actions.cancel_cash_line(actor=request.actor, gem_id=request.actor.gem_id, cash_id=cash_id)
    messages.success(request, _("La ligne est annulée. Les deux lignes restent dans le cahier."))
    return redirect("governance:cash")


@gem_required
@edit
def receipt(request: HttpRequest, cash_id: UUID) -> HttpResponse:
    """Show a line and the photo of its ticket; keep one, or erase it."""
    actor, gem_id = request.actor, request.actor.gem_id
    line = queries.line_with_receipt(actor, gem_id, cash_id)
    sent = request.method == "POST"
    if sent and request.POST.get("geste") == "effacer":
        actions.drop_receipt(actor=actor, gem_id=gem_id, cash_id=cash_id)
        messages.success(request, _("La photo est effacée. La ligne reste."))
        return redirect("governance:receipt", cash_id)
    form = ReceiptForm(request.POST if sent else None, request.FILES if sent else None)
    if form.is_valid():
        photo = form.cleaned_data["photo"]
        try:
            actions.keep_receipt(actor=actor, gem_id=gem_id, cash_id=cash_id, sent=photo)
        except UnreadableFile as refusal:
            form.add_error("photo", refusal.message_fr)
        else:
            messages.success(request, _("La photo du ticket est gardée."))
            return redirect("governance:receipt", cash_id)
    status = NOT_WRITTEN if form.is_bound else 200
    context = {"line": line, "form": form}
    return render(request, "governance/money/receipt.html", context, status=status)


@gem_required
@require_safe
def receipt_file(request: HttpRequest, cash_id: UUID) -> FileResponse:
    """Give the photo of a ticket, to those who hold the cash book."""
    stored = queries.receipt_of(request.actor, request.actor.gem_id, cash_id)
    try:
        content = stored.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    answer = FileResponse(content, content_type=CONTENT_TYPES[FileKind.IMAGE])
    answer["Cache-Control"] = "no-store"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
