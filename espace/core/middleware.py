"""Headers that every answer carries."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

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
