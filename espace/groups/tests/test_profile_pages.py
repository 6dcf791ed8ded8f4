"""« La fiche du GEM », through its pages."""

from datetime import date, time

import pytest
from django.test import Client
from lxml import html

from espace.accounts.choices import Role
from espace.accounts.models import JournalEntry
from espace.core import events
from espace.core.events import subscribe
from espace.groups.choices import Counting, OrganisationKind
from espace.groups.events import OpeningHoursChanged
from espace.groups.models import Gem, OpeningHours, Organisation
from espace.groups.tests.factories import make_gem

pytestmark = pytest.mark.django_db

CARD = "/notre-gem/fiche/"
TOPICS = ("lieu", "commune", "public", "local", "horaires")
OF_THE_BUREAU = ("gestion", "parrain", "gestionnaire", "compter")
PLACE = {"name": "GEM du Phare", "directory_level": "ville"}


@pytest.fixture
def gem() -> Gem:
    return make_gem()


@pytest.fixture
def elected(as_role, gem) -> Client:
    return as_role(Role.ELECTED, gem)


def text_of(page) -> str:
    return " ".join(html.fromstring(page.content).text_content().split())


@pytest.mark.parametrize("role", [Role.MEMBER, Role.VOLUNTEER, Role.ANIMATOR, Role.ELECTED])
def test_people_of_the_gem_read_its_card(as_role, gem, role):
    page = as_role(role, gem).get(CARD)
    assert page.status_code == 200
    assert "Quimper" in text_of(page)


def test_a_sponsor_does_not_read_the_card_from_inside(as_role, gem):
    assert as_role(Role.SPONSOR, gem).get(CARD).status_code == 403


@pytest.mark.parametrize("topic", TOPICS)
def test_the_bureau_and_the_employees_write_most_topics(as_role, gem, topic):
    for role in (Role.ELECTED, Role.ANIMATOR):
        assert as_role(role, gem).get(f"{CARD}{topic}/").status_code == 200
    refused = as_role(Role.MEMBER, gem)
    assert refused.get(f"{CARD}{topic}/").status_code == 403
    assert refused.post(f"{CARD}{topic}/", {"code": "75056"}).status_code == 403


@pytest.mark.parametrize("topic", OF_THE_BUREAU)
def test_agreements_and_counting_belong_to_the_bureau(as_role, gem, topic):
    assert as_role(Role.ELECTED, gem).get(f"{CARD}{topic}/").status_code == 200
    employee = as_role(Role.ANIMATOR, gem)
    assert employee.get(f"{CARD}{topic}/").status_code == 403
    answer = {"mode": "directe", "organisation": "aucune", "counting": "sticks"}
    assert employee.post(f"{CARD}{topic}/", answer).status_code == 403
    gem.refresh_from_db()
    assert (gem.management_mode, gem.counting) == ("", Counting.NAMES)
    assert f"/fiche/{topic}/" not in employee.get(CARD).content.decode()


def test_the_place_is_written(elected, gem):
    sent = {
        **PLACE,
        "name": "GEM de la Plage",
        "public_address": "3 quai des Brumes",
        "public_phone": "02 98 00 00 00",
        "opened_on": "01/05/2012",
    }
    page = elected.post(f"{CARD}lieu/", sent, follow=True)
    assert "La fiche du GEM est à jour." in text_of(page)
    assert "mai 2012" in text_of(page)
    gem.refresh_from_db()
    assert (gem.name, gem.public_phone, gem.directory_level, gem.opened_on) == (
        "GEM de la Plage",
        "02 98 00 00 00",
        "ville",
        date(2012, 5, 1),
    )
    assert JournalEntry.objects.filter(action="profile.written", gem_id=gem.pk).count() == 1
    assert gem.version == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"public_phone": "chez Paul"},
        {"opened_on": "31/02/2012"},
        {"opened_on": "1820-01-01"},
        {"opened_on": "2999-01-01"},
        {"directory_level": "monde"},
    ],
)
def test_a_place_that_makes_no_sense_is_said_and_kept_in_the_form(elected, gem, wrong):
    page = elected.post(f"{CARD}lieu/", {**PLACE, "name": "Autre nom", **wrong})
    assert page.status_code == 422
    assert "Ce que vous avez écrit est gardé." in text_of(page)
    gem.refresh_from_db()
    assert gem.name == "GEM du Phare"


