"""What is kept on one person, gathered from every package."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from espace.accounts import personal_data
from espace.accounts.access import Actor
from espace.accounts.journal_reading import openings_of
from espace.accounts.permissions import require
from espace.groups.queries.roll import Card, card
from espace.privacy.permissions import LINE_DATA, OWN_DATA
from espace.privacy.rules.file import Part, Reading

SAID = "said"
"""The section of what a person wished to say: the bureau reads it only when asked to."""


@dataclass(frozen=True)
class PersonData:
    """Everything kept on a person, and who opened it."""

    parts: list[Part]
    read: list[Reading]


@dataclass(frozen=True)
class LineData:
    """The same for a line of the roll. ``answers_left_out``: what they said waits for a press."""

    card: Card
    data: PersonData
    answers_left_out: bool


def own_data(actor: Actor) -> PersonData:
    """Return everything kept on who is asking. Raises NotAllowed."""
    require(actor, OWN_DATA)
    if actor.account_id is None:
        return PersonData([], [])
    ids = [actor.account_id, *personal_data.lines_of(actor.account_id)]
    return PersonData(_parts(personal_data.shown(actor.account_id)), _read(ids, actor.account_id))


def line_data(actor: Actor, person_id: UUID, *, with_answers: bool) -> LineData:
    """Return what the GEM keeps on a line of its roll; 404 elsewhere. Raises NotAllowed."""
    line = card(actor, person_id)
    require(actor, LINE_DATA, line)
    sections = personal_data.shown_of_line(person_id)
    all_of_it = with_answers or line.is_me
    shown = [each for each in sections if all_of_it or each.key != SAID]
    return LineData(
        card=line,
        data=PersonData(_parts(shown), _read([person_id], line.account_id)),
        answers_left_out=len(shown) < len(sections),
    )


def _parts(sections: list[personal_data.Section]) -> list[Part]:
    return [
        Part(
            key=each.key,
            title=str(each.title),
            why=str(each.why),
            seen_by=str(each.seen_by),
            kept=str(each.kept),
            rows=tuple(
                tuple((key, str(words), value) for key, words, value in row) for row in each.rows
            ),
        )
        for each in sections
    ]


def _read(ids: Collection[UUID], own: UUID | None) -> list[Reading]:
    found = openings_of(ids, besides=own)
    return [Reading(timezone.localtime(each.at), each.who, each.words) for each in found]
