"""The idea box: an idea in one field, from the tablet, an account, a link or paper."""

from typing import Any
from uuid import UUID

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from espace.accounts.guard import gem_required
from espace.accounts.permissions import require
from espace.activities.actions import ideas as actions
from espace.activities.forms.ideas import (
    FreeIdeaForm,
    IdeaForm,
    LikeForm,
    PaperIdeasForm,
    SignedIdeaForm,
)
from espace.activities.printing.ideas import idea_poster_pdf, idea_slips_pdf
from espace.activities.queries import ideas as queries
from espace.core.idempotency import new_key

READ_AND_WRITE = ["GET", "HEAD", "POST"]
TICKET_SALT = "espace.activities.idea"
TICKET_SECONDS = 15 * 60
LIKED = "liked"
FULL = gettext_lazy("La boîte est pleine. Votre texte est gardé ici. Parlez-en au bureau.")


@gem_required
@require_http_methods(READ_AND_WRITE)
def box(request: HttpRequest) -> HttpResponse:
    """Show the box, and put an idea in it."""
    form_class = SignedIdeaForm if request.actor.account_id else FreeIdeaForm
    form = form_class(request.POST or None)
    if request.method == "POST" and form.is_valid() and _may_be_sent(request, form):
        try:
            idea_id = actions.add_idea(
                actor=request.actor,
                gem_id=request.actor.gem_id,
                idea=_idea_of(form),
                key=form.cleaned_data["cle"],
            )
        except actions.BoxFullError:
            form.add_error("idee", FULL)
        else:
            return redirect(f"{reverse('activities:ideas')}{_ticket_of(idea_id)}")
    return _show(request, form)


def _show(request: HttpRequest, form: IdeaForm) -> HttpResponse:
    shown = queries.idea_box(
        request.actor,
        request.actor.gem_id,
        request.GET.get("voir", ""),
        request.GET.get("page", "1"),
    )
    context = {
        "box": shown,
        "form": form,
        "key": new_key(),
        "ticket": request.GET.get("billet", "") if _idea_of_ticket(request.GET) else "",
        "liked": set(request.session.get(LIKED, ())) if request.actor.account_id else set(),
        "private": form.seems_private if form.is_bound and not form.errors else frozenset(),
    }
    return render(request, "activities/ideas/box.html", context)


@require_http_methods(READ_AND_WRITE)
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Let an idea in from outside, without an account; nothing of the GEM is shown."""
    opened = queries.box_of_token(token)
    if opened is None:
        raise Http404
    form = FreeIdeaForm(request.POST or None)
    ticket = request.GET.get("billet", "") if _idea_of_ticket(request.GET) else ""
    if request.method == "POST" and form.is_valid() and _may_be_sent(request, form):
        if not ratelimit.consume(request, action="idea", key=token):
            return _too_many(request)
        try:
            idea_id = actions.add_idea_by_link(
                token=token, idea=_idea_of(form), key=form.cleaned_data["cle"]
            )
        except actions.BoxFullError:
            form.add_error("idee", FULL)
        else:
            return redirect(f"{request.path}{_ticket_of(idea_id)}")
    context = {
        "gem_name": opened.gem_name,
        "token": token,
        "form": form,
        "ticket": ticket,
        "private": form.seems_private if form.is_bound and not form.errors else frozenset(),
    }
    return render(request, "activities/ideas/by_link.html", context)


@require_POST
def by_link_taken_back(request: HttpRequest, token: str) -> HttpResponse:
    """Take back the idea just written by the link."""
    opened = queries.box_of_token(token)
    if opened is None:
        raise Http404
    _take_back(request, opened.gem_id)
    return redirect("activities:idea_by_link", token)


@gem_required
@require_POST
def taken_back(request: HttpRequest) -> HttpResponse:
    """Take back the idea just written."""
    require(request.actor, "activities.add_idea", request.actor.gem_id)
    _take_back(request, request.actor.gem_id)
    return redirect("activities:ideas")


@gem_required
@require_http_methods(READ_AND_WRITE)
def from_paper(request: HttpRequest) -> HttpResponse:
    """Copy ideas from paper: one per line, several at once."""
    require(request.actor, "activities.add_idea", request.actor.gem_id)
    form = PaperIdeasForm(request.POST or None)
    private: frozenset[str] = frozenset()
    if request.method == "POST" and form.is_valid():
        private = form.seems_private
        if not private or "quand_meme" in request.POST:
            try:
                count = actions.add_ideas_of_paper(
                    actor=request.actor,
                    gem_id=request.actor.gem_id,
                    texts=form.cleaned_data["idees"],
                    key=form.cleaned_data["cle"],
                )
            except actions.BoxFullError:
                form.add_error("idees", FULL)
            else:
                _say_how_many(request, count)
                return redirect("activities:ideas")
    context = {"form": form, "private": private}
    return render(request, "activities/ideas/from_paper.html", context)


@gem_required
@require_POST
def like(request: HttpRequest, idea_id: UUID) -> HttpResponse:
    """« Ça me plaît aussi » : once for a person; on the tablet, once for each tap."""
    form = LikeForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    by, seen = form.cleaned_data["by"], set(request.session.get(LIKED, ()))
    is_person = request.actor.account_id is not None
    if not is_person or (str(idea_id) in seen) == (by < 0):
        actions.like_idea(
            actor=request.actor,
            gem_id=request.actor.gem_id,
            idea_id=idea_id,
            by=by,
            key=form.cleaned_data["cle"],
        )
        if is_person:
            seen.symmetric_difference_update({str(idea_id)})
            request.session[LIKED] = sorted(seen)
    return redirect(f"{reverse('activities:ideas')}#i-{idea_id}")


@gem_required
@require_POST
def hide(request: HttpRequest, idea_id: UUID) -> HttpResponse:
    """Take an idea out of sight."""
    actions.hide_idea(actor=request.actor, gem_id=request.actor.gem_id, idea_id=idea_id)
    messages.success(request, _("L'idée est cachée. Vous pouvez la remettre pendant 30 jours."))
    return redirect(f"{reverse('activities:ideas')}?voir={queries.HIDDEN}")


@gem_required
@require_POST
def put_back(request: HttpRequest, idea_id: UUID) -> HttpResponse:
    """Put a hidden idea back."""
    actions.show_idea(actor=request.actor, gem_id=request.actor.gem_id, idea_id=idea_id)
    messages.success(request, _("L'idée est remise."))
    return redirect("activities:ideas")


@gem_required
@require_http_methods(READ_AND_WRITE)
def link(request: HttpRequest) -> HttpResponse:
    """Show the box's own address; open it, renew it, close it."""
    who = {"actor": request.actor, "gem_id": request.actor.gem_id}
    shown = queries.link_of(request.actor, request.actor.gem_id)
    if request.method == "POST":
        if request.POST.get("geste") == "fermer":
            actions.close_link(**who)
            messages.success(request, _("Le lien est fermé. Retirez les affiches."))
        else:
            actions.open_link(**who)
            messages.success(request, _("Le lien est ouvert. Imprimez l'affiche."))
        return redirect("activities:idea_link")
    context = {"link": shown, "address": _address(shown.token) if shown else ""}
    return render(request, "activities/ideas/link.html", context)


