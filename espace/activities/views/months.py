"""« Ce mois est fini »."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from espace.accounts.guard import gem_required
from espace.activities.actions import months as actions
from espace.activities.choices import InputWay
from espace.activities.queries.months import month_state
from espace.activities.views.addresses import with_month


@gem_required
@require_http_methods(["GET", "HEAD", "POST"])
@with_month
def month(request: HttpRequest, first: date) -> HttpResponse:
    """Show what a month lacks; finish it, or open it again."""
    who = {"actor": request.actor, "gem_id": request.actor.gem_id, "month": first}
    if request.method != "POST":
        return render(request, "activities/month.html", {"state": month_state(**who)})
    name = date_format(first, "F Y")
    try:
        if request.POST.get("geste") == "rouvrir":
            actions.reopen_month(**who)
            said = _("%(month)s est rouvert.")
        else:
            actions.finish_month(**who, input_way=_way(request.POST.get("saisie", "")))
            said = _("%(month)s est fini. Merci. Vous pouvez encore le rouvrir.")
    except actions.TooEarlyError:
        messages.warning(request, _("Ce mois n'est pas terminé. Revenez dans ses derniers jours."))
    except actions.TooOldError:
        messages.warning(request, _("Ce mois est trop ancien. Ses chiffres ne changent plus."))
    else:
        messages.success(request, said % {"month": name.capitalize()})
    return redirect("activities:month", f"{first:%Y-%m}")


def _way(text: str) -> InputWay:
    return InputWay(text) if text in InputWay.values else InputWay.ORDINATEUR
