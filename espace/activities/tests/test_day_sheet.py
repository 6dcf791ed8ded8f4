"""« Aujourd'hui » through its pages."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from lxml import html

from espace.accounts.choices import Pictogram, Role
from espace.accounts.models import JournalEntry
from espace.activities.choices import Category, Outcome
from espace.activities.models import Attendance, Duty, FinishedMonth, Slot
from espace.activities.queries.day_sheet import day_sheet
from espace.activities.tests.factories import make_activity, make_slot
from espace.groups.choices import Counting
from espace.groups.grants import device_cookie
from espace.groups.models import Device, Gem, Person
from espace.groups.rules.tokens import token_hash
from espace.groups.tests.factories import make_actor, make_gem, make_person

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 24)
PAGE = "/aujourdhui/"
TICK = "/aujourdhui/2026-11-24/pointer/"
COUNT = "/aujourdhui/2026-11-24/compter/"
NEW = "/aujourdhui/2026-11-24/nouvelle-personne/"
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _now(clock: Callable[[str], Any]) -> None:
    clock("2026-11-24 11:00")


@pytest.fixture
def gem() -> Gem:
    return make_gem()


@pytest.fixture
def animator(gem: Gem, as_role: Callable[..., Client]) -> Client:
    return as_role(Role.ANIMATOR, gem)


def tablet(gem: Gem) -> Client:
    """A device of the GEM, enrolled, with nobody signed in."""
    Device.objects.create(gem=gem, name="Tablette", token_hash=token_hash("secret"))
    client = Client()
    client.cookies[settings.DEVICE_COOKIE_NAME] = device_cookie("secret")
    return client


def buttons(client: Client, url: str = PAGE) -> dict[str, tuple[str, str]]:
    """Return what each name's button would send, by the words on it."""
    page = html.fromstring(client.get(url).content)
    return {
        " ".join(b.text_content().split()): (b.get("name"), b.get("value"))
        for b in page.find_class("name-tick")
    }


def words(response: Any) -> str:
    page = html.fromstring(response.content)
    return " ".join(page.find(".//main").text_content().split())


def heads(gem: Gem, category: str = Category.ADHERENT) -> int:
    rows = Attendance.objects.filter(gem=gem, category=category, person=None)
    return sum(rows.values_list("head_count", flat=True))


def test_one_tap_notes_someone_and_another_takes_it_back(gem: Gem, animator: Client) -> None:
    nadia = make_person(gem, "Nadia", "B")
    make_person(gem, "Karim", "J")
    assert buttons(animator)["Nadia B."] == ("venu", str(nadia.pk))
    page = animator.post(TICK, {"venu": nadia.pk}, follow=True)
    assert Attendance.objects.get().person == nadia
    assert "Nadia B. : noté." in words(page)
    name, value = buttons(animator)["Nadia B."]
    assert (name, value) == ("pas_venu", str(nadia.pk))
    page = animator.post(TICK, {name: value}, follow=True)
    assert not Attendance.objects.exists()
    assert "Nadia B. : retiré." in words(page)


def test_twice_the_same_tap_is_one_presence(gem: Gem, animator: Client) -> None:
    nadia = make_person(gem)
    for _ in range(3):
        animator.post(TICK, {"venu": nadia.pk})
    assert Attendance.objects.count() == 1


def test_htmx_gets_the_one_row_and_the_notice(gem: Gem, animator: Client) -> None:
    nadia = make_person(gem, "Nadia", "B")
    answer = animator.post(TICK, {"venu": nadia.pk}, headers=HTMX)
    assert "HX-Request" in answer["Vary"]
    part = html.fragments_fromstring(answer.content.decode().strip())
    assert [(one.tag, one.get("id")) for one in part] == [
        ("li", f"p-{nadia.pk}"),
        ("div", "geste"),
    ]
    assert part[0].find(".//button").get("aria-pressed") == "true"
    assert part[1].find(".//button").get("name") == "pas_venu"
    assert not answer.content.startswith(b"<!DOCTYPE")


def test_every_write_moves_the_version_and_the_journal(gem: Gem, animator: Client) -> None:
    nadia = make_person(gem)
    animator.post(TICK, {"venu": nadia.pk})
    gem.refresh_from_db()
    assert gem.version == 1
    line = JournalEntry.objects.get(gem_id=gem.pk)
    assert (line.action, line.thing) == ("activities.record_presence", "2026-11-24")


