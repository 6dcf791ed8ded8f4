"""Ideas as sentences, and when they are proposed."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from espace.activities.rules.ideas import (
    LONGEST_IDEA,
    TOKEN_LETTERS,
    USUAL_START,
    Moment,
    OpenDay,
    ideas_of_lines,
    is_token,
    may_be_undone,
    more_than_the_box_takes,
    proposed_moments,
    tidy_idea,
    title_of,
)
from espace.groups.rules.private_text import seems_private

TODAY = date(2026, 11, 24)
HOURS = st.integers(8, 20).map(time)


@given(st.text())
def test_a_tidy_idea_is_one_line_and_stays_as_it_is(text: str) -> None:
    tidy = tidy_idea(text)
    assert "\n" not in tidy
    assert tidy == tidy.strip()
    assert tidy_idea(tidy) == tidy


@pytest.mark.parametrize("text", ["", "   ", "…", "\u200b\u200b", "!?"])
def test_nothing_to_read_is_no_idea(text: str) -> None:
    assert tidy_idea(text) == ""


def test_lines_of_paper() -> None:
    text = "- Aller voir la mer\n\n2) Pique-nique\n• Karaoké !\n3 jours à la montagne\n   \n"
    assert ideas_of_lines(text) == [
        "Aller voir la mer",
        "Pique-nique",
        "Karaoké !",
        "3 jours à la montagne",
    ]


@given(st.lists(st.text(min_size=1).map(tidy_idea).filter(bool)))
def test_lines_never_add_an_idea(lines: list[str]) -> None:
    assert len(ideas_of_lines("\n".join(lines))) <= len(lines)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Appelez-moi au 06 12 34 56 78", {"phone"}),
        ("0612345678", {"phone"}),
        ("+33 6 12 34 56 78 ou nadia@exemple.test", {"phone", "mail"}),
        ("écrire à nadia@exemple.test", {"mail"}),
        ("Sortie le 22/11/2026 à 14 h 30", set()),
        ("Un repas à 2,50 € pour 12 personnes", set()),
        ("Le bus 12 à 10 h 15 puis le 45", set()),
        ("On se retrouve @ la mairie", set()),
    ],
)
def test_what_seems_private(text: str, found: set[str]) -> None:
    assert seems_private(text) == found


@given(st.text(min_size=1, max_size=LONGEST_IDEA).map(tidy_idea).filter(bool))
def test_a_title_is_never_too_long_nor_cut_when_it_fits(idea: str) -> None:
    title = title_of(idea, 80)
    assert len(title) <= 80
    assert title == idea or title.endswith("…")


def test_a_title_is_cut_between_words() -> None:
    assert title_of("Aller tous ensemble voir la mer", 20) == "Aller tous ensemble…"


@given(
    st.lists(st.tuples(st.integers(1, 14), HOURS, HOURS, st.integers(0, 5)), max_size=10),
    st.integers(0, 12),
)
def test_a_proposed_moment_is_when_the_place_is_open(
    drawn: list[tuple[int, time, time, int]], count: int
) -> None:
    by_rank = {rank: (min(a, b), max(a, b), n) for rank, a, b, n in drawn}
    days = [
        OpenDay(TODAY + timedelta(days=rank), *values) for rank, values in sorted(by_rank.items())
    ]
    moments = proposed_moments(days, count, TODAY)
    assert len(moments) == count
    open_on = {day.date: day for day in days}
    for moment in moments:
        if not days:
            assert moment == Moment(TODAY, USUAL_START)
            continue
        day = open_on[moment.date]
        assert moment.starts_at in (USUAL_START, day.starts_at)
        assert day.starts_at <= moment.starts_at <= day.ends_at


def test_the_emptiest_day_comes_first_then_the_nearest() -> None:
    days = [
        OpenDay(TODAY + timedelta(days=rank), time(10), time(18), busy)
        for rank, busy in ((1, 2), (2, 0), (3, 1))
    ]
    found = [moment.date.day for moment in proposed_moments(days, 4, TODAY)]
    assert found == [26, 26, 27, 25]


def test_a_pick_is_undone_for_thirty_days() -> None:
    assert may_be_undone(TODAY - timedelta(days=30), TODAY)
    assert not may_be_undone(TODAY - timedelta(days=31), TODAY)
    assert not may_be_undone(None, TODAY)


def test_the_box_has_a_bottom() -> None:
    assert not more_than_the_box_takes(499, 1)
    assert more_than_the_box_takes(500, 1)


def test_a_token_holds_no_sign_that_looks_like_another() -> None:
    assert not set("il1o0") & set(TOKEN_LETTERS)
    assert is_token("k7mp3xqv9a2t")
    for text in ("", "k7mp3xqv9a2", "k7mp3xqv9a2tt", "K7MP3XQV9A2T", "k7mp3xqv9a2l", "é" * 12):
        assert not is_token(text)
