"""Nothing personal in a log: canaries are sent by every door, none comes out."""

import logging
import sys

import pytest
from django.conf import settings
from django.test import Client

from espace.core.logs import DiscreetFormatter

CANARY = "canari-Nadia-0601020304@exemple.test"


def printed(name: str, message: str, *arguments: object, error: BaseException | None = None) -> str:
    record = logging.LogRecord(
        name, logging.WARNING, __file__, 1, message, arguments, sys.exc_info() if error else None
    )
    return DiscreetFormatter().format(record)


def test_our_own_words_are_printed_whole() -> None:
    assert printed("espace.core", "job %s failed: %s", "fold", "OSError").endswith(
        "WARNING espace.core job fold failed: OSError"
    )


def test_others_keep_their_sentence_and_their_numbers() -> None:
    line = printed("django.request", "%s: %s (%d)", "Not Found", f"/{CANARY}/", 404)
    assert line.endswith("WARNING django.request …: … (404)")


def test_a_sentence_already_put_together_is_hidden() -> None:
    assert printed("django.security.DisallowedHost", f"Invalid host: {CANARY}").endswith(" …")


def test_an_error_gives_its_type_and_its_way_never_its_message() -> None:
    try:
        raise ValueError(CANARY)
    except ValueError as error:
        line = printed("espace.core", "failed", error=error)
    assert CANARY not in line
    assert "ValueError" in line
    assert "test_an_error_gives_its_type_and_its_way_never_its_message" in line
    assert "\n" not in line


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> "list[str]":
    """The lines as they are printed, filled while the test runs."""
    kept: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            kept.append(DiscreetFormatter().format(record))

    handler = Keep()
    root = logging.getLogger()
    root.addHandler(handler)
    yield kept
    root.removeHandler(handler)


@pytest.mark.django_db
def test_no_door_lets_a_canary_into_the_logs(lines: list[str]) -> None:
    client = Client(raise_request_exception=False, headers={"user-agent": CANARY})
    client.get(f"/{CANARY}/", {"q": CANARY})
    client.get("/", {"q": CANARY})
    client.post("/entrer/", {"login": CANARY, "email": CANARY})
    client.get("/", headers={"host": "canari-nadia.exemple.test", "referer": CANARY})
    assert len(lines) >= 4
    assert [line for line in lines if "canari" in line.lower()] == []


def test_a_page_has_one_line_with_the_name_of_its_address(lines: list[str]) -> None:
    response = Client().get("/aide/")
    (line,) = (line for line in lines if "espace.requests" in line)
    assert f"{response['X-Request-ID']} GET public:help 200" in line


def test_the_console_uses_this_formatter() -> None:
    assert settings.LOGGING["formatters"]["line"] == {"()": "espace.core.logs.DiscreetFormatter"}
    assert settings.LOGGING["root"]["handlers"] == ["console"]
