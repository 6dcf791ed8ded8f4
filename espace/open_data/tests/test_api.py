"""The interface for machines: what it says, what it refuses, and thousands of odd questions."""

import csv
import io
import itertools
import json
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from frictionless import Resource, Schema
from hypothesis import HealthCheck, given, settings
from lxml import html

from espace.disclosure.models import Release
from espace.disclosure.signing import signature_of
from espace.disclosure.tests.a_network import twelve_closings
from espace.open_data.api import api

# For a longer walk: ODD_QUESTIONS=2000 pytest espace/open_data (five addresses, 10,000 questions).
ODD_QUESTIONS = int(os.environ.get("ODD_QUESTIONS", "120"))
pytestmark = pytest.mark.django_db
API = "/api/v1/"


@pytest.fixture(autouse=True)
def _nothing_asked_yet() -> None:
    cache.clear()


@pytest.fixture
def published() -> None:
    """Two closings of 700 GEM."""
    for month, (gems, closed) in zip(("2026-09-01", "2026-10-01"), twelve_closings(), strict=False):
        release = Release(month=month, tables=closed.tables, places={"FR": [len(gems), len(gems)]})
        release.signature = signature_of(release)
        release.save()


def ask(client: Client, path: str, **query: object) -> Any:
    answer = client.get(API + path, query)
    assert answer.status_code == 200, answer.content
    return answer.json()


# --- What it says ---


def test_tables_and_months_are_listed(published: None, client: Client) -> None:
    assert ask(client, "periods") == ["2026-10", "2026-09"]
    names = {one["name"]: one for one in ask(client, "tables")}
    assert len(names) == 9
    assert names["ATT-01-age"]["categories"] == ["moins_35", "35_49", "50_plus", "non_dit"]


def test_every_cell_comes_once_page_after_page(published: None, client: Client) -> None:
    first = ask(client, "cells", per_page=1000)
    assert (first["total"], first["pages"], first["licence"]) == (1232, 2, "Licence Ouverte 2.0")
    both = first["cells"] + ask(client, "cells", per_page=1000, page=2)["cells"]
    keys = {(c["table"], c["place"], c["age"], c["sexe"]) for c in both}
    assert len(keys) == len(both) == 1232
    assert {c["period"] for c in both} == {"2026-10"}
    assert all((c["value"] is None) == (c["status"] == "hidden") for c in both)
    assert ask(client, "cells", page=9999)["cells"] == []


def test_cells_are_those_of_the_closing(published: None, client: Client) -> None:
    for rank, period in enumerate(("2026-09", "2026-10")):
        tables = twelve_closings()[rank][1].tables
        found = ask(client, "cells", table="ATT-01", period=period, per_page=1000)["cells"]
        assert {f"{c['place']}|tous": c["value"] for c in found} == tables["ATT-01"]
    (one,) = ask(client, "cells", table="ADH-01", place="R84")["cells"]
    assert one["value"] == twelve_closings()[1][1].tables["ADH-01"]["R84|tous"]


def test_the_file_says_the_same_and_fits_its_schema(
    published: None, client: Client, tmp_path: Path
) -> None:
    answer = client.get(f"{API}cells.csv", {"table": "ATT-01-age-dep"})
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    cells = ask(client, "cells", table="ATT-01-age-dep", per_page=1000)["cells"]
    assert [row["value"] for row in rows] == [
        "" if c["value"] is None else str(c["value"]) for c in cells
    ]
    whole = client.get(f"{API}cells.csv").content
    (tmp_path / "cells.csv").write_bytes(whole)
    described = client.get(f"{API}cells.schema.json").json()
    checked = Resource(
        path="cells.csv", basepath=str(tmp_path), schema=Schema.from_descriptor(described)
    ).validate()
    assert checked.valid, checked.flatten(["rowNumber", "fieldName", "message"])[:3]
    (tmp_path / "cells.csv").write_bytes(whole.replace(b",shown", b",secret", 1))
    assert (
        not Resource(
            path="cells.csv", basepath=str(tmp_path), schema=Schema.from_descriptor(described)
        )
        .validate()
        .valid
    )


