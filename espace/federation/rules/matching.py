"""What a list would do: which GEM are new, which are known, and which lines ask a question.

Two GEM are never made one in silence, and nothing written by hand is replaced: it is proposed.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from uuid import UUID

from espace.federation.rules.lines import Line, Refused
from espace.groups.territory import normalised

PREFIXES = (
    "association groupe d entraide mutuelle",
    "groupe d entraide mutuelle",
    "association gem",
    "association du gem",
    "asso gem",
    "gem",
    "g e m",
)
SMALL_WORDS = ("le", "la", "les", "l", "de", "du", "d")


class Outcome(StrEnum):
    """What a line would do."""

    NEW = "new"
    KNOWN = "known"
    UPDATED = "updated"
    AMBIGUOUS = "ambiguous"


class Doubt(StrEnum):
    """Why a line asks a question."""

    SAME_NAME_HERE = "same_name_here"
    SAME_NAME_NEAR = "same_name_near"
    TWICE_IN_FILE = "twice_in_file"


@dataclass(frozen=True)
class Known:
    """A GEM that is there already, with what its card says (empty: not said)."""

    id: UUID
    name: str
    commune_code: str
    commune_name: str
    departement_code: str
    joined: bool
    values: Mapping[str, str]


@dataclass(frozen=True)
class Proposal:
    """What a list says otherwise than the card: shown, never written."""

    field: str
    ours: str
    theirs: str


@dataclass(frozen=True)
class Decision:
    """What one line would do; ``fills`` are the empty places of a card that it would fill."""

    line: Line
    outcome: Outcome
    gem_id: UUID | None = None
    doubt: Doubt | None = None
    other: str = ""
    fills: Mapping[str, str] = field(default_factory=dict)
    proposals: tuple[Proposal, ...] = ()
    same_name_far: str = ""


@dataclass(frozen=True)
class Plan:
    """What the whole list would do."""

    decisions: tuple[Decision, ...]
    refused: tuple[Refused, ...]

    def of(self, outcome: Outcome) -> list[Decision]:
        """Return the decisions of one sort, in the order of the file."""
        return [each for each in self.decisions if each.outcome is outcome]


def name_key(name: str) -> str:
    """Return a name without « GEM » nor its article, so that two spellings of it meet."""
    words = normalised(name)
    for prefix in PREFIXES:
        if words.startswith(f"{prefix} "):
            words = words.removeprefix(f"{prefix} ")
            break
    parts = words.split()
    while len(parts) > 1 and parts[0] in SMALL_WORDS:
        parts = parts[1:]
    return " ".join(parts) or normalised(name)


def plan(
    lines: Sequence[Line],
    refused: Sequence[Refused],
    known: Sequence[Known],
    departement_of: Mapping[str, str],
    distinct: Collection[int] = (),
) -> Plan:
    """Return what the lines would do. ``distinct``: lines said to be other GEM than those alike."""
    by_key: dict[str, list[Known]] = {}
    for each in known:
        by_key.setdefault(name_key(each.name), []).append(each)
    here = Counter((name_key(line.name), line.place.code) for line in lines)
    seen: dict[tuple[str, str], Line] = {}
    taken: set[UUID] = set()
    decisions: list[Decision] = []
    left_out = list(refused)
    for line in lines:
        key = (name_key(line.name), line.place.code)
        first = seen.setdefault(key, line)
        if first is not line and _agree(first, line):
            said = f"Ce GEM est déjà à la ligne {first.number}."
            left_out.append(Refused(line.number, line.name, said))
            continue
        alike = by_key.get(key[0], [])
        same_place = [each for each in alike if each.commune_code == line.place.code]
        one = _decide(line, first, same_place, taken)
        if one is None:
            one = _decide_new(line, alike, departement_of)
        if (
            one.outcome is Outcome.AMBIGUOUS
            and line.number in distinct
            and len(same_place) < here[key]
        ):
            one = Decision(line, Outcome.NEW)
        if one.gem_id is not None:
            taken.add(one.gem_id)
        decisions.append(one)
    return Plan(tuple(decisions), tuple(sorted(left_out, key=lambda each: each.number)))


def _decide(
    line: Line, first: Line, same_place: Sequence[Known], taken: Collection[UUID]
) -> Decision | None:
    """Decide among the GEM of that name in that commune; None when there is none."""
    exact = [each for each in same_place if _same_address(line, each)]
    if len(exact) == 1 and len(same_place) > 1:
        return _known(line, exact[0])
    free = [each for each in same_place if each.id not in taken]
    if len(same_place) > 1:
        town = same_place[0].commune_name
        return Decision(line, Outcome.AMBIGUOUS, doubt=Doubt.SAME_NAME_HERE, other=town)
    if first is not line:
        other = f"ligne {first.number}"
        return Decision(line, Outcome.AMBIGUOUS, doubt=Doubt.TWICE_IN_FILE, other=other)
    return _known(line, free[0]) if free else None


def _decide_new(line: Line, alike: Sequence[Known], departement_of: Mapping[str, str]) -> Decision:
    """A name that is not in this commune: new, unless it may have moved from nearby."""
    land = departement_of[line.place.code]
    near = [each for each in alike if each.departement_code == land]
    if near:
        town = near[0].commune_name
        return Decision(line, Outcome.AMBIGUOUS, doubt=Doubt.SAME_NAME_NEAR, other=town)
    far = alike[0].commune_name if alike else ""
    return Decision(line, Outcome.NEW, same_name_far=far)


def _known(line: Line, gem: Known) -> Decision:
    fills: dict[str, str] = {}
    proposals = []
    said = {**line.values}
    if "status" not in line.notes and line.status != "preparation":
        said["status"] = line.status
    for name, theirs in said.items():
        ours = gem.values.get(name, "")
        if normalised(ours) == normalised(theirs) or (
            name == "federated" and _both_no(ours, theirs)
        ):
            continue
        if not ours and (not gem.joined or name == "federated"):
            fills[name] = theirs
        else:
            proposals.append(Proposal(name, ours, theirs))
    outcome = Outcome.UPDATED if fills else Outcome.KNOWN
    return replace(Decision(line, outcome, gem.id), fills=fills, proposals=tuple(proposals))


def _both_no(ours: str, theirs: str) -> bool:
    return not ours and theirs == "non"


def _agree(one: Line, other: Line) -> bool:
    """Tell whether two lines may be the same GEM: what both say is the same."""
    return all(
        normalised(one.values[name]) == normalised(other.values[name])
        for name in one.values.keys() & other.values.keys()
    )


def _same_address(line: Line, gem: Known) -> bool:
    return any(
        line.values.get(name) and normalised(line.values[name]) == normalised(gem.values[name])
        for name in ("address", "phone")
    )
