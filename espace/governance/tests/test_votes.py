"""Secret votes through their pages: one voice each, no trace, one count whatever the way."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client

from espace.accounts import personal_data
from espace.accounts.choices import Role
from espace.accounts.models import JournalEntry
from espace.governance.actions.votes import NewVote, cast, give_codes, open_vote, prepare_vote
from espace.governance.choices.meetings import ElectionTie, Majority, MeetingKind
from espace.governance.choices.votes import VoteKind, VoteState
from espace.governance.models import Ballot, SecretVote, Statutes, VotingTicket
from espace.governance.tests.factories import make_meeting
from espace.governance.tests.test_meetings import pdf_words, words
from espace.groups.models import Gem, Membership, Person
from espace.groups.tests.factories import make_actor, make_gem, make_person

pytestmark = pytest.mark.django_db
CODE = re.compile(r"\b([a-z2-9]{5})-([a-z2-9]{5})\b")
QUESTION = "Changeons-nous de local ?"


@pytest.fixture(autouse=True)
def _now(clock: Callable[[str], Any]) -> None:
    clock("2026-11-24 15:00")


@pytest.fixture
def gem() -> Gem:
    return make_gem()


@pytest.fixture
def people(gem: Gem) -> list[Person]:
    return [make_person(gem, name, "B") for name in ("Ana", "Bo", "Cléo", "Dan", "Eli", "Flo")]


@pytest.fixture
def bureau(gem: Gem, as_role: Callable[..., Client]) -> Client:
    return as_role(Role.ELECTED, gem)


def opened(gem: Gem, people: list[Person], **new: Any) -> tuple[SecretVote, dict[str, str]]:
    """Return a vote open to these people, and the code of each by first name."""
    actor = make_actor(Role.ELECTED, gem)
    values = {"question": QUESTION, "kind": VoteKind.OUI_NON, **new}
    vote_id = prepare_vote(actor=actor, gem_id=gem.pk, new=NewVote(**values), key=uuid4())
    assert vote_id is not None
    ids = [one.pk for one in people]
    open_vote(actor=actor, gem_id=gem.pk, vote_id=vote_id, voters=ids)
    codes = give_codes(actor=actor, gem_id=gem.pk, vote_id=vote_id)
    return SecretVote.objects.get(pk=vote_id), {name.split()[0]: code for name, code in codes}


def at(vote: SecretVote, page: str = "") -> str:
    return f"/decider/votes/{vote.pk}/{page}"


def votes(code: str, *marks: int) -> Any:
    """Vote as someone with a paper slip does: the code, the choice, the choice read again."""
    client = Client()
    assert client.post("/voter/", {"code": code.upper()}).status_code == 200
    sent = {"code": code, "choix": [str(mark) for mark in marks]}
    again = client.post("/voter/", {**sent, "etape": "relire"})
    assert "C'est bien votre choix ?" in words(again)
    return client.post("/voter/", {**sent, "etape": "voter"})


def test_from_the_question_to_the_count_on_screen_tablet_and_paper(gem, people, bureau):
    meeting = make_meeting(gem, date(2026, 11, 24), kind=MeetingKind.AG)
    Statutes.objects.create(gem=gem, majority=Majority.SIMPLE)
    form = {"question": QUESTION, "kind": "oui_non", "seats": "1", "cle": uuid4(), "labels": ""}
    address = f"/decider/votes/preparer/?reunion={meeting.pk}"
    shown = bureau.post(address, form, follow=True)
    vote = SecretVote.objects.get()
    assert (vote.meeting, shown.redirect_chain[0][0]) == (meeting, at(vote))
    assert bureau.post(address, form)["Location"] == "/decider/votes/"
    assert SecretVote.objects.count() == 1

    asked = words(bureau.get(at(vote, "ouvrir/")))
    assert "un vote n'est presque plus secret" in asked
    ids = [str(one.pk) for one in people]
    bureau.post(at(vote, "ouvrir/"), {"voters": ids})
    slips = pdf_words(bureau.post(at(vote, "codes.pdf")))
    codes = ["".join(found) for found in CODE.findall(slips)]
    assert len(set(codes)) == 6
    for code in codes[:4]:
        assert "dans l'urne. Merci." in words(votes(code, 1))
    # The two others vote on paper: ticked on the list, then typed.
    page = bureau.get(at(vote, "papier/"))
    left = VotingTicket.objects.filter(used=False)
    for ticket in list(left):
        bureau.post(at(vote, "papier/"), {"venu": ticket.pk})
    assert "Personnes cochées : 2. Bulletins déjà écrits : 0." in words(
        bureau.get(at(vote, "papier/"))
    )
    refused = bureau.post(at(vote, "terminer/"), follow=True)
    assert "Il faut le même nombre." in words(refused)
    paper = {"choix": "2", "nombre": "2", "cle": uuid4()}
    for _twice in range(2):
        page = bureau.post(at(vote, "papier/"), paper, follow=True)
    assert "Bulletins déjà écrits : 2." in words(page)

    done = words(bureau.post(at(vote, "terminer/"), follow=True))
    assert "6 personnes ont voté, sur 6." in done
    assert "Oui : 4 voix." in done
    assert "Non : 2 voix." in done
    assert "C'est adopté." in done
    counted = pdf_words(bureau.get(at(vote, "a-compter.pdf")))
    assert (counted.count("Oui"), counted.count("Non")) == (4 + 1, 2 + 1)
    assert QUESTION in words(bureau.get(f"/decider/reunions/{meeting.pk}/"))


def test_a_code_serves_once_in_two_tabs_and_after_a_lost_answer(gem, people):
    vote, codes = opened(gem, people)
    assert "Merci" in words(votes(codes["Ana"], 1))
    for mark in (1, 2):
        sent = {"code": codes["Ana"], "choix": str(mark), "etape": "voter"}
        answer = words(Client().post("/voter/", sent))
        assert "Un bulletin est déjà dans l'urne avec ce code." in answer
    assert [one.marks for one in Ballot.objects.filter(filled=True)] == [[1]]
    assert VotingTicket.objects.filter(vote=vote, used=True).count() == 1


def test_nothing_of_the_database_links_a_person_to_a_ballot(gem, people, bureau):
    vote, codes = opened(gem, people)
    for rank, name in enumerate(("Ana", "Bo", "Cléo")):
        votes(codes[name], 1 + rank % 2)
    columns = {field.name for field in Ballot._meta.get_fields()}
    assert columns == {"id", "vote", "filled", "marks"}
    assert not JournalEntry.objects.filter(action__contains="vot").exclude(
        action__in=(
            "governance.prepare_vote",
            "governance.open_vote",
            "governance.print_voting_codes",
        )
    )
    before = set(Ballot.objects.filter(filled=True).values_list("pk", flat=True))
    bureau.post(at(vote, "terminer/"))
    assert not VotingTicket.objects.exists()
    after = set(Ballot.objects.values_list("pk", flat=True))
    assert len(after) == 3
    assert not before & after
    with connection.cursor() as cursor:
        cursor.execute("SELECT marks FROM governance_ballot")
        assert len(cursor.fetchall()) == 3
    # A late ballot opens nothing.
    answer = Client().post("/voter/", {"code": codes["Dan"]})
    assert answer.status_code == 404
    assert "Le vote est peut-être terminé." in words(answer)


def test_blank_ballots_are_drawn_at_random(gem, people, monkeypatch):
    """Whoever votes first does not fill the first row of the table."""
    places = set()
    for _each in range(12):
        vote, codes = opened(gem, people)
        order = list(vote.ballots.order_by("pk").values_list("pk", flat=True))
        votes(codes["Ana"], 1)
        places.add(order.index(vote.ballots.get(filled=True).pk))
    assert len(places) > 1


def test_an_election_with_seats_names_a_tie_and_chooses_nobody(gem, people, bureau):
    Statutes.objects.create(gem=gem, election_tie=ElectionTie.PLUS_ANCIEN)
    names = ("Nadia B.", "Omar D.", "Lise M.")
    vote, codes = opened(gem, people, kind=VoteKind.ELECTION, seats=2, labels=names)
    chosen = {"Ana": (1, 2), "Bo": (1, 3), "Cléo": (1,), "Dan": (2,), "Eli": (3,), "Flo": ()}
    for name, marks in chosen.items():
        votes(codes[name], *marks)
    too_many = {"code": codes["Ana"], "choix": ["1", "2", "3"], "etape": "relire"}
    assert "déjà dans l'urne" in words(Client().post("/voter/", too_many))
    done = words(bureau.post(at(vote, "terminer/"), follow=True))
    assert "Nadia B. : 3 voix, élu." in done
    assert "Omar D. : 2 voix, à égalité." in done
    assert "Lise M. : 2 voix, à égalité." in done
    assert "Il reste 1 place" in done
    assert "l'adhérent le plus ancien est élu" in done
    assert "Blancs : 1." in done


def test_more_choices_than_seats_is_said_and_nothing_leaves(gem, people):
    labels = ("Nadia B.", "Omar D.", "Lise M.")
    vote, codes = opened(gem, people, kind=VoteKind.ELECTION, seats=2, labels=labels)
    sent = {"code": codes["Ana"], "choix": ["1", "2", "3"], "etape": "voter"}
    answer = words(Client().post("/voter/", sent))
    assert "Il y a plus de choix que de places. Rien n'est parti" in answer
    assert not vote.ballots.filter(filled=True).exists()
    wrong = {"code": codes["Ana"], "choix": ["9"], "etape": "voter"}
    assert "n'est pas sur le bulletin" in words(Client().post("/voter/", wrong))


def test_a_small_unanimous_vote_says_its_limit(gem, people, bureau):
    vote, codes = opened(gem, people[:3])
    for name in ("Ana", "Bo", "Cléo"):
        votes(codes[name], 1)
    done = words(bureau.post(at(vote, "terminer/"), follow=True))
    assert "Tous les bulletins disent la même chose." in done
    assert "Le secret est moins sûr." in done


def test_codes_printed_again_kill_the_first_ones_of_those_who_have_not_voted(gem, people, bureau):
    vote, codes = opened(gem, people)
    votes(codes["Ana"], 1)
    slips = pdf_words(bureau.post(at(vote, "codes.pdf")))
    assert len(CODE.findall(slips)) == 5
    assert Client().post("/voter/", {"code": codes["Bo"]}).status_code == 404
    assert "déjà dans l'urne" in words(Client().post("/voter/", {"code": codes["Ana"]}))


def test_a_paper_voter_ticked_by_mistake_is_taken_back(gem, people, bureau):
    vote, codes = opened(gem, people)
    ticket = VotingTicket.objects.get(person=people[0])
    bureau.post(at(vote, "papier/"), {"venu": ticket.pk})
    assert "déjà dans l'urne" in words(Client().post("/voter/", {"code": codes["Ana"]}))
    bureau.post(at(vote, "papier/"), {"pas_venu": ticket.pk})
    assert "Merci" in words(votes(codes["Ana"], 2))
    # Someone who voted by their code cannot be ticked for paper.
    bureau.post(at(vote, "papier/"), {"venu": ticket.pk})
    ticket.refresh_from_db()
    assert (ticket.used, ticket.on_paper) == (True, False)
    more = {"choix": "1", "nombre": "1", "cle": uuid4()}
    assert "Il faut le même nombre." in words(bureau.post(at(vote, "papier/"), more, follow=True))


def test_only_the_bureau_holds_the_box_and_members_read_the_result(gem, people, as_role):
    vote, _codes = opened(gem, people)
    for role in (Role.ANIMATOR, Role.MEMBER, Role.VOLUNTEER):
        client = as_role(role, gem)
        assert client.get(at(vote)).status_code == 200
        for page in ("papier/", "terminer/", "ouvrir/"):
            assert client.get(at(vote, page)).status_code == 403
        assert client.post(at(vote, "codes.pdf")).status_code == 403
    other = as_role(Role.ELECTED, make_gem())
    assert other.get(at(vote)).status_code == 404
    assert other.post(at(vote, "terminer/")).status_code == 404


def test_who_may_vote_starts_from_the_memberships(gem, people, bureau):
    Membership.objects.create(person=people[0], year=2026, started_on=date(2026, 1, 9))
    actor = make_actor(Role.ELECTED, gem)
    new = NewVote(QUESTION, VoteKind.OUI_NON)
    vote_id = prepare_vote(actor=actor, gem_id=gem.pk, new=new, key=uuid4())
    page = bureau.get(f"/decider/votes/{vote_id}/ouvrir/").content.decode()
    assert page.count(" checked") == 1
    stranger = make_person(make_gem(), "Zoé", "Z")
    answer = bureau.post(f"/decider/votes/{vote_id}/ouvrir/", {"voters": [str(stranger.pk)]})
    assert "n'est plus dans le carnet" in words(answer)


def test_a_vote_not_open_yet_can_be_dropped_an_open_one_cannot(gem, people, bureau):
    vote, _codes = opened(gem, people)
    assert "Rien n'a changé." in words(bureau.post(at(vote, "retirer/"), follow=True))
    actor = make_actor(Role.ELECTED, gem)
    new = NewVote("Autre question", VoteKind.OUI_NON)
    vote_id = prepare_vote(actor=actor, gem_id=gem.pk, new=new, key=uuid4())
    bureau.post(f"/decider/votes/{vote_id}/retirer/")
    assert [one.pk for one in SecretVote.objects.all()] == [vote.pk]


def test_someone_erased_after_voting_leaves_the_count_whole(gem, people, bureau):
    vote, codes = opened(gem, people)
    votes(codes["Ana"], 1)
    assert "voting_tickets" in {one.key for one in personal_data.shown_of_line(people[0].pk)}
    personal_data.erase_line(people[0].pk)
    assert cast(code=codes["Bo"], marks=[2]) == "in_the_box"
    done = words(bureau.post(at(vote, "terminer/"), follow=True))
    assert "2 personnes ont voté, sur 6." in done


def test_the_list_and_a_vote_cost_the_same_whatever_their_size(gem, people, bureau, queries):
    costs = []
    for count in (1, 4):
        while SecretVote.objects.count() < count:
            vote, _codes = opened(gem, people)
        bureau.get("/decider/votes/")
        with queries() as listed:
            bureau.get("/decider/votes/")
        with queries() as one:
            bureau.get(at(vote, "papier/"))
        costs.append((len(listed), len(one)))
    assert costs[0] == costs[1]
    assert costs[0][0] <= 12
    assert costs[0][1] <= 14


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"question": ""}, "Il manque la question."),
        ({"kind": "election", "labels": ""}, "Il manque les personnes qui se présentent."),
        ({"seats": "0"}, "Ce nombre commence à 1."),
        ({"labels": "\n".join(f"P{n}" for n in range(31))}, "Il y a trop de noms"),
        ({"labels": "x" * 61}, "Une ligne est trop longue."),
    ],
)
def test_what_is_mistyped_is_said_and_kept(bureau, change, sentence):
    form = {"question": QUESTION, "kind": "oui_non", "seats": "1", "cle": uuid4(), "labels": ""}
    answer = bureau.post("/decider/votes/preparer/", {**form, **change})
    assert sentence in words(answer)
    assert not SecretVote.objects.exists()


def test_a_code_nobody_has_opens_nothing(gem, people):
    opened(gem, people)
    for typed in ("", "abcde-fgh23", "x" * 61, "é" * 10):
        answer = Client().post("/voter/", {"code": typed, "etape": "voter", "choix": "1"})
        assert answer.status_code in (200, 404)
    assert not Ballot.objects.filter(filled=True).exists()
    assert SecretVote.objects.get().state == VoteState.OUVERT
    assert cast(code=str(UUID(int=1)), marks=[1]) == "unknown"
