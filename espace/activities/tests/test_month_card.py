"""The month card, through the door of the people who fill it."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from lxml import html

from espace.accounts.choices import Role
from espace.accounts.models import JournalEntry
from espace.activities.models import (
    ArrivalTally,
    FinishedMonth,
    HelpTally,
    MonthCard,
    ReferralTally,
    TensionTally,
    VolunteerMonth,
)
from espace.groups.actions.devices import enrol_device
from espace.groups.grants import device_cookie
from espace.groups.models import Gem
from espace.groups.tests.factories import make_actor, make_gem

pytestmark = pytest.mark.django_db
CARD = "/mois/2026-10/fiche/"
MONTH = date(2026, 10, 1)


@pytest.fixture(autouse=True)
def _now(clock: Callable[[str], Any]) -> None:
    clock("2026-11-02 11:00")


@pytest.fixture
def gem() -> Gem:
    return make_gem()


@pytest.fixture
def elected(gem: Gem, as_role: Callable[..., Client]) -> Client:
    return as_role(Role.ELECTED, gem)


@pytest.fixture
def tablet(gem: Gem) -> Client:
    token = enrol_device(actor=make_actor(Role.ELECTED, gem), gem_id=gem.pk, name="Tablette")
    client = Client()
    client.cookies[settings.DEVICE_COOKIE_NAME] = device_cookie(token)
    return client


def page_of(response: Any) -> Any:
    return html.fromstring(response.content)


def words(response: Any) -> str:
    return " ".join(page_of(response).find(".//main").text_content().split())


def sent(client: Client, **numbers: str) -> dict[str, str]:
    """Return the card as the page drew it, with some cells typed again (« a_b » for « a-b »)."""
    page = page_of(client.get(CARD))
    inputs = page.xpath("//main//form[.//input[@name='vu']]//input[@name]")
    data = {one.get("name"): one.get("value", "") for one in inputs}
    typed = {name.replace("__", "-"): number for name, number in numbers.items()}
    assert set(typed) <= set(data), sorted(set(typed) - set(data))
    return data | typed


def test_an_ordinary_card_is_kept_whole(gem: Gem, elected: Client) -> None:
    answer = elected.post(
        CARD,
        sent(
            elected,
            entraide__ecoute__adherent="12",
            entraide__appel_nouvelles__benevole="0",
            relais__soins__vers_gem="2",
            relais__mdph_droits__depuis_gem="3",
            relais__mdph_droits__contact="1",
            arrivees__pair__nombre="1",
            benevolat__exterieur__heures="7,5",
        ),
        follow=True,
    )
    assert "C'est gardé." in words(answer)
    helped = HelpTally.objects.values_list("kind", "from_kind", "count")
    assert sorted(helped) == [("appel_nouvelles", "benevole", 0), ("ecoute", "adherent", 12)]
    referred = ReferralTally.objects.values_list("channel", "count", "contact_made_count")
    assert sorted(referred, key=str) == [("mdph_droits", 3, 1), ("soins", 2, None)]
    assert ArrivalTally.objects.get().count == 1
    row = VolunteerMonth.objects.get()
    assert (row.volunteers, row.hours) == (None, Decimal("7.5"))
    assert elected.get(CARD).content.count(b'value="12"') == 1
    assert JournalEntry.objects.filter(action="activities.fill_month_card").count() == 1


def test_empty_is_not_said_zero_is_said_and_a_number_may_be_emptied(
    gem: Gem, elected: Client
) -> None:
    elected.post(CARD, sent(elected, entraide__ecoute__adherent="0"))
    assert HelpTally.objects.get().count == 0
    elected.post(CARD, sent(elected, entraide__ecoute__adherent=""))
    assert not HelpTally.objects.exists()


def test_i_do_not_know_is_an_answer_and_a_number_takes_it_back(gem: Gem, elected: Client) -> None:
    elected.post(CARD, sent(elected) | {"geste": "ne-sait-pas:relais"})
    assert MonthCard.objects.get().unknown == ["relais"]
    page = words(elected.get(CARD))
    assert "Je ne sais pas : noté" in page
    assert "relais" not in words(elected.get("/mois/2026-10/")).partition("attend encore")[2][:60]
    elected.post(CARD, sent(elected, relais__soins__vers_gem="1"))
    assert MonthCard.objects.get().unknown == []
    elected.post(CARD, sent(elected) | {"geste": "ne-sait-pas:benevolat"})
    elected.post(CARD, sent(elected) | {"geste": "on-sait:benevolat"})
    assert MonthCard.objects.get().unknown == []


@pytest.mark.parametrize("typed", ["1000000000", "-1", "trois", "1,5", "٣", "1e3", "9" * 5000])
def test_one_slip_loses_nothing_else(gem: Gem, elected: Client, typed: str) -> None:
    data = sent(elected, entraide__ecoute__adherent=typed, entraide__visite__adherent="4")
    answer = elected.post(CARD, data)
    assert answer.status_code == 422
    assert "Ce que vous avez écrit est gardé." in words(answer)
    assert [row.count for row in HelpTally.objects.all()] == [4]
    assert page_of(answer).get_element_by_id("id_entraide-ecoute-adherent").get("value") == typed


def test_a_part_is_not_more_than_its_whole(gem: Gem, elected: Client) -> None:
    data = sent(elected, relais__soins__depuis_gem="2", relais__soins__contact="3")
    answer = elected.post(CARD, data)
    assert answer.status_code == 422
    assert "plus grand que le total" in words(answer)
    row = ReferralTally.objects.get()
    assert (row.count, row.contact_made_count) == (2, None)


def test_what_someone_else_wrote_meanwhile_stays(gem: Gem, elected: Client, tablet: Client) -> None:
    data = sent(elected, entraide__visite__adherent="4")
    tablet.post(CARD, {"baton": "entraide-ecoute-adherent:1", "cle": uuid4()})
    elected.post(CARD, data)
    assert sorted(HelpTally.objects.values_list("kind", "count")) == [("ecoute", 1), ("visite", 4)]


def test_a_press_of_the_page_itself_answers_with_a_word(gem: Gem, elected: Client) -> None:
    data = sent(elected, entraide__visite__adherent="4", entraide__ecoute__adherent="x")
    answer = elected.post(CARD, data, headers={"HX-Request": "true"})
    assert b"Le reste est gard" in answer.content
    assert b"entraide-visite-adherent=4" in answer.content


def test_the_tablet_adds_sticks_of_help_and_nothing_else(gem: Gem, tablet: Client) -> None:
    page = words(tablet.get(CARD))
    assert "Ajoutez un bâton" in page
    assert "Combien de bénévoles" not in page
    key = uuid4()
    for _ in range(2):
        tablet.post(CARD, {"baton": "entraide-ecoute-adherent:1", "cle": key})
    assert HelpTally.objects.get().count == 1
    assert tablet.post(CARD, {"baton": "arrivees-pair-nombre:1", "cle": uuid4()}).status_code == 400
    assert tablet.post(CARD, {"geste": "garder", "arrivees-pair-nombre": "3"}).status_code == 403
    assert not ArrivalTally.objects.exists()
    old = "/mois/2026-08/fiche/"
    tablet.post(old, {"baton": "entraide-ecoute-adherent:1", "cle": uuid4()})
    assert HelpTally.objects.count() == 1


@pytest.mark.parametrize("role", [Role.MEMBER, Role.VOLUNTEER])
def test_members_read_it(gem: Gem, elected: Client, as_role: Any, role: str) -> None:
    elected.post(CARD, sent(elected, entraide__ecoute__adherent="12"))
    client = as_role(role, gem)
    assert "Écouter : Adhérents : 12" in words(client.get(CARD))
    assert client.post(CARD, {"entraide-ecoute-adherent": "1", "vu": ""}).status_code == 403
    assert HelpTally.objects.get().count == 12


def test_sponsors_do_not_see_it(gem: Gem, as_role: Any) -> None:
    assert as_role(Role.SPONSOR, gem).get(CARD).status_code == 403


def test_a_month_to_come_has_no_card(gem: Gem, elected: Client) -> None:
    for url in ("/mois/2026-12/fiche/", "/mois/2026-12/fiche.pdf"):
        answer = elected.get(url)
        assert answer.status_code == 404
        assert "n'a pas commencé" in words(answer)
    assert elected.post("/mois/2026-12/fiche/", {"geste": "garder"}).status_code == 404


def test_a_finished_month_is_opened_again_and_the_correction_is_counted(
    gem: Gem, elected: Client
) -> None:
    data = sent(elected, entraide__ecoute__adherent="2")
    elected.post("/mois/2026-10/", {"geste": "finir"})
    answer = elected.post(CARD, data, follow=True)
    assert "Ce mois est fini. Rien n'a changé." in words(answer)
    assert not HelpTally.objects.exists()
    elected.post("/mois/2026-10/", {"geste": "rouvrir"})
    elected.post(CARD, data)
    elected.post("/mois/2026-10/", {"geste": "finir"})
    assert HelpTally.objects.get().count == 2
    assert FinishedMonth.objects.get().corrected_after == 1


def test_tensions_are_asked_only_when_the_meeting_said_so(
    gem: Gem, elected: Client, as_role: Any
) -> None:
    assert "Combien de tensions" not in words(elected.get(CARD))
    elected.post(CARD, {"vu": "", "tensions-tensions-nombre": "3"})
    assert not TensionTally.objects.exists()
    assert as_role(Role.ANIMATOR, gem).get("/mois/tensions/").status_code == 403
    answer = elected.post("/mois/tensions/", {"geste": "compter", "decided_on": "03/11/2026"})
    assert "n'a pas encore eu lieu" in words(answer)
    elected.post("/mois/tensions/", {"geste": "compter", "decided_on": "20/10/2026"})
    assert "du 20 octobre 2026 a dit oui" in words(elected.get("/mois/tensions/"))
    elected.post(
        CARD, sent(elected, tensions__tensions__nombre="3", tensions__tensions__apaisees="2")
    )
    row = TensionTally.objects.get()
    assert (row.count, row.resolved_count) == (3, 2)
    elected.post("/mois/tensions/", {"geste": "arreter"})
    assert "Combien de tensions" not in words(elected.get(CARD))
    assert TensionTally.objects.count() == 1


def test_the_paper_has_the_order_of_the_screen(gem: Gem, elected: Client) -> None:
    answer = elected.get("/mois/2026-10/fiche.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_another_gem_has_its_own_card(gem: Gem, elected: Client, as_role: Any) -> None:
    elected.post(CARD, sent(elected, entraide__ecoute__adherent="12"))
    other = as_role(Role.ELECTED, make_gem("GEM voisin"))
    assert b'value="12"' not in other.get(CARD).content


def test_the_queries_do_not_grow_with_what_is_written(
    gem: Gem, elected: Client, django_assert_max_num_queries: Any
) -> None:
    for numbers in ({"ecoute": "1"}, {"ecoute": "1", "visite": "2", "autre": "3"}):
        typed = {f"entraide__{kind}__adherent": number for kind, number in numbers.items()}
        elected.post(CARD, sent(elected, **typed))
        with django_assert_max_num_queries(13):
            elected.get(CARD)


def test_the_screen_stays_small(gem: Gem, elected: Client) -> None:
    elected.post("/mois/tensions/", {"geste": "compter", "decided_on": "20/10/2026"})
    assert len(page_of(elected.get(CARD)).xpath("//*[not(ancestor::svg)]")) <= 350
