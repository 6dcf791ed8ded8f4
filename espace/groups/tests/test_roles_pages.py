"""Giving and ending roles, through the pages."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import connection

from espace.accounts.choices import Role
from espace.accounts.models import Account, JournalEntry
from espace.groups.actions.mandates import end_role
from espace.groups.models import Mandate
from espace.groups.tests.factories import make_account, make_actor, make_gem, make_mandate

pytestmark = pytest.mark.django_db
GIVE = "/notre-gem/roles/donner/"


@pytest.fixture
def gem():
    return make_gem()


@pytest.fixture
def elected(gem):
    account = make_account("Omar", "D")
    make_mandate(gem, account, Role.ELECTED)
    return account


@pytest.fixture
def animator(gem):
    account = make_account("Sandrine", "P")
    make_mandate(gem, account, Role.ANIMATOR)
    return account


def typed(role, **values):
    return {
        "role": role,
        "first_name": "Lise",
        "initial": "M",
        "email": "lise@exemple.test",
        "started_on": "2026-10-01",
        "key": str(uuid4()),
        **values,
    }


def end_url(mandate):
    return f"/notre-gem/roles/{mandate.pk}/terminer/"


def text(response):
    return response.content.decode().replace("&#x27;", "'")


def test_the_bureau_gives_a_role_that_opens_at_once(gem, elected, enter):
    answer = enter(elected).post(GIVE, typed(Role.ANIMATOR))
    assert answer["Location"] == "/notre-gem/roles/"
    lise = Account.objects.get(email="lise@exemple.test")
    mandate = Mandate.objects.get(account=lise)
    assert (mandate.gem, mandate.role, mandate.granted_by) == (gem, Role.ANIMATOR, elected)
    assert (mandate.is_member, mandate.started_on) == (False, date(2026, 10, 1))
    page = text(enter(lise).get("/notre-gem/roles/"))
    assert "Lise M." in page
    assert "Depuis le 1 octobre 2026." in page
    line = JournalEntry.objects.get(action="groups.give_roles")
    assert (line.account, line.gem_id, line.thing) == (elected, gem.pk, str(mandate.pk))


def test_several_presidents_share_the_place(gem, elected, enter):
    client = enter(elected)
    for name in ("Lise", "Zoé"):
        values = {"function": "presidence", "shared": "on", "is_first": "on"}
        sent = typed(Role.ELECTED, first_name=name, email="", **values)
        assert client.post(GIVE, sent).status_code == 302
    presidents = Mandate.objects.filter(gem=gem, function="presidence")
    assert presidents.count() == 3
    assert presidents.filter(shared=True, is_first=True, is_member=True).count() == 2
    assert text(client.get("/notre-gem/roles/")).count("à plusieurs, premier mandat.") == 2


def test_an_old_presidency_nobody_ended_is_said_and_blocks_nothing(gem, elected, enter):
    client = enter(elected)
    said = "Présidence : plusieurs personnes ont cette place aujourd'hui."
    assert said not in text(client.get("/notre-gem/roles/"))
    other = make_mandate(gem, make_account("Lise", "M"), Role.ELECTED)
    assert said in text(client.get("/notre-gem/roles/"))
    Mandate.objects.filter(pk=other.pk).update(ended_on=date(2024, 6, 1))
    assert said not in text(client.get("/notre-gem/roles/"))


def test_someone_known_keeps_their_own_name(gem, elected, enter):
    known = make_account("Élise", "M", email="lise@exemple.test")
    enter(elected).post(GIVE, typed(Role.MEMBER, email=" LISE@exemple.test "))
    assert Mandate.objects.get(role=Role.MEMBER).account == known
    known.refresh_from_db()
    assert known.label == "Élise M."


def test_the_same_form_twice_gives_one_role(gem, elected, enter):
    client, sent = enter(elected), typed(Role.VOLUNTEER, email="")
    assert [client.post(GIVE, sent).status_code for _time in range(2)] == [302, 302]
    assert Mandate.objects.filter(role=Role.VOLUNTEER).count() == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"role": ""}, "Choisissez un rôle."),
        ({"role": "ars"}, "Choisissez un rôle de la liste."),
        ({"first_name": " "}, "Écrivez un prénom, ou un surnom."),
        ({"initial": "Martin"}, "Nous ne gardons pas le nom."),
        ({"email": "lise"}, "Cette adresse n'est pas complète."),
        ({"started_on": "31/02/2026"}, "Ce jour n'existe pas."),
        ({"started_on": "2099-01-01"}, "Choisissez-la dans l'année."),
        ({"role": "elected"}, "Choisissez la place de la personne élue."),
    ],
)
def test_what_cannot_be_kept_is_said_and_the_rest_stays(gem, elected, enter, change, sentence):
    answer = enter(elected).post(GIVE, typed(Role.MEMBER) | {"first_name": "Lise"} | change)
    assert answer.status_code == 200
    assert sentence in text(answer)
    assert 'value="lise' in text(answer)
    assert Mandate.objects.count() == 1
    assert not Account.objects.filter(first_name="Lise").exists()


def test_a_role_already_held_is_not_given_twice(gem, elected, enter):
    client = enter(elected)
    client.post(GIVE, typed(Role.MEMBER))
    assert "a déjà ce rôle" in text(client.post(GIVE, typed(Role.MEMBER)))


def test_an_employee_writes_members_and_volunteers_only(gem, elected, animator, enter):
    client = enter(animator)
    page = text(client.get(GIVE))
    assert 'value="member"' in page
    assert 'value="animator"' not in page
    assert 'value="elected"' not in page
    assert client.post(GIVE, typed(Role.MEMBER)).status_code == 302
    for role in (Role.ELECTED, Role.ANIMATOR, Role.SPONSOR, Role.MANAGER):
        sent = typed(role, email=f"{role}@exemple.test", function="presidence")
        assert client.post(GIVE, sent).status_code == 200
    assert Mandate.objects.exclude(role=Role.MEMBER).count() == 2


def test_an_employee_does_not_create_the_first_elected_mandate(gem, animator, enter):
    enter(animator).post(GIVE, typed(Role.ELECTED, function="presidence"))
    assert not Mandate.objects.filter(role=Role.ELECTED).exists()


@pytest.mark.parametrize("role", [Role.MEMBER, Role.VOLUNTEER, Role.SPONSOR, Role.MANAGER])
def test_others_give_nothing(gem, elected, as_role, role):
    client = as_role(role, gem)
    before = Mandate.objects.count()
    for answer in (client.get(GIVE), client.post(GIVE, typed(Role.MEMBER))):
        assert answer.status_code == 403
        assert "Les élus et les salariés du GEM." in text(answer)
    assert Mandate.objects.count() == before


def test_ending_is_asked_then_closes_the_door_the_same_day(gem, elected, animator, enter, clock):
    clock("2026-10-14 14:00")
    mandate = Mandate.objects.get(account=animator)
    staff = enter(animator)
    assert staff.get("/notre-gem/roles/").status_code == 200
    client = enter(elected)
    assert "Sandrine P." in text(client.get(end_url(mandate)))
    mandate.refresh_from_db()
    assert mandate.ended_on is None
    sent = {"ended_on": "2026-10-14"}
    assert client.post(end_url(mandate), sent)["Location"] == "/notre-gem/roles/"
    assert staff.get("/notre-gem/roles/").status_code == 403
    assert JournalEntry.objects.filter(action="groups.end_roles", account=elected).count() == 1
    assert client.post(end_url(mandate), sent).status_code == 404


def test_an_employee_ends_no_elected_nor_employee(gem, elected, animator, enter):
    colleague = make_mandate(gem, make_account("Julien"), Role.ANIMATOR)
    client = enter(animator)
    for mandate in (Mandate.objects.get(account=elected), colleague):
        assert client.get(end_url(mandate)).status_code == 403
        answer = client.post(end_url(mandate), {"ended_on": "2026-10-01"})
        assert answer.status_code == 403
        assert "Les élus du GEM." in text(answer)
    assert not Mandate.objects.filter(ended_on__isnull=False).exists()
    own = Mandate.objects.get(account=animator)
    assert client.get(end_url(own)).status_code == 200


def test_the_last_elected_person_stays_even_by_their_own_hand(gem, elected, enter, clock):
    clock("2026-10-14 14:00")
    client, mandate = enter(elected), Mandate.objects.get(account=elected)
    to_come = make_mandate(gem, make_account("Zoé"), Role.ELECTED, started_on=date(2026, 10, 20))
    answer = client.post(end_url(mandate), {"ended_on": "2026-10-14"})
    assert "C'est la dernière personne élue du GEM." in text(answer)
    to_come.started_on = date(2026, 10, 1)
    to_come.save()
    assert client.post(end_url(mandate), {"ended_on": "2026-10-14"}).status_code == 302
    assert client.get("/notre-gem/roles/").status_code == 403


def test_two_people_who_end_each_other_leave_one(gem, elected, enter, clock):
    """Both pages were open: the second person has lost the right to end the first one's role."""
    clock("2026-10-14 14:00")
    other = make_account("Zoé")
    theirs = make_mandate(gem, other, Role.ELECTED)
    day = {"ended_on": "2026-10-14"}
    first, second = enter(elected), enter(other)
    assert first.post(end_url(theirs), day).status_code == 302
    answer = second.post(end_url(Mandate.objects.get(account=elected)), day)
    assert answer.status_code == 403
    assert Mandate.objects.filter(ended_on__isnull=True, role=Role.ELECTED).count() == 1


