"""What every page's frame needs."""

from django.http import HttpRequest

from espace.ui import menu
from espace.ui.display import COOKIE, read_display


def frame(request: HttpRequest) -> dict[str, object]:
    """Return the frame's variables: ``display``, ``actor``, and ``menu_links`` (a function).

    Nothing here asks the database: the actor is built when a template first looks at it.
    """
    actor = getattr(request, "actor", None)

    def menu_links() -> list[menu.MenuLink]:
        return menu.links(actor, request.path)

    return {
        "display": read_display(request.COOKIES.get(COOKIE, "")),
        "actor": actor,
        "menu_links": menu_links,
    }
