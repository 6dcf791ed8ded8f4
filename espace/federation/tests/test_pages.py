"""The network's pages: what FiGEM's team and its delegates see of the GEM, and what they do."""

import re
from datetime import date
from uuid import uuid4

import pytest
from lxml import html

from espace.accounts.choices import Role
from espace.activities.models import FinishedMonth
from espace.federation.models import HelpRequest
from espace.federation.tests.factories import make_team
from espace.groups.choices import GemStatus
from espace.groups.models import GemState, OpeningLetter
from espace.groups.tests.factories import make_account, make_gem, make_mandate, make_person

pytestmark = pytest.mark.django_db
HOME = "/reseau/"


@pytest.fixture(autouse=True)
def _now(clock):
    clock("2026-10-14 14:00")


@pytest.fixture
def team(enter):
    return enter(make_team(Role.FEDERATION, "nation"))


@pytest.fixture
def delegate(enter):
    return enter(make_team(Role.DELEGATE, "region:53"))


def read(client, url):
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def names(client, url):
    listed = html.fromstring(client.get(url).content)
    links = listed.xpath("//a[starts-with(@href, '/reseau/gem/')]")
    return [link.text.split(",")[0] for link in links]


def of_page(gem, more=""):
    return f"/reseau/gem/{gem.pk}/{more}"


def everywhere():
    """One GEM at each stage."""
    make_gem("A inviter", status=GemStatus.PREPARATION)
    invited = make_gem("B invité", status=GemStatus.PREPARATION)
    OpeningLetter.objects.create(
        gem=invited,
        words_hash="w",
        secret_hash="s",
        made_at="2026-10-01T10:00Z",
        expires_at="2027-04-01T10:00Z",
    )
    make_gem("C ouvert", joined_on=date(2026, 9, 1), heard_from="autre_gem")
    month = make_gem("D mois", joined_on=date(2026, 8, 1), federated=True)
    FinishedMonth.objects.create(gem=month, month=date(2026, 9, 1), finished_on=date(2026, 10, 3))
    make_gem("E pause", status=GemStatus.PAUSE)
    make_gem("F fermé", status=GemStatus.FERME)
    asked = make_gem("G aide", joined_on=date(2026, 9, 1), region_code="32", departement_code="59")
    HelpRequest.objects.create(gem=asked, topic="compter", asked_at="2026-10-13T10:00Z")
    make_gem("Entraînement", practice=True)
    return month, asked


def test_the_team_comes_home_to_the_network(team, delegate):
    assert team.get("/accueil/")["Location"] == HOME
    assert delegate.get("/accueil/")["Location"] == HOME


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["A inviter", "B invité", "C ouvert", "D mois", "E pause", "F fermé", "G aide"]),
        ("?etat=a-inviter", ["A inviter"]),
        ("?etat=invite", ["B invité"]),
        ("?etat=ouvert", ["C ouvert", "G aide"]),
        ("?etat=premier-mois", ["D mois"]),
        ("?etat=pause", ["E pause"]),
        ("?etat=ferme", ["F fermé"]),
        ("?etat=aide", ["G aide"]),
        ("?figem=oui", ["D mois"]),
        ("?region=32", ["G aide"]),
        ("?departement=59", ["G aide"]),
        ("?texte=nord", ["G aide"]),
        ("?texte=MOIS quimper", ["D mois"]),
        ("?texte=rien", []),
    ],
)
def test_the_list_is_searched_and_filtered(team, query, found):
    everywhere()
    assert names(team, HOME + query) == found


def test_counts_are_said(team):
    everywhere()
    page = read(team, HOME)
    assert "7 GEM connus." in page
    assert "1 est membre de la FiGEM." in page
    assert "1 GEM attend une réponse de la FiGEM." in page
    assert "Par un autre GEM" in page