def test_a_presence_belongs_to_the_opening_of_the_hour(gem: Gem, animator: Client) -> None:
    slot = make_slot(gem, DAY)
    make_slot(gem, DAY, 18)
    animator.post(TICK, {"venu": make_person(gem).pk})
    assert Attendance.objects.get().slot == slot


def test_someone_of_another_roll_is_unknown_here(gem: Gem, animator: Client) -> None:
    stranger = make_person(make_gem("GEM du Port"))
    assert animator.post(TICK, {"venu": stranger.pk}).status_code == 404
    assert not Attendance.objects.exists()


@pytest.mark.parametrize("sent", [{}, {"venu": "x"}, {"venu": ""}])
def test_a_tap_on_nobody_writes_nothing(animator: Client, sent: dict[str, str]) -> None:
    assert animator.post(TICK, sent).status_code == 400


# --- Sticks ---


def test_sticks_go_up_and_down_never_below_zero(gem: Gem, animator: Client) -> None:
    Gem.objects.update(counting=Counting.STICKS)
    for tap in ("adherent:1", "adherent:1", "adherent:-1", "decouverte:1", "proche:-1"):
        animator.post(COUNT, {"geste": tap, "cle": uuid4()})
    assert heads(gem) == 1
    assert heads(gem, Category.DECOUVERTE) == 1
    assert heads(gem, Category.PROCHE) == 0


def test_the_same_key_counts_once(gem: Gem, animator: Client) -> None:
    key = uuid4()
    for _ in range(3):
        animator.post(COUNT, {"geste": "adherent:1", "cle": key})
    assert heads(gem) == 1


def test_htmx_gets_the_number_and_a_fresh_key(gem: Gem, animator: Client) -> None:
    key = uuid4()
    answer = animator.post(COUNT, {"geste": "invite:1", "cle": key}, headers=HTMX)
    text = answer.content.decode()
    assert text.startswith("1")
    field = html.fragments_fromstring(text, no_leading_text=False)[1]
    assert field.get("name") == "cle"
    assert field.get("value") != str(key)
    assert 'value="invite:-1"' in text


def test_undoing_a_stick_is_one_tap(gem: Gem, animator: Client) -> None:
    page = animator.post(COUNT, {"geste": "decouverte:1", "cle": uuid4()}, follow=True)
    assert "1 de plus : visiteur qui découvre." in words(page)
    undo = html.fromstring(page.content).get_element_by_id("compte").find(".//button")
    animator.post(COUNT, {"geste": undo.get("value"), "cle": uuid4()})
    assert heads(gem, Category.DECOUVERTE) == 0


def test_taking_away_a_stick_that_a_file_brought(gem: Gem, animator: Client) -> None:
    Attendance.objects.create(gem=gem, date=DAY, head_count=5, batch_id=uuid4())
    animator.post(COUNT, {"geste": "adherent:1", "cle": uuid4()})
    animator.post(COUNT, {"geste": "adherent:-3", "cle": uuid4()})
    assert heads(gem) == 3


@pytest.mark.parametrize("tap", ["adherent:9999", "adherent:x", "roi:1", "adherent", ""])
def test_an_odd_count_writes_nothing(gem: Gem, animator: Client, tap: str) -> None:
    assert animator.post(COUNT, {"geste": tap, "cle": uuid4()}).status_code == 400
    assert not Attendance.objects.exists()


def test_a_count_never_goes_beyond_reason(gem: Gem, animator: Client) -> None:
    for _ in range(3):
        animator.post(COUNT, {"geste": "adherent:999", "cle": uuid4()})
    assert heads(gem) == 999


# --- Newcomers ---


def test_a_newcomer_in_one_field(gem: Gem, animator: Client) -> None:
    page = animator.post(NEW, {"nom": "anne le goff", "cle": uuid4()}, follow=True)
    person = Person.objects.get()
    assert (person.label, person.first_seen_on) == ("Anne L.", DAY)
    assert Attendance.objects.get().person == person
    assert "Anne L. : noté." in words(page)


def test_a_double_click_adds_one_newcomer(gem: Gem, animator: Client) -> None:
    key = uuid4()
    for _ in range(2):
        assert animator.post(NEW, {"nom": "Nadia B", "cle": key}).status_code == 302
    assert Person.objects.count() == 1


