"""Adding a reviewed file, and taking it back."""

from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from django_tasks_db.models import DBTaskResult

from espace.accounts.choices import Role
from espace.accounts.permissions import NotAllowed
from espace.activities.choices import Category, InputWay
from espace.activities.models import Attendance, FinishedMonth, Slot
from espace.core.jobs import JobError
from espace.groups.choices import Counting
from espace.groups.models import OpeningHours, Person
from espace.groups.tests.factories import make_account, make_actor, make_gem, make_person
from espace.imports.actions import confirm
from espace.imports.actions.confirm import confirm_import, give_up, undo_import
from espace.imports.actions.intake import answer_questions, forget_old
from espace.imports.choices import State
from espace.imports.models import ImportBatch
from espace.imports.queries.previews import preview
from espace.imports.rules import records as rules
from espace.imports.tests.factories import dump, make_draft, make_reading, work

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 9, 7)
TUESDAY = date(2026, 9, 8)


@pytest.fixture
def gem():
    return make_gem()


@pytest.fixture
def account():
    return make_account()


@pytest.fixture
def actor(gem, account):
    return make_actor(Role.ELECTED, gem, account)


def came() -> set[tuple[str, date]]:
    """Who came, by label and day, as the database holds it."""
    rows = Attendance.objects.filter(person__isnull=False).select_related("person")
    return {(row.person.label, row.date) for row in rows.order_by("pk")}


def bring(actor, gem, account, reading, **answers) -> ImportBatch:
    batch = make_draft(gem, account, reading)
    if answers:
        answer_questions(actor=actor, batch=batch, answers=answers)
    return confirm_import(actor=actor, batch=batch)


def test_confirming_adds_what_the_file_says_and_erases_the_draft(actor, gem, account) -> None:
    reading = make_reading({"Nadia B.": [MONDAY, TUESDAY], "Karim J.": [MONDAY]})
    batch = bring(actor, gem, account, reading)
    assert came() == {("Nadia B.", MONDAY), ("Nadia B.", TUESDAY), ("Karim J.", MONDAY)}
    assert (batch.state, batch.reading, batch.answers) == (State.DONE, None, {})
    assert batch.result["presences"] == 3
    assert batch.result["people"] == 2
    assert "Nadia" not in str(dump("imports_importbatch"))


def test_a_second_confirmation_changes_nothing(actor, gem, account) -> None:
    batch = make_draft(gem, account, make_reading({"Nadia B.": [MONDAY]}))
    confirm_import(actor=actor, batch=batch)
    before = dump()
    again = confirm_import(actor=actor, batch=batch)
    assert dump() == before
    assert again.state == State.DONE


def test_the_same_file_twice_adds_nothing(actor, gem, account) -> None:
    reading = make_reading(
        {"Nadia B.": [MONDAY, TUESDAY], "Nadia B. (2)": [MONDAY]}, visitors={MONDAY: 2}
    )
    bring(actor, gem, account, reading)
    before = dump()
    second = bring(actor, gem, account, reading)
    assert dump() == before
    assert second.result["presences"] == 0
    assert second.result["already_there"] == 3
    assert second.result["heads"] == 0


def test_undo_gives_back_exactly_what_was_there(actor, gem, account) -> None:
    OpeningHours.objects.create(
        gem=gem, weekday=1, starts_at=time(14), ends_at=time(17, 30), member_run=True
    )
    nadia = make_person(gem, "Nadia", "B", first_seen_on=TUESDAY)
    Attendance.objects.create(gem=gem, person=nadia, date=TUESDAY)
    FinishedMonth.objects.create(
        gem=gem, month=date(2026, 9, 1), finished_on=date(2026, 10, 2), corrected_after=1
    )
    before = dump()
    reading = make_reading(
        {"Nadia B.": [MONDAY, TUESDAY], "Karim J.": [MONDAY, date(2026, 10, 5)]},
        visitors={MONDAY: 2},
    )
    batch = bring(actor, gem, account, reading)
    assert dump() != before
    undo_import(actor=actor, batch=batch)
    assert dump() == before
    batch.refresh_from_db()
    assert batch.state == State.UNDONE
    undo_import(actor=actor, batch=batch)
    assert dump() == before


