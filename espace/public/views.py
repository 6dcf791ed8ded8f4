"""Pages open to everyone."""

from django.http import HttpRequest, HttpResponse


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the page was open too long, and that the text typed is kept by the browser."""
    return HttpResponse("Cette page est restée ouverte trop longtemps.", status=403)
