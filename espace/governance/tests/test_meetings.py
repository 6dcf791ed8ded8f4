"""A meeting from its preparation to its decisions, through the pages."""

from collections.abc import Callable
from datetime import date, time
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from lxml import html
from pypdf import PdfReader

from espace.accounts.choices import Role
from espace.governance.choices.meetings import DecisionState, MeetingKind, MeetingState, PointFrom
from espace.governance.models import AgendaPoint, Decision, HandVote, Meeting, Statutes
from espace.governance.tests.factories import make_decision, make_meeting, make_point
from espace.groups.choices import Counting
from espace.groups.grants import device_cookie
from espace.groups.models import Device, Gem, Membership
from espace.groups.rules.tokens import token_hash
from espace.groups.tests.factories import make_gem, make_person

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
LATER = date(2026, 12, 12)


@pytest.fixture(autouse=True)
def _now(clock: Callable[[str], Any]) -> None:
    clock("2026-11-24 15:00")


@pytest.fixture
def gem() -> Gem:
    return make_gem()


@pytest.fixture
def bureau(gem: Gem, as_role: Callable[..., Client]) -> Client:
    return as_role(Role.ELECTED, gem)


@pytest.fixture
def member(gem: Gem, as_role: Callable[..., Client]) -> Client:
    return as_role(Role.MEMBER, gem)


@pytest.fixture
def tablet(gem: Gem, settings: Any) -> Client:
    Device.objects.create(gem=gem, name="Tablette", token_hash=token_hash("secret"))
    client = Client()
    client.cookies[settings.DEVICE_COOKIE_NAME] = device_cookie("secret")
    return client


def words(answer: Any) -> str:
    main = html.fromstring(answer.content).xpath("//main")[0]
    return " ".join(main.text_content().split())


def pdf_words(answer: Any) -> str:
    assert answer["Content-Type"] == "application/pdf"
    pages = PdfReader(BytesIO(answer.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def one(meeting: Meeting, rest: str = "") -> str:
    return f"/decider/reunions/{meeting.pk}/{rest}"


def prepared(**changed: str) -> dict[str, str]:
    return {
        "kind": "ag",
        "day": "12/12/2026",
        "hour": "14h30",
        "place": "Salle des fêtes",
        "points": "- Les comptes\n2. Le local",
        "cle": str(uuid4()),
    } | changed


# --- Preparing ---


def test_the_bureau_prepares_a_meeting(gem, bureau):
    answer = bureau.post("/decider/preparer/", prepared(), follow=True)
    meeting = Meeting.objects.get()
    assert (meeting.kind, meeting.date, meeting.starts_at) == ("ag", LATER, time(14, 30))
    assert [point.subject for point in meeting.points.all()] == ["Les comptes", "2. Le local"]
    assert "La réunion est prête" in words(answer)
    assert "Salle des fêtes" in words(bureau.get("/decider/"))


def test_a_meeting_sent_twice_is_prepared_once(gem, bureau):
    sent = prepared()
    bureau.post("/decider/preparer/", sent)
    bureau.post("/decider/preparer/", sent)
    assert Meeting.objects.count() == 1


def test_a_member_does_not_prepare_a_meeting(gem, member):
    assert member.get("/decider/preparer/").status_code == 403
    assert member.post("/decider/preparer/", prepared()).status_code == 403
    assert not Meeting.objects.exists()
    assert "Préparer une réunion" not in words(member.get("/decider/"))


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("day", "31/02/2026", "Ce jour n'existe pas"),
        ("day", "12/12/9999", "Vérifiez l'année"),
        ("day", "12/12/1901", "Vérifiez l'année"),
        ("hour", "25 h", "Cette heure n'est pas comprise"),
        ("points", "x" * 141, "Un point est trop long"),
    ],
)
def test_what_cannot_be_read_is_said_and_kept(gem, bureau, field, value, said):
    answer = bureau.post("/decider/preparer/", prepared(**{field: value}))
    assert said in words(answer)
    assert value in answer.content.decode()
    assert not Meeting.objects.exists()


def test_a_meeting_in_the_past_may_be_noted(gem, bureau):
    bureau.post("/decider/preparer/", prepared(day="03/11/2026"))
    assert Meeting.objects.get().told_on == date(2026, 11, 3)
    assert "À écrire ou à partager" in words(bureau.get("/decider/"))