def test_undo_keeps_a_person_who_came_since(actor, gem, account) -> None:
    batch = bring(actor, gem, account, make_reading({"Nadia B.": [MONDAY], "Ali": [MONDAY]}))
    nadia = Person.objects.get(first_name="Nadia")
    Attendance.objects.create(gem=gem, person=nadia, date=TUESDAY)
    undo_import(actor=actor, batch=batch)
    assert came() == {("Nadia B.", TUESDAY)}
    assert [person.label for person in Person.objects.order_by("pk")] == ["Nadia B."]


def test_undo_ends_after_thirty_days(actor, gem, account, clock) -> None:
    clock("2026-11-20 10:00")
    batch = bring(actor, gem, account, make_reading({"Nadia B.": [MONDAY]}))
    clock("2026-12-20 10:01")
    before = dump()
    assert undo_import(actor=actor, batch=batch).state == State.DONE
    assert dump() == before
    assert forget_old() == 1
    batch.refresh_from_db()
    assert batch.details == {}
    assert batch.result["presences"] == 1


def test_nobody_is_joined_without_the_answer_yes(actor, gem, account) -> None:
    make_person(gem, "Nadia", "B")
    reading = make_reading({"Nadia B.": [MONDAY]})
    bring(actor, gem, account, reading, **{rules.KNOWN_LABELS: rules.NO})
    assert came() == {("Nadia B. (2)", MONDAY)}


def test_people_of_the_roll_are_asked_about_in_one_question(gem, account) -> None:
    make_person(gem, "Nadia", "B")
    make_person(gem, "Karim", "J")
    reading = make_reading({"Nadia B.": [MONDAY], "Karim J.": [MONDAY], "Ali": [MONDAY]})
    shown = preview(make_draft(gem, account, reading))
    assert [question.id for question in shown.questions] == [rules.KNOWN_LABELS]
    assert shown.known_names == ("Nadia B.", "Karim J.")
    assert shown.new_names == ("Ali",)


def test_those_of_the_first_file_were_already_there_and_later_ones_are_new(
    actor, gem, account
) -> None:
    bring(actor, gem, account, make_reading({"Nadia B.": [TUESDAY], "Ali": [date(2026, 10, 5)]}))
    later = {"Karim J.": [date(2026, 11, 2)], "Zoé C.": [MONDAY]}
    bring(actor, gem, account, make_reading(later))
    seen = dict(Person.objects.values_list("first_name", "first_seen_on").order_by("pk"))
    assert seen == {"Nadia": None, "Ali": None, "Karim": date(2026, 11, 2), "Zoé": None}


def test_a_first_coming_moves_back_when_the_file_shows_it(actor, gem, account) -> None:
    ali = make_person(gem, "Ali", "")
    nadia = make_person(gem, "Nadia", "B", first_seen_on=date(2026, 10, 5))
    Attendance.objects.create(gem=gem, person=ali, date=MONDAY)
    Attendance.objects.create(gem=gem, person=nadia, date=date(2026, 10, 5))
    bring(actor, gem, account, make_reading({"Nadia B.": [TUESDAY]}))
    nadia.refresh_from_db()
    assert nadia.first_seen_on == TUESDAY


def test_with_sticks_no_name_is_stored(actor, account) -> None:
    gem = make_gem(counting=Counting.STICKS)
    actor = make_actor(Role.ELECTED, gem, account)
    reading = make_reading({"Nadia B.": [MONDAY, TUESDAY], "Karim J.": [MONDAY]})
    batch = bring(actor, gem, account, reading)
    rows = Attendance.objects.order_by("date").values_list("date", "person", "head_count")
    assert list(rows) == [(MONDAY, None, 2), (TUESDAY, None, 1)]
    assert not Person.objects.exists()
    assert "Nadia" not in str(dump("imports_importbatch"))
    before = dump()
    bring(actor, gem, account, reading)
    assert dump() == before
    undo_import(actor=actor, batch=batch)
    assert not Attendance.objects.exists()


