"""What a list did or would do, in plain values for the page and for other programs."""

from collections.abc import Sequence
from typing import Any

from espace.federation.rules.columns import Dropped
from espace.federation.rules.lines import Line, ReadList, Refused
from espace.federation.rules.matching import Decision, Doubt, Outcome, Plan
from espace.federation.rules.places import Found, Place

FIELDS_FR = {
    "public_focus": "public",
    "sponsor": "parrain",
    "manager": "gestionnaire",
    "address": "adresse",
    "phone": "téléphone",
    "opened_on": "date d'ouverture",
    "federated": "membre de la FiGEM",
    "status": "état",
}
DOUBTS_FR = {
    Doubt.SAME_NAME_HERE: "Plusieurs GEM de ce nom existent déjà ici : {other}.",
    Doubt.SAME_NAME_NEAR: "Un GEM de ce nom existe tout près : {other}. A-t-il déménagé ?",
    Doubt.TWICE_IN_FILE: "Un autre GEM du même nom, même commune : {other}.",
}


def report(plan: Plan, read: ReadList) -> dict[str, Any]:
    """Return the report of a list: counts, then what happens line by line."""
    sorts = {outcome: plan.of(outcome) for outcome in Outcome}
    counts = {outcome.value: len(found) for outcome, found in sorts.items()}
    return {
        "counts": {
            **counts,
            "refused": len(plan.refused),
            "dropped_columns": len(read.dropped),
        },
        "new": [_told(each) for each in sorts[Outcome.NEW]],
        "known": [_told(each) for each in sorts[Outcome.KNOWN]],
        "updated": [
            {**_told(each), "fields": sorted(FIELDS_FR[name] for name in each.fills)}
            for each in sorts[Outcome.UPDATED]
        ],
        "proposals": [
            {
                **_told(each),
                "field": FIELDS_FR[proposal.field],
                "ours": proposal.ours,
                "theirs": proposal.theirs,
            }
            for each in plan.decisions
            for proposal in each.proposals
        ],
        "ambiguous": [
            {**_told(each), "reason": doubt_fr(each)} for each in sorts[Outcome.AMBIGUOUS]
        ],
        "refused": [
            {"line": each.number, "text": each.text, "reason": each.reason} for each in plan.refused
        ],
        "dropped": [{"column": each.heading, "reason": each.reason} for each in read.dropped],
        "sheets_left_out": list(read.sheets_left_out),
        "merged_communes": [
            {
                "line": each.line.number,
                "old": each.line.place.old_name,
                "present": each.line.place.name,
            }
            for each in plan.decisions
            if each.line.place.found is Found.MERGED
        ],
        "same_name_elsewhere": [
            {**_told(each), "other": each.same_name_far}
            for each in plan.decisions
            if each.same_name_far
        ],
        "unread": [
            {
                "line": each.line.number,
                "fields": sorted(FIELDS_FR[name] for name in each.line.notes),
            }
            for each in plan.decisions
            if each.line.notes
        ],
    }


def doubt_fr(decision: Decision) -> str:
    """Return the question of a line, in plain French; empty when it asks none."""
    if decision.doubt is None:
        return ""
    return DOUBTS_FR[decision.doubt].format(other=decision.other)


def to_json(read: ReadList) -> dict[str, Any]:
    """Return a read list as plain values, to wait between two pages."""
    return {
        "lines": [
            {
                "number": line.number,
                "name": line.name,
                "found": line.place.found.value,
                "code": line.place.code,
                "commune": line.place.name,
                "old_name": line.place.old_name,
                "status": line.status,
                "values": dict(line.values),
                "notes": list(line.notes),
            }
            for line in read.lines
        ],
        "refused": [[each.number, each.text, each.reason] for each in read.refused],
        "dropped": [[each.heading, each.reason] for each in read.dropped],
        "sheets": list(read.sheets_left_out),
    }


def from_json(kept: dict[str, Any]) -> ReadList:
    """Return the list that ``to_json`` kept."""
    return ReadList(
        True,
        tuple(_line(each) for each in kept["lines"]),
        tuple(Refused(*each) for each in kept["refused"]),
        tuple(Dropped(*each) for each in kept["dropped"]),
        tuple(kept["sheets"]),
    )


def _line(kept: dict[str, Any]) -> Line:
    place = Place(Found(kept["found"]), kept["code"], kept["commune"], kept["old_name"])
    return Line(
        kept["number"],
        kept["name"],
        place,
        kept["status"],
        kept["values"],
        tuple(kept["notes"]),
    )


def _told(decision: Decision) -> dict[str, Any]:
    line = decision.line
    return {"line": line.number, "name": line.name, "commune": line.place.name}


def first_lines(lines: Sequence[Any], most: int) -> tuple[list[Any], int]:
    """Return the first lines and how many more there are."""
    return list(lines[:most]), max(0, len(lines) - most)
