"""A person on the GEM's own tablet: quiet minutes end the session, what was typed waits for them.

Only our own clock counts: the tablet's may be hours off. A tablet that is withdrawn, or a session
taken away from it, ends at once.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from espace.accounts import drafts
from espace.accounts.access import Actor
from espace.core.clock import now

SEEN = "seen"
DEVICE = "device"
CLEARED = '"cache", "storage"'
"""All that a browser keeps of our pages, but the cookie by which the tablet is known."""

QUIET = _("La tablette est revenue au début : personne ne la touchait.")
QUIET_AND_KEPT = _(
    "La tablette est revenue au début. Ce que vous avez écrit est gardé : montrez votre carte."
)
GONE = _("Cette tablette n'est plus inscrite. Votre session est fermée.")


def watch(request: HttpRequest, actor: Actor) -> str | Promise:
    """Say why this person's session ends here now; "" when it goes on."""
    session, device = request.session, actor.device_id
    if DEVICE in session and session[DEVICE] != str(device):
        return GONE
    if device is None or actor.account_id is None:
        return ""
    session[DEVICE] = str(device)
    moment = int(now().timestamp())
    seen = session.get(SEEN, moment)
    session[SEEN] = moment
    if abs(moment - seen) <= settings.SHARED_DEVICE_IDLE:
        return ""
    kept = request.method == "POST" and drafts.keep_for(actor.account_id, request)
    # The guard keeps nothing more: this form is its person's, who is no more here.
    request.kept_for_its_person = kept  # type: ignore[attr-defined]
    return QUIET_AND_KEPT if kept else QUIET


def forget_device(session: Any) -> None:
    """Let this session learn its device again: it was just enrolled under another key."""
    session.pop(DEVICE, None)


def note_leaving(request: HttpRequest | None, **_more: Any) -> None:
    """Remember that someone left here (signal ``user_logged_out``)."""
    if request is not None:
        request.left_here = True  # type: ignore[attr-defined]


def clear_when_left(request: HttpRequest, response: HttpResponse) -> None:
    """On a tablet that a person just left, the browser forgets the pages it showed."""
    if getattr(request, "left_here", False) and settings.DEVICE_COOKIE_NAME in request.COOKIES:
        response["Clear-Site-Data"] = CLEARED