def test_short_notice_is_said_gently_and_blocks_nothing(gem, bureau):
    Statutes.objects.create(gem=gem, notice_days=21)
    answer = bureau.post("/decider/preparer/", prepared(), follow=True)
    assert "Vos statuts demandent 21 jours. Premier jour possible : mardi 15 décembre." in words(
        answer
    )
    Statutes.objects.update(notice_days=15)
    assert "18 jours avant : c'est assez" in words(bureau.get(one(Meeting.objects.get())))


def test_a_cancelled_meeting_comes_back(gem, bureau):
    meeting = make_meeting(gem, LATER)
    assert "est annulée" in words(bureau.post(one(meeting, "annuler/"), follow=True))
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.ANNULEE
    bureau.post(one(meeting, "annuler/"), {"geste": "remettre"})
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.PREPAREE


def test_the_day_changes(gem, bureau):
    meeting = make_meeting(gem, LATER)
    values = prepared(kind="ca", day="14/12/2026", told_on="24/11/2026")
    bureau.post(one(meeting, "changer/"), values)
    meeting.refresh_from_db()
    assert (meeting.kind, meeting.date, meeting.told_on) == ("ca", date(2026, 12, 14), TODAY)


# --- The agenda ---


def test_a_member_adds_a_point_without_a_name(gem, member):
    meeting = make_meeting(gem, LATER)
    member.post(one(meeting), {"sujet": "La machine  à café", "cle": str(uuid4())})
    point = AgendaPoint.objects.get()
    assert (point.subject, point.signature, point.account_id) == ("La machine à café", "", None)


def test_a_member_signs_a_point(gem, member):
    meeting = make_meeting(gem, LATER)
    member.post(one(meeting), {"sujet": "Le café", "prenom": "on", "cle": str(uuid4())})
    assert AgendaPoint.objects.get().signature == "Nadia"
    assert "Proposé par Nadia" in words(member.get(one(meeting)))


def test_the_tablet_adds_a_point_with_a_first_name_alone(gem, tablet):
    meeting = make_meeting(gem, LATER)
    sent = {"sujet": "Les vélos", "prenom": "Karim Jaoui", "cle": str(uuid4())}
    tablet.post(one(meeting), sent)
    tablet.post(one(meeting), sent)
    point = AgendaPoint.objects.get()
    assert (point.signature, point.way) == ("Karim", PointFrom.TABLETTE)


def test_a_long_point_is_refused_and_kept(gem, member):
    meeting = make_meeting(gem, LATER)
    answer = member.post(one(meeting), {"sujet": "y" * 141, "cle": str(uuid4())})
    assert "140 lettres au plus" in words(answer)
    assert "y" * 141 in answer.content.decode()
    assert not AgendaPoint.objects.exists()


def test_a_point_is_taken_off_unless_something_is_written(gem, bureau, member):
    meeting = make_meeting(gem, LATER)
    point, written = make_point(meeting), make_point(meeting, minutes="Nous avons parlé.")
    assert member.post(one(meeting, f"points/{point.pk}/retirer/")).status_code == 403
    bureau.post(one(meeting, f"points/{point.pk}/retirer/"))
    bureau.post(one(meeting, f"points/{written.pk}/retirer/"))
    assert list(meeting.points.all()) == [written]


def test_the_letter_and_the_poster_are_printed(gem, bureau, tablet):
    meeting = make_meeting(gem, LATER, kind=MeetingKind.AG, place="Salle des fêtes")
    make_point(meeting, "Les comptes de l'année")
    said = pdf_words(bureau.get(one(meeting, "convocation.pdf")))
    assert "Samedi 12 décembre 2026 à 14 h" in said
    assert "Les comptes de l'année" in said
    assert "mon pouvoir" in said
    Statutes.objects.create(gem=gem, proxies_each=0)
    assert "mon pouvoir" not in pdf_words(bureau.get(one(meeting, "convocation.pdf")))
    assert "Les comptes" in pdf_words(tablet.get(one(meeting, "affiche.pdf")))


