"""The photo of a ticket beside a line of the cash book."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from espace.accounts.choices import Role
from espace.core.tests.test_safe_files import CANARY, pdf, photo
from espace.governance.models import CashLine
from espace.groups.tests.factories import make_gem

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(clock: Callable[[str], Any], settings: Any, tmp_path: Path) -> CashLine:
    clock("2026-10-14 14:00")
    settings.MEDIA_ROOT = tmp_path
    return CashLine.objects.create(
        gem=make_gem(), date=date(2026, 10, 14), label="Courses", amount_cents=-1250,
        category="activites", number=1,
    )  # fmt: skip


def keep(client: Client, line: CashLine, content: bytes) -> Any:
    data = {"photo": SimpleUploadedFile(f"{CANARY}.jpg", content)}
    return client.post(reverse("governance:receipt", args=[line.pk]), data)


def words(answer: Any) -> str:
    return str(answer.content.decode()).replace("&#x27;", "'")


def test_a_ticket_is_kept_without_its_place_and_shown_to_the_bureau_only(
    line: CashLine, as_role: Callable[..., Client], tmp_path: Path
) -> None:
    elected, member = as_role(Role.ELECTED, line.gem), as_role(Role.MEMBER, line.gem)
    assert keep(elected, line, photo()).status_code == 302
    assert "Voir le ticket" in words(elected.get(reverse("governance:cash")))
    answer = elected.get(reverse("governance:receipt_file", args=[line.pk]))
    content = b"".join(answer.streaming_content)
    assert answer["Cache-Control"] == "no-store"
    with Image.open(io.BytesIO(content)) as image:
        assert dict(image.getexif()) == {}
    assert CANARY.encode() not in content
    for name in ("receipt", "receipt_file"):
        assert member.get(reverse(f"governance:{name}", args=[line.pk])).status_code == 403
    stranger = as_role(Role.ELECTED, make_gem("GEM du Canal"))
    assert stranger.get(reverse("governance:receipt_file", args=[line.pk])).status_code == 404
    assert "ticket" not in words(member.get(reverse("governance:cash"))).lower()


def test_what_is_not_a_photo_is_refused_in_words(
    line: CashLine, as_role: Callable[..., Client], tmp_path: Path
) -> None:
    elected = as_role(Role.ELECTED, line.gem)
    answer = keep(elected, line, pdf())
    assert answer.status_code == 422
    assert "Choisissez une photo" in words(answer)
    assert keep(elected, line, b"").status_code == 422
    assert not any(path.is_file() for path in tmp_path.rglob("*"))


def test_a_new_photo_takes_the_place_and_erasing_leaves_the_line(
    line: CashLine, as_role: Callable[..., Client], tmp_path: Path,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    elected = as_role(Role.ELECTED, line.gem)
    for size in ((40, 30), (50, 20)):
        with django_capture_on_commit_callbacks(execute=True):
            keep(elected, line, photo(size=size))
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1
    with django_capture_on_commit_callbacks(execute=True):
        elected.post(reverse("governance:receipt", args=[line.pk]), {"geste": "effacer"})
    assert not any(path.is_file() for path in tmp_path.rglob("*"))
    assert CashLine.objects.get() == line
