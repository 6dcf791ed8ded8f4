"""The programme in telephones: the feed, its address, and the files for one's own calendar."""

import random
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
from dateutil.rrule import rrulestr
from django.test import Client
from lxml import html

from espace.accounts.access import SYSTEM
from espace.accounts.choices import Role
from espace.activities import calendars
from espace.activities.actions.calendar_link import make_calendar_link, renew_calendar_link
from espace.activities.actions.planning import plan_ahead
from espace.activities.choices import Outcome
from espace.activities.models import Activity, CalendarLink
from espace.activities.queries.calendar import ComingBack, Event
from espace.activities.rules.recurrence import WEEKDAYS, pattern
from espace.activities.rules.series import Rhythm, occurrences
from espace.activities.tests.factories import make_activity, make_series, make_slot
from espace.groups.models import Gem
from espace.groups.tests.factories import make_actor, make_gem, make_person

TODAY = date(2026, 11, 24)
PAGE = "/programme/calendrier/"
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _now(clock: Callable[[str], Any]) -> None:
    clock("2026-11-24 11:00")


@pytest.fixture
def gem(db: None) -> Gem:
    return make_gem()


@pytest.fixture
def feed(gem: Gem) -> str:
    make_calendar_link(actor=make_actor(Role.MEMBER, gem), gem_id=gem.pk)
    return f"/calendrier/{CalendarLink.objects.get().token}.ics"


def read(answer: Any) -> icalendar.Calendar:
    found = icalendar.Calendar.from_ical(answer.content)
    assert isinstance(found, icalendar.Calendar)
    assert not found.errors
    return found


def events(answer: Any) -> dict[str, icalendar.Event]:
    return {str(event["uid"]): event for event in read(answer).walk("VEVENT")}


def words(response: Any) -> str:
    page = html.fromstring(response.content)
    return " ".join(page.find(".//main").text_content().split())


# --- The feed ---


def test_a_telephone_reads_openings_and_activities(gem: Gem, feed: str, client: Client) -> None:
    opening = make_slot(gem, TODAY, animation="autogeree")
    closed = make_slot(gem, date(2026, 11, 25), outcome=Outcome.FERME_CONGE)
    long = make_activity(
        gem,
        TODAY,
        "Réunion, fête ; et \\ tout 🎉" + " très" * 8,
        place="ville",
        place_detail="Salle des fêtes, 1er étage",
        meeting_point="la gare",
        back_at=time(18),
        price_cents=250,
    )
    answer = client.get(feed)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "private, no-cache"
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    calendar = read(answer)
    assert (str(calendar["X-WR-CALNAME"]), str(calendar["VERSION"])) == ("Programme", "2.0")
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT4H" in answer.content
    found = events(answer)
    assert set(found) == {str(opening.pk), str(closed.pk), str(long.pk)}
    activity = found[str(long.pk)]
    assert str(activity["summary"]) == long.title
    assert str(activity["location"]) == "Salle des fêtes, 1er étage"
    said = "Rendez-vous : la gare.\nRetour vers 18 h.\nPrix : 2,50 €."
    assert str(activity["description"]) == said
    assert activity.start == datetime(2026, 11, 24, 14, tzinfo=ZoneInfo("Europe/Paris"))
    assert activity.end - activity.start == timedelta(hours=2)
    assert activity["status"] == "CONFIRMED"
    assert str(found[str(opening.pk)]["summary"]) == "Ouvert, tenu par des adhérents"
    assert found[str(closed.pk)]["status"] == "CANCELLED"


def test_it_names_nobody_and_counts_nobody(gem: Gem, feed: str, client: Client) -> None:
    gem.refresh_from_db()
    person = make_person(gem, "Nadia")
    make_slot(gem, TODAY, held_by=person)
    make_activity(
        gem,
        TODAY,
        state="annulee",
        cancelled_why="animation",
        cancelled_reason="Nadia est malade",
    )
    text = client.get(feed).content.decode()
    assert "Nadia" not in text
    assert "malade" not in text
    assert gem.name not in text
    assert "figem" not in text.lower()
    assert "Raison : Personne pour animer." in text.replace("\r\n ", "")


