"""Where the GEM is in its life; the bureau pauses it and takes it up again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from espace.accounts.guard import gem_required, person_required
from espace.accounts.permissions import require
from espace.groups.actions.states import change_state
from espace.groups.forms.states import StateForm
from espace.groups.queries.states import life_of_gem
from espace.groups.rules.states import StateRefusal, StateRefusedError

WORDS: dict[StateRefusal, tuple[str, str | Promise]] = {
    StateRefusal.NOT_YOURS: ("state", _("Le GEM n'est plus dans cet état. Rechargez la page.")),
    StateRefusal.TO_COME: ("since", _("Ce jour n'est pas encore là. Choisissez aujourd'hui.")),
    StateRefusal.TOO_OLD: ("since", _("Ce jour est loin. Choisissez-le dans l'année passée.")),
}


@require_http_methods(["GET", "HEAD", "POST"])
@person_required
@gem_required
def state(request: HttpRequest) -> HttpResponse:
    """Show the state and its history; the bureau changes it."""
    actor = request.actor
    life = life_of_gem(actor, actor.gem_id)
    form = StateForm(life.choices, life.today, request.POST or None)
    if request.method == "POST":
        require(actor, "groups.pause", actor.gem_id)
        if form.is_valid():
            try:
                change_state(actor=actor, gem_id=actor.gem_id, **form.values())
            except StateRefusedError as refused:
                form.add_error(*WORDS[refused.reason])
            else:
                messages.success(request, _("C'est noté. Vous pouvez changer à nouveau."))
                return redirect("groups:state")
    context = {"life": life, "form": form if life.choices else None}
    status = 422 if form.errors else 200
    return render(request, "groups/state/state.html", context, status=status)