def test_a_commune_is_looked_for_then_chosen(elected, gem):
    found = elected.get(f"{CARD}commune/", {"texte": "st denis"})
    assert 'value="97411"' in found.content.decode()
    elected.post(f"{CARD}commune/", {"texte": "st denis", "code": "97411"})
    gem.refresh_from_db()
    assert (gem.commune_name, gem.departement_code, gem.region_code) == ("Saint-Denis", "974", "04")
    assert (gem.ars_zone, gem.time_zone) == ("La Réunion", "Indian/Reunion")


def test_a_postal_code_asks_which_commune(elected):
    page = elected.get(f"{CARD}commune/", {"texte": "51300"}).content.decode()
    assert page.count('type="radio"') > 20
    assert len(list(html.fromstring(page).iter())) <= 350
    assert "Aucune commune trouvée" in text_of(elected.get(f"{CARD}commune/", {"texte": "zzz"}))


def test_a_commune_out_of_the_list_is_not_written(elected, gem):
    for sent in ({"texte": "quimper"}, {"texte": "quimper", "code": "99999"}, {"code": "29232"}):
        assert elected.post(f"{CARD}commune/", sent).status_code == 422
    gem.refresh_from_db()
    assert gem.commune_name == "Quimper"


def test_htmx_gets_the_communes_only(elected):
    part = elected.get(f"{CARD}commune/", {"texte": "brest"}, headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()
    assert 'id="communes"' in part.content.decode()
    assert "HX-Request" in part["Vary"]


def test_public_and_premises_may_stay_unsaid(elected, gem):
    elected.post(f"{CARD}public/", {"public_focus": "mixte", "association_state": ""})
    elected.post(f"{CARD}local/", {"premises_kind": "itinerant", "premises_accessible": "non"})
    gem.refresh_from_db()
    assert (gem.public_focus, gem.association_state) == ("mixte", "")
    assert (gem.premises_kind, gem.premises_accessible) == ("itinerant", "non")
    assert elected.post(f"{CARD}public/", {"public_focus": "santé"}).status_code == 422


def test_counting_is_explained_and_chosen(elected, gem):
    assert "bâton" in text_of(elected.get(f"{CARD}compter/"))
    elected.post(f"{CARD}compter/", {"counting": "sticks"})
    gem.refresh_from_db()
    assert gem.counting == Counting.STICKS


def test_a_sponsor_is_found_or_created_once(elected, gem):
    known = Organisation.objects.create(name="Les Amis de l'Été", kind=OrganisationKind.FAMILIES)
    assert str(known.pk) in elected.get(f"{CARD}parrain/", {"texte": "ete"}).content.decode()
    elected.post(f"{CARD}parrain/", {"texte": "ete", "organisation": str(known.pk)})
    gem.refresh_from_db()
    assert gem.sponsor == known

    new = {"texte": "Horizon", "organisation": "nouvelle", "new_name": "Horizon"}
    elected.post(f"{CARD}gestionnaire/", {**new, "new_kind": "mutuelle"})
    gem.refresh_from_db()
    assert (gem.managing_organisation.name, gem.managing_organisation.kind) == (
        "Horizon",
        "mutuelle",
    )
    again = {"texte": "HORIZON", "organisation": "nouvelle", "new_name": "HORIZON"}
    elected.post(f"{CARD}gestionnaire/", again)
    assert Organisation.objects.count() == 2

    elected.post(f"{CARD}parrain/", {"organisation": "aucune"})
    gem.refresh_from_db()
    assert gem.sponsor is None


def test_the_same_organisation_in_both_places_needs_a_reason(elected, gem):
    both = Organisation.objects.create(name="Horizon", kind=OrganisationKind.MUTUAL)
    gem.managing_organisation = both
    gem.save()
    chosen = {"texte": "horizon", "organisation": str(both.pk)}
    refused = elected.post(f"{CARD}parrain/", chosen)
    assert refused.status_code == 422
    assert "Si votre GEM a une raison, écrivez-la." in text_of(refused)
    assert elected.post(f"{CARD}parrain/", {**chosen, "reason": "."}).status_code == 422
    gem.refresh_from_db()
    assert gem.sponsor is None

    reason = "Accord ancien, revu chaque année."
    page = elected.post(f"{CARD}parrain/", {**chosen, "reason": reason}, follow=True)
    assert reason in text_of(page)
    gem.refresh_from_db()
    assert gem.sponsor == both

    # The reason goes with the situation.
    elected.post(f"{CARD}parrain/", {"organisation": "aucune"})
    gem.refresh_from_db()
    assert gem.same_sponsor_reason == ""


def test_opening_hours_are_added_and_removed_and_said_to_the_programme(elected, gem, monkeypatch):
    monkeypatch.setattr(events, "_handlers", {})
    heard: list[OpeningHoursChanged] = []
    subscribe(OpeningHoursChanged, heard.append)
    sent = {"weekday": "6", "starts_at": "14 h", "ends_at": "17h30", "member_run": "on"}
    page = elected.post(f"{CARD}horaires/", sent, follow=True)
    assert "Samedi : 14 h 00 – 17 h 30, tenu par des adhérents" in text_of(page)
    assert "Ouvert 3 h 30 par semaine." in text_of(page)
    row = OpeningHours.objects.get()
    assert (row.weekday, row.starts_at, row.member_run) == (6, time(14), True)
    assert heard == [OpeningHoursChanged(gem.pk)]

    elected.post(f"{CARD}horaires/{row.pk}/retirer/")
    assert not OpeningHours.objects.exists()
    assert len(heard) == 2
    # A double click on « Retirer » does no harm, and is not news.
    assert elected.post(f"{CARD}horaires/{row.pk}/retirer/").status_code == 302
    assert len(heard) == 2


def test_the_same_opening_again_only_changes_who_holds_it(elected, gem):
    sent = {"weekday": "6", "starts_at": "14:00", "ends_at": "17:30"}
    elected.post(f"{CARD}horaires/", sent)
    elected.post(f"{CARD}horaires/", {**sent, "member_run": "on"})
    assert OpeningHours.objects.get().member_run is True


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"ends_at": "09:00"}, "L'heure de fermeture vient après"),
        ({"starts_at": "16:00", "ends_at": "18:00"}, "Une autre ouverture est déjà notée"),
        ({"starts_at": "25:00"}, "Cette heure n'est pas comprise"),
        ({"ends_at": ""}, "Écrivez l'heure de fermeture"),
        ({"weekday": "9"}, "à corriger"),
    ],
)
def test_an_opening_that_makes_no_sense_is_said(elected, gem, wrong, sentence):
    OpeningHours.objects.create(gem=gem, weekday=2, starts_at=time(14), ends_at=time(17))
    sent = {"weekday": "2", "starts_at": "10:00", "ends_at": "12:00"}
    page = elected.post(f"{CARD}horaires/", {**sent, **wrong})
    assert page.status_code == 422
    assert sentence in text_of(page)
    assert OpeningHours.objects.count() == 1


def test_another_gem_s_hours_are_out_of_reach(elected, as_role, gem):
    other = make_gem("GEM d'à côté")
    row = OpeningHours.objects.create(gem=other, weekday=2, starts_at=time(14), ends_at=time(17))
    elected.post(f"{CARD}horaires/{row.pk}/retirer/")
    assert OpeningHours.objects.filter(pk=row.pk).exists()
    assert as_role(Role.MEMBER, other).post(f"{CARD}horaires/{row.pk}/retirer/").status_code == 403


def test_the_card_asks_the_same_number_of_queries_for_one_or_three_openings(elected, gem, queries):
    elected.get(CARD)  # the first page of the day also prolongs the session
    counts = []
    for hour in (9, 11, 14):
        OpeningHours.objects.create(
            gem=gem, weekday=2, starts_at=time(hour), ends_at=time(hour + 1)
        )
        with queries() as asked:
            page = elected.get(CARD)
        counts.append(len(asked))
    assert len(set(counts)) == 1
    assert counts[0] <= 6
    assert len(list(html.fromstring(page.content).iter())) <= 350
