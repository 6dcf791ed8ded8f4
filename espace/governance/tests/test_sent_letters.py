"""The convening letter by mail: once to each address, never to someone who left."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from espace.accounts.choices import Role
from espace.accounts.models import Account
from espace.governance.choices.meetings import MeetingKind
from espace.governance.models import Meeting
from espace.governance.tests.factories import make_meeting, make_point
from espace.governance.tests.test_meetings import LATER, TODAY, one, words
from espace.groups.models import Gem
from espace.groups.tests.factories import make_account, make_gem, make_mandate
from espace.imports.tests.factories import work

pytestmark = pytest.mark.django_db


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


def test_the_letter_is_sent_once_to_each_address_and_says_the_paper_for_the_others(
    gem, bureau, member
):
    meeting = make_meeting(gem, LATER, kind=MeetingKind.AG, place="Salle des fêtes")
    make_point(meeting, "Les comptes de l'année")
    without = make_account("Ana", "K")
    Account.objects.filter(pk=without.pk).update(email=None)
    make_mandate(gem, without)
    make_mandate(gem, make_account("Partie", "Z"), ended_on=date(2026, 1, 1))
    make_mandate(make_gem(), make_account("Ailleurs", "Y"))
    address = one(meeting, "envoyer/")
    assert "2 personnes ont une adresse e-mail ici." in words(bureau.get(address))
    assert member.get(address).status_code == 403
    for _ in range(2):
        answer = bureau.post(address, follow=True)
        assert "La convocation part vers 2 adresses" in words(answer)
        work()
    assert len(mail.outbox) == 2
    assert all(len(one.to) == 1 for one in mail.outbox)
    sent = mail.outbox[0]
    assert sent.subject == f"{gem.name} : Assemblée générale, samedi 12 décembre 2026"
    assert "1. Les comptes de l'année" in sent.body
    assert "Salle des fêtes" in sent.body
    assert one(meeting) in sent.body
    assert "déjà partie le 24 novembre 2026" in words(bureau.get(address))
    # The day moves: everyone is told again.
    Meeting.objects.filter(pk=meeting.pk).update(date=LATER + timedelta(days=7))
    bureau.post(address)
    work()
    assert len(mail.outbox) == 4


def test_a_bureau_calls_the_elected_only_and_a_past_meeting_nobody(gem, bureau, member):
    meeting = make_meeting(gem, LATER, kind=MeetingKind.BUREAU)
    bureau.post(one(meeting, "envoyer/"))
    work()
    assert len(mail.outbox) == 1
    past = make_meeting(gem, TODAY - timedelta(days=1))
    answer = bureau.post(one(past, "envoyer/"), follow=True)
    assert "Rien n'est parti." in words(answer)
    work()
    assert len(mail.outbox) == 1


def test_a_letter_that_fails_leaves_at_the_next_try(gem, bureau, settings):
    meeting = make_meeting(gem, LATER)
    bureau.post(one(meeting, "envoyer/"))
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    work()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    bureau.post(one(meeting, "envoyer/"))
    work()
    assert len(mail.outbox) == 1
