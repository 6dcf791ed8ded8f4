"""Assemblies: notice, quorum, proxies, hands and elections, by the statutes of one GEM.

Nothing here is a rule of law: each GEM's statutes say what counts, and what they do not say is
answered « we do not know ». Numbers in, an answer out; a page says it in words.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from espace.governance.choices.meetings import ElectionTie, Majority, Quorum, Tie

SHARES: Mapping[str, Fraction] = {
    Quorum.QUART: Fraction(1, 4),
    Quorum.TIERS: Fraction(1, 3),
    Quorum.MOITIE: Fraction(1, 2),
    Quorum.DEUX_TIERS: Fraction(2, 3),
}


class Notice(StrEnum):
    """Whether people are told early enough."""

    ENOUGH = "enough"
    SHORT = "short"
    UNKNOWN = "unknown"
    PAST = "past"


@dataclass(frozen=True, slots=True)
class NoticeAnswer:
    """``days`` before the meeting; ``earliest`` is the first day that keeps the statutes."""

    state: Notice
    days: int
    needed: int | None
    earliest: date | None


def notice(told_on: date, day: date, needed: int | None) -> NoticeAnswer:
    """Compare the days left with those of the statutes; the day of the meeting does not count."""
    days = (day - told_on).days
    earliest = told_on + timedelta(days=needed) if needed is not None else None
    if days < 0:
        return NoticeAnswer(Notice.PAST, days, needed, earliest)
    if needed is None:
        return NoticeAnswer(Notice.UNKNOWN, days, None, None)
    state = Notice.ENOUGH if days >= needed else Notice.SHORT
    return NoticeAnswer(state, days, needed, earliest)


class QuorumState(StrEnum):
    NONE_NEEDED = "none_needed"
    REACHED = "reached"
    MISSING = "missing"
    UNKNOWN = "unknown"
    """The statutes, or how many people may vote, are not known."""
    PROXIES_UNKNOWN = "proxies_unknown"
    """Reached with the proxies, missing without: the statutes must say which."""


@dataclass(frozen=True, slots=True)
class QuorumRule:
    """``number`` only when the statutes give one; ``with_proxies`` None when nobody knows."""

    kind: str
    number: int | None = None
    with_proxies: bool | None = None


@dataclass(frozen=True, slots=True)
class QuorumAnswer:
    """``counted`` people against ``needed``; ``lacking`` is 0 once it is reached.

    While the statutes do not say whether proxies count, ``lacking`` counts them as long as there
    are not enough people even so, and leaves them out once they would do (PROXIES_UNKNOWN).

    ``more_than_voters``: more people are counted than may vote, which someone should look at.
    """

    state: QuorumState
    counted: int
    needed: int | None
    lacking: int
    more_than_voters: bool = False


def people_needed(rule: QuorumRule, voters: int | None) -> int | None:
    """Return how many people the quorum asks for, 0 without a quorum, None when not known."""
    if rule.kind == Quorum.AUCUN:
        return 0
    if rule.kind == Quorum.NOMBRE:
        return rule.number
    if not voters or not rule.kind:
        return None
    if rule.kind == Quorum.PLUS_MOITIE:
        return voters // 2 + 1
    share = SHARES[rule.kind]
    return -(-voters * share.numerator // share.denominator)


def quorum(
    rule: QuorumRule, *, voters: int | None, present: int, represented: int = 0
) -> QuorumAnswer:
    """Tell whether enough people are there. Proxies count only as the statutes say."""
    needed = people_needed(rule, voters)
    everyone = present + represented
    odd = voters is not None and everyone > voters
    if needed == 0:
        return QuorumAnswer(QuorumState.NONE_NEEDED, everyone, 0, 0, odd)
    if needed is None:
        return QuorumAnswer(QuorumState.UNKNOWN, everyone, None, 0, odd)
    if rule.with_proxies is None and present < needed <= everyone:
        lacking = needed - present
        return QuorumAnswer(QuorumState.PROXIES_UNKNOWN, present, needed, lacking, odd)
    counted = present if rule.with_proxies is False else everyone
    lacking = max(0, needed - counted)
    state = QuorumState.MISSING if lacking else QuorumState.REACHED
    return QuorumAnswer(state, counted, needed, lacking, odd)


class ProxyTrouble(StrEnum):
    NOT_ALLOWED = "not_allowed"
    TO_ONESELF = "to_oneself"
    GIVER_IS_HERE = "giver_is_here"
    HOLDER_IS_AWAY = "holder_is_away"
    HOLDER_DOES_NOT_VOTE = "holder_does_not_vote"
    GIVER_DOES_NOT_VOTE = "giver_does_not_vote"
    GIVEN_TWICE = "given_twice"
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True)
class Proxy:
    """« I cannot come: ``holder`` votes for me »."""

    giver: str
    holder: str


@dataclass(frozen=True, slots=True)
class CheckedProxies:
    """The proxies that count, and why the others do not (the first reason found)."""

    valid: tuple[Proxy, ...]
    refused: tuple[tuple[Proxy, ProxyTrouble], ...]


def check_proxies(
    proxies: Iterable[Proxy],
    *,
    present: Collection[str],
    voters: Collection[str] | None = None,
    most: int | None = None,
) -> CheckedProxies:
    """Tell which proxies count, in the order they were noted.

    ``voters`` None: everyone may vote. ``most`` is the statutes' number for one person, None when
    it is not known: then none is refused for its number, and the page asks to check.
    """
    valid: list[Proxy] = []
    refused: list[tuple[Proxy, ProxyTrouble]] = []
    held: Counter[str] = Counter()
    givers: set[str] = set()
    for proxy in proxies:
        trouble = _trouble(proxy, present, voters)
        if trouble is None and proxy.giver in givers:
            trouble = ProxyTrouble.GIVEN_TWICE
        if most == 0:
            trouble = ProxyTrouble.NOT_ALLOWED
        elif trouble is None and most is not None and held[proxy.holder] >= most:
            trouble = ProxyTrouble.TOO_MANY
        if trouble is not None:
            refused.append((proxy, trouble))
            continue
        valid.append(proxy)
        held[proxy.holder] += 1
        givers.add(proxy.giver)
    return CheckedProxies(tuple(valid), tuple(refused))


def _trouble(
    proxy: Proxy, present: Collection[str], voters: Collection[str] | None
) -> ProxyTrouble | None:
    if proxy.giver == proxy.holder:
        return ProxyTrouble.TO_ONESELF
    if proxy.giver in present:
        return ProxyTrouble.GIVER_IS_HERE
    if proxy.holder not in present:
        return ProxyTrouble.HOLDER_IS_AWAY
    if voters is not None and proxy.giver not in voters:
        return ProxyTrouble.GIVER_DOES_NOT_VOTE
    if voters is not None and proxy.holder not in voters:
        return ProxyTrouble.HOLDER_DOES_NOT_VOTE
    return None


def most_represented(present: int, most: int | None) -> int | None:
    """Return how many people may be represented at most, None when the statutes are not known."""
    return None if most is None else present * most


class Outcome(StrEnum):
    ADOPTED = "adopted"
    REJECTED = "rejected"
    VOTE_AGAIN = "vote_again"
    ASK_CHAIR = "ask_chair"
    """The chair's voice counts double, and nobody said how the chair voted."""
    NOBODY_VOTED = "nobody_voted"
    UNKNOWN = "unknown"
    """The statutes, or how many voices there are, are not known."""


