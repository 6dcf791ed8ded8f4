"""The members' meeting: one idea at a time in large type, then the days of those picked."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from espace.accounts.guard import gem_required
from espace.activities.actions import picks as actions
from espace.activities.actions.programme import Description
from espace.activities.choices import IdeaState
from espace.activities.forms.picks import AnswerForm, PlaceForm
from espace.activities.queries import picks as queries
from espace.activities.rules.moments import week_code

READ_AND_WRITE = ["GET", "HEAD", "POST"]


@gem_required
@require_safe
def pick(request: HttpRequest) -> HttpResponse:
    """Ask the next idea."""
    shown = queries.meeting(
        request.actor,
        request.actor.gem_id,
        from_later=request.GET.get("voir") == IdeaState.PLUS_TARD,
        last=_uuid(request.GET.get("derniere", "")),
    )
    return render(request, "activities/ideas/pick.html", {"meeting": shown})


@gem_required
@require_POST
def answer(request: HttpRequest, idea_id: UUID) -> HttpResponse:
    """Write what the meeting says of an idea, then ask the next one."""
    form = AnswerForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    said = IdeaState(form.cleaned_data["reponse"])
    actions.answer_idea(
        actor=request.actor, gem_id=request.actor.gem_id, idea_id=idea_id, answer=said
    )
    if "en_reunion" not in request.POST:
        messages.success(request, _("C'est noté."))
        return redirect("activities:ideas")
    later = "&voir=plus_tard" if request.POST["en_reunion"] == IdeaState.PLUS_TARD else ""
    last = "" if said == IdeaState.BOITE else f"derniere={idea_id}"
    return redirect(f"{reverse('activities:pick_ideas')}?{last}{later}")


@gem_required
@require_http_methods(READ_AND_WRITE)
def place(request: HttpRequest) -> HttpResponse:
    """Give a day to the ideas picked, and write them in the programme in one go."""
    shown = queries.placing(request.actor, request.actor.gem_id)
    sent = request.POST if request.method == "POST" else None
    forms = [PlaceForm(sent, idea=idea, placing=shown) for idea in shown.ideas]
    key = _uuid(request.POST.get("cle", "")) or uuid4()
    # Ideas of an earlier page that got their day meanwhile are not asked again.
    if sent is not None and not any(form.add_prefix("title") in sent for form in forms):
        return redirect("activities:pick_ideas")
    if sent is not None and _all_valid(forms):
        return _write(request, forms, key, more=shown.left > len(forms))
    context = {"placing": shown, "forms": forms, "key": key}
    return render(request, "activities/ideas/place.html", context)


def _all_valid(forms: list[PlaceForm]) -> bool:
    """Check every form, so that one reading tells all there is to mend."""
    return not [form for form in forms if not form.is_valid()]


def _write(request: HttpRequest, forms: list[PlaceForm], key: UUID, *, more: bool) -> HttpResponse:
    placed = [
        actions.Placed(form.idea.id, form.chosen_day, Description(**form.description()))
        for form in forms
        if not form.cleaned_data.get("leave")
    ]
    count = actions.place_ideas(
        actor=request.actor, gem_id=request.actor.gem_id, placed=placed, key=key
    )
    if not placed:
        return redirect("activities:programme")
    if count == 1:
        messages.success(request, _("Une activité de plus au programme."))
    elif count:
        messages.success(request, _("%(n)s activités de plus au programme.") % {"n": count})
    # Those left for later would come first again: then the week is shown instead.
    if more and len(placed) == len(forms):
        return redirect("activities:place_ideas")
    first = min(one.day for one in placed)
    return redirect(f"{reverse('activities:programme')}?semaine={week_code(first)}")


@gem_required
@require_POST
def undo(request: HttpRequest, idea_id: UUID) -> HttpResponse:
    """Take out of the programme what the meeting put there."""
    try:
        actions.undo_pick(actor=request.actor, gem_id=request.actor.gem_id, idea_id=idea_id)
    except actions.TooLateError:
        messages.warning(
            request, _("C'est trop ancien. Vous pouvez annuler l'activité dans le programme.")
        )
    except actions.ActivityInUseError:
        messages.warning(
            request,
            _("Des personnes y sont notées. Vous pouvez annuler l'activité dans le programme."),
        )
    else:
        messages.success(request, _("C'est retiré du programme. L'idée est dans la boîte."))
    return redirect("activities:ideas")


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