def test_a_gem_of_the_public_directory_gives_its_name(gem: Gem, feed: str, client: Client) -> None:
    Gem.objects.filter(pk=gem.pk).update(directory_level="tout", public_address="3 rue du Port")
    make_activity(gem, TODAY)
    answer = client.get(feed)
    assert str(read(answer)["X-WR-CALNAME"]) == gem.name
    assert [str(event["location"]) for event in events(answer).values()] == ["3 rue du Port"]


def test_moved_and_cancelled_days_update_on_the_telephone(
    gem: Gem, feed: str, client: Client, clock: Callable[[str], Any], as_role: Callable[..., Client]
) -> None:
    make_series(gem, TODAY)
    plan_ahead(actor=SYSTEM, gem_id=gem.pk)
    before = events(client.get(feed))
    first, second = Activity.objects.order_by("date")[:2]
    clock("2026-11-24 15:00")
    elected = as_role(Role.ELECTED, gem)
    url = "/programme/activites"
    sent = {"title": "Peinture", "day": "2026-11-26", "starts_at": "10 h", "hours": "2 h"}
    assert elected.post(f"{url}/{first.pk}/changer/", sent).status_code == 302
    assert elected.post(f"{url}/{second.pk}/annuler/", {"why": "meteo"}).status_code == 302
    after = events(client.get(feed))
    assert set(after) == set(before)
    moved, cancelled = after[str(first.pk)], after[str(second.pk)]
    assert moved.start == datetime(2026, 11, 26, 10, tzinfo=ZoneInfo("Europe/Paris"))
    assert cancelled["status"] == "CANCELLED"
    assert str(cancelled["summary"]) == "Annulée : Peinture"
    for changed in (moved, cancelled):
        old = before[str(changed["uid"])]
        assert changed["sequence"] > old["sequence"]
        assert changed["last-modified"].dt > old["last-modified"].dt
    others = set(after) - {str(first.pk), str(second.pk)}
    assert all(after[key]["sequence"] == before[key]["sequence"] for key in others)