def test_a_homonym_is_asked_never_joined(gem: Gem, animator: Client) -> None:
    known = make_person(gem, "Nadia", "B")
    key = uuid4()
    page = animator.post(NEW, {"nom": "nadia b.", "cle": key})
    assert "Est-ce la même personne ?" in words(page)
    assert not Attendance.objects.exists()
    animator.post(NEW, {"nom": "nadia b.", "cle": key, "dessin": Pictogram.LUNE})
    second = Person.objects.exclude(pk=known.pk).get()
    assert (second.label, second.pictogram) == ("Nadia B. (2)", Pictogram.LUNE)
    assert Attendance.objects.get().person == second
    assert "Lune Nadia B. (2)" in buttons(animator)


@pytest.mark.parametrize("typed", ["", "   ", "...", "x" * 90])
def test_an_unreadable_name_is_kept_and_explained(gem: Gem, animator: Client, typed: str) -> None:
    page = animator.post(NEW, {"nom": typed, "cle": uuid4()})
    assert page.status_code == 400
    assert "Ce que vous avez écrit est gardé." in words(page)
    assert not Person.objects.exists()


def test_an_emoji_may_be_a_nickname(gem: Gem, animator: Client) -> None:
    animator.post(NEW, {"nom": "🦋", "cle": uuid4()})
    assert Person.objects.get().first_name == "🦋"
    assert "🦋" in buttons(animator)


# --- Which days, and who ---


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("2026-11-25", "Ce jour n'est pas encore venu."),
        ("2020-05-04", "Le GEM n'existait pas ce jour-là."),
    ],
)
def test_a_day_that_may_not_be_written(gem: Gem, animator: Client, day: str, sentence: str) -> None:
    Gem.objects.update(opened_on=date(2021, 1, 1))
    page = animator.post(f"/aujourdhui/{day}/pointer/", {"venu": make_person(gem).pk}, follow=True)
    assert sentence in words(page)
    assert "Rien n'a été noté." in words(page)
    assert not Attendance.objects.exists()


def test_a_finished_month_says_so_and_offers_to_open_it_again(gem: Gem, animator: Client) -> None:
    FinishedMonth.objects.create(gem=gem, month=date(2026, 10, 1), finished_on=DAY)
    person = make_person(gem)
    answer = animator.post("/aujourdhui/2026-10-05/pointer/", {"venu": person.pk}, headers=HTMX)
    assert answer["HX-Redirect"] == "/aujourdhui/2026-10-05/"
    page = animator.get("/aujourdhui/2026-10-05/")
    assert "Rouvrir le mois" in words(page)
    assert not Attendance.objects.exists()


@pytest.mark.parametrize(
    "url",
    [
        "/aujourdhui/2026-02-31/",
        "/aujourdhui/demain/",
        "/mois/2026-13/",
        "/programme/?semaine=2026-W60",
        "/papier/semaine/feuille.pdf?semaine=x",
        "/aujourdhui/grille/?semaine=2026-W00",
    ],
)
def test_a_date_that_does_not_exist(animator: Client, url: str) -> None:
    page = animator.get(url)
    assert page.status_code == 404
    assert "Cette date n'existe pas" in words(page)


def test_the_tablet_needs_no_sign_in_for_two_days(gem: Gem) -> None:
    person, client = make_person(gem), tablet(gem)
    for day, status in (("2026-11-24", 302), ("2026-11-23", 302), ("2026-11-22", 403)):
        answer = client.post(f"/aujourdhui/{day}/pointer/", {"venu": person.pk})
        assert answer.status_code == status
    assert Attendance.objects.count() == 2
    assert "Karim J." not in words(client.get("/aujourdhui/2026-11-22/"))


def test_a_member_writes_once_they_hold_the_place(gem: Gem, as_role: Callable[..., Client]) -> None:
    person, member = make_person(gem), as_role(Role.MEMBER, gem)
    page = words(member.get(PAGE))
    assert "Je tiens le GEM" in page
    assert "Karim J." not in page
    assert member.post(TICK, {"venu": person.pk}).status_code == 403
    for _ in range(2):
        page = words(member.post("/aujourdhui/tenir/", follow=True))
    assert "Nadia B. tient le GEM." in page
    assert "Karim J." in page
    assert Duty.objects.count() == 1
    assert member.post(TICK, {"venu": person.pk}).status_code == 302
    yesterday = member.post("/aujourdhui/2026-11-23/pointer/", {"venu": person.pk})
    assert yesterday.status_code == 403
    member.post("/aujourdhui/ne-plus-tenir/")
    assert member.post(TICK, {"pas_venu": person.pk}).status_code == 403
    assert Attendance.objects.count() == 1