def test_a_role_of_another_gem_is_not_there(gem, elected, enter):
    elsewhere = make_mandate(make_gem("GEM du Canal"), make_account(), Role.MEMBER)
    client = enter(elected)
    for url in (end_url(elsewhere), f"/notre-gem/roles/{uuid4()}/terminer/"):
        assert client.get(url).status_code == 404
        assert client.post(url, {"ended_on": "2026-10-01"}).status_code == 404
    elsewhere.refresh_from_db()
    assert elsewhere.ended_on is None


def test_members_do_not_see_who_has_a_member_account(gem, elected, as_role):
    make_mandate(gem, make_account("Karim", "J"), Role.MEMBER)
    assert "Karim J." in text(as_role(Role.ANIMATOR, gem).get("/notre-gem/roles/"))
    for role in (Role.MEMBER, Role.VOLUNTEER):
        page = text(as_role(role, gem).get("/notre-gem/roles/"))
        assert "Omar D." in page
        assert "Karim J." not in page


@pytest.mark.parametrize("role", [Role.SPONSOR, Role.MANAGER])
def test_sponsor_and_manager_read_nothing_that_is_not_shared(gem, elected, as_role, role):
    client = as_role(role, gem)
    assert client.get("/notre-gem/roles/").status_code == 403
    assert client.get("/notre-gem/appareils/").status_code == 403


