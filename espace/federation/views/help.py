"""« Demander de l'aide à la FiGEM », in the GEM's own space."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from espace.accounts.guard import gem_required, person_required
from espace.federation.actions.help import ask_help, take_back_help
from espace.federation.forms import HelpForm
from espace.federation.queries import network as queries


@require_http_methods(["GET", "HEAD", "POST"])
@person_required
@gem_required
def ask(request: HttpRequest) -> HttpResponse:
    """Ask FiGEM for help, and see what was asked."""
    actor = request.actor
    asked = queries.own_help(actor, actor.gem_id)
    form = HelpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        ask_help(actor=actor, gem_id=actor.gem_id, **form.values())
        messages.success(request, _("C'est envoyé. La FiGEM répond à votre GEM."))
        return redirect("federation:ask_help")
    context = {"form": form, "asked": asked}
    return render(request, "federation/ask_help.html", context, status=422 if form.errors else 200)


@require_POST
@person_required
@gem_required
def take_back(request: HttpRequest, help_id: UUID) -> HttpResponse:
    """Take back a request that waits."""
    actor = request.actor
    if not any(each.id == help_id for each in queries.own_help(actor, actor.gem_id)):
        raise Http404
    take_back_help(actor=actor, gem_id=actor.gem_id, help_id=help_id)
    messages.success(request, _("Votre demande est retirée."))
    return redirect("federation:ask_help")
