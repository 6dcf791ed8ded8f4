"""What stays of a person's presences: heads, and the same counts of visits."""

from datetime import date, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from espace.activities.rules.erased import Head, Row, heads_left

DAYS = st.integers(0, 20).map(lambda ahead: date(2026, 10, 1) + timedelta(ahead))
ids = st.one_of(st.none(), st.integers(1, 4).map(lambda number: UUID(int=number)))
rows = st.lists(
    st.builds(
        Row,
        date=DAYS,
        activity_id=ids,
        category=st.just("adherent"),
        batch_id=ids,
        slot_id=ids,
    ),
    unique_by=lambda row: (row.date, row.activity_id),
)


@given(rows)
def test_a_person_counts_once_a_day_and_once_an_activity(mine: list[Row]) -> None:
    left = heads_left(mine)
    by_day = [head.date for head in left if head.activity_id is None]
    assert sorted(by_day) == sorted({row.date for row in mine})
    activities = {(head.date, head.activity_id) for head in left if head.activity_id}
    assert activities == {(row.date, row.activity_id) for row in mine if row.activity_id}
    assert all(count == 1 for count, _slot in left.values())


def test_a_day_of_an_imported_file_stays_with_its_file() -> None:
    batch, slot = UUID(int=7), UUID(int=8)
    day = Row(date(2026, 10, 1), None, "adherent", batch, slot)
    assert heads_left([day]) == {Head(day.date, None, "adherent", batch): (1, slot)}


def test_a_day_known_by_its_activity_only_still_counts_one_visit() -> None:
    cooking = Row(date(2026, 10, 1), UUID(int=1), "adherent", None, None)
    assert set(heads_left([cooking])) == {
        Head(cooking.date, UUID(int=1), "adherent", None),
        Head(cooking.date, None, "adherent", None),
    }