def test_the_list_to_sign_holds_the_memberships_noted_or_else_everyone(gem, bureau, member):
    meeting = make_meeting(gem, LATER, kind=MeetingKind.AG)
    paid, other = make_person(gem, "Nadia", "B"), make_person(gem, "Karim", "T")
    make_person(gem, "Cachée", "Z", hidden=True)
    address = one(meeting, "emargement.pdf")
    said = pdf_words(bureau.get(address))
    assert ("Nadia B." in said, "Karim T." in said, "Cachée" in said) == (True, True, False)
    assert "cette année et l'année d'avant" not in said
    Membership.objects.create(person=paid, year=LATER.year - 1, started_on=date(2026, 1, 10))
    Membership.objects.create(person=other, year=LATER.year - 2, started_on=date(2026, 1, 10))
    said = pdf_words(bureau.get(address))
    assert ("Nadia B." in said, "Karim T." in said) == (True, False)
    assert "cette année et l'année d'avant" in said
    assert member.get(address).status_code == 403


def test_the_list_to_sign_of_a_gem_that_counts_without_names_is_blank_lines(bureau, gem):
    make_person(gem, "Nadia", "B")
    Gem.objects.update(counting=Counting.STICKS)
    said = pdf_words(bureau.get(one(make_meeting(gem, LATER), "emargement.pdf")))
    assert "Je suis là : je signe" in said
    assert "Nadia" not in said


# --- Statutes ---


def test_statutes_are_kept_and_everything_may_stay_unknown(gem, bureau):
    bureau.post("/decider/statuts/", {"quorum": ""})
    assert Statutes.objects.get().quorum == ""
    assert "À vérifier" in words(bureau.get("/decider/statuts/"))
    sent = {"quorum": "nombre", "quorum_number": "12", "quorum_with_proxies": "non"}
    bureau.post("/decider/statuts/", sent | {"checked_on": "20/11/2026", "tie": "presidence"})
    kept = Statutes.objects.get()
    assert (kept.quorum, kept.quorum_number, kept.quorum_with_proxies) == ("nombre", 12, False)
    assert "Lu dans le texte le 20 novembre 2026" in words(bureau.get("/decider/statuts/"))


def test_a_number_is_asked_when_the_quorum_is_one(gem, bureau):
    answer = bureau.post("/decider/statuts/", {"quorum": "nombre"})
    assert "Il manque le nombre de personnes" in words(answer)
    assert not Statutes.objects.exists()


def test_a_member_reads_the_statutes_and_does_not_write_them(gem, member):
    assert "Combien de personnes faut-il" in words(member.get("/decider/statuts/"))
    assert member.post("/decider/statuts/", {"quorum": "tiers"}).status_code == 403


# --- Who is there ---


def test_names_are_tapped_and_the_quorum_follows(gem, bureau):
    Statutes.objects.create(gem=gem, quorum="moitie", quorum_with_proxies=True, proxies_each=1)
    meeting = make_meeting(gem, kind=MeetingKind.AG, members_invited=4)
    nadia, karim, lea = (make_person(gem, name) for name in ("Nadia", "Karim", "Léa"))
    bureau.post(one(meeting, "presences/"), {"venu": str(nadia.pk)})
    assert "Il manque 1 personne : il en faut 2." in words(bureau.get(one(meeting, "presences/")))
    sent = {"absent": str(karim.pk), "porteur": str(nadia.pk)}
    bureau.post(one(meeting, "presences/pouvoirs/"), sent)
    assert "Assez de personnes sont là : 2, il en faut 2." in words(
        bureau.get(one(meeting, "presences/"))
    )
    bureau.post(
        one(meeting, "presences/pouvoirs/"), {"absent": str(lea.pk), "porteur": str(nadia.pk)}
    )
    assert "Ne compte pas : une personne porte trop de pouvoirs" in words(
        bureau.get(one(meeting, "presences/"))
    )
    meeting.refresh_from_db()
    assert (meeting.members_present, meeting.members_represented) == (1, 1)
    assert meeting.state == MeetingState.TENUE