def test_a_member_may_add_a_newcomer_while_on_duty(
    gem: Gem, as_role: Callable[..., Client]
) -> None:
    member = as_role(Role.MEMBER, gem)
    member.post("/aujourdhui/tenir/")
    member.post(NEW, {"nom": "Nadia B", "cle": uuid4()})
    assert Attendance.objects.get().person == Person.objects.get()


@pytest.mark.parametrize("role", [Role.SPONSOR, Role.MANAGER])
def test_partners_do_not_read_the_sheet(
    gem: Gem, as_role: Callable[..., Client], role: str
) -> None:
    assert as_role(role, gem).get(PAGE).status_code == 403


def test_another_gem_reads_nothing(gem: Gem, as_role: Callable[..., Client]) -> None:
    make_person(gem, "Zoé", "K")
    activity = make_activity(gem, DAY)
    other = as_role(Role.ANIMATOR, make_gem("GEM du Port"))
    assert "Zoé" not in words(other.get(PAGE))
    assert other.get(f"{PAGE}2026-11-24/activites/{activity.pk}/").status_code == 404


# --- The page ---


def test_open_or_not_and_who_holds_the_place(gem: Gem, animator: Client) -> None:
    assert "Pas d'ouverture prévue aujourd'hui." in words(animator.get(PAGE))
    make_slot(gem, DAY, held_by=make_person(gem, "Zoé", "K"))
    page = words(animator.get(PAGE))
    assert "Ouvert maintenant, jusqu'à 17 h." in page
    assert "Zoé K. tient le GEM." in page


def test_closing_a_day_and_opening_it_again(gem: Gem, animator: Client) -> None:
    make_slot(gem, DAY)
    url = f"{PAGE}2026-11-24/ouverture/"
    page = animator.post(url, {"ouverture": Outcome.FERME_CONGE}, follow=True)
    assert "Fermé, congés ou jour férié." in words(page)
    page = animator.post(url, {"ouverture": Outcome.OUVERT}, follow=True)
    assert "Ouvert maintenant" in words(page)
    assert Slot.objects.get().outcome == Outcome.OUVERT


def test_an_opening_nobody_had_planned(gem: Gem, animator: Client) -> None:
    sent = {"starts_at": "10h", "hours": "3 h 30", "animation": "autogeree"}
    animator.post(f"{PAGE}2026-11-24/ouverture/", sent)
    slot = Slot.objects.get()
    assert (slot.starts_at.hour, float(slot.hours), slot.animation) == (10, 3.5, "autogeree")


def test_taking_part_in_an_activity_is_having_come(gem: Gem, animator: Client) -> None:
    activity, nadia = make_activity(gem, DAY), make_person(gem, "Nadia", "B")
    url = f"{PAGE}2026-11-24/activites/{activity.pk}/"
    sent = {"activite": activity.pk, "retour": f"activite:{activity.pk}"}
    page = animator.post(TICK, {**sent, "venu": nadia.pk}, follow=True)
    assert page.request["PATH_INFO"] == url
    assert buttons(animator, url)["Nadia B."][0] == "pas_venu"
    assert Attendance.objects.filter(person=nadia).count() == 2
    animator.post(TICK, {**sent, "pas_venu": nadia.pk})
    assert Attendance.objects.get().activity is None
    animator.post(TICK, {**sent, "venu": nadia.pk})
    animator.post(TICK, {"pas_venu": nadia.pk})
    assert not Attendance.objects.exists()


def test_an_activity_counts_with_sticks_too(gem: Gem, animator: Client) -> None:
    Gem.objects.update(counting=Counting.STICKS)
    activity = make_activity(gem, DAY)
    sent = {"geste": "adherent:1", "cle": uuid4(), "activite": activity.pk}
    animator.post(COUNT, sent)
    row = Attendance.objects.get()
    assert (row.activity, row.head_count) == (activity, 1)
    assert "Combien participent ?" in words(
        animator.get(f"{PAGE}2026-11-24/activites/{activity.pk}/")
    )


