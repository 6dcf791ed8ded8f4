"""Rules of RFC 5545: what is kept of them, what is refused, and the library's own days."""

from datetime import date, datetime, time, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from espace.activities.rules.recurrence import (
    LONGEST_RULE,
    Refused,
    RuleError,
    days_between,
    next_day,
    next_days,
    pattern,
    read_rule,
)

TUESDAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("rule", "kept", "first"),
    [
        ("FREQ=WEEKLY", "FREQ=WEEKLY;BYDAY=TU", TUESDAY),
        ("RRULE:freq=weekly;byday=th,mo;interval=2", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH", None),
        ("FREQ=MONTHLY;BYDAY=1TU", "FREQ=MONTHLY;BYDAY=1TU", date(2026, 12, 1)),
        ("FREQ=MONTHLY;BYDAY=+1TU,-1TU", "FREQ=MONTHLY;BYDAY=1TU,-1TU", TUESDAY),
        ("FREQ=MONTHLY", "FREQ=MONTHLY;BYMONTHDAY=24", TUESDAY),
        ("FREQ=YEARLY", "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=24", TUESDAY),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", None, date(2028, 2, 29)),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", None, date(2026, 11, 30)),
        ("FREQ=DAILY;INTERVAL=3", "FREQ=DAILY;INTERVAL=3", TUESDAY),
        ("FREQ=WEEKLY;BYDAY=TU;WKST=SU", "FREQ=WEEKLY;BYDAY=TU", TUESDAY),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU;WKST=SU", None, date(2026, 11, 29)),
    ],
)
def test_a_rule_is_kept_in_one_way(rule: str, kept: str | None, first: date | None) -> None:
    found = pattern(rule, TUESDAY)
    assert found.rule == (kept or rule)
    assert first is None or found.first_on == first
    assert pattern(found.rule, found.first_on) == found


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ("", Refused.UNREADABLE),
        ("chaque mardi", Refused.UNREADABLE),
        ("FREQ=WEEKLY;FREQ=DAILY", Refused.UNREADABLE),
        ("FREQ=WEEKLY;BYDAY=XX", Refused.UNREADABLE),
        ("FREQ=WEEKLY;BYDAY=", Refused.UNREADABLE),
        ("FREQ=WEEKLY;INTERVAL=0", Refused.UNREADABLE),
        ("FREQ=WEEKLY;INTERVAL=٣", Refused.UNREADABLE),
        ("FREQ=MONTHLY;BYMONTHDAY=32", Refused.UNREADABLE),
        ("FREQ=MONTHLY;BYMONTHDAY=0", Refused.UNREADABLE),
        ("FREQ=WEEKLY;UNTIL=demain", Refused.UNREADABLE),
        ("FREQ=WEEKLY;UNTIL=20260231", Refused.UNREADABLE),
        ("FREQ=WEEKLY;WKST=8", Refused.UNREADABLE),
        ("FREQ=WEEKLY;BYDAY=" + ",".join(["MO"] * 99), Refused.UNREADABLE),
        ("FREQ=SECONDLY", Refused.TOO_OFTEN),
        ("FREQ=MINUTELY;INTERVAL=10", Refused.TOO_OFTEN),
        ("FREQ=HOURLY", Refused.TOO_OFTEN),
        ("FREQ=DAILY;INTERVAL=1000000000", Refused.TOO_RARE),
        ("FREQ=DAILY;COUNT=1000000000", Refused.TOO_MANY),
        ("FREQ=DAILY;COUNT=0", Refused.TOO_MANY),
        ("FREQ=DAILY;COUNT=-1", Refused.TOO_MANY),
        ("FREQ=DAILY;BYHOUR=1,2,3", Refused.NOT_A_PROGRAMME),
        ("FREQ=YEARLY;BYEASTER=1", Refused.NOT_A_PROGRAMME),
        ("FREQ=WEEKLY;BYMONTHDAY=3", Refused.NOT_A_PROGRAMME),
        ("FREQ=WEEKLY;BYDAY=2MO", Refused.NOT_A_PROGRAMME),
        ("FREQ=WEEKLY;BYDAY=MO;BYSETPOS=1", Refused.NOT_A_PROGRAMME),
        ("FREQ=MONTHLY;BYSETPOS=1", Refused.NOT_A_PROGRAMME),
        ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=365", Refused.NEVER),
        ("FREQ=MONTHLY;BYDAY=9MO", Refused.NEVER),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", Refused.NOT_A_PROGRAMME),
        ("FREQ=YEARLY;BYMONTH=2,4;BYMONTHDAY=31", Refused.NEVER),
        ("FREQ=WEEKLY;UNTIL=20200101", Refused.NEVER),
    ],
)
def test_what_no_programme_needs_is_refused(rule: str, why: Refused) -> None:
    with pytest.raises(RuleError) as error:
        pattern(rule, TUESDAY)
    assert error.value.why == why