def test_a_delegate_sees_their_region_only(delegate):
    month, asked = everywhere()
    assert "G aide" not in names(delegate, HOME)
    assert "6 GEM connus." in read(delegate, HOME)
    assert delegate.get(of_page(month)).status_code == 200
    assert delegate.get(of_page(asked)).status_code == 404
    missing = delegate.get(f"/reseau/gem/{uuid4()}/")
    assert missing.status_code == 404
    for more in ("etat/", "figem/"):
        assert delegate.get(of_page(month, more)).status_code == 403
    assert delegate.post(of_page(month, "lettre/"), {"key": str(uuid4())}).status_code == 403
    assert delegate.get("/reseau/lettres/").status_code == 403
    assert "Changer l'état" not in read(delegate, of_page(month))


@pytest.mark.parametrize("role", [Role.ARS, Role.CNSA, Role.MUNICIPALITY])
def test_institutions_do_not_see_the_network(enter, role):
    gem = make_gem()
    client = enter(make_team(role, "nation"))
    assert client.get(HOME).status_code == 403
    assert client.get(of_page(gem)).status_code == 403


@pytest.mark.parametrize("role", [Role.ELECTED, Role.ANIMATOR, Role.MEMBER, Role.SPONSOR])
def test_people_of_a_gem_do_not_see_the_network(as_role, role):
    gem = make_gem()
    client = as_role(role, gem)
    assert client.get(HOME).status_code == 403
    assert client.get(of_page(gem)).status_code == 403


@pytest.mark.parametrize("many", [1, 3, 120])
def test_the_list_costs_the_same_whatever_its_size(team, queries, many):
    for number in range(many):
        make_gem(f"GEM {number:03}", joined_on=date(2026, 9, 1))
    team.get(HOME)
    with queries() as found:
        page = team.get(HOME)
    # Who asks: session, account, mandates, territories. Then the four of the list.
    assert len(found) == 8
    assert len(html.fromstring(page.content).xpath("//*")) <= 350
    assert len(names(team, HOME)) == min(many, 50)
    if many == 120:
        assert len(names(team, f"{HOME}?page=3")) == 20
        assert "Page 3 sur 3." in read(team, f"{HOME}?page=99")
    assert team.get(f"{HOME}?page=x&region=zz&etat=rien").status_code == 200


def test_the_page_of_a_gem_shows_no_person_and_no_figure(team, queries):
    month, _asked = everywhere()
    make_mandate(month, make_account("Bérénice", "Q"), Role.ELECTED)
    make_person(month, "Casimir", "W")
    with queries() as few:
        page = read(team, of_page(month))
    assert len(few) <= 15
    assert "Premier mois fini : septembre 2026." in page
    for name in ("Bérénice", "Casimir"):
        assert name not in page


def test_the_state_is_changed_and_told(team):
    gem = make_gem(joined_on=date(2026, 9, 1))
    answer = {"state": "ferme", "since": "01/10/2026", "reason": "assemblee"}
    assert team.post(of_page(gem, "etat/"), answer)["Location"] == of_page(gem)
    page = read(team, of_page(gem))
    assert "Fermé depuis le 1 octobre 2026 : Décision de l" in page
    assert team.post(of_page(gem, "etat/"), {**answer, "state": "actif"}).status_code == 302
    assert [row.state for row in GemState.objects.order_by("number")] == ["ferme", "actif"]
    late = {"state": "pause", "since": "01/12/2026", "reason": "autre"}
    assert team.post(of_page(gem, "etat/"), late).status_code == 422


def test_being_a_member_is_written_with_its_day(team):
    gem = make_gem()
    team.post(of_page(gem, "figem/"), {"federated": "oui", "since": "15/03/2024"})
    gem.refresh_from_db()
    assert (gem.federated, str(gem.federated_since)) == (True, "2024-03-15")
    team.post(of_page(gem, "figem/"), {"federated": "non", "since": ""})
    gem.refresh_from_db()
    assert (gem.federated, gem.federated_since) == (False, None)


def test_a_letter_is_printed_once_and_kept_nowhere(team, client):
    gem = make_gem("GEM du Moulin", status=GemStatus.PREPARATION)
    key = {"key": str(uuid4())}
    printed = team.post(of_page(gem, "lettre/"), key)
    assert printed["Content-Type"] == "application/pdf"
    assert printed["Cache-Control"] == "no-store"
    assert printed.content.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", printed.content)) == 1
    assert b"/StructTreeRoot" in printed.content
    again = team.post(of_page(gem, "lettre/"), key, follow=True)
    assert "déjà faites" in again.content.decode()
    assert OpeningLetter.objects.count() == 1
    assert "Invité" in read(team, of_page(gem))
    team.post(of_page(gem, "lettre/retirer/"))
    assert "remplacée ou retirée" in read(team, of_page(gem))


