"""What partners write: a receipt, a question, the part of an ARS."""

from typing import Any
from uuid import UUID

from espace.accounts.access import Actor
from espace.accounts.choices import Role
from espace.accounts.permissions import NotAllowed, require
from espace.partners.campaign import one_document
from espace.partners.permissions import ANSWER, PART, PERMISSIONS
from espace.partners.rules import Place
from espace.reports.actions import talking


def note_receipt(*, actor: Actor, version_id: UUID) -> None:
    """Tell the GEM that its document arrived; once. Raises Http404, NotAllowed."""
    by = _receiver(actor, version_id)
    talking.note_receipt(actor=actor, by=by, version_id=version_id)


def ask(*, actor: Actor, version_id: UUID, text: str, key: UUID) -> None:
    """Ask the GEM a question about its document. Raises Http404, NotAllowed."""
    by = _receiver(actor, version_id)
    talking.ask(actor=actor, by=by, version_id=version_id, text=text, key=key)


def write_part(*, actor: Actor, place: Place, year: int, values: dict[str, Any]) -> None:
    """Keep what the ARS says of its year. Raises NotAllowed."""
    require(actor, PART, place)
    talking.write_part(actor=actor, place=place.code, year=year, values=values)


def _receiver(actor: Actor, version_id: UUID) -> str:
    """Return the role to which the document was sent; FiGEM reads, and does not answer for it."""
    require(actor, ANSWER)
    role, _page = one_document(actor, version_id)
    if role not in (Role.ARS, Role.MUNICIPALITY):
        raise NotAllowed(ANSWER, PERMISSIONS[ANSWER].who)
    return role
