"""One answer for a whole page, for the part that htmx asked for, or for a file to keep."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers


def respond(
    request: HttpRequest,
    page: str,
    part: str,
    context: Mapping[str, Any],
    status: int = 200,
) -> HttpResponse:
    """Return template ``part`` to htmx, and the full ``page`` to everyone else.

    A page that htmx asks for again after « back » is a full page too. Caches keep the two apart.
    """
    asked = request.headers.get("HX-Request") == "true"
    whole = request.headers.get("HX-History-Restore-Request") == "true"
    template = part if asked and not whole else page
    response = render(request, template, dict(context), status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def file_answer(content: bytes, kind: str, name: str) -> HttpResponse:
    """Return a file to keep, of the content type ``kind``, never stored on the way."""
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer
