"""What the statutes of one GEM say, and which part of them speaks of one meeting."""

from dataclasses import dataclass
from datetime import date

from espace.governance.choices.meetings import MeetingKind, Quorum
from espace.governance.rules.assemblies import QuorumRule


@dataclass(frozen=True, slots=True)
class GemStatutes:
    """Every empty value is « we do not know »."""

    notice_days: int | None = None
    voters: str = ""
    quorum: str = ""
    quorum_number: int | None = None
    quorum_with_proxies: bool | None = None
    proxies_each: int | None = None
    majority: str = ""
    tie: str = ""
    election_tie: str = ""
    second_notice_days: int | None = None
    second_quorum: str = ""
    extra_quorum: str = ""
    extra_majority: str = ""
    board_quorum: str = ""
    term_years: int | None = None
    checked_on: date | None = None


@dataclass(frozen=True, slots=True)
class MeetingRules:
    """What counts for one meeting; ``has_quorum`` False when statutes ask nothing of that kind."""

    notice_days: int | None
    quorum: QuorumRule
    proxies_each: int | None
    majority: str
    tie: str
    has_quorum: bool


BOARDS = (MeetingKind.CA, MeetingKind.BUREAU)


def rules_of(
    statutes: GemStatutes, kind: str, *, extraordinary: bool = False, second: bool = False
) -> MeetingRules:
    """Return what the statutes ask of a meeting; outside assemblies and boards, nothing."""
    majority = statutes.majority
    if kind == MeetingKind.AG:
        name, notice_days = statutes.quorum, statutes.notice_days
        if extraordinary:
            name, majority = statutes.extra_quorum, statutes.extra_majority
        if second:
            name, notice_days = statutes.second_quorum, statutes.second_notice_days
    elif kind in BOARDS:
        name, notice_days = statutes.board_quorum, None
    else:
        name, notice_days = Quorum.AUCUN.value, None
    return MeetingRules(
        notice_days=notice_days,
        quorum=QuorumRule(name, statutes.quorum_number, statutes.quorum_with_proxies),
        proxies_each=statutes.proxies_each,
        majority=majority,
        tie=statutes.tie,
        has_quorum=kind == MeetingKind.AG or kind in BOARDS,
    )