def test_whoever_arrives_takes_their_voice_back(gem, bureau):
    meeting = make_meeting(gem, kind=MeetingKind.AG)
    nadia, karim = make_person(gem, "Nadia"), make_person(gem, "Karim")
    bureau.post(one(meeting, "presences/"), {"venu": str(nadia.pk)})
    bureau.post(
        one(meeting, "presences/pouvoirs/"), {"absent": str(karim.pk), "porteur": str(nadia.pk)}
    )
    for _twice in range(2):
        bureau.post(one(meeting, "presences/"), {"venu": str(karim.pk)})
    meeting.refresh_from_db()
    assert (meeting.members_present, meeting.members_represented) == (2, 0)
    bureau.post(one(meeting, "presences/"), {"pas_venu": str(karim.pk)})
    meeting.refresh_from_db()
    assert meeting.members_present == 1


def test_a_gem_without_names_gives_numbers(as_role):
    gem = make_gem(counting=Counting.STICKS)
    bureau = as_role(Role.ELECTED, gem)
    Statutes.objects.create(gem=gem, quorum="tiers", second_notice_days=8, second_quorum="aucun")
    meeting = make_meeting(gem, kind=MeetingKind.AG)
    make_point(meeting, "Les comptes")
    sent = {"invited": "30", "present": "7", "represented": "2"}
    answer = bureau.post(one(meeting, "presences/nombres/"), sent, follow=True)
    assert "Il manque 1 personne : il en faut 10." in words(answer)
    page = bureau.get(one(meeting))
    assert "Préparer la deuxième réunion" in words(page)
    assert "02/12/2026" in bureau.get(one(meeting, "encore/")).content.decode()
    bureau.post(one(meeting, "encore/"), prepared(points="", day="02/12/2026"))
    second = Meeting.objects.get(second_of=meeting)
    assert [point.subject for point in second.points.all()] == ["Les comptes"]
    assert second.members_invited == 30
    assert "deuxième convocation" in pdf_words(bureau.get(one(second, "convocation.pdf")))


@pytest.mark.parametrize("typed", ["-3", "douze", "99999999"])
def test_a_number_that_cannot_be_is_refused_and_kept(gem, bureau, typed):
    meeting = make_meeting(gem)
    answer = bureau.post(one(meeting, "presences/nombres/"), {"invited": typed})
    assert typed in answer.content.decode()
    meeting.refresh_from_db()
    assert meeting.members_invited is None


def test_someone_of_another_gem_cannot_be_there(gem, bureau):
    stranger = make_person(make_gem("Ailleurs"))
    answer = bureau.post(one(make_meeting(gem), "presences/"), {"venu": str(stranger.pk)})
    assert answer.status_code == 404


# --- Hands, decisions, register ---


def test_hands_are_counted_and_said(gem, bureau, member):
    Statutes.objects.create(gem=gem, majority="simple", tie="presidence")
    meeting = make_meeting(gem, kind=MeetingKind.AG)
    sent = {"question": "Acheter un vélo ?", "yes": "5", "no": "5", "chair": "oui"}
    sent |= {"cle": str(uuid4())}
    assert member.post(one(meeting, "main-levee/"), sent).status_code == 403
    for _twice in range(2):
        bureau.post(one(meeting, "main-levee/"), sent)
    assert HandVote.objects.get().outcome == "adopted"
    assert "C'est adopté." in words(bureau.get(one(meeting)))


def decided(**changed: str) -> dict[str, str]:
    return {
        "text": "Acheter une cafetière",
        "subject": "budget",
        "taken_by": "adherents",
        "first": "tresorerie",
        "second": "",
        "due_on": "12/12/2026",
        "cle": str(uuid4()),
    } | changed


def test_a_decision_is_noted_with_who_carries_it(gem, bureau):
    nadia = make_person(gem, "Nadia", "B")
    meeting = make_meeting(gem)
    sent = decided(second=str(nadia.pk))
    for _twice in range(2):
        bureau.post(one(meeting, "decision/"), sent)
    decision = Decision.objects.get()
    page = words(bureau.get(f"/decider/decisions/{decision.pk}/"))
    assert "La trésorerie, Nadia B." in page
    assert "Les adhérents" in page


def test_a_decision_due_before_its_meeting_is_refused_and_kept(gem, bureau):
    answer = bureau.post(one(make_meeting(gem), "decision/"), decided(due_on="01/01/2020"))
    assert "avant la réunion" in words(answer)
    assert "Acheter une cafetière" in answer.content.decode()
    assert not Decision.objects.exists()