def test_a_head_count_only_completes_what_is_there(actor, gem, account) -> None:
    Attendance.objects.create(gem=gem, date=MONDAY, category=Category.DECOUVERTE, head_count=2)
    batch = bring(actor, gem, account, make_reading({}, visitors={MONDAY: 5, TUESDAY: 1}))
    assert batch.result["heads"] == 4
    total = sum(Attendance.objects.filter(date=MONDAY).values_list("head_count", flat=True))
    assert total == 5


def test_a_day_counted_with_sticks_keeps_them(actor, gem, account) -> None:
    Attendance.objects.create(gem=gem, date=MONDAY, head_count=9)
    reading = make_reading({"Nadia B.": [MONDAY, TUESDAY]})
    assert preview(make_draft(gem, account, reading)).stick_days == 1
    batch = bring(actor, gem, account, reading)
    assert came() == {("Nadia B.", TUESDAY)}
    assert batch.result["days_left_with_sticks"] == 1


def test_an_imported_day_opens_with_the_usual_hours(actor, gem, account) -> None:
    OpeningHours.objects.create(
        gem=gem, weekday=1, starts_at=time(14), ends_at=time(17, 30), member_run=True
    )
    planned = Slot.objects.create(
        gem=gem, date=date(2026, 9, 14), starts_at=time(10), hours=Decimal(2)
    )
    days = [MONDAY, TUESDAY, date(2026, 9, 14)]
    reading = make_reading({"Nadia B.": days})
    assert preview(make_draft(gem, account, reading)).days_without_hours == 1
    bring(actor, gem, account, reading)
    slots = Slot.objects.exclude(pk=planned.pk).order_by("date")
    assert [(s.date, s.starts_at, s.hours, s.animation) for s in slots] == [
        (MONDAY, time(14), Decimal("3.50"), "autogeree")
    ]
    linked = dict(Attendance.objects.order_by("date").values_list("date", "slot"))
    assert linked == {MONDAY: slots[0].pk, TUESDAY: None, date(2026, 9, 14): planned.pk}


def test_months_are_noted_as_finished_or_corrected(actor, gem, account, clock) -> None:
    clock("2026-11-20 10:00")
    FinishedMonth.objects.create(gem=gem, month=date(2026, 9, 1), finished_on=date(2026, 10, 2))
    reading = make_reading({"Nadia B.": [MONDAY, date(2026, 10, 5), date(2026, 11, 3)]})
    shown = preview(make_draft(gem, account, reading))
    assert shown.corrected_months == (date(2026, 9, 1),)
    batch = bring(actor, gem, account, reading)
    months = FinishedMonth.objects.order_by("month")
    assert [(m.month, m.finished_on, m.input_way, m.corrected_after) for m in months] == [
        (date(2026, 9, 1), date(2026, 10, 2), "", 1),
        (date(2026, 10, 1), date(2026, 11, 20), InputWay.IMPORT, 0),
    ]
    assert (batch.result["months_corrected"], batch.result["months_finished"]) == (1, 1)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.VOLUNTEER, Role.SPONSOR, Role.DEVICE])
def test_only_the_elected_and_the_animators_bring_files(gem, account, role) -> None:
    batch = make_draft(gem, account, make_reading({"Nadia B.": [MONDAY]}))
    other = make_actor(role, gem, account)
    for write in (confirm_import, undo_import, give_up):
        with pytest.raises(NotAllowed):
            write(actor=other, batch=batch)
    assert not Attendance.objects.exists()


# --- Big files ---


@pytest.fixture
def big(monkeypatch):
    """Two rows are already « big », and go one by one."""
    monkeypatch.setattr(confirm, "BACKGROUND_ROWS", 1)
    monkeypatch.setattr("espace.activities.actions.imported.CHUNK", 1)


