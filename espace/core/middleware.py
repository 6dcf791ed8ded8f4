"""What every answer carries: its headers, and one line in the log."""

import logging
import time
from collections.abc import Callable
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from espace.core import weights

log = logging.getLogger("espace.requests")

PERMISSIONS_OFF = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"


class ResponseHeaders:
    """Pages with a person or a GEM in them are never stored by a browser or a proxy.

    A view that shows no personal data says so by setting its own ``Cache-Control``.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Cache-Control", "no-store")
        response.setdefault("Permissions-Policy", PERMISSIONS_OFF)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class RequestLog:
    """One line for each page: the *name* of its address, never the address, nor who asked.

    The reference is sent back too, so that a person who meets an error can quote it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        reference, began = uuid4().hex[:12], time.perf_counter()
        response = self.get_response(request)
        response["X-Request-ID"] = reference
        if settings.WEIGH_PAGES and response.get("Content-Type", "").startswith("text/html"):
            weights.note(len(response.content))
        if not request.path.startswith(settings.STATIC_URL):
            match = request.resolver_match
            log.info(
                "%s %s %s %s %d ms %s bytes",
                reference,
                request.method,
                match.view_name if match else "-",
                response.status_code,
                (time.perf_counter() - began) * 1000,
                "?" if response.streaming else len(response.content),
            )
        return response
