"""The register and the notice say what the code does."""

import io
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from espace.accounts import personal_data
from espace.privacy.management.commands.privacy_register import documents
from espace.privacy.rules.register import TREATMENTS
from espace.privacy.rules.retention import RULES

FOLDER = Path(settings.BASE_DIR) / "docs/privacy"


@pytest.mark.parametrize("name", ["registre.md", "notice.md"])
def test_the_committed_document_is_the_one_the_code_writes(name: str) -> None:
    """After a change: ``manage.py privacy_register --write``."""
    assert (FOLDER / name).read_text(encoding="utf-8") == documents()[name]


def test_the_command_says_whether_they_are_up_to_date(tmp_path: Path, settings: object) -> None:
    out = io.StringIO()
    call_command("privacy_register", stdout=out)
    assert "à jour" in out.getvalue()
    settings.BASE_DIR = tmp_path  # type: ignore[attr-defined]  # the fixture of pytest-django
    (tmp_path / "docs/privacy").mkdir(parents=True)
    for name in documents():
        (tmp_path / "docs/privacy" / name).write_text("ancien", encoding="utf-8")
    with pytest.raises(CommandError, match=r"registre\.md, notice\.md"):
        call_command("privacy_register")
    call_command("privacy_register", write=True)
    call_command("privacy_register", stdout=out)


def test_each_package_that_keeps_people_is_in_a_treatment() -> None:
    named = {package for each in TREATMENTS for package in each.packages}
    keepers = {keeper.name.split(".")[0].split("_")[0] for keeper in personal_data.keepers()}
    assert keepers <= named


def test_every_duration_is_in_the_register_and_in_the_notice() -> None:
    for rule in RULES:
        assert f"| {rule.what} | {rule.kept} |" in documents()["registre.md"]
        assert rule.what in documents()["notice.md"]


def test_the_notice_is_plain() -> None:
    text = documents()["notice.md"].split("À afficher", 1)[1]
    sentences = [each for each in re.split(r"[.\n?]", text) if each.strip()]
    assert [each for each in sentences if len(each.split()) > 20] == []
