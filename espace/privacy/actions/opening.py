"""Opening what is kept on a person leaves a line in the journal."""

from uuid import UUID

from espace.accounts import opened
from espace.accounts.access import Actor
from espace.accounts.permissions import require
from espace.groups.queries.roll import card
from espace.privacy.permissions import LINE_DATA, OWN_DATA


def note_copy_taken(*, actor: Actor) -> None:
    """Write that a person took a copy of their own data."""
    require(actor, OWN_DATA)
    opened.note(actor, "privacy.download_own_data", gem_id=None, thing=actor.account_id)


def note_line_opened(*, actor: Actor, person_id: UUID, with_answers: bool) -> None:
    """Write that someone of the bureau opens a person's data; one's own leave no line.

    Called before the page is read, so that the sheet given to the person says who printed it.
    """
    line = card(actor, person_id)
    require(actor, LINE_DATA, line)
    if line.is_me:
        return
    action = "privacy.open_line_data_with_answers" if with_answers else "privacy.open_line_data"
    opened.note(actor, action, gem_id=line.gem_id, thing=line.id)
