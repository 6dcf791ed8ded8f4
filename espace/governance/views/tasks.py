"""Tasks that can be taken over, and the calendar of what an association must do."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from espace.accounts.guard import gem_required
from espace.accounts.permissions import require
from espace.governance.actions import tasks as actions
from espace.governance.forms.tasks import MoveForm, TaskForm
from espace.governance.queries import tasks as queries

READ_AND_WRITE = ["GET", "HEAD", "POST"]
NOT_WRITTEN = 422


@gem_required
@require_safe
def all_tasks(request: HttpRequest) -> HttpResponse:
    """Show every task, those nobody holds first."""
    found = queries.all_tasks(request.actor, request.actor.gem_id)
    return render(request, "governance/tasks/all.html", {"tasks": found})


@gem_required
@require_POST
def propose(request: HttpRequest) -> HttpResponse:
    """Put the proposed sheets in the list."""
    number = actions.propose_sheets(actor=request.actor, gem_id=request.actor.gem_id)
    if number:
        messages.success(request, _("Les fiches sont là. Gardez celles qui vous servent."))
    else:
        messages.info(request, _("Vous avez déjà toutes les fiches proposées."))
    return redirect("governance:tasks")


@gem_required
@require_http_methods(READ_AND_WRITE)
def add(request: HttpRequest) -> HttpResponse:
    """Write a new sheet."""
    actor, gem_id = request.actor, request.actor.gem_id
    require(actor, "governance.write_tasks", gem_id)
    form = TaskForm(request.POST or None)
    if form.is_valid():
        key = form.cleaned_data["cle"]
        actions.add_task(actor=actor, gem_id=gem_id, values=_values(form), key=key)
        messages.success(request, _("La fiche est dans la liste."))
        return redirect("governance:tasks")
    status = NOT_WRITTEN if form.is_bound else 200
    return render(request, "governance/tasks/sheet.html", {"form": form}, status=status)


@gem_required
@require_safe
def task(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """Show a task: its sheet, who holds it, how to take or pass it."""
    page = queries.task_page(request.actor, request.actor.gem_id, task_id)
    return render(request, "governance/tasks/task.html", {"page": page})


@gem_required
@require_http_methods(READ_AND_WRITE)
def change(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """Change a sheet."""
    actor, gem_id = request.actor, request.actor.gem_id
    require(actor, "governance.write_tasks", gem_id)
    shown = queries.task_page(actor, gem_id, task_id).task
    start = {
        "sorte": shown.kind,
        "nom": shown.title,
        "quand": shown.rhythm,
        "quoi": shown.what,
        "papiers": shown.papers,
        "prochaine": shown.next_on,
    }
    form = TaskForm(request.POST or None, initial=start)
    if form.is_valid():
        actions.change_task(actor=actor, gem_id=gem_id, task_id=task_id, values=_values(form))
        messages.success(request, _("La fiche est changée."))
        return redirect("governance:task", task_id)
    context = {"form": form, "task": shown}
    status = NOT_WRITTEN if form.is_bound else 200
    return render(request, "governance/tasks/sheet.html", context, status=status)


@gem_required
@require_POST
def remove(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """Take a sheet out of the list, or put it back."""
    back = request.POST.get("geste") == "remettre"
    actions.remove_task(
        actor=request.actor, gem_id=request.actor.gem_id, task_id=task_id, back=back
    )
    if back:
        messages.success(request, _("La fiche est remise."))
        return redirect("governance:task", task_id)
    found = queries.all_tasks(request.actor, request.actor.gem_id)
    context = {"tasks": found, "removed": task_id}
    return render(request, "governance/tasks/all.html", context)


@gem_required
@require_POST
def move(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """Take a task or pass it, for oneself or for someone of the roll."""
    actor, gem_id = request.actor, request.actor.gem_id
    page = queries.task_page(actor, gem_id, task_id)
    form = MoveForm(request.POST, people=page.people, decisions=page.decisions)
    if not form.is_valid():
        messages.warning(request, _("Cette personne ou cette décision n'est plus là."))
        return redirect("governance:task", task_id)
    passing = request.POST.get("geste") == "passer"
    do = actions.pass_task if passing else actions.take_task
    try:
        do(
            actor=actor,
            gem_id=gem_id,
            task_id=task_id,
            person_id=form.cleaned_data["personne"],
            decision_id=form.cleaned_data["decision"],
        )
    except actions.NeedsDecisionError:
        messages.warning(request, _("Ce rôle bouge par une décision notée. Choisissez-la."))
    else:
        said = _("C'est noté. Merci pour le temps donné.") if passing else _("C'est noté. Merci.")
        messages.success(request, said)
    return redirect("governance:task", task_id)


@gem_required
@require_http_methods(READ_AND_WRITE)
def calendar(request: HttpRequest) -> HttpResponse:
    """Show what the association must do within a year; say that something is done."""
    actor, gem_id = request.actor, request.actor.gem_id
    if request.method == "POST":
        key = request.POST.get("echeance", "")[:140]
        back = request.POST.get("geste") == "reprendre"
        actions.meet_deadline(actor=actor, gem_id=gem_id, key=key, back=back)
        context: dict[str, Any] = {"undo": "" if back else key}
    else:
        context = {"undo": ""}
    context["lines"] = queries.calendar(actor, gem_id)
    return render(request, "governance/tasks/calendar.html", context)


def _values(form: TaskForm) -> actions.TaskValues:
    values = form.cleaned_data
    return actions.TaskValues(
        kind=values["sorte"],
        title=values["nom"],
        rhythm=values["quand"],
        what=values["quoi"],
        papers=values["papiers"],
        next_on=values["prochaine"],
    )
