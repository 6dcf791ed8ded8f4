"""A list of the network: read, added once, taken back."""

from collections.abc import Collection, Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from espace.accounts import journal
from espace.accounts.access import Actor
from espace.accounts.permissions import require
from espace.core.clock import now, today
from espace.federation.choices import ListState
from espace.federation.models import NetworkList
from espace.federation.queries.network import plan_of
from espace.federation.rules.lines import ReadList, read_list
from espace.federation.rules.matching import Outcome
from espace.federation.rules.reporting import from_json, report, to_json
from espace.groups.actions.network import (
    Described,
    add_gem,
    complete_gem,
    empty_again,
    take_back_gem,
)
from espace.groups.choices import GemStatus
from espace.imports.actions.tables import Table, tables_of_upload

UNDO_FOR = timedelta(days=30)
MOST_LINES = 2000


class NotAListError(Exception):
    """The file opens, and is no list of GEM; ``message`` says what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def understood(*, tables: Iterable[Table]) -> ReadList:
    """Return what the tables say. Raises NotAListError when no headings are found."""
    read = read_list([(table.name, table.rows) for table in tables])
    if not read.is_list:
        raise NotAListError(
            _(
                "Nous n'avons pas trouvé les colonnes « Nom » et « Commune ». "
                "Rien n'a été enregistré. Ajoutez une ligne de titres, puis recommencez."
            )
        )
    if len(read.lines) > MOST_LINES:
        raise NotAListError(
            _("Cette liste a plus de 2 000 lignes. Coupez-la en deux. Rien n'a été enregistré.")
        )
    return read


def receive_list(*, actor: Actor, chunks: Iterable[bytes]) -> UUID:
    """Read a file sent by a browser and keep what was understood as a draft; return its id.

    Raises UnreadableFile or NotAListError, with their French sentence; nothing is kept then.
    """
    require(actor, "groups.run_network")
    read = understood(tables=tables_of_upload(chunks=chunks))
    with transaction.atomic():
        drafts = NetworkList.objects.filter(state=ListState.DRAFT)
        drafts.update(state=ListState.CANCELLED, lines={})
        return NetworkList.objects.create(lines=to_json(read)).pk


@transaction.atomic
def add_list(
    *, actor: Actor, read: ReadList, distinct: Collection[int] = ()
) -> tuple[UUID, dict[str, Any]]:
    """Add a list at once; return its id and its report."""
    require(actor, "groups.run_network")
    kept = NetworkList.objects.create(lines=to_json(read))
    return kept.pk, confirm_list(actor=actor, list_id=kept.pk, distinct=distinct)


@transaction.atomic
def confirm_list(*, actor: Actor, list_id: UUID, distinct: Collection[int] = ()) -> dict[str, Any]:
    """Add the GEM of a draft and fill what is empty on the others; return the report.

    The plan is made again now: what changed since it was shown is taken as it is. A list already
    added stays as it was. ``distinct``: lines that are other GEM than those of the same name.
    """
    require(actor, "groups.run_network")
    kept = NetworkList.objects.select_for_update().get(pk=list_id)
    if kept.state != ListState.DRAFT:
        return dict(kept.report)
    read, day = from_json(kept.lines), today()
    made = plan_of(actor, read, sorted(distinct))
    created, filled = [], {}
    for one in made.decisions:
        values = {name: value for name, value in one.line.values.items() if value != "non"}
        if one.outcome is Outcome.NEW:
            described = Described(
                one.line.name, one.line.place.code, GemStatus(one.line.status), day, values
            )
            created.append(str(add_gem(actor=actor, described=described)))
        elif one.outcome is Outcome.UPDATED and one.gem_id is not None:
            fills = {name: value for name, value in one.fills.items() if name != "status"}
            done = complete_gem(actor=actor, gem_id=one.gem_id, values=fills)
            filled[str(one.gem_id)] = {name: fills[name] for name in done}
    kept.report = report(made, read)
    kept.details = {"created": created, "filled": filled}
    kept.state, kept.lines, kept.done_at = ListState.DONE, {}, now()
    kept.save()
    journal.write(actor, "federation.add_list", thing=kept.pk)
    return dict(kept.report)


@transaction.atomic
def give_up_list(*, actor: Actor, list_id: UUID) -> None:
    """Give up a draft: what was read is erased."""
    require(actor, "groups.run_network")
    drafts = NetworkList.objects.filter(pk=list_id, state=ListState.DRAFT)
    drafts.update(state=ListState.CANCELLED, lines={})


@transaction.atomic
def undo_list(*, actor: Actor, list_id: UUID) -> int:
    """Take back the GEM that a list added; return how many stay because they are used since.

    What it had filled is emptied, when nobody changed it. Possible for 30 days.
    """
    require(actor, "groups.run_network")
    kept = NetworkList.objects.select_for_update().get(pk=list_id)
    if not is_undoable(kept=kept):
        return 0
    back = [take_back_gem(actor=actor, gem_id=UUID(each)) for each in kept.details["created"]]
    for gem_id, values in kept.details["filled"].items():
        empty_again(actor=actor, gem_id=UUID(gem_id), values=values)
    kept.state, kept.details = ListState.UNDONE, {}
    kept.save()
    journal.write(actor, "federation.undo_list", thing=kept.pk)
    return back.count(False)


def is_undoable(*, kept: NetworkList) -> bool:
    """Tell whether a list may still be taken back."""
    return (
        kept.state == ListState.DONE
        and kept.done_at is not None
        and now() - kept.done_at < UNDO_FOR
    )