@dataclass(frozen=True, slots=True)
class Hands:
    """Hands counted; ``chair`` says « yes » (True), « no » (False) or was not noted (None)."""

    yes: int
    no: int
    abstain: int = 0
    chair: bool | None = None

    @property
    def all(self) -> int:
        return self.yes + self.no + self.abstain


def vote(majority: str, tie: str, hands: Hands, voices: int | None = None) -> Outcome:
    """Return what a show of hands decides. ``voices``: present and represented, when known.

    An abstention is neither yes nor no; it weighs only where the statutes count all the voices.
    """
    if not hands.yes and not hands.no:
        return Outcome.NOBODY_VOTED
    if not majority:
        return Outcome.UNKNOWN
    if hands.yes == hands.no and majority in (Majority.SIMPLE, Majority.ABSOLUE):
        return _tied(tie, hands, alone=majority == Majority.SIMPLE or not hands.abstain)
    everyone = max(voices, hands.all) if voices is not None else None
    if majority in (Majority.ABSOLUE, Majority.DEUX_TIERS_PRESENTS) and everyone is None:
        return Outcome.UNKNOWN
    adopted = {
        Majority.SIMPLE: hands.yes > hands.no,
        Majority.ABSOLUE: 2 * hands.yes > (everyone or 0),
        Majority.DEUX_TIERS: 3 * hands.yes >= 2 * (hands.yes + hands.no),
        Majority.DEUX_TIERS_PRESENTS: 3 * hands.yes >= 2 * (everyone or 0),
        Majority.UNANIMITE: hands.no == 0,
    }[Majority(majority)]
    return Outcome.ADOPTED if adopted else Outcome.REJECTED


