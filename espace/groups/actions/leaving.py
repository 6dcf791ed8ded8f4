"""People nobody has seen for long leave the roll, once the names of their last month are gone."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db import transaction

from espace.accounts import personal_data
from espace.accounts.access import Actor
from espace.accounts.permissions import require
from espace.groups.queries.leaving import gone_from


@transaction.atomic
def forget_those_who_left(
    *, actor: Actor, gem_id: UUID, people: Collection[UUID], folded: Collection[date]
) -> int:
    """Erase the lines of ``people`` that nothing holds any more; return how many went.

    Someone noted on another day, with a membership or an account, stays. So does a newcomer of a
    month that is not among ``folded`` (first days): they are still counted there.
    """
    require(actor, "groups.forget_those_who_left", gem_id)
    leaving = gone_from(gem_id, people, folded)
    for person_id in leaving:
        personal_data.erase_line(person_id)
    return len(leaving)