def test_the_list_costs_the_same_for_one_and_three(gem, elected, enter, queries):
    client = enter(elected)
    costs = []
    for count in (1, 3):
        while Mandate.objects.filter(role=Role.MEMBER).count() < count:
            make_mandate(gem, make_account(), Role.MEMBER)
        client.get("/notre-gem/roles/")
        with queries() as asked:
            client.get("/notre-gem/roles/")
        costs.append(len(asked))
    assert costs == [8, 8]


def test_someone_with_two_gems_changes_from_one_to_the_other(gem, elected, enter):
    other = make_gem("GEM du Canal")
    make_mandate(other, elected, Role.MEMBER)
    foreign = make_gem("GEM d'ailleurs")
    client = enter(elected)
    page = text(client.get("/changer-de-gem/"))
    assert "GEM du Phare" in page
    assert "GEM d'ailleurs" not in page
    assert client.post("/changer-de-gem/", {"gem": other.pk})["Location"] == "/accueil/"
    assert "GEM du Canal" in text(client.get("/notre-gem/roles/"))
    for wrong in (foreign.pk, uuid4(), "autre", ""):
        assert client.post("/changer-de-gem/", {"gem": wrong}).status_code == 404
    assert "GEM du Canal" in text(client.get("/notre-gem/roles/"))


def test_the_gem_is_locked_before_the_elected_are_counted(gem, elected, queries, clock):
    """Two endings at once wait for each other: a row lock, or SQLite's one writer at a time."""
    clock("2026-10-14 14:00")
    mandate = make_mandate(gem, make_account("Zoé"), Role.ELECTED)
    actor = make_actor(Role.ELECTED, gem, elected)
    with queries() as asked:
        end_role(actor=actor, gem_id=gem.pk, mandate_id=mandate.pk, ended_on=date(2026, 10, 14))
    sql = [query["sql"] for query in asked.captured_queries]
    lock = next(at for at, text in enumerate(sql) if 'FROM "groups_gem"' in text)
    count = next(at for at, text in enumerate(sql) if "COUNT(" in text)
    assert lock < count
    if connection.features.has_select_for_update:
        assert "FOR UPDATE" in sql[lock]
    else:
        assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
