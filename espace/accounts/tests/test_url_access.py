"""Every address of the project says who may open it (tests/url_access.csv), and keeps its word.

``public``: anyone. ``device``: a signed-in person or the GEM's enrolled device. ``person``: a
signed-in person only. Nobody is led to the sign-in page. That a thing of another GEM is not there
for anyone is in ``test_route_matrix.py``.
"""

import csv
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from espace.accounts.choices import Role
from espace.activities.choices import IdeaWay, SeriesKind
from espace.activities.models import Activity, Idea, Series, Slot
from espace.binder.models import Document, Partner
from espace.cards.models import AccessCard
from espace.federation.choices import HelpTopic
from espace.federation.models import HelpRequest, NetworkList, SavedView
from espace.federation.rules.lines import ReadList
from espace.federation.rules.reporting import to_json
from espace.governance.choices.meetings import PointFrom
from espace.governance.choices.votes import VoteKind
from espace.governance.models import (
    AccountsPromise,
    AgendaPoint,
    BudgetLine,
    CashCount,
    CashLine,
    Decision,
    SecretVote,
    Task,
)
from espace.governance.tests.factories import make_meeting
from espace.groups.actions.devices import enrol_device
from espace.groups.grants import device_cookie
from espace.groups.models import Device, Gem, OpeningHours
from espace.groups.tests.factories import (
    make_account,
    make_actor,
    make_gem,
    make_mandate,
    make_person,
)
from espace.imports.models import ImportBatch
from espace.reports.models import PastFigure, Photo, Report
from espace.reports.tests.factories import make_sent
from espace.surveys.models import NationalSurvey, Round

LIST = Path(__file__).parents[3] / "tests" / "url_access.csv"
ACCESS = ("public", "device", "person")
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


def routes(patterns: list[Any], prefix: str = "/") -> Iterator[str]:
    """Yield every address of the project, as Django writes it."""
    for item in patterns:
        route = prefix + str(item.pattern)
        if isinstance(item, URLResolver):
            yield from routes(item.url_patterns, route)
        elif isinstance(item, URLPattern):
            yield route


def declared() -> dict[str, str]:
    with LIST.open(encoding="utf-8") as lines:
        return {line["address"]: line["access"] for line in csv.DictReader(lines)}


def make_card_row(gem: Gem) -> AccessCard:
    account = make_account()
    make_mandate(gem, account, Role.MEMBER)
    return AccessCard.objects.create(
        gem=gem,
        account=account,
        words_hash=uuid4().hex,
        scan_hash=uuid4().hex,
        reach=Role.ELECTED,
    )


def make_brought_line(gem: Gem) -> BudgetLine:
    """Return a line of budget that came alone in its file: its batch has its own id."""
    one = uuid4()
    return BudgetLine.objects.create(
        id=one, batch_id=one, gem=gem, year=2026, side="depense", category="activites", label="L",
        planned_cents=100,
    )  # fmt: skip


# How to make, in a GEM, the thing that a parameter of an address names.
WHAT = {"title": "Cuisine", "starts_at": time(14), "hours": 2}
DAY = date(2026, 10, 14)
NUMBERS = count(1)
OBJECTS: dict[str, Callable[[Gem], Any]] = {
    "task_id": lambda gem: Task.objects.create(gem=gem, kind="cles", title="Les clés"),
    "national_id": lambda gem: NationalSurvey.objects.create(
        title="Essai",
        content={"title": {"fr": "Essai"}, "scales": {}, "questions": []},
        made_on=DAY,
    ),
    "round_id": lambda gem: Round.objects.get_or_create(
        gem=gem, year=2026, questionnaire="impact-1", invited_count=20, opened_on=DAY
    )[0],
    "row_id": lambda gem: Partner.objects.create(gem=gem, name="Ludothèque", category="commune"),
    "document_id": lambda gem: Document.objects.create(
        gem=gem, kind="statuts", file="binder/none.pdf", file_kind="pdf"
    ),
    "activity_id": lambda gem: Activity.objects.create(gem=gem, date=DAY, **WHAT),
    "series_id": lambda gem: Series.objects.create(
        gem=gem, kind=SeriesKind.ACTIVITY, rule="FREQ=WEEKLY;BYDAY=WE", first_on=DAY, **WHAT
    ),
    "slot_id": lambda gem: Slot.objects.create(gem=gem, date=DAY, starts_at=time(14), hours=2),
    "mandate_id": lambda gem: make_mandate(gem, make_account(), Role.MEMBER),
    "device_id": lambda gem: Device.objects.create(gem=gem, name="T", token_hash=uuid4().hex),
    "person_id": lambda gem: make_person(gem, uuid4().hex),
    "opening_id": lambda gem: OpeningHours.objects.create(
        gem=gem, weekday=1, starts_at=time(10), ends_at=time(12)
    ),
    "idea_id": lambda gem: Idea.objects.create(
        gem=gem, text="Aller voir la mer", way=IdeaWay.PAPIER, received_on=DAY
    ),
    "line_id": lambda gem: BudgetLine.objects.create(
        gem=gem, year=2026, side="depense", category="activites", label="L", planned_cents=100
    ),
    "brought_id": make_brought_line,
    "promise_id": lambda gem: AccountsPromise.objects.create(
        gem=gem, what="Comptes de l'été", promised_for=DAY
    ),
    "cash_id": lambda gem: CashLine.objects.create(
        gem=gem,
        date=DAY,
        label="Courses",
        amount_cents=-1250,
        category="activites",
        number=next(NUMBERS),
    ),
    "count_id": lambda gem: CashCount.objects.create(
        gem=gem, date=DAY, counted_cents=100, computed_cents=200, number=1
    ),
    "card_id": make_card_row,
    "batch_id": lambda gem: ImportBatch.objects.create(gem=gem),
    "gem_id": lambda gem: make_gem("GEM voisin", region_code=gem.region_code),
    "help_id": lambda gem: HelpRequest.objects.create(
        gem=gem, topic=HelpTopic.COUNT, asked_at=datetime(2026, 10, 14, tzinfo=UTC)
    ),
    "meeting_id": make_meeting,
    "point_id": lambda gem: AgendaPoint.objects.create(
        meeting=make_meeting(gem), rank=1, subject="Le local", way=PointFrom.COMPTE
    ),
    "decision_id": lambda gem: Decision.objects.create(meeting=make_meeting(gem), text="Peindre"),
    "vote_id": lambda gem: SecretVote.objects.create(
        gem=gem, question="Changer de local ?", kind=VoteKind.OUI_NON
    ),
    "photo_id": lambda gem: Photo.objects.create(
        report=Report.objects.get_or_create(gem=gem, kind="activite", year=2025)[0],
        section="nous",
        file="reports/none.jpg",
        alt="Le local",
    ),
    "view_id": lambda gem: SavedView.objects.create(name="Vue", query="lieux=regions"),
    "figure_id": lambda gem: PastFigure.objects.create(
        series="GEM", year=next(NUMBERS), value=1, source="S", edition=2018
    ),
    "version_id": lambda gem: make_sent(gem),
    "list_id": lambda gem: NetworkList.objects.create(lines=to_json(ReadList(True))),
}