def test_how_a_series_ends() -> None:
    def last(rule: str, **ends: object) -> date | None:
        return pattern(rule, TUESDAY, **ends).last_on  # type: ignore[arg-type]

    assert last("FREQ=WEEKLY") is None
    assert last("FREQ=WEEKLY;COUNT=3") == date(2026, 12, 8)
    assert last("FREQ=WEEKLY", times=3, last_on=date(2026, 12, 3)) == date(2026, 12, 3)
    assert last("FREQ=WEEKLY;COUNT=1") == TUESDAY
    assert last("FREQ=WEEKLY;UNTIL=20261224") == date(2026, 12, 24)
    # An hour of UNTIL is the world's clock: 23:00 in winter is midnight in Paris.
    assert last("FREQ=WEEKLY;UNTIL=20261223T230000Z") == date(2026, 12, 24)
    assert last("FREQ=WEEKLY;UNTIL=20261223T230000Z", starts_at=time(14)) == date(2026, 12, 23)
    assert last("FREQ=WEEKLY;UNTIL=20261224T020000Z", time_zone="America/Guadeloupe") == date(
        2026, 12, 23
    )
    # Beyond the last year that pages show, a series is without an end.
    assert last("FREQ=WEEKLY;UNTIL=99991231") is None
    assert last("FREQ=WEEKLY;UNTIL=99991231T235959Z") is None
    assert last("FREQ=YEARLY;COUNT=1000") is None


def test_the_next_days_of_a_series() -> None:
    kept = pattern("FREQ=WEEKLY;COUNT=2", TUESDAY)
    assert next_days(kept, 5) == [TUESDAY, date(2026, 12, 1)]
    assert next_day(kept.rule, kept.first_on, date(2026, 12, 2)) == date(2026, 12, 8)


FREQUENCIES = st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"])
DAYS = st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"])


@st.composite
def rules(draw: st.DrawFn) -> str:
    """A rule that a programme may have, in any writing."""
    freq = draw(FREQUENCIES)
    parts = [f"FREQ={freq}"]
    if draw(st.booleans()):
        parts.append(f"INTERVAL={draw(st.integers(1, 6))}")
    if freq in ("DAILY", "WEEKLY"):
        chosen = draw(st.lists(DAYS, max_size=4, unique=True))
        parts += [f"BYDAY={','.join(chosen)}"] if chosen else []
    else:
        shape = draw(st.sampled_from(["ranked", "date", "position", "plain"]))
        if freq == "YEARLY" or draw(st.booleans()):
            months = draw(st.lists(st.integers(1, 12), min_size=1, max_size=3, unique=True))
            parts.append(f"BYMONTH={','.join(map(str, months))}")
        if shape == "ranked":
            ranked = st.tuples(st.sampled_from([1, 2, 3, 4, -1]), DAYS)
            chosen = [f"{rank}{day}" for rank, day in draw(st.sets(ranked, min_size=1, max_size=2))]
            parts.append(f"BYDAY={','.join(chosen)}")
        elif shape == "date":
            numbers = draw(st.sets(st.integers(1, 28), min_size=1, max_size=3))
            parts.append(f"BYMONTHDAY={','.join(map(str, numbers))}")
        elif shape == "position":
            parts.append(f"BYDAY=MO,TU,WE,TH,FR;BYSETPOS={draw(st.sampled_from([1, -1]))}")
    return ";".join(draw(st.permutations(parts)))


@given(rules(), st.dates(date(2020, 1, 1), date(2030, 12, 28)), st.integers(0, 900))
def test_days_are_the_librarys(rule: str, day: date, later: int) -> None:
    day = day.replace(day=min(day.day, 28))
    kept = pattern(rule, day)
    assert len(kept.rule) <= LONGEST_RULE
    assert read_rule(kept.rule).every.text() == kept.rule
    assert kept.first_on >= day
    start = kept.first_on + timedelta(days=later)
    end = start + timedelta(weeks=8)
    found = list(days_between(kept.rule, kept.first_on, start, end))
    # The library, asked with the text as it was typed.
    begin = datetime.combine(kept.first_on, time(14))
    theirs = rrulestr(rule, dtstart=begin)
    wanted = theirs.between(
        datetime.combine(start, time(0)), datetime.combine(end, time(23)), inc=True
    )
    assert found == [moment.date() for moment in wanted]
