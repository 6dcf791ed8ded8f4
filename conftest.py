"""Guards and fixtures every test has.

The guards make a page fail in a test where it would only look wrong on a screen: a template
variable nobody sets (an option of pytest-django), a form without its CSRF token, a list whose
order is left to the database, a warning, a request to another machine.
"""

import ipaddress
import random
import socket
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import hypothesis
import pytest
from django.db import connection, connections
from django.db.models import QuerySet
from django.test import Client, TransactionTestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html as html_parser

from espace.accounts import strength
from espace.accounts.choices import Proof
from espace.accounts.models import Account
from espace.groups.models import Gem
from espace.groups.tests.factories import make_account, make_mandate

FAST_FILES = ("test_house.py", "test_rules", "test_permission_matrix")

# No test is judged on the time it takes: a busy machine would make it fail.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the fast half by its files, and what needs no second database; group journeys.

    Each process has a site of its own. Pages that are only looked at go to any; the journeys of
    a file follow one another, since they change the site they walk.
    """
    for item in items:
        if item.path.name.startswith(FAST_FILES):
            item.add_marker(pytest.mark.fast)
        if "site" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.once)
            if item.path.parent.name == "browser":
                item.add_marker(pytest.mark.xdist_group(item.path.name))
        elif not reads_the_database(item):
            item.add_marker(pytest.mark.once)


def reads_the_database(item: pytest.Item) -> bool:
    """Tell whether ``item`` can tell one database from another: the others run once only."""
    return bool(
        item.get_closest_marker("django_db")
        or {"db", "transactional_db"} & set(getattr(item, "fixturenames", ()))
        or issubclass(getattr(item, "cls", None) or object, TransactionTestCase)
    )


# --- Guards ---


@pytest.fixture(autouse=True, scope="session")
def _files_of_its_own(
    django_test_environment: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """Each process of tests has its own folders: none sweeps what another one reads.

    Static files are read where they are written: nothing to collect first.
    """
    from django.test import override_settings

    storages = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    data = tmp_path_factory.mktemp("data")
    (data / "uploads").mkdir(mode=0o700)
    with override_settings(
        STORAGES=storages,
        WHITENOISE_AUTOREFRESH=True,
        WEIGH_PAGES=False,
        DATA_DIR=data,
        FILE_UPLOAD_TEMP_DIR=data / "uploads",
        MEDIA_ROOT=data / "files",
    ):
        yield


@pytest.fixture(autouse=True)
def _unordered_rows_come_shuffled(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A queryset without an order gives its rows in another order than the database's.

    The order depends only on the name of the test, so a failure comes back each time.
    """
    fetch = QuerySet._fetch_all
    generator = random.Random(request.node.nodeid)

    def fetch_shuffled(self: QuerySet[Any]) -> None:
        fresh = self._result_cache is None
        fetch(self)
        rows = self._result_cache
        if fresh and not self.ordered and isinstance(rows, list) and len(rows) > 1:
            before = list(rows)
            generator.shuffle(rows)
            if rows == before:
                rows.reverse()

    monkeypatch.setattr(QuerySet, "_fetch_all", fetch_shuffled)


@pytest.fixture(autouse=True, scope="session")
def _forms_need_their_token() -> Iterator[None]:
    """A page whose POST form has no CSRF token fails the test that asked for it."""
    ask = Client.request

    def ask_and_look(self: Client, **request: Any) -> Any:
        response = ask(self, **request)
        page = response.get("Content-Type", "").startswith("text/html")
        if page and not response.streaming and b"<form" in response.content:
            assert not forms_without_token(response.content), (
                f"{request.get('PATH_INFO')} has a POST form without {{% csrf_token %}}"
            )
        return response

    patch = pytest.MonkeyPatch()
    patch.setattr(Client, "request", ask_and_look)
    yield
    patch.undo()


def forms_without_token(page: bytes) -> list[str]:
    """Return the actions of the POST forms of ``page`` that hold no CSRF token."""
    forms = html_parser.fromstring(page).iter("form")
    posts = [form for form in forms if form.get("method", "").lower() == "post"]
    return [
        form.get("action", "")
        for form in posts
        if not form.xpath(".//input[@name='csrfmiddlewaretoken']")
    ]


@pytest.fixture(autouse=True, scope="session")
def _no_other_machine() -> Iterator[None]:
    """Only this machine may be reached: a test that needs the network is not a test of ours."""
    connect = socket.socket.connect

    def connect_here(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not is_this_machine(address[0]):
            pytest.fail(f"a test tried to reach {address[0]}")
        connect(self, address)

    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", connect_here)
    yield
    patch.undo()


def is_this_machine(host: str) -> bool:
    """Tell whether ``host`` is a loopback address or name."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


# --- Fixtures ---


@pytest.fixture
def enter() -> Callable[..., Client]:
    """Return a function that gives a browser-like client signed in as an account.

    ``enter(nadia)`` holds two factors; ``enter(nadia, Proof.CODE)`` the proofs said.
    """

    def _enter(account: Account, *proofs: Proof, **extra: Any) -> Client:
        proofs = proofs or (Proof.DEMONSTRATION,)
        client = Client(**extra)
        client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
        session = client.session
        for proof in proofs:
            strength.note(session, proof)
        strength.settled(session)
        session.save()
        return client

    return _enter


@pytest.fixture
def as_role(enter: Callable[..., Client]) -> Callable[..., Client]:
    """Return a function that gives a client signed in as someone new with a role in a GEM."""

    def _as_role(role: str, gem: Gem, **extra: Any) -> Client:
        account = make_account()
        make_mandate(gem, account, role)
        return enter(account, **extra)

    return _as_role


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], datetime]:
    """Return a function that stops the clock: ``clock("2026-10-14 14:00")``, Paris time."""

    def stop(text: str) -> datetime:
        instant = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Paris"))
        monkeypatch.setattr(timezone, "now", lambda: instant.astimezone(ZoneInfo("UTC")))
        return instant

    return stop


@pytest.fixture
def queries() -> Callable[[], AbstractContextManager[CaptureQueriesContext]]:
    """Return a context manager that counts SQL queries: ``with queries() as q: …; len(q)``."""

    @contextmanager
    def counted() -> Iterator[CaptureQueriesContext]:
        with CaptureQueriesContext(connection) as captured:
            yield captured

    return counted


@pytest.fixture
def database_of_its_own(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """Give other threads a real database.

    SQLite's tests live in memory, where threads do not wait for each other as they do in a file:
    threads get a copy in a file, with the product's own options. The name is put back before
    Django closes its connections: a memory database that is closed is lost for the next tests.
    """
    name = connections.settings["default"]["NAME"]
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        path = tmp_path / "espace.sqlite3"
        with closing(sqlite3.connect(path)) as copy:
            connection.connection.backup(copy)
            # As `prepare` leaves it, before anyone else opens it: two hands that switch a file
            # to WAL at the same instant are refused at once, whatever the time they may wait.
            copy.execute("PRAGMA journal_mode=WAL")
        connections.settings["default"]["NAME"] = str(path)
    yield
    connections.settings["default"]["NAME"] = name