def test_nothing_new_is_answered_in_one_question(
    gem: Gem, feed: str, client: Client, queries: Callable[..., Any], clock: Callable[[str], Any]
) -> None:
    make_activity(gem, TODAY)
    tag = client.get(feed)["ETag"]
    with queries() as captured:
        answer = client.get(feed, headers={"If-None-Match": tag})
    assert (answer.status_code, answer.content, len(captured)) == (304, b"", 1)
    assert answer["ETag"] == tag
    assert client.head(feed).status_code == 200
    assert client.post(feed).status_code == 405
    gem.refresh_from_db()
    gem.version += 1
    gem.save()
    assert client.get(feed, headers={"If-None-Match": tag}).status_code == 200
    clock("2026-11-25 11:00")
    assert client.get(feed, headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_a_feed_asks_the_same_questions(
    gem: Gem, feed: str, client: Client, queries: Callable[..., Any], count: int
) -> None:
    for rank in range(count):
        make_activity(gem, TODAY, f"Atelier {rank}")
        make_slot(gem, TODAY, 9 + rank)
    with queries() as captured:
        client.get(feed)
    assert len(captured) == 3


def test_an_unknown_or_renewed_address_is_not_there(gem: Gem, feed: str, client: Client) -> None:
    def told(url: str) -> tuple[int, str]:
        answer = client.get(url)
        return answer.status_code, answer.content.decode().replace(url, "")

    missing = told("/calendrier/inconnu.ics")
    assert missing[0] == 404
    renew_calendar_link(actor=make_actor(Role.ELECTED, gem), gem_id=gem.pk)
    assert told(feed) == missing
    new = f"/calendrier/{CalendarLink.objects.get().token}.ics"
    assert client.get(new).status_code == 200
    Gem.objects.filter(pk=gem.pk).update(status="ferme")
    assert told(new) == missing


def test_old_and_other_days_are_left_out(gem: Gem, feed: str, client: Client) -> None:
    make_activity(gem, date(2026, 10, 1))
    make_activity(make_gem("GEM du Port"), TODAY)
    kept = make_activity(gem, date(2026, 11, 1))
    assert set(events(client.get(feed))) == {str(kept.pk)}


# --- Its page ---


def test_the_page_makes_the_address_and_the_board_renews_it(
    gem: Gem, as_role: Callable[..., Client]
) -> None:
    member = as_role(Role.MEMBER, gem)
    assert "Créer le lien" in words(member.get(PAGE))
    page = member.post(PAGE, {"geste": "creer"}, follow=True)
    member.post(PAGE, {"geste": "creer"})
    token = CalendarLink.objects.get().token
    assert len(token) == 43
    tree = html.fromstring(page.content)
    assert tree.xpath("//a[starts-with(@href, 'webcal://')]/@href") == [
        f"webcal://testserver/calendrier/{token}.ics"
    ]
    assert tree.xpath("//input[@id='adresse']/@value") == [
        f"http://testserver/calendrier/{token}.ics"
    ]
    assert "Changer le lien" not in words(page)
    assert member.post(PAGE, {"geste": "changer"}).status_code == 403
    elected = as_role(Role.ELECTED, gem)
    page = elected.post(PAGE, {"geste": "changer"}, follow=True)
    assert "L'ancien ne marche plus." in words(page)
    assert CalendarLink.objects.get().token != token


def test_partners_do_not_follow(gem: Gem, as_role: Callable[..., Client]) -> None:
    assert as_role(Role.SPONSOR, gem).get(PAGE).status_code == 403
    assert as_role(Role.ANIMATOR, gem).post(PAGE, {"geste": "changer"}).status_code == 403


# --- Files for one's own calendar ---


def test_one_activity_and_its_series_go_to_ones_own_calendar(
    gem: Gem, as_role: Callable[..., Client]
) -> None:
    series = make_series(gem, TODAY, last_on=date(2026, 12, 29), except_on=["2026-12-15"])
    plan_ahead(actor=SYSTEM, gem_id=gem.pk)
    rows = {row.date: row for row in Activity.objects.all()}
    moved = rows[date(2026, 12, 1)]
    member, elected = as_role(Role.MEMBER, gem), as_role(Role.ELECTED, gem)
    one = member.get(f"/programme/activites/{moved.pk}/agenda.ics")
    assert [str(uid) for uid in events(one)] == [str(moved.pk)]
    sent = {"title": "Pastel", "day": "2026-12-03", "starts_at": "10 h", "hours": "2 h"}
    elected.post(f"/programme/activites/{moved.pk}/changer/", sent)
    elected.post(f"/programme/activites/{rows[date(2026, 12, 8)].pk}/annuler/", {"why": "lieu"})
    answer = member.get(f"/programme/series/{series.pk}/agenda.ics")
    around = (date(2026, 11, 1), date(2027, 3, 1))
    found = [
        (event.start.date(), event.start.hour, str(event["summary"]))
        for event in recurring_ical_events.of(read(answer)).between(*around)
    ]
    assert sorted(found) == [
        (TODAY, 14, "Peinture"),
        (date(2026, 12, 3), 10, "Pastel"),
        (date(2026, 12, 8), 14, "Annulée : Peinture"),
        (date(2026, 12, 22), 14, "Peinture"),
        (date(2026, 12, 29), 14, "Peinture"),
    ]
    other = as_role(Role.MEMBER, make_gem("GEM du Port"))
    assert other.get(f"/programme/series/{series.pk}/agenda.ics").status_code == 404
    assert other.get(f"/programme/activites/{moved.pk}/agenda.ics").status_code == 404


# --- Clocks and rules ---

ZONES = [
    "Europe/Paris",
    "America/Guadeloupe",
    "Indian/Reunion",
    "Pacific/Noumea",
    "America/Miquelon",
]


def event_of(day: date, at: time = time(14), **values: Any) -> Event:
    defaults: dict[str, Any] = {
        "uid": "un",
        "hours": Decimal(2),
        "title": "Peinture",
        "place": "",
        "details": (),
        "cancelled": False,
        "changed_at": NOON,
    }
    return Event(date=day, starts_at=at, **{**defaults, **values})


def coming_back(rule: str, day: date, zone: str, at: time = time(14), **ends: Any) -> ComingBack:
    kept = pattern(rule, day, time_zone=zone, starts_at=at, **ends)
    first = event_of(kept.first_on, at)
    return ComingBack("Programme", zone, first, kept.rule, kept.last_on, (), ())


@pytest.mark.parametrize("zone", ZONES)
def test_two_in_the_afternoon_stays_two_in_the_afternoon(zone: str) -> None:
    content = calendars.series_file(coming_back("FREQ=DAILY;COUNT=250", date(2026, 10, 1), zone))
    found = recurring_ical_events.of(icalendar.Calendar.from_ical(content))
    days = [event.start for event in found.between(date(2026, 9, 1), date(2027, 9, 1))]
    assert len(days) == 250
    assert {(start.hour, start.minute) for start in days} == {(14, 0)}
    assert {start.astimezone(ZoneInfo(zone)).hour for start in days} == {14}


@pytest.mark.parametrize(
    ("day", "at"), [(date(2027, 3, 28), time(2, 30)), (date(2027, 10, 31), time(2, 30))]
)
def test_an_opening_in_the_hour_that_is_skipped_or_doubled(day: date, at: time) -> None:
    event = event_of(day, at, hours=Decimal("0.5"))
    content = calendars.calendar_file(calendars.Calendar("Programme", "Europe/Paris", (event,)))
    (found,) = icalendar.Calendar.from_ical(content).walk("VEVENT")
    if "duration" in found:
        assert found["duration"].dt == timedelta(minutes=30)
    else:
        assert found.end.astimezone(UTC) - found.start.astimezone(UTC) == timedelta(minutes=30)
    series = coming_back("FREQ=WEEKLY;COUNT=5", day - timedelta(weeks=2), "Europe/Paris", at)
    read_back = icalendar.Calendar.from_ical(calendars.series_file(series))
    assert len(recurring_ical_events.of(read_back).between(date(2027, 1, 1), date(2028, 1, 1))) == 5


def random_rule(rng: random.Random) -> str:
    freq = rng.choice(["DAILY", "WEEKLY", "WEEKLY", "MONTHLY", "MONTHLY", "YEARLY"])
    parts = [f"FREQ={freq}", f"INTERVAL={rng.randint(1, 3)}"]
    if freq in ("DAILY", "WEEKLY") and rng.random() < 0.7:
        parts.append(f"BYDAY={','.join(rng.sample(WEEKDAYS, rng.randint(1, 3)))}")
    elif freq in ("MONTHLY", "YEARLY"):
        if freq == "YEARLY":
            parts.append(f"BYMONTH={rng.randint(1, 12)}")
        shape = rng.random()
        if shape < 0.5:
            parts.append(f"BYDAY={rng.choice([1, 2, 3, 4, -1])}{rng.choice(WEEKDAYS)}")
        elif shape < 0.8:
            parts.append(f"BYMONTHDAY={rng.randint(1, 28)}")
        else:
            parts.append("BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1")
    if rng.random() < 0.3:
        parts.append(f"COUNT={rng.randint(1, 30)}")
    return ";".join(parts)


def test_a_thousand_series_are_the_librarys() -> None:
    """Ours, dateutil on the text, and recurring-ical-events on the exported file agree."""
    rng = random.Random(20261124)
    for _rank in range(1000):
        rule, zone = random_rule(rng), rng.choice(ZONES)
        day = date(2026, 1, 1) + timedelta(days=rng.randint(0, 700))
        at = time(rng.randint(8, 21), rng.choice([0, 30]))
        series = coming_back(rule, day, zone, at)
        start = series.first.date + timedelta(days=rng.randint(-30, 400))
        end = start + timedelta(weeks=12)
        ours = occurrences(Rhythm(series.rule, series.first.date, series.last_on), start, end)
        begin = datetime.combine(series.first.date, at)
        theirs = rrulestr(rule, dtstart=begin).between(
            datetime.combine(start, time(0)), datetime.combine(end, time(23, 59)), inc=True
        )
        file = icalendar.Calendar.from_ical(calendars.series_file(series))
        after = end + timedelta(days=1)
        read_back = recurring_ical_events.of(file).between(start, after)
        from_file = sorted(event.start for event in read_back if event.start.date() <= end)
        assert ours == [moment.date() for moment in theirs], rule
        assert theirs == [moment.replace(tzinfo=None) for moment in from_file], (rule, zone)


def test_a_file_is_plain_ascii_lines_of_75_octets() -> None:
    event = event_of(TODAY, title="🎨" * 60, details=("Prix : 3 €.",))
    content = calendars.calendar_file(calendars.Calendar("É" * 200, "Europe/Paris", (event,)))
    assert content.endswith(b"\r\n")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert not re.search(rb"(?<!\r)\n", content)
    (found,) = icalendar.Calendar.from_ical(content).walk("VEVENT")
    assert str(found["summary"]) == "🎨" * 60