@gem_required
@require_safe
def poster_pdf(request: HttpRequest) -> HttpResponse:
    """Give the small poster « Une idée ? » with the box's address, to hang on the wall."""
    shown = queries.link_of(request.actor, request.actor.gem_id)
    if shown is None:
        raise Http404
    return _pdf(idea_poster_pdf(shown.gem_name, _address(shown.token)), "boite-a-idees.pdf")


@gem_required
@require_safe
def slips_pdf(request: HttpRequest) -> HttpResponse:
    """Give the page of slips to cut."""
    require(request.actor, "activities.see_ideas", request.actor.gem_id)
    return _pdf(idea_slips_pdf(request.actor.place), "bulletins-idees.pdf")


def _may_be_sent(request: HttpRequest, form: IdeaForm) -> bool:
    """Tell whether nothing private was seen, or the person said to send it all the same."""
    return not form.seems_private or "quand_meme" in request.POST


def _idea_of(form: IdeaForm) -> actions.NewIdea:
    values = form.cleaned_data
    name = values["prenom"]
    return actions.NewIdea(
        text=values["idee"],
        family=values["famille"],
        will_lead=values["mener"],
        signature=name if isinstance(name, str) else "",
        with_my_name=name is True,
    )


def _ticket_of(idea_id: UUID | None) -> str:
    """Return the sealed right to take the idea back: who wrote it is kept nowhere."""
    if idea_id is None:
        return ""
    return f"?billet={signing.dumps(str(idea_id), salt=TICKET_SALT)}"


def _idea_of_ticket(values: Any) -> UUID | None:
    try:
        opened = signing.loads(values.get("billet", ""), salt=TICKET_SALT, max_age=TICKET_SECONDS)
        return UUID(opened)
    except (signing.BadSignature, ValueError):
        return None


def _take_back(request: HttpRequest, gem_id: UUID) -> None:
    idea_id = _idea_of_ticket(request.POST)
    if idea_id and actions.take_back_idea(gem_id=gem_id, idea_id=idea_id) is not None:
        messages.success(request, _("Votre idée est reprise. Elle n'est plus dans la boîte."))
    else:
        messages.info(request, _("Cette idée ne peut plus être reprise ici. Parlez-en au bureau."))


def _say_how_many(request: HttpRequest, count: int) -> None:
    if count == 1:
        messages.success(request, _("Une idée de plus dans la boîte."))
    elif count:
        messages.success(request, _("%(n)s idées de plus dans la boîte.") % {"n": count})


def _too_many(request: HttpRequest) -> HttpResponse:
    return render(request, "activities/ideas/too_many.html", status=429)


def _address(token: str) -> str:
    return f"{settings.SITE_URL}{reverse('activities:idea_by_link', args=[token])}"


def _pdf(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer
