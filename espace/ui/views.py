"""Pages of the frame itself."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.templatetags.static import static
from django.utils.translation import gettext as _

from espace.ui.display import COOKIE, COOKIE_SECONDS, Display, read_display
from espace.ui.forms import DisplayForm


def display(request: HttpRequest) -> HttpResponse:
    """Show and keep how pages look; kept in one cookie, whoever is asking."""
    shown = read_display(request.COOKIES.get(COOKIE, ""))
    form = DisplayForm(request.POST or None, initial=vars(shown))
    if not form.is_valid():
        return render(request, "ui/display.html", {"form": form})
    answer = redirect("ui:display")
    answer.set_cookie(
        COOKIE,
        Display(**form.cleaned_data).cookie,
        max_age=COOKIE_SECONDS,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return answer


def style(request: HttpRequest, page: str) -> HttpResponse:
    """Show components in every state: one page per family of components."""
    try:
        get_template(f"ui/style/{page}.html")
    except TemplateDoesNotExist:
        raise Http404(page) from None
    return render(request, f"ui/style/{page}.html")


def offline(request: HttpRequest) -> HttpResponse:
    """Return the page a phone keeps for when the network is lost."""
    return render(request, "ui/offline.html")


def worker(request: HttpRequest) -> HttpResponse:
    """Return the service worker, served from the root so that it may watch every page."""
    return render(request, "ui/sw.js", content_type="text/javascript; charset=utf-8")


def manifest(request: HttpRequest) -> JsonResponse:
    """Return the web app manifest: name, colours and icons of the home screen."""
    icons = [
        {"src": static("ui/icon.svg"), "sizes": "any", "type": "image/svg+xml"},
    ]
    return JsonResponse(
        {
            "name": _("Mon Espace FiGEM"),
            "short_name": _("Mon Espace"),
            "lang": "fr",
            "start_url": "/",
            "display": "standalone",
            "background_color": "#fbf5ea",
            "theme_color": "#0d3f3a",
            "icons": icons,
        },
        content_type="application/manifest+json",
    )
