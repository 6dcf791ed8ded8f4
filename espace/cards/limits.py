"""How many wrong cards are tried before we ask to wait.

A whole GEM shares one address on the network: 100 an hour. The GEM's own tablet counts apart, so
that nobody outside can close its door; so does the QR code, which nobody guesses.
"""

from allauth.core.internal import ratelimit
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from espace.cards.rules.hashes import Kind

APP = "espace.cards"
TOO_MANY = _(
    "Beaucoup d'essais ont été faits d'ici. Attendez une heure, ou montrez le carré de la carte."
)


def may_try(request: HttpRequest, kind: Kind) -> bool:
    """Tell whether one more card may be tried from here; nothing is counted yet."""
    return _consume(request, kind, dry_run=True)


def failed(request: HttpRequest, kind: Kind) -> None:
    """Count a card that opened nothing."""
    _consume(request, kind, dry_run=False)


def _consume(request: HttpRequest, kind: Kind, *, dry_run: bool) -> bool:
    device = request.actor.device_id
    per = "key" if device else "ip"
    usage = ratelimit.consume(
        request,
        app=APP,
        action=kind.value,
        config={kind.value: f"{settings.WRONG_CARDS_LIMIT}/{per}"},
        key=str(device) if device else None,
        dry_run=dry_run,
    )
    return usage is not None
