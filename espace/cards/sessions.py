"""A session opened by a card: what it remembers, and when it ends.

Outside the GEM's tablets a card holds one session: using it elsewhere ends the first. A card that
is withdrawn, a role that grew beyond it, or a tablet that is no more the GEM's end it at once.
"""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from espace.accounts.access import Actor, Grant
from espace.accounts.choices import Proof, Role
from espace.accounts.opening import open_session
from espace.cards.actions import begin_outside, end_outside
from espace.cards.queries import Opening, runs
from espace.cards.rules.reach import fits

KEY = "card"
BROWSER_COOKIE_AGE = 395 * 24 * 3600

NO_MORE = _("Votre carte a été retirée ou remplacée. Entrez avec la nouvelle.")
ROLE_CHANGED = _("Votre rôle a changé. Demandez une nouvelle carte à une personne élue.")
ELSEWHERE = _(
    "Cette carte a servi sur un autre appareil. Si ce n'est pas vous, demandez une nouvelle carte."
)
TABLET_GONE = _("Cette tablette n'est plus inscrite. Votre session est fermée.")


def enter_by_card(request: HttpRequest, opened: Opening) -> str:
    """Open the session of a card just shown; return the mark the browser keeps, "" on a tablet.

    On a tablet of the card's own GEM, the tablet is the second factor.
    """
    actor = request.actor
    tablet = actor.has(Role.DEVICE, gem_id=opened.gem_id)
    # Another person was signed in here: their card is free again.
    forget_when_leaving(request)
    open_session(request, opened.account_id, Proof.CARD, *([Proof.TABLET] if tablet else []))
    kept = {
        "id": str(opened.card_id),
        "gem": str(opened.gem_id),
        "reach": opened.reach,
        "practice": sorted(str(gem_id) for gem_id in opened.practice),
        "tablet": str(actor.device_id) if tablet else "",
        "mark": "",
    }
    browser = ""
    if not tablet:
        known = request.COOKIES.get(settings.CARD_COOKIE_NAME, "")
        marks = begin_outside(card_id=opened.card_id, browser=known)
        kept["mark"], browser = marks.session, marks.browser
    request.session[KEY] = kept
    return browser


def remember_browser(response: HttpResponse, browser: str) -> None:
    """Let this browser be known again by its card, so that coming back warns nobody."""
    if browser:
        response.set_cookie(
            settings.CARD_COOKIE_NAME,
            browser,
            max_age=BROWSER_COOKIE_AGE,
            secure=settings.PRODUCTION,
            httponly=True,
            samesite="Lax",
        )


def watch(request: HttpRequest, actor: Actor) -> str | Promise:
    """Say why a session opened by a card ends now; "" when it goes on. One SQL query."""
    kept = request.session.get(KEY)
    if not kept:
        return ""
    if kept["tablet"] != (str(actor.device_id) if kept["tablet"] else ""):
        return TABLET_GONE
    if not _still_fits(actor, kept):
        return ROLE_CHANGED
    going_on = runs(UUID(kept["id"]), kept["mark"] if not kept["tablet"] else None)
    if going_on is None:
        return NO_MORE
    return "" if going_on else ELSEWHERE


def _still_fits(actor: Actor, kept: dict[str, object]) -> bool:
    held: set[Grant] = {*actor.grants, *actor.withheld}
    practice = kept["practice"]
    return fits(
        {grant for grant in held if grant.role != Role.DEVICE},
        gem_id=UUID(str(kept["gem"])),
        reach=str(kept["reach"]),
        practice={UUID(each) for each in practice} if isinstance(practice, list) else (),
    )


def forget_when_leaving(request: HttpRequest | None, **_more: object) -> None:
    """Give back the card's one session when its person leaves (signal ``user_logged_out``)."""
    session = getattr(request, "session", None)
    kept = session.get(KEY) if session is not None else None
    if kept and kept["mark"]:
        end_outside(card_id=UUID(kept["id"]), mark=kept["mark"])
