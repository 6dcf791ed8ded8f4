"""What every page's frame needs."""

from django.conf import settings
from django.http import HttpRequest

from espace.ui import menu
from espace.ui.display import COOKIE, read_display

# On the GEM's tablet: the question comes before the session ends, and has time to be read.
QUIET = {"ask": int(settings.SHARED_DEVICE_IDLE * 0.75), "wait": settings.SHARED_DEVICE_IDLE // 5}


def frame(request: HttpRequest) -> dict[str, object]:
    """Return the frame's variables: ``display``, ``actor``, ``menu_links`` (a function), ``quiet``.

    Nothing here asks the database: the actor is built when a template first looks at it.
    """
    actor = getattr(request, "actor", None)

    def menu_links() -> list[menu.MenuLink]:
        return menu.links(actor, request.path)

    return {
        "display": read_display(request.COOKIES.get(COOKIE, "")),
        "actor": actor,
        "menu_links": menu_links,
        "quiet": QUIET,
    }
