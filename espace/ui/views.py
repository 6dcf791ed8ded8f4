"""Pages of the frame itself."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils.translation import gettext as _

from espace.ui.display import CHOICES, COOKIE, COOKIE_SECONDS, Display, read_display
from espace.ui.forms import DisplayForm
from espace.ui.gallery import examples

STYLE_PAGES = ("index", "formulaires", "feuille", "chiffres", "icones")


def display(request: HttpRequest) -> HttpResponse:
    """Show and keep how pages look; kept in one cookie, whoever is asking."""
    shown = read_display(request.COOKIES.get(COOKIE, ""))
    form = DisplayForm(request.POST or None, initial=vars(shown))
    if not form.is_valid():
        return render(request, "ui/display.html", {"form": form})
    messages.success(request, _("C'est gardé. Cet appareil s'en souviendra."))
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
    """Show components in every state, in any theme: one page per family of components."""
    if page not in STYLE_PAGES:
        raise Http404(page)
    context: dict[str, Any] = examples()
    if (theme := request.GET.get("theme")) in CHOICES["theme"]:
        context["display"] = Display(theme=theme)
    return render(request, f"ui/style/{page}.html", context)


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
        *(
            {
                "src": static(f"ui/icon-{side}.png"),
                "sizes": f"{side}x{side}",
                "type": "image/png",
                "purpose": "any maskable",
            }
            for side in (192, 512)
        ),
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