def test_a_gem_with_an_elected_person_gets_no_letter(team):
    gem = make_gem(joined_on=date(2026, 9, 1))
    make_mandate(gem, make_account(), Role.ELECTED)
    assert "Imprimer une lettre" not in read(team, of_page(gem))
    answer = team.post(of_page(gem, "lettre/"), {"key": str(uuid4())}, follow=True)
    assert "Une personne élue est déjà là" in answer.content.decode()


def test_letters_of_all_those_one_looks_at_are_one_file(team):
    for number in range(3):
        make_gem(f"GEM {number}", status=GemStatus.PREPARATION)
    make_gem("Ailleurs", status=GemStatus.PREPARATION, region_code="32", departement_code="59")
    everyone = read(team, "/reseau/lettres/?region=53")
    assert "3 GEM attendent encore leur première personne." in everyone
    printed = team.post("/reseau/lettres/", {"region": "53", "key": str(uuid4())})
    assert len(re.findall(rb"/Type\s*/Page\b", printed.content)) == 3
    assert OpeningLetter.objects.count() == 3
    assert not OpeningLetter.objects.filter(gem__name="Ailleurs").exists()


HELP = {"topic": "compter", "text": "Notre tablette est perdue."}


@pytest.mark.parametrize("role", [Role.ELECTED, Role.ANIMATOR])
def test_help_is_asked_seen_and_answered(as_role, team, role):
    gem = make_gem()
    inside = as_role(role, gem)
    assert "/notre-gem/aide/" in read(inside, "/notre-gem/organisation/")
    key = str(uuid4())
    for _twice in range(2):
        inside.post("/notre-gem/aide/", {**HELP, "key": key})
    asked = HelpRequest.objects.get()
    assert "n'a pas encore répondu" in read(inside, "/notre-gem/aide/")
    assert "Notre tablette est perdue." in read(team, of_page(gem))
    for _twice in range(2):
        assert team.post(of_page(gem, f"aide/{asked.pk}/")).status_code == 302
    asked.refresh_from_db()
    assert asked.answered_at is not None
    assert asked.text == ""
    assert names(team, f"{HOME}?etat=aide") == []


def test_a_delegate_answers_in_their_region_only(as_role, delegate):
    here, elsewhere = make_gem(), make_gem(region_code="32", departement_code="59")
    for gem in (here, elsewhere):
        as_role(Role.ELECTED, gem).post("/notre-gem/aide/", {**HELP, "key": str(uuid4())})
    for gem, status in ((here, 302), (elsewhere, 404)):
        asked = HelpRequest.objects.get(gem=gem)
        assert delegate.post(of_page(gem, f"aide/{asked.pk}/")).status_code == status
    assert HelpRequest.objects.filter(answered_at__isnull=True).get().gem == elsewhere


def test_a_request_is_taken_back(as_role):
    gem = make_gem()
    inside = as_role(Role.ELECTED, gem)
    inside.post("/notre-gem/aide/", {**HELP, "key": str(uuid4())})
    inside.post(f"/notre-gem/aide/{HelpRequest.objects.get().pk}/retirer/")
    assert not HelpRequest.objects.exists()


@pytest.mark.parametrize("role", [Role.MEMBER, Role.VOLUNTEER, Role.SPONSOR])
def test_others_do_not_ask_in_the_name_of_the_gem(as_role, role):
    client = as_role(role, make_gem())
    assert client.get("/notre-gem/aide/").status_code == 403
    assert client.post("/notre-gem/aide/", {**HELP, "key": str(uuid4())}).status_code == 403
    assert not HelpRequest.objects.exists()


def test_a_closed_gem_may_still_ask(as_role):
    gem = make_gem(status=GemStatus.FERME)
    client = as_role(Role.ELECTED, gem)
    assert client.post("/notre-gem/aide/", {**HELP, "key": str(uuid4())}).status_code == 302
