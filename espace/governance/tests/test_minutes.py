"""Minutes: two people at once, a text kept whatever happens, shared the same day, on paper."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from espace.accounts import personal_data
from espace.accounts.choices import Role
from espace.governance.choices.meetings import MeetingState
from espace.governance.jobs import forget_presences
from espace.governance.models import Carrier, MeetingPresence
from espace.governance.rules.minutes import LONGEST_POINT, Part, Typed, mark_of, settle, tidy_text
from espace.governance.tests.factories import make_decision, make_meeting, make_point
from espace.governance.tests.test_meetings import one, pdf_words, words
from espace.groups.models import Gem
from espace.groups.tests.factories import make_account, make_gem, make_person

TODAY = date(2026, 11, 24)
texts = st.text(max_size=40)


# --- The rule ---


@given(kept=texts, mine=texts)
def test_what_nobody_else_changed_is_written(kept, mine):
    found = settle(kept, Typed(mine, mark_of(kept)))
    assert found is (Part.SAME if tidy_text(mine) == tidy_text(kept) else Part.WRITTEN)


@given(drawn=texts, theirs=texts, mine=texts)
def test_a_text_is_never_replaced_by_someone_who_did_not_see_it(drawn, theirs, mine):
    found = settle(theirs, Typed(mine, mark_of(drawn)))
    if found is Part.WRITTEN:
        assert tidy_text(theirs) == tidy_text(drawn)
    if tidy_text(mine) not in (tidy_text(theirs), tidy_text(drawn)):
        assert found is (Part.WRITTEN if tidy_text(theirs) == tidy_text(drawn) else Part.BOTH)


@given(text=texts)
def test_a_tidy_text_is_tidy(text):
    assert tidy_text(tidy_text(text)) == tidy_text(text)


# --- The page ---


@pytest.fixture
def gem(clock: Callable[[str], Any]) -> Gem:
    clock("2026-11-24 15:00")
    return make_gem()


@pytest.fixture
def bureau(gem: Gem, as_role: Callable[..., Client]) -> Client:
    return as_role(Role.ELECTED, gem)


@pytest.fixture
def member(gem: Gem, as_role: Callable[..., Client]) -> Client:
    return as_role(Role.MEMBER, gem)


def drawn(client: Client, url: str) -> dict[str, str]:
    """Return the form as a page was drawn, ready to be sent."""
    page = html.fromstring(client.get(url).content)
    form = page.xpath("//form[@data-hx-post]")[0]
    return {name: value or "" for name, value in form.fields.items() if name != "quand"}


@pytest.mark.django_db
def test_minutes_are_written_and_read_once_shared(gem, bureau, member):
    meeting = make_meeting(gem)
    point = make_point(meeting)
    url = one(meeting, "compte-rendu/")
    sent = drawn(bureau, url) | {str(point.pk): "Nous repeignons.", "en_clair": "On peint."}
    sent["agenda_by"] = "ensemble"
    assert "est enregistré" in words(bureau.post(url, sent, follow=True))
    meeting.refresh_from_db()
    assert (meeting.state, meeting.agenda_by) == (MeetingState.TENUE, "ensemble")
    assert "Nous repeignons" not in words(member.get(one(meeting)))
    assert member.get(one(meeting, "compte-rendu.pdf")).status_code == 403
    assert member.post(one(meeting, "partager/")).status_code == 403
    bureau.post(one(meeting, "partager/"))
    meeting.refresh_from_db()
    assert meeting.minutes_shared_on == TODAY
    page = words(member.get(one(meeting)))
    assert "Nous repeignons" in page
    assert "On peint" in page
    printed = pdf_words(member.get(one(meeting, "compte-rendu.pdf")))
    assert "On peint." in printed
    bureau.post(one(meeting, "partager/"), {"geste": "reprendre"})
    assert "Nous repeignons" not in words(member.get(one(meeting)))


@pytest.mark.django_db
def test_two_people_at_once_both_read_both_texts(gem, bureau, as_role):
    meeting = make_meeting(gem)
    first, second = make_point(meeting, "Le local"), make_point(meeting, "Le jardin")
    url = one(meeting, "compte-rendu/")
    other = as_role(Role.ANIMATOR, gem)
    mine, theirs = drawn(bureau, url), drawn(other, url)
    other.post(url, theirs | {str(first.pk): "Leur texte."})
    answer = bureau.post(url, mine | {str(first.pk): "Mon texte.", str(second.pk): "Le reste."})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Leur texte." in page
    assert "Mon texte." in page
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.minutes, second.minutes) == ("Leur texte.", "Le reste.")
    # Sent again with both in sight, mine is written.
    form = html.fromstring(answer.content).xpath("//form[@data-hx-post]")[0]
    again = {name: value or "" for name, value in form.fields.items()}
    assert again[str(first.pk)].strip() == "Mon texte."
    bureau.post(url, again)
    first.refresh_from_db()
    assert first.minutes == "Mon texte."


@pytest.mark.django_db
def test_a_page_that_changed_nothing_replaces_nothing(gem, bureau):
    meeting = make_meeting(gem)
    point = make_point(meeting)
    url = one(meeting, "compte-rendu/")
    old = drawn(bureau, url)
    bureau.post(url, old | {str(point.pk): "Écrit depuis."})
    assert bureau.post(url, old).status_code == 302
    point.refresh_from_db()
    assert point.minutes == "Écrit depuis."


@pytest.mark.django_db
def test_the_page_saves_itself_and_gets_its_new_marks(gem, bureau):
    meeting = make_meeting(gem)
    point = make_point(meeting)
    url = one(meeting, "compte-rendu/")
    sent = drawn(bureau, url) | {str(point.pk): "Une phrase", "sans_page": "1"}
    answer = bureau.post(url, sent, headers={"HX-Request": "true"}).content.decode()
    assert "Enregistré à 15 h." in answer
    assert mark_of("Une phrase") in answer
    assert "Une phrase" not in answer
    sent |= {f"marque-{point.pk}": mark_of("Une phrase"), str(point.pk): "Une phrase longue"}
    bureau.post(url, sent)
    point.refresh_from_db()
    assert point.minutes == "Une phrase longue"


@pytest.mark.django_db
@pytest.mark.parametrize("size", [LONGEST_POINT + 1, 3 * 1024 * 1024])
def test_a_text_too_long_is_refused_kindly_and_kept(gem, bureau, size):
    meeting = make_meeting(gem)
    point = make_point(meeting)
    url = one(meeting, "compte-rendu/")
    mine = drawn(bureau, url) | {str(point.pk): "a" * size}
    answer = bureau.post(url, mine)
    assert answer.status_code == 422
    assert "Ce texte est trop long. Il est gardé ici en entier." in words(answer)
    assert b"a" * size in answer.content
    point.refresh_from_db()
    assert point.minutes == ""


@pytest.mark.django_db
def test_a_private_word_is_told_and_never_refused(gem, bureau):
    meeting = make_meeting(gem)
    point = make_point(meeting)
    url = one(meeting, "compte-rendu/")
    text = "Appeler le 06 12 34 56 78. Il a changé de traitement."
    bureau.post(url, drawn(bureau, url) | {str(point.pk): text})
    page = words(bureau.get(url))
    assert "semble contenir un numéro de téléphone" in page
    assert "semble parler de la santé" in page
    point.refresh_from_db()
    assert point.minutes == text


@pytest.mark.django_db
def test_empty_minutes_and_those_of_tomorrow_are_not_shared(gem, bureau):
    empty = make_meeting(gem)
    tomorrow = make_meeting(gem, date(2026, 11, 25), plain_minutes="On verra.")
    assert "vide" in words(bureau.post(one(empty, "partager/"), follow=True))
    assert "pas encore eu lieu" in words(bureau.post(one(tomorrow, "partager/"), follow=True))
    for meeting in (empty, tomorrow):
        meeting.refresh_from_db()
        assert meeting.minutes_shared_on is None


@pytest.mark.django_db
def test_notes_written_ahead_do_not_make_a_meeting_that_took_place(gem, bureau):
    meeting = make_meeting(gem, date(2026, 11, 25))
    point = make_point(meeting)
    url = one(meeting, "compte-rendu/")
    bureau.post(url, drawn(bureau, url) | {str(point.pk): "À dire."})
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.PREPAREE


# --- People ---


@pytest.mark.django_db
def test_names_of_an_old_meeting_go_and_its_numbers_stay(gem):
    old = make_meeting(gem, date(2025, 10, 1), members_present=2)
    recent = make_meeting(gem, date(2025, 11, 20), members_present=1)
    point = make_point(old, signature="Nadia", account=make_account())
    for meeting in (old, recent):
        MeetingPresence.objects.create(meeting=meeting, person=make_person(gem, meeting.pk.hex))
    for _twice in range(2):
        forget_presences("test")
    assert [row.meeting_id for row in MeetingPresence.objects.all()] == [recent.pk]
    old.refresh_from_db()
    point.refresh_from_db()
    assert (old.members_present, point.signature, point.account_id) == (2, "", None)


@pytest.mark.django_db
def test_someone_who_leaves_takes_their_name_and_the_counts_stay(gem):
    account = make_account()
    person = make_person(gem, "Nadia", "B", account=account)
    meeting = make_meeting(gem, members_present=1)
    MeetingPresence.objects.create(meeting=meeting, person=person)
    point = make_point(meeting, signature="Nadia", account=account)
    decision = make_decision(meeting)
    Carrier.objects.create(decision=decision, rank=1, person=person)
    shown = {part.key for part in personal_data.shown(account.pk)}
    assert {"agenda_points", "meetings", "decisions_carried"} <= shown
    personal_data.erase(account.pk)
    point.refresh_from_db()
    meeting.refresh_from_db()
    assert point.signature == ""
    assert not MeetingPresence.objects.exists()
    assert meeting.members_present == 1
    assert [one.function for one in decision.carriers.all()] == ["adherents"]


@pytest.mark.django_db
def test_a_point_and_a_decision_that_tell_of_health_are_kept_and_said(gem, bureau):
    meeting = make_meeting(gem)
    told = "Ce texte semble parler de la santé de quelqu'un."
    for sent, is_told in (("Le dépôt des clés", False), ("La maladie de Karim", True)):
        answer = bureau.post(one(meeting), {"cle": uuid4(), "sujet": sent}, follow=True)
        assert (told in words(answer)) is is_told
        decision = {"cle": uuid4(), "text": sent, "subject": "autre", "taken_by": "adherents"}
        answer = bureau.post(one(meeting, "decision/"), decision, follow=True)
        assert (told in words(answer)) is is_told
    assert (meeting.points.count(), meeting.decisions.count()) == (2, 2)
