"""Assemblies: the bench of statutory cases, and what holds whatever the numbers."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from espace.governance.choices.meetings import ElectionTie, Majority, MeetingKind, Quorum, Tie
from espace.governance.rules.assemblies import (
    Hands,
    Outcome,
    Proxy,
    QuorumRule,
    QuorumState,
    check_proxies,
    elect,
    first_second_convening,
    more_hands_than_voices,
    notice,
    people_needed,
    quorum,
    term_ends,
    vote,
)
from espace.governance.rules.statutes import GemStatutes, rules_of

BENCH = yaml.safe_load((Path(__file__).parent / "statutory_cases.yaml").read_text("utf-8"))
UNKNOWN: dict[str, Any] = {"quorum": {"kind": ""}}
people = st.sampled_from("ABCDEFGH")
counts = st.integers(0, 200)
quorums = st.builds(
    QuorumRule, st.sampled_from(["", *Quorum.values]), counts, st.sampled_from([None, True, False])
)


def statutes(case: dict[str, Any]) -> dict[str, Any]:
    return BENCH["statutes"].get(case.get("by"), UNKNOWN)


def answer(case: dict[str, Any]) -> Any:
    """Return what the rules answer to a case, in the shape the case expects it."""
    by = statutes(case)
    match case["rule"]:
        case "notice":
            return notice(case["told"], case["day"], by.get("notice_days")).state
        case "quorum":
            found = quorum(
                QuorumRule(**case.get("with", by["quorum"])),
                voters=case["voters"],
                present=case["present"],
                represented=case["represented"],
            )
            return found.state, found.lacking, found.more_than_voters
        case "proxies":
            checked = check_proxies(
                [Proxy(*pair) for pair in case["proxies"]],
                present=case["present"],
                voters=case.get("voters"),
                most=case.get("most", by.get("proxies_each")),
            )
            return len(checked.valid), [why for _proxy, why in checked.refused]
        case "vote":
            hands = Hands(case["for"], case["against"], case.get("abstain", 0), case.get("chair"))
            majority = case.get("majority", by.get("majority", ""))
            return vote(majority, case.get("tie", by.get("tie", "")), hands, case.get("voices"))
        case "election":
            how = by.get("election_tie", "")
            found_ = elect(
                case["voices"], seats=case["seats"], tie=how, more_than=case.get("more_than")
            )
            return list(found_.elected), list(found_.tied), found_.how, found_.empty_seats
        case "second":
            return first_second_convening(case["first"], by.get("second_notice_days"))
    return term_ends(case["started"], by.get("term_years"))


def expected(case: dict[str, Any]) -> Any:
    match case["rule"]:
        case "quorum":
            return case["expect"], case.get("lacking", 0), case.get("odd", False)
        case "proxies":
            return case["valid"], case["refused"]
        case "election":
            return case["elected"], case.get("tied", []), case.get("how", ""), case.get("empty", 0)
    return case["expect"]


@pytest.mark.parametrize("case", BENCH["cases"], ids=lambda case: case["id"])
def test_a_statutory_case(case):
    assert answer(case) == expected(case), case["says"]


def test_the_bench_is_wide_and_every_case_says_where_it_comes_from():
    cases = BENCH["cases"]
    assert len(cases) >= 40
    assert len({case["id"] for case in cases}) == len(cases)
    assert all(case["source"] and case["read"] and case["says"] for case in cases)
    assert {case["rule"] for case in cases} >= {"notice", "quorum", "proxies", "vote", "election"}


# --- Whatever the numbers ---


@given(rule=quorums, voters=counts, present=counts, represented=counts)
def test_one_more_person_never_undoes_a_quorum(rule, voters, present, represented):
    before = quorum(rule, voters=voters, present=present, represented=represented)
    after = quorum(rule, voters=voters, present=present + 1, represented=represented)
    if before.state in (QuorumState.REACHED, QuorumState.NONE_NEEDED):
        assert after.state is before.state
    if after.state is QuorumState.PROXIES_UNKNOWN:
        # Enough with the proxies: what is said from here on is what lacks without them.
        assert after.lacking == after.needed - (present + 1)
    else:
        assert after.lacking <= before.lacking


@given(rule=quorums, voters=st.integers(1, 200))
def test_a_quorum_asks_for_no_more_than_everyone(rule, voters):
    needed = people_needed(rule, voters)
    if rule.kind != Quorum.NOMBRE and needed is not None:
        assert 0 <= needed <= voters


@given(
    pairs=st.lists(st.tuples(people, people), max_size=12),
    present=st.sets(people),
    most=st.one_of(st.none(), st.integers(0, 3)),
)
def test_no_proxy_makes_two_voices_of_one_person(pairs, present, most):
    found = check_proxies([Proxy(*pair) for pair in pairs], present=present, most=most)
    givers = [proxy.giver for proxy in found.valid]
    assert len(set(givers)) == len(givers)
    assert not set(givers) & present
    assert {proxy.holder for proxy in found.valid} <= present
    assert len(found.valid) + len(found.refused) == len(pairs)
    if most is not None:
        assert len(found.valid) <= most * len(present)


@given(
    majority=st.sampled_from(["", *Majority.values]),
    tie=st.sampled_from(["", *Tie.values]),
    yes=counts,
    no=counts,
    abstain=counts,
)
def test_one_more_yes_never_undoes_a_decision(majority, tie, yes, no, abstain):
    voices = yes + no + abstain + 1
    before = vote(majority, tie, Hands(yes, no, abstain), voices)
    after = vote(majority, tie, Hands(yes + 1, no, abstain), voices)
    if before is Outcome.ADOPTED:
        assert after is Outcome.ADOPTED


@given(
    voices=st.dictionaries(people, counts),
    seats=st.integers(0, 6),
    tie=st.sampled_from(["", *ElectionTie.values]),
)
def test_no_seat_is_given_twice_and_nobody_weaker_passes(voices, seats, tie):
    found = elect(voices, seats=seats, tie=tie)
    assert len(found.elected) + found.seats_for_tied + found.empty_seats == seats
    assert not set(found.elected) & set(found.tied)
    left = set(voices) - set(found.elected) - set(found.tied)
    weakest = min((voices[name] for name in found.elected), default=None)
    if weakest is not None and left:
        assert max(voices[name] for name in left) <= weakest
    assert len(found.tied) > found.seats_for_tied or not found.tied


@given(started=st.dates(), years=st.integers(1, 20))
def test_a_term_ends_after_it_starts_or_has_no_day(started, years):
    ends = term_ends(started, years)
    assert ends is None or (ends > started and ends.year == started.year + years)


def test_too_many_hands_are_told():
    assert more_hands_than_voices(Hands(8, 4, 1), 12)
    assert not more_hands_than_voices(Hands(8, 4), 12)
    assert not more_hands_than_voices(Hands(8, 4), None)


def test_each_kind_of_meeting_reads_its_part_of_the_statutes():
    kept = GemStatutes(
        notice_days=15,
        quorum="tiers",
        second_quorum="aucun",
        second_notice_days=8,
        extra_quorum="moitie",
        majority="simple",
        extra_majority="deux_tiers",
        board_quorum="plus_moitie",
        checked_on=date(2026, 1, 1),
    )
    ordinary = rules_of(kept, MeetingKind.AG)
    assert (ordinary.quorum.kind, ordinary.notice_days, ordinary.majority) == (
        "tiers",
        15,
        "simple",
    )
    second = rules_of(kept, MeetingKind.AG, second=True)
    assert (second.quorum.kind, second.notice_days) == ("aucun", 8)
    extra = rules_of(kept, MeetingKind.AG, extraordinary=True)
    assert (extra.quorum.kind, extra.majority) == ("moitie", "deux_tiers")
    assert rules_of(kept, MeetingKind.CA).quorum.kind == "plus_moitie"
    members = rules_of(kept, MeetingKind.REUNION_ADHERENTS)
    assert (members.quorum.kind, members.has_quorum) == ("aucun", False)
