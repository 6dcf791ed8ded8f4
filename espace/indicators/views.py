"""Pages of « Notre GEM »: read the period, ask one query or one action, choose the page."""

import hashlib
from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import condition, require_http_methods, require_safe

from espace.accounts.guard import gem_required
from espace.core import spreadsheets
from espace.core.clock import now
from espace.groups.queries import gem_facts
from espace.groups.queries.gem_facts import GemState
from espace.indicators import living, navigation
from espace.indicators.actions import choose_sentences
from espace.indicators.forms import PeriodForm, SentencesForm, chosen_period
from espace.indicators.rules import Period

STARTED_AT = now()
"""A new release may draw the same figures otherwise: what browsers kept before is asked again."""


def _etag(request: HttpRequest, **kwargs: object) -> str:
    """A page of figures changes with a write of the GEM, the day, the release or the reader."""
    actor, gem = request.actor, _gem(request)
    reader = (actor.account_id, sorted(map(str, actor.grants)), request.headers.get("Cookie"))
    mark = hashlib.sha256(repr((gem, STARTED_AT, reader)).encode()).hexdigest()
    return f'"{mark[:32]}"'


def figures_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page of figures: a browser keeps it, but asks each time whether it is still true."""

    @wraps(view)
    @gem_required
    @require_safe
    @condition(etag_func=_etag)
    def answer(request: HttpRequest, **kwargs: object) -> HttpResponse:
        response = view(request, **kwargs)
        patch_cache_control(response, private=True, no_cache=True)
        return response

    return answer


def _gem(request: HttpRequest) -> GemState:
    """The GEM in hand, read once per request."""
    if not hasattr(request, "gem_state"):
        request.gem_state = gem_facts.state(request.actor.gem_id)
    return request.gem_state


def _period(request: HttpRequest) -> Period:
    return chosen_period(request.GET.get("periode"), _gem(request).today)


@figures_page
def living_page(request: HttpRequest) -> HttpResponse:
    period = _period(request)
    page = living.living_page(request.actor, _gem(request), period)
    context = {
        "page": page,
        "starting": page.nothing_yet and "periode" not in request.GET,
        "steps": navigation.steps(period, _gem(request).today),
        "themes": living.themes(),
    }
    return render(request, "indicators/living.html", context)


@figures_page
def theme(request: HttpRequest, slug: str) -> HttpResponse:
    period = _period(request)
    asked = request.GET.get("page", "1")
    try:
        number = int(asked)
        page = living.theme_page(request.actor, _gem(request), slug, period, number)
    except (KeyError, ValueError) as missing:
        raise Http404 from missing
    context = {
        "page": page,
        "steps": navigation.steps(period, _gem(request).today),
        "themes": living.themes(),
    }
    return render(request, "indicators/theme.html", context)


@figures_page
def origin(request: HttpRequest, code: str) -> HttpResponse:
    period = _period(request)
    try:
        page = living.origin_page(request.actor, _gem(request), code, period)
    except KeyError as missing:
        raise Http404 from missing
    return render(request, "indicators/origin.html", {"page": page})


@gem_required
@require_safe
def choose_period(request: HttpRequest) -> HttpResponse:
    period = _period(request)
    typed = PeriodForm(request.GET) if "first" in request.GET else PeriodForm()
    if typed.is_bound and typed.is_valid():
        return redirect(f"{reverse('indicators:living')}?periode={typed.period()}")
    context = {"form": typed, "period": period, "groups": navigation.choices(_gem(request).today)}
    return render(request, "indicators/period.html", context, status=422 if typed.is_bound else 200)


@gem_required
@require_http_methods(["GET", "HEAD", "POST"])
def sentences(request: HttpRequest) -> HttpResponse:
    codes = living.sentence_codes_for_choice(request.actor, _gem(request))
    start = {f"place_{place}": code for place, code in enumerate(codes, start=1)}
    # One place at a time: five lists of a hundred questions are too heavy for an old telephone.
    typed = {**start, **request.POST.dict()} if request.method == "POST" else None
    form = SentencesForm(living.sentence_choices(), typed, initial=start)
    if request.method == "POST" and form.is_valid():
        choose_sentences(actor=request.actor, gem_id=request.actor.gem_id, codes=form.codes())
        return redirect("indicators:living")
    context = {"form": form, "place": form.place(request.GET.get("place", ""))}
    status = 422 if form.is_bound else 200
    return render(request, "indicators/sentences.html", context, status=status)


@gem_required
@require_safe
def export_csv(request: HttpRequest) -> HttpResponse:
    return _export(request, spreadsheets.as_csv, "csv", "text/csv; charset=utf-8")


@gem_required
@require_safe
def export_xlsx(request: HttpRequest) -> HttpResponse:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _export(request, spreadsheets.as_xlsx, "xlsx", kind)


def _export(
    request: HttpRequest, write: Callable[[spreadsheets.Sheet], bytes], ending: str, kind: str
) -> HttpResponse:
    period = _period(request)
    sheet = living.sheet(request.actor, _gem(request), period)
    response = HttpResponse(write(sheet), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="chiffres-{period}.{ending}"'
    return response