def _tied(tie: str, hands: Hands, *, alone: bool) -> Outcome:
    """As many yes as no; ``alone``: nothing but these hands weighs on the result."""
    if not alone or tie == Tie.NON_ADOPTEE:
        return Outcome.REJECTED
    if tie == Tie.NOUVEAU_VOTE:
        return Outcome.VOTE_AGAIN
    if tie == Tie.PRESIDENCE:
        if hands.chair is None:
            return Outcome.ASK_CHAIR
        return Outcome.ADOPTED if hands.chair else Outcome.REJECTED
    return Outcome.UNKNOWN


def more_hands_than_voices(hands: Hands, voices: int | None) -> bool:
    """Tell whether more hands were counted than there are voices: said, never refused."""
    return voices is not None and hands.all > voices


@dataclass(frozen=True, slots=True)
class Election:
    """``elected`` in order of voices; ``tied`` share ``seats_for_tied`` seats, by ``how``."""

    elected: tuple[str, ...]
    tied: tuple[str, ...] = ()
    seats_for_tied: int = 0
    how: str = ""
    empty_seats: int = 0


def elect(
    voices: Mapping[str, int], *, seats: int, tie: str = "", more_than: int | None = None
) -> Election:
    """Give the seats to those with the most voices; nobody is elected with none.

    ``more_than``: the voices a first round asks to pass (half of the voters, for instance).
    Equal candidates with too few seats left are never chosen here: the statutes' way is named.
    """
    least = 0 if more_than is None else max(0, more_than)
    standing = sorted(
        ((name, count) for name, count in voices.items() if count > least),
        key=lambda one: (-one[1], one[0]),
    )
    if len(standing) <= seats:
        names = tuple(name for name, _count in standing)
        return Election(names, empty_seats=seats - len(names))
    limit = standing[seats - 1][1] if seats else None
    if limit is None or standing[seats][1] < limit:
        return Election(tuple(name for name, _count in standing[:seats]))
    sure = tuple(name for name, count in standing if count > limit)
    tied = tuple(name for name, count in standing if count == limit)
    how = tie if tie in ElectionTie.values else ""
    return Election(sure, tied, seats - len(sure), how)


def first_second_convening(first: date, days: int | None) -> date:
    """Return the first day a second convening may be held, the day after when nobody knows."""
    return first + timedelta(days=max(1, days or 0))


def term_ends(started_on: date, years: int | None) -> date | None:
    """Return the day a mandate of ``years`` years ends, None when the statutes are not known."""
    if years is None:
        return None
    try:
        return started_on.replace(year=started_on.year + years)
    except ValueError:
        # 29 February, or a year that no calendar has.
        if started_on.year + years > date.max.year:
            return None
        return started_on.replace(year=started_on.year + years, month=2, day=28)