def test_a_big_file_is_added_by_the_worker(actor, gem, account, big) -> None:
    reading = make_reading({"Nadia B.": [MONDAY, TUESDAY]})
    batch = bring(actor, gem, account, reading)
    assert batch.state == State.WORKING
    assert not Attendance.objects.exists()
    work()
    batch.refresh_from_db()
    assert batch.state == State.DONE
    assert (batch.progress_done, batch.progress_total) == (2, 2)
    assert came() == {("Nadia B.", MONDAY), ("Nadia B.", TUESDAY)}


def test_stopping_before_the_worker_came_adds_nothing(actor, gem, account, big) -> None:
    before = dump()
    batch = bring(actor, gem, account, make_reading({"Nadia B.": [MONDAY, TUESDAY]}))
    give_up(actor=actor, batch=batch)
    work()
    batch.refresh_from_db()
    assert batch.state == State.CANCELLED
    assert batch.reading is None
    assert dump() == before


def test_stopping_half_way_takes_everything_back(actor, gem, account, big, monkeypatch) -> None:
    before = dump()
    batch = bring(actor, gem, account, make_reading({"Nadia B.": [MONDAY, TUESDAY]}))
    move_on = confirm._move_on

    def press_stop_then_move_on(batch_id, done) -> None:
        assert Attendance.objects.count() == 1
        give_up(actor=actor, batch=ImportBatch.objects.get(pk=batch_id))
        move_on(batch_id, done)

    monkeypatch.setattr(confirm, "_move_on", press_stop_then_move_on)
    work()
    batch.refresh_from_db()
    assert batch.state == State.CANCELLED
    assert dump() == before


def test_a_worker_that_died_half_way_may_start_again(actor, gem, account, big, monkeypatch) -> None:
    batch = bring(actor, gem, account, make_reading({"Nadia B.": [MONDAY, TUESDAY]}))

    class Died(BaseException):
        pass

    def die(batch_id, done) -> None:
        raise Died

    with monkeypatch.context() as patch:
        patch.setattr(confirm, "_move_on", die)
        with pytest.raises(Died):
            confirm.write_waiting_import(batch_id=batch.pk)
    assert Attendance.objects.count() == 1
    confirm.write_waiting_import(batch_id=batch.pk)
    batch.refresh_from_db()
    assert batch.state == State.DONE
    assert came() == {("Nadia B.", MONDAY), ("Nadia B.", TUESDAY)}
    assert Person.objects.count() == 1


def test_an_error_half_way_takes_everything_back_and_tells_no_name(
    actor, gem, account, big, monkeypatch
) -> None:
    before = dump()
    batch = bring(actor, gem, account, make_reading({"Nadia B.": [MONDAY, TUESDAY]}))

    def fail(batch_id, done) -> None:
        raise RuntimeError("Nadia B. is in this text")

    monkeypatch.setattr(confirm, "_move_on", fail)
    work()
    batch.refresh_from_db()
    assert batch.state == State.FAILED
    assert dump() == before
    asked = str(dump(DBTaskResult._meta.db_table))
    assert JobError.__name__ in asked
    assert "Nadia" not in asked + str(dump("imports_importbatch"))


def test_a_stalled_import_is_taken_back_at_once(actor, gem, account, big, clock) -> None:
    clock("2026-11-20 10:00")
    batch = bring(actor, gem, account, make_reading({"Nadia B.": [MONDAY, TUESDAY]}))
    clock("2026-11-20 10:04")
    batch.refresh_from_db()
    assert give_up(actor=actor, batch=batch).state == State.CANCELLED


def test_drafts_are_erased_after_a_day(gem, account, clock) -> None:
    clock("2026-11-20 10:00")
    batch = make_draft(gem, account, make_reading({"Nadia B.": [MONDAY]}))
    clock("2026-11-21 09:59")
    assert forget_old() == 0
    clock("2026-11-21 10:01")
    assert forget_old() == 1
    batch.refresh_from_db()
    assert (batch.state, batch.reading) == (State.CANCELLED, None)
    assert timedelta(hours=24) == rules.DRAFT_FOR