def test_the_register_answers_who_decided_that(gem, bureau, member):
    shared = make_meeting(gem, minutes_shared_on=TODAY, state=MeetingState.TENUE)
    draft = make_meeting(gem, state=MeetingState.TENUE)
    make_decision(shared, "Acheter une cafetière à l'Été", taken_by="adherents")
    make_decision(draft, "Acheter un vélo")
    page = words(member.get("/decider/registre/?mots=cafetiere+ete"))
    assert "1 décision" in page
    assert "Décidé par : les adhérents" in page
    assert "vélo" not in words(member.get("/decider/registre/"))
    assert "vélo" in words(bureau.get("/decider/registre/"))
    assert "Rien ne correspond" in words(bureau.get("/decider/registre/?mots=piscine"))


def test_a_late_decision_is_shown_without_blame(gem, bureau):
    meeting = make_meeting(gem, date(2026, 10, 1), minutes_shared_on=TODAY)
    make_decision(meeting, due_on=date(2026, 11, 1))
    make_decision(meeting, "Planter des fraises")
    assert "1 décision a passé sa date. On en reparle ?" in words(bureau.get("/decider/"))
    page = words(bureau.get("/decider/registre/?etat=en_retard"))
    assert "prévue avant le 1 novembre" in page
    assert "fraises" not in page


def test_a_decision_is_followed_until_it_is_done_or_given_up(gem, bureau, member):
    meeting = make_meeting(gem, date(2026, 10, 1), minutes_shared_on=TODAY)
    decision = make_decision(meeting)
    page = f"/decider/decisions/{decision.pk}/"
    assert member.post(page, {"state": "faite"}).status_code == 403
    bureau.post(page, {"state": "faite"})
    decision.refresh_from_db()
    assert (decision.state, decision.done_on) == (DecisionState.FAITE, TODAY)
    assert "Dites pourquoi" in words(bureau.post(page, {"state": "abandonnee"}))
    bureau.post(page, {"state": "abandonnee", "why": "Trop cher"})
    decision.refresh_from_db()
    assert (decision.state, decision.done_on) == (DecisionState.ABANDONNEE, None)
    assert "Trop cher" in words(member.get(page))
    assert "entre la réunion et aujourd'hui" in words(
        bureau.post(page, {"state": "faite", "done_on": "01/01/2030"})
    )


def test_a_decision_noted_by_mistake_leaves_the_register_and_comes_back(gem, bureau, member):
    decision = make_decision(make_meeting(gem, minutes_shared_on=TODAY))
    page = f"/decider/decisions/{decision.pk}/"
    assert member.post(f"{page}retirer/").status_code == 403
    bureau.post(f"{page}retirer/")
    assert member.get(page).status_code == 404
    assert "Peindre" not in words(bureau.get("/decider/registre/"))
    bureau.post(f"{page}retirer/", {"geste": "remettre"})
    assert member.get(page).status_code == 200


def test_a_decision_changes_its_words_and_its_carriers(gem, bureau):
    decision = make_decision(make_meeting(gem))
    page = f"/decider/decisions/{decision.pk}/"
    bureau.post(f"{page}changer/", decided(text="Repeindre", first="bureau", second="bureau"))
    decision.refresh_from_db()
    assert decision.text == "Repeindre"
    assert [one.function for one in decision.carriers.all()] == ["bureau"]


# --- Lists cost the same for one and for three ---


@pytest.mark.parametrize(
    ("page", "most"),
    [("/decider/", 22), ("/decider/registre/", 20), ("/decider/reunions/", 20)],
)
def test_a_list_costs_the_same_for_one_and_for_three(gem, bureau, queries, page, most):
    def fill() -> None:
        meeting = make_meeting(gem, minutes_shared_on=TODAY, state=MeetingState.TENUE)
        make_decision(meeting).carriers.create(rank=1, person=make_person(gem, uuid4().hex[:9]))
        make_meeting(gem, LATER)

    fill()
    bureau.get(page)
    with queries() as few:
        bureau.get(page)
    fill()
    fill()
    with queries() as many:
        bureau.get(page)
    assert len(few) == len(many) <= most