# Parameters that name no thing of a GEM: any value will do.
WORDS = {
    "year": "2026",
    "month": "2026-10",
    "day": "2026-10-14",
    "page": "boutons",
    "slug": "frequentation",
    "form": "csv",
    "register": "partenaires",
    "step": "1",
    "code": "ATT-01",
    "place": "FR",
    "kind": "activite",
    "section": "nous",
    "token": "k7mp3xqv9a2t",
}


def address(route: str, gem: Gem, made: list[Any] | None = None) -> str:
    """Return a real address for ``route``, its things taken in ``gem`` and added to ``made``."""

    def value(found: re.Match[str]) -> str:
        name = found.group(1)
        if name in WORDS:
            return WORDS[name]
        assert name in OBJECTS, f"say in OBJECTS or WORDS what <{name}> of {route} is"
        thing = OBJECTS[name](gem)
        if made is not None:
            made.append(thing)
        return str(thing.pk)

    return PARAMETER.sub(value, route)


def ask(client: Client, url: str) -> Any:
    """Ask by GET, or by POST when the address takes nothing else."""
    answer = client.get(url)
    return client.post(url) if answer.status_code == 405 else answer


def leads_to_the_door(answer: Any) -> bool:
    return answer.status_code == 302 and answer["Location"].startswith("/entrer/?next=")


@pytest.fixture
def gem(clock: Callable[[str], Any]) -> Gem:
    clock("2026-10-14 14:00")
    return make_gem()


@pytest.fixture
def tablet(gem: Gem, settings: Any) -> Client:
    token = enrol_device(actor=make_actor(Role.ELECTED, gem), gem_id=gem.pk, name="Tablette")
    client = Client()
    client.cookies[settings.DEVICE_COOKIE_NAME] = device_cookie(token)
    return client


def test_every_address_says_who_may_open_it():
    found = set(routes(get_resolver().url_patterns))
    lines = declared()
    assert sorted(found - set(lines)) == [], "add these to tests/url_access.csv"
    assert sorted(set(lines) - found) == [], "these are no more: take them out"
    assert set(lines.values()) <= set(ACCESS)


def routes_for(*access: str) -> list[str]:
    return [route for route, said in declared().items() if said in access]


@pytest.mark.django_db
def test_a_public_address_opens_for_nobody(gem, client):
    closed = [r for r in routes_for("public") if leads_to_the_door(ask(client, address(r, gem)))]
    assert closed == []


@pytest.mark.django_db
def test_nobody_is_led_to_the_door(gem, client):
    wrong = []
    for route in routes_for("device", "person"):
        url = address(route, gem)
        answers = [answer for answer in (client.get(url), client.post(url)) if not_405(answer)]
        if not answers or not all(leads_to_the_door(answer) for answer in answers):
            wrong.append((route, [answer.status_code for answer in answers]))
    assert wrong == []


@pytest.mark.django_db
def test_the_tablet_opens_what_it_may(gem, tablet):
    wrong = []
    for route in routes_for("device"):
        answer = ask(tablet, address(route, gem))
        # An empty form may be refused (400): the door was open all the same.
        if answer.status_code not in (200, 204, 302, 400, 422) or leads_to_the_door(answer):
            wrong.append((route, answer.status_code))
    assert wrong == []


@pytest.mark.django_db
def test_the_tablet_opens_nothing_else(gem, tablet):
    wrong = []
    for route in routes_for("person"):
        answer = ask(tablet, address(route, gem))
        if not leads_to_the_door(answer) and answer.status_code not in (403, 404):
            wrong.append((route, answer.status_code))
    assert wrong == []


def not_405(answer: Any) -> bool:
    return bool(answer.status_code != 405)