def regulars_and_others(gem: Gem) -> list[Person]:
    """Sixty people; the last twenty came last week."""
    people = [make_person(gem, f"Prénom{rank:02d}", "A") for rank in range(60)]
    week_ago = DAY - timedelta(days=7)
    for person in people[40:]:
        Attendance.objects.create(gem=gem, date=week_ago, person=person)
    return people


def test_twenty_people_in_at_most_twenty_two_taps(gem: Gem, animator: Client) -> None:
    people = regulars_and_others(gem)
    taps = 1  # the menu
    for person in people[40:]:
        name, value = buttons(animator)[person.label]
        animator.post(TICK, {name: value})
        taps += 1
    assert Attendance.objects.filter(date=DAY).count() == 20
    assert taps <= 22


def test_sixty_people_stay_within_the_weight_of_a_page(gem: Gem, animator: Client) -> None:
    people = regulars_and_others(gem)
    for rank in range(4):
        make_activity(gem, DAY, f"Atelier {rank}")
    make_slot(gem, DAY)
    assert len(list(html.fromstring(animator.get(PAGE).content).iter("*"))) <= 350
    assert people[0].label in buttons(animator, f"{PAGE}2026-11-24/personnes/?lettre=P")
    for person in people:
        animator.post(TICK, {"venu": person.pk})
    page = html.fromstring(animator.get(PAGE).content)
    assert len(list(page.iter("*"))) <= 350
    assert len(page.xpath("//button[@aria-pressed='true']")) == 26


def test_the_list_of_everyone_goes_letter_by_letter(gem: Gem, animator: Client) -> None:
    for name in ("Élodie", "Eva", "Karim", "🦋"):
        make_person(gem, name, "B")
    url = f"{PAGE}2026-11-24/personnes/"
    assert list(buttons(animator, url)) == ["Élodie B.", "Eva B."]
    assert list(buttons(animator, f"{url}?lettre=%23")) == ["🦋 B."]
    karim = Person.objects.get(first_name="Karim")
    page = animator.post(TICK, {"venu": karim.pk, "retour": "lettre:K:1"}, follow=True)
    assert page.request["PATH_INFO"] == url
    assert "Karim B. : noté." in words(page)


def test_the_page_asks_the_same_questions_whatever_the_people(
    gem: Gem, animator: Client, queries: Callable[..., Any]
) -> None:
    actor = make_actor(Role.ANIMATOR, gem)
    asked, of_pages, made = [], [], 0
    for count in (1, 3, 30):
        for rank in range(made, count):
            person = make_person(gem, f"Prénom{rank}", "A")
            Attendance.objects.create(gem=gem, date=DAY, person=person)
            Attendance.objects.create(gem=gem, date=DAY - timedelta(days=40), person=person)
            make_slot(gem, DAY, starts_at=f"{8 + rank % 12:02d}:{rank:02d}")
            make_activity(gem, DAY, f"Atelier {rank}")
        made = count
        with queries() as captured:
            day_sheet(actor, gem.pk)
        asked.append(len(captured))
        with queries() as captured:
            animator.get(PAGE)
        of_pages.append(len(captured))
    assert asked == [11, 11, 11]
    assert len(set(of_pages[1:])) == 1


@pytest.mark.parametrize(
    "address",
    [
        "/aujourdhui/9999-12-31/",
        "/aujourdhui/0001-01-01/",
        "/aujourdhui/0001-01-01/ouverture/",
        "/aujourdhui/grille/?semaine=9999-W52",
        "/aujourdhui/grille/?semaine=0001-W01",
        "/mois/9999-12/",
        "/mois/0001-01/",
        "/programme/?semaine=9999-W52",
        "/papier/semaine/feuille.pdf?semaine=0001-W01",
    ],
)
def test_a_day_out_of_reach_is_no_such_day(animator: Client, address: str) -> None:
    assert animator.get(address).status_code == 404


@pytest.mark.parametrize("address", [TICK, COUNT])
def test_a_tap_that_says_nothing_is_told_in_french(
    gem: Gem, as_role: Callable[..., Client], address: str
) -> None:
    animator = as_role(Role.ANIMATOR, gem)
    animator.raise_request_exception = False
    answer = animator.post(address)
    assert answer.status_code == 400
    assert "Rien n'a changé" in answer.content.decode().replace("&#x27;", "'")
