"""The idea box through its doors: account, tablet, link, paper."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client
from lxml import html
from pypdf import PdfReader

from espace.accounts import personal_data
from espace.accounts.choices import Role
from espace.accounts.models import JournalEntry
from espace.activities.choices import IdeaState, IdeaWay
from espace.activities.jobs import forget_lists
from espace.activities.models import Idea, IdeaLink
from espace.activities.queries.ideas import idea_box
from espace.activities.rules.ideas import MOST_IN_THE_BOX, TOKEN_LETTERS
from espace.groups.grants import device_cookie
from espace.groups.models import Device, Gem
from espace.groups.rules.tokens import token_hash
from espace.groups.tests.factories import make_account, make_actor, make_gem, make_mandate

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
BOX = "/programme/idees/"
PAPER = "/programme/idees/recopier/"
LINK = "/programme/idees/lien/"
SEA = "Aller voir la mer"


@pytest.fixture(autouse=True)
def _now(clock: Callable[[str], Any]) -> Iterator[None]:
    clock("2026-11-24 11:00")
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def gem() -> Gem:
    return make_gem()


@pytest.fixture
def tablet(gem: Gem, settings: Any) -> Client:
    Device.objects.create(gem=gem, name="Tablette", token_hash=token_hash("secret"))
    client = Client()
    client.cookies[settings.DEVICE_COOKIE_NAME] = device_cookie("secret")
    return client


@pytest.fixture
def link(gem: Gem) -> IdeaLink:
    return IdeaLink.objects.create(gem=gem, token="k7mp3xqv9a2t", made_on=TODAY)


def make_idea(gem: Gem, text: str = SEA, **values: object) -> Idea:
    defaults: dict[str, object] = {"way": IdeaWay.PAPIER, "received_on": TODAY}
    return Idea.objects.create(gem=gem, text=text, **{**defaults, **values})


def words(response: Any) -> str:
    page = html.fromstring(response.content)
    return " ".join(page.find(".//main").text_content().split())


def send(client: Client, text: str = SEA, url: str = BOX, **more: str) -> Any:
    return client.post(url, {"idee": text, "cle": str(uuid4()), **more}, follow=True)


def test_an_idea_of_a_member_is_nobodys(gem: Gem, as_role: Callable[..., Client]) -> None:
    page = send(as_role(Role.MEMBER, gem))
    assert "Merci. Votre idée est dans la boîte." in words(page)
    idea = Idea.objects.get()
    assert (idea.text, idea.way, idea.received_on) == (SEA, IdeaWay.COMPTE, TODAY)
    assert (idea.signature, idea.account_id) == ("", None)
    line = JournalEntry.objects.get(action="activities.add_idea")
    assert (line.account_id, line.device_id, line.thing) == (None, None, "2026-11-24")


def test_a_member_may_sign_and_take_the_name_away(gem: Gem, enter: Callable[..., Client]) -> None:
    nadia = make_account("Nadia", "B")
    make_mandate(gem, nadia)
    send(enter(nadia), prenom="on", mener="on", famille="culture_sortie")
    idea = Idea.objects.get()
    assert (idea.signature, idea.account_id, idea.will_lead) == ("Nadia", nadia.pk, True)
    (section,) = [one for one in personal_data.shown(nadia.pk) if one.key == "signed_ideas"]
    assert section.rows[0][1][2] == SEA
    personal_data.erase(nadia.pk)
    idea.refresh_from_db()
    assert (idea.text, idea.signature, idea.account_id) == (SEA, "", None)


def test_the_tablet_writes_an_idea_and_keeps_a_first_name_only(gem: Gem, tablet: Client) -> None:
    send(tablet, prenom="nadia LE GOFF")
    idea = Idea.objects.get()
    assert (idea.way, idea.signature, idea.account_id) == (IdeaWay.TABLETTE, "Nadia", None)
    assert "Signée : Nadia." in words(tablet.get(BOX))


def test_sending_twice_adds_one(gem: Gem, tablet: Client) -> None:
    key = str(uuid4())
    for _time in range(2):
        tablet.post(BOX, {"idee": SEA, "cle": key})
    assert Idea.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "Il manque votre idée."), ("…", "Il manque votre idée."), ("mer " * 40, "longue")],
)
def test_what_cannot_be_kept_is_said_and_stays_on_screen(
    gem: Gem, tablet: Client, text: str, said: str
) -> None:
    page = send(tablet, text)
    assert said in words(page)
    assert html.fromstring(page.content).xpath("//textarea")[0].text.strip() == text.strip()
    assert not Idea.objects.exists()


def test_a_telephone_number_is_shown_back_once_and_never_refused(gem: Gem, tablet: Client) -> None:
    text = "Balade, appelez le 06 12 34 56 78"
    page = send(tablet, text)
    assert "Ce texte semble contenir un numéro de téléphone." in words(page)
    assert not Idea.objects.exists()
    send(tablet, text, quand_meme="1")
    assert Idea.objects.get().text == text


def test_whoever_just_wrote_may_take_it_back(gem: Gem, tablet: Client, clock: Any) -> None:
    page = send(tablet)
    ticket = html.fromstring(page.content).xpath("//input[@name='billet']/@value")[0]
    back = tablet.post(f"{BOX}reprendre/", {"billet": ticket}, follow=True)
    assert "Votre idée est reprise." in words(back)
    assert not Idea.objects.exists()
    again = tablet.post(f"{BOX}reprendre/", {"billet": ticket}, follow=True)
    assert "ne peut plus être reprise" in words(again)


def test_a_ticket_is_sealed_and_dies_after_a_quarter_of_an_hour(
    gem: Gem, tablet: Client, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = send(tablet)
    ticket = html.fromstring(page.content).xpath("//input[@name='billet']/@value")[0]
    tablet.post(f"{BOX}reprendre/", {"billet": ticket[:-1] + "!"})
    tablet.post(f"{BOX}reprendre/", {"billet": str(Idea.objects.get().pk)})
    monkeypatch.setattr("django.core.signing.time.time", lambda: 4_000_000_000)
    tablet.post(f"{BOX}reprendre/", {"billet": ticket})
    assert Idea.objects.count() == 1


# --- Liking: a number, never who ---


def test_a_person_likes_once_and_may_stop(gem: Gem, as_role: Callable[..., Client]) -> None:
    idea, member = make_idea(gem), as_role(Role.MEMBER, gem)
    for _time in range(3):
        member.post(f"{BOX}{idea.pk}/plait/", {"geste": "plus", "cle": uuid4()})
    idea.refresh_from_db()
    assert idea.likes == 1
    page = member.get(BOX)
    assert "1 personne aime cette idée." in words(page)
    assert "Ne plus aimer" in words(page)
    for _time in range(2):
        member.post(f"{BOX}{idea.pk}/plait/", {"geste": "moins", "cle": uuid4()})
    idea.refresh_from_db()
    assert idea.likes == 0
    assert not JournalEntry.objects.filter(action__contains="like").exists()


def test_each_tap_on_the_tablet_counts_once(gem: Gem, tablet: Client) -> None:
    idea, key = make_idea(gem), uuid4()
    for one in (key, key, uuid4()):
        tablet.post(f"{BOX}{idea.pk}/plait/", {"geste": "plus", "cle": one})
    idea.refresh_from_db()
    assert idea.likes == 2


def test_ideas_are_in_order_of_date_whatever_is_liked(gem: Gem, tablet: Client) -> None:
    make_idea(gem, "Ancienne", likes=9, received_on=TODAY - timedelta(days=2))
    make_idea(gem, "Nouvelle")
    page = words(tablet.get(BOX))
    assert page.index("Nouvelle") < page.index("Ancienne")


# --- Hiding ---


def test_the_bureau_hides_and_puts_back(gem: Gem, as_role: Callable[..., Client]) -> None:
    idea, elected = make_idea(gem), as_role(Role.ELECTED, gem)
    page = elected.post(f"{BOX}{idea.pk}/cacher/", follow=True)
    assert "L'idée est cachée." in words(page)
    assert SEA in words(page)
    member = as_role(Role.MEMBER, gem)
    assert SEA not in words(member.get(BOX))
    assert SEA not in words(member.get(f"{BOX}?voir=cachees"))
    assert member.post(f"{BOX}{idea.pk}/plait/", {"geste": "plus", "cle": uuid4()}).status_code == (
        404
    )
    elected.post(f"{BOX}{idea.pk}/remettre/")
    elected.post(f"{BOX}{idea.pk}/remettre/")
    assert SEA in words(member.get(BOX))
    done = JournalEntry.objects.filter(action__endswith="e_idea").values_list("action", flat=True)
    assert sorted(done) == ["activities.hide_idea"]
    assert JournalEntry.objects.filter(action="activities.show_idea").count() == 1


def test_a_member_or_the_tablet_hides_nothing(
    gem: Gem, tablet: Client, as_role: Callable[..., Client]
) -> None:
    idea = make_idea(gem)
    for client in (tablet, as_role(Role.MEMBER, gem), as_role(Role.VOLUNTEER, gem)):
        assert client.post(f"{BOX}{idea.pk}/cacher/").status_code == 403
    assert Idea.objects.filter(hidden_on=None).exists()


def test_old_and_hidden_ideas_are_forgotten(gem: Gem) -> None:
    make_idea(gem, "Vieille", received_on=TODAY - timedelta(days=396))
    make_idea(gem, "Cachée", hidden_on=TODAY - timedelta(days=31))
    make_idea(gem, "Cachée hier", hidden_on=TODAY - timedelta(days=1))
    make_idea(gem)
    forget_lists("2026-11-24")
    forget_lists("2026-11-24")
    assert set(Idea.objects.values_list("text", flat=True)) == {"Cachée hier", SEA}


# --- Paper ---


def test_several_ideas_of_paper_at_once(gem: Gem, tablet: Client) -> None:
    key = str(uuid4())
    sent = {"idees": "- Aller voir la mer\n\n2) Karaoké", "cle": key}
    assert "2 idées de plus dans la boîte." in words(tablet.post(PAPER, sent, follow=True))
    tablet.post(PAPER, sent)
    rows = Idea.objects.order_by("text").values_list("text", "way")
    assert list(rows) == [(SEA, "papier"), ("Karaoké", "papier")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Il manque les idées."),
        ("\n".join(["Karaoké"] * 41), "40 lignes au plus"),
        (f"Karaoké\n{'mer ' * 40}", "Une ligne est trop longue"),
    ],
)
def test_what_is_wrong_on_paper_saves_nothing(
    gem: Gem, tablet: Client, text: str, said: str
) -> None:
    page = tablet.post(PAPER, {"idees": text, "cle": uuid4()})
    assert said in words(page)
    assert not Idea.objects.exists()


def test_slips_and_poster_are_one_tagged_page(
    gem: Gem, tablet: Client, link: IdeaLink, as_role: Callable[..., Client]
) -> None:
    slips = tablet.get(f"{BOX}bulletins.pdf").content
    poster = as_role(Role.ANIMATOR, gem).get(f"{LINK}affiche.pdf").content
    for pdf, text in ((slips, "J'aimerais que"), (poster, f"idees/{link.token}/")):
        reader = PdfReader(BytesIO(pdf))
        assert len(reader.pages) == 1
        assert text in reader.pages[0].extract_text()
        assert reader.trailer["/Root"]["/Lang"] == "fr"
        assert b"pdfuaid" in reader.trailer["/Root"]["/Metadata"].get_data()
        assert reader.metadata["/Title"] == "Une idée ?"


# --- The link, without account ---


def test_the_link_lets_an_idea_in_and_shows_nothing(gem: Gem, link: IdeaLink) -> None:
    make_idea(gem, "Sortie au marché", signature="Karim")
    url = f"/idees/{link.token}/"
    page = words(Client().get(url))
    assert gem.name in page
    assert "Sortie au marché" not in page
    assert "Karim" not in page
    back = send(Client(), url=url, prenom="Odile")
    assert "Merci. Votre idée est dans la boîte." in words(back)
    idea = Idea.objects.get(text=SEA)
    assert (idea.way, idea.signature, idea.gem) == (IdeaWay.LIEN, "Odile", gem)
    ticket = html.fromstring(back.content).xpath("//input[@name='billet']/@value")[0]
    Client().post(f"{url}reprendre/", {"billet": ticket})
    assert not Idea.objects.filter(text=SEA).exists()


def test_an_elected_person_opens_renews_and_closes(
    gem: Gem, as_role: Callable[..., Client]
) -> None:
    elected = as_role(Role.ELECTED, gem)
    page = elected.post(LINK, {"geste": "ouvrir"}, follow=True)
    first = IdeaLink.objects.get().token
    assert first in words(page)
    assert re.fullmatch(rf"[{TOKEN_LETTERS}]{{12}}", first)
    elected.post(LINK, {"geste": "changer"})
    second = IdeaLink.objects.get().token
    assert Client().get(f"/idees/{first}/").status_code == 404
    assert Client().post(f"/idees/{first}/", {"idee": SEA, "cle": uuid4()}).status_code == 404
    assert Client().get(f"/idees/{second}/").status_code == 200
    elected.post(LINK, {"geste": "fermer"})
    elected.post(LINK, {"geste": "fermer"})
    assert Client().get(f"/idees/{second}/").status_code == 404
    lines = JournalEntry.objects.filter(action__endswith="idea_link").order_by("pk")
    assert [line.action.rpartition(".")[2] for line in lines] == [
        "open_idea_link",
        "open_idea_link",
        "close_idea_link",
    ]


def test_an_employee_closes_but_does_not_open(
    gem: Gem, link: IdeaLink, as_role: Callable[..., Client]
) -> None:
    animator = as_role(Role.ANIMATOR, gem)
    assert animator.post(LINK, {"geste": "changer"}).status_code == 403
    assert IdeaLink.objects.get().token == link.token
    animator.post(LINK, {"geste": "fermer"})
    assert not IdeaLink.objects.exists()
    assert as_role(Role.MEMBER, gem).get(LINK).status_code == 403


def test_a_guessed_link_opens_nothing_not_even_a_query(
    gem: Gem, link: IdeaLink, queries: Callable[..., Any]
) -> None:
    assert Client().get("/idees/k7mp3xqv9a2u/").status_code == 404
    for odd in (link.token.upper(), f"{link.token}a", "%00", "x" * 500, "é" * 12):
        with queries() as captured:
            assert Client().get(f"/idees/{odd}/").status_code == 404
        assert not [one for one in captured if "idealink" in one["sql"]]


def test_a_link_that_serves_too_much_says_to_wait(gem: Gem, link: IdeaLink) -> None:
    client, url = Client(), f"/idees/{link.token}/"
    answers = [send(client, f"Idée {rank}", url=url).status_code for rank in range(62)]
    assert answers.count(429) == 2
    assert Idea.objects.count() == 60


def test_a_full_box_keeps_the_text_on_screen(gem: Gem, link: IdeaLink) -> None:
    rows = [
        Idea(gem=gem, text="x", way=IdeaWay.LIEN, received_on=TODAY)
        for _rank in range(MOST_IN_THE_BOX)
    ]
    Idea.objects.bulk_create(rows)
    page = send(Client(), url=f"/idees/{link.token}/")
    assert "La boîte est pleine." in words(page)
    assert html.fromstring(page.content).xpath("//textarea")[0].text.strip() == SEA
    Idea.objects.update(state=IdeaState.PLUS_TARD)
    assert "Merci." in words(send(Client(), url=f"/idees/{link.token}/"))


# --- Cost ---


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_box_stays_light_and_asks_the_same_questions(
    gem: Gem, as_role: Callable[..., Client], queries: Callable[..., Any], count: int
) -> None:
    for rank in range(count):
        make_idea(gem, f"Idée {rank}", likes=rank, signature="Nadia", will_lead=True)
    with queries() as captured:
        idea_box(make_actor(Role.ELECTED, gem), gem.pk)
    assert len(captured) == 5
    page = as_role(Role.ELECTED, gem).get(BOX)
    assert len(list(html.fromstring(page.content).iter("*"))) <= 350


def test_those_around_the_gem_do_not_read_the_box(gem: Gem, as_role: Callable[..., Client]) -> None:
    for role in (Role.SPONSOR, Role.MANAGER):
        client = as_role(role, gem)
        assert client.get(BOX).status_code == 403
        assert send(client).status_code == 403