@pytest.mark.parametrize("path", ["cells", "cells.csv"])
def test_what_did_not_change_is_not_sent_again(published: None, client: Client, path: str) -> None:
    first = client.get(API + path, {"table": "ATT-01"})
    again = client.get(API + path, {"table": "ATT-01"}, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get(API + path, {"table": "ADH-01"}, headers={"If-None-Match": first["ETag"]})
    assert other.status_code == 200


def test_a_page_costs_few_queries(
    published: None, client: Client, django_assert_max_num_queries: Any
) -> None:
    ask(client, "cells")
    with django_assert_max_num_queries(8):  # the limit of the rate, then the closing
        ask(client, "cells", per_page=1000)


# --- What it refuses ---


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"table": "ATT-06"}, 404), ({"table": "truth"}, 404), ({"period": "2020-01"}, 404),
        ({"place": "D999"}, 404), ({"place": "gem"}, 404), ({"period": "2026-13"}, 422),
        ({"period": "demain"}, 422), ({"page": "0"}, 422), ({"page": "deux"}, 422),
        ({"per_page": "100000"}, 422), ({"table": "x" * 50}, 422),
    ],
)  # fmt: skip
def test_what_is_not_published_is_said_in_words(
    published: None, client: Client, query: dict[str, str], status: int
) -> None:
    answer = client.get(f"{API}cells", query)
    assert answer.status_code == status
    assert answer.json()["detail"].endswith(".")


def test_before_the_first_closing_there_is_nothing(client: Client) -> None:
    assert ask(client, "periods") == []
    assert client.get(f"{API}cells").status_code == 404
    assert client.get("/donnees-ouvertes/").status_code == 200


def test_one_address_asks_sixty_times_a_minute(published: None, client: Client) -> None:
    answers = [client.get(f"{API}periods").status_code for _ in range(61)]
    assert answers == [200] * 60 + [429]
    assert Client(REMOTE_ADDR="192.0.2.7").get(f"{API}periods").status_code == 200


def test_nothing_is_written_by_this_door(published: None, client: Client) -> None:
    for path in ("cells", "tables", "periods"):
        assert client.post(API + path).status_code == 405
        assert client.delete(API + path).status_code == 405


def test_the_page_says_what_there_is(published: None, client: Client) -> None:
    page = html.fromstring(client.get("/donnees-ouvertes/").content)
    links = page.xpath("//main//a/@href")
    assert "/api/v1/cells.csv?period=2026-10" in links
    for link in links:
        if link.startswith("/"):
            assert client.get(link).status_code == 200


# --- Odd questions ---

schema = schemathesis.openapi.from_dict(json.loads(json.dumps(api.get_openapi_schema())))
addresses = itertools.count()


@pytest.fixture
def _one_transaction() -> Iterator[None]:
    """Keep the test's own transaction from one request to the next, as Django's client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def from_many_addresses() -> Callable[..., Iterable[bytes]]:
    """The site, asked from a new address each time: the limit of the rate has its own test."""
    site = get_wsgi_application()

    def asked(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        number = next(addresses)
        environ["REMOTE_ADDR"] = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        environ["HTTP_ACCEPT_ENCODING"] = "identity"
        return site(environ, start)

    return asked


@pytest.mark.usefixtures("_one_transaction")
@pytest.mark.parametrize(
    "operation", list(schema.get_all_operations()), ids=lambda one: one.ok().label
)
def test_no_question_breaks_it(published: None, operation: Any) -> None:
    app = from_many_addresses()

    @settings(
        max_examples=ODD_QUESTIONS,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    @given(case=operation.ok().as_strategy())
    def asks(case: Any) -> None:
        answer = case.call(app=app)
        assert answer.status_code < 500
        case.validate_response(answer)

    asks()
