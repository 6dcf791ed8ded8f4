"""Everything a GEM takes with it, read back without us."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import icalendar
import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.serializers import deserialize
from django.test import Client
from django.urls import reverse

from espace.accounts.choices import Role
from espace.binder.actions import add_row
from espace.core.idempotency import new_key
from espace.core.tests.test_safe_files import pdf
from espace.groups import archive
from espace.groups.models import Gem
from espace.groups.tests.factories import make_actor, make_gem
from espace.groups.tests.test_lists import fill

pytestmark = pytest.mark.django_db


@pytest.fixture
def gem(clock: Callable[[str], Any], settings: Any, tmp_path: Path) -> Gem:
    clock("2026-10-20 15:00")
    settings.MEDIA_ROOT = tmp_path
    gem = make_gem()
    fill(gem, 3)
    add_row(
        actor=make_actor(Role.ELECTED, gem),
        gem_id=gem.pk,
        slug="documents",
        values={"kind": "statuts"},
        key=new_key(),
        sent=SimpleUploadedFile("s.pdf", pdf()),
    )
    fill(make_gem("GEM du Canal"), 2)
    return gem


def taken(client: Client) -> zipfile.ZipFile:
    answer = client.post(reverse("groups:archive"))
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    content = b"".join(answer.streaming_content)
    return zipfile.ZipFile(io.BytesIO(content))


def test_every_row_of_the_gem_is_read_back_from_the_open_data(
    gem: Gem, as_role: Callable[..., Client]
) -> None:
    packed = taken(as_role(Role.ELECTED, gem))
    filled = 0
    for model in archive.tables():
        text = packed.read(f"donnees/{model._meta.label_lower}.json").decode()
        read = {one.object.pk: one.object for one in deserialize("json", text)}
        kept = {row.pk: row for row in archive.rows_of(model, gem.pk)}
        assert read.keys() == kept.keys()
        filled += bool(kept)
        for name in archive.columns(model):
            attribute = model._meta.get_field(name).attname
            assert all(
                getattr(read[key], attribute) == getattr(row, attribute)
                for key, row in kept.items()
            ), (model, name)
    assert filled >= 18


def test_files_for_people_are_read_back(gem: Gem, as_role: Callable[..., Client]) -> None:
    packed = taken(as_role(Role.ELECTED, gem))
    names = packed.namelist()
    assert packed.testzip() is None
    assert "<h1>Tout ce que garde Mon Espace" in packed.read("LISEZ-MOI.html").decode()
    assert packed.read("documents/001-statuts.pdf").startswith(b"%PDF-")
    minutes = [packed.read(name).decode() for name in names if name.startswith("comptes-rendus/")]
    assert len(minutes) == 3
    assert "Décision 0" in minutes[0]
    calendar = icalendar.Calendar.from_ical(packed.read("programme/programme.ics"))
    assert len(calendar.walk("VEVENT")) == 6
    roll = packed.read("listes/carnet.csv").decode("utf-8-sig")
    assert roll.count("Prénom") >= 3


def test_nothing_of_another_gem_and_no_secret_leaves(
    gem: Gem, as_role: Callable[..., Client]
) -> None:
    packed = taken(as_role(Role.ELECTED, gem))
    everything = b"".join(packed.read(name) for name in packed.namelist()).decode("latin-1")
    assert "Canal" not in everything
    addresses = list(apps.get_model("accounts.Account").objects.values_list("email", flat=True))
    secrets = ("_hash", "token", "granted_by", "password", *filter(None, addresses))
    assert not [word for word in secrets if word in everything]


def test_no_table_of_a_gem_is_forgotten_in_silence() -> None:
    ours = {
        model._meta.label
        for model in apps.get_models()
        if model.__module__.startswith("espace.") and archive.path_to_gem(model)
    }
    taken_away = {model._meta.label for model in archive.tables()}
    assert taken_away | archive.left_out().keys() == ours
    assert taken_away & archive.left_out().keys() == set()
    assert all(archive.left_out().values())


def test_only_elected_people_take_everything(gem: Gem, as_role: Callable[..., Client]) -> None:
    for role in (Role.MEMBER, Role.ANIMATOR):
        assert as_role(role, gem).post(reverse("groups:archive")).status_code == 403


def test_open_data_is_plain_json(gem: Gem, as_role: Callable[..., Client]) -> None:
    packed = taken(as_role(Role.ELECTED, gem))
    rows = json.loads(packed.read("donnees/groups.gem.json"))
    assert [row["fields"]["name"] for row in rows] == [gem.name]
