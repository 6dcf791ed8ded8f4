"""The page that says what anyone may take."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from espace.open_data import queries, rules


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Say which tables there are, under which licence, and how to take them."""
    context = {
        "tables": queries.tables(),
        "periods": queries.periods()[:12],
        "licence": rules.LICENCE,
        "licence_url": rules.LICENCE_URL,
    }
    return render(request, "open_data/home.html", context)
