"""« Ce mois est fini »."""

import re
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from espace.accounts.guard import gem_required
from espace.activities.actions import months as actions
from espace.activities.choices import InputWay
from espace.activities.forms.month_card import MinutesForm
from espace.activities.queries.months import month_state, year_of_writing
from espace.activities.rules.time_spent import (
    MINUTES_TO_COUNT_A_DAY,
    MINUTES_TO_COUNT_A_MONTH,
    say_minutes,
)
from espace.activities.views.addresses import with_month


@gem_required
@require_http_methods(["GET", "HEAD", "POST"])
@with_month
def month(request: HttpRequest, first: date) -> HttpResponse:
    """Show what a month lacks; finish it, or open it again."""
    who = {"actor": request.actor, "gem_id": request.actor.gem_id, "month": first}
    form = MinutesForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.is_bound else 200
        context = {"state": month_state(**who), "form": form}
        return render(request, "activities/month.html", context, status=status)
    name = date_format(first, "F Y")
    minutes = form.cleaned_data["minutes"]
    try:
        if request.POST.get("geste") == "rouvrir":
            actions.reopen_month(**who)
            said = _("%(month)s est rouvert.")
        elif request.POST.get("geste") == "temps":
            if minutes is not None:
                actions.say_minutes(**who, minutes=minutes)
            said = _("C'est noté. Merci.")
        else:
            way = _way(request.POST.get("saisie", ""))
            actions.finish_month(**who, input_way=way, minutes=minutes)
            said = _("%(month)s est fini. Merci. Vous pouvez encore le rouvrir.")
    except actions.TooEarlyError:
        messages.warning(request, _("Ce mois n'est pas terminé. Revenez dans ses derniers jours."))
    except actions.TooOldError:
        messages.warning(request, _("Ce mois est trop ancien. Ses chiffres ne changent plus."))
    else:
        messages.success(request, said % {"month": name.capitalize()})
    return redirect("activities:month", f"{first:%Y-%m}")


@gem_required
@require_safe
def time_spent(request: HttpRequest) -> HttpResponse:
    """Show what writing things down took in a year, and what it saved (supposed)."""
    year = request.GET.get("annee", "")
    asked = int(year) if re.fullmatch(r"20\d\d", year, re.ASCII) else 0
    shown = year_of_writing(request.actor, request.actor.gem_id, asked or None)
    context = {
        "year": shown,
        "spent": say_minutes(shown.spent.spent),
        "usual": say_minutes(shown.spent.usual) if shown.spent.usual is not None else "",
        "saved": say_minutes(shown.spent.saved),
        "a_day": MINUTES_TO_COUNT_A_DAY,
        "a_month": MINUTES_TO_COUNT_A_MONTH,
    }
    return render(request, "activities/time_spent.html", context)


def _way(text: str) -> InputWay:
    return InputWay(text) if text in InputWay.values else InputWay.ORDINATEUR
