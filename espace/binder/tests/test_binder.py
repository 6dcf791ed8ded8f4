"""The binder through its pages: every register, as those who write and those who read."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from espace.accounts.choices import Role
from espace.binder.forms import FIELDS
from espace.binder.models import Document, Partner, PartnerAction, Row
from espace.binder.queries import REGISTERS, endings
from espace.core.idempotency import new_key
from espace.core.tests.test_safe_files import CANARY, office, pdf, photo
from espace.groups.models import Gem
from espace.groups.tests.factories import make_gem

pytestmark = pytest.mark.django_db

FILLED: dict[str, dict[str, str]] = {
    "partenaires": {
        "name": "Médiathèque du centre", "category": "commune", "tie": "parrain",
        "contact_point": "L'accueil", "office_phone": "01 00 00 00 00",
        "agreement_signed_on": "01/02/2026", "agreement_ends_on": "31/12/2026",
    },
    "ensemble": {
        "date": "10/10/2026", "label": "Fête du quartier", "kind": "evenement_ville",
        "instance": "aucune", "members_count": "6", "led_by_members": "oui",
    },
    "equipe": {
        "title": "Animation", "kind": "salarie", "employer": "gem", "fte": "0,8",
        "contract": "cdi", "started_on": "01/09/2024", "job_sheet": "oui",
    },
    "benevoles": {"year": "2026", "qualification": "art_sport", "volunteers": "3"},
    "formations": {
        "date": "05/05/2026", "label": "Lire un budget", "theme": "budget", "hours": "3,5",
        "members_count": "5", "admins_count": "2", "mixed": "oui",
    },
    "rencontres": {
        "date": "06/06/2026", "label": "Pique-nique à la mer", "kind": "visite", "hosted": "non",
    },
    "local": {"kind": "cuisine", "quantity": "1", "square_metres": "12"},
    "documents": {"kind": "assurance", "ends_on": "01/11/2026", "shared_with_members": "oui"},
}  # fmt: skip
EVERY = pytest.mark.parametrize("slug", REGISTERS)


@pytest.fixture(autouse=True)
def october(clock: Callable[[str], Any]) -> None:
    clock("2026-10-14 14:00")


@pytest.fixture(autouse=True)
def kept_files(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def gem() -> Gem:
    return make_gem()


def address(slug: str, what: str = "rows", *more: Any) -> str:
    return reverse(f"binder:{what}", args=[slug, *more])


def add(client: Client, slug: str, **more: Any) -> Any:
    data = {"cle": str(new_key()), **FILLED[slug], **more}
    return client.post(address(slug, "add"), data)


def only(slug: str) -> Row:
    found: Row = REGISTERS[slug].model._default_manager.get()
    return found


@EVERY
def test_a_row_is_written_read_changed_removed_and_put_back(
    slug: str, gem: Gem, as_role: Callable[..., Client]
) -> None:
    elected, member = as_role(Role.ELECTED, gem), as_role(Role.MEMBER, gem)
    assert add(elected, slug).status_code == 302
    row = only(slug)
    name = REGISTERS[slug].name(row)
    assert name in member.get(address(slug)).content.decode()
    assert member.post(address(slug, "row", row.pk), FILLED[slug]).status_code == 403
    page = elected.get(address(slug, "row", row.pk))
    assert page.context["form"].initial
    again = {"cle": str(new_key()), **FILLED[slug]}
    assert elected.post(address(slug, "row", row.pk), again).status_code == 302
    assert only(slug).pk == row.pk

    elected.post(address(slug, "remove", row.pk))
    assert name not in member.get(address(slug)).content.decode()
    elected.post(address(slug, "remove", row.pk), {"geste": "remettre"})
    assert name in member.get(address(slug)).content.decode()
    elected.post(address(slug, "remove", row.pk))
    elected.post(address(slug, "remove", row.pk), {"geste": "effacer"})
    assert not REGISTERS[slug].model._default_manager.exists()


@EVERY
def test_two_taps_make_one_row(slug: str, gem: Gem, as_role: Callable[..., Client]) -> None:
    client, key = as_role(Role.ANIMATOR, gem), str(new_key())
    add(client, slug, cle=key)
    add(client, slug, cle=key)
    assert only(slug)


@EVERY
def test_every_register_leaves_as_a_spreadsheet(
    slug: str, gem: Gem, as_role: Callable[..., Client]
) -> None:
    elected = as_role(Role.ELECTED, gem)
    add(elected, slug)
    name = REGISTERS[slug].name(only(slug)).split(" – ")[0]
    answer = elected.get(reverse("groups:list_file", args=[f"classeur-{slug}", "csv"]))
    assert name in answer.content.decode()


@EVERY
def test_erasing_for_good_asks_to_remove_first(
    slug: str, gem: Gem, as_role: Callable[..., Client]
) -> None:
    elected = as_role(Role.ELECTED, gem)
    add(elected, slug)
    answer = elected.post(address(slug, "remove", only(slug).pk), {"geste": "effacer"})
    assert answer.status_code == 404
    assert only(slug)


@EVERY
def test_a_register_of_another_gem_is_not_there(
    slug: str, gem: Gem, as_role: Callable[..., Client]
) -> None:
    add(as_role(Role.ELECTED, make_gem("GEM du Canal")), slug)
    client = as_role(Role.ELECTED, gem)
    row = only(slug)
    assert client.get(address(slug, "row", row.pk)).status_code == 404
    assert client.post(address(slug, "remove", row.pk)).status_code == 404
    assert REGISTERS[slug].name(row) not in client.get(address(slug)).content.decode()


@EVERY
def test_pages_cost_the_same_with_one_row_and_with_four(
    slug: str, gem: Gem, as_role: Callable[..., Client]
) -> None:
    client = as_role(Role.ELECTED, gem)
    costs = []
    for _round in range(2):
        add(client, slug)
        with CaptureQueriesContext(connection) as counted:
            client.get(address(slug))
        costs.append(len(counted))
        for _more in range(2):
            add(client, slug)
    assert costs[0] == costs[1] <= 14


# --- Bad input ---


@pytest.mark.parametrize(
    ("slug", "field", "typed", "said"),
    [
        ("partenaires", "agreement_ends_on", "01/01/2020", "La fin vient avant le début."),
        ("equipe", "ended_on", "01/01/2020", "La fin vient avant le début."),
        ("equipe", "fte", "12", "inférieure ou égale"),
        ("equipe", "fte", "beaucoup", "Écrivez un nombre. Exemple : 0,5."),
        ("formations", "members_count", "-3", "Ce nombre est trop petit."),
        ("ensemble", "date", "32/13/2026", "Ce jour n'existe pas."),
        ("ensemble", "label", "x" * 81, "C'est trop long"),
        ("local", "kind", "piscine", "n’en fait pas partie"),
        ("benevoles", "year", "1", "Ce nombre est trop petit."),
    ],
)
def test_bad_input_is_said_and_kept(
    slug: str, field: str, typed: str, said: str, gem: Gem, as_role: Callable[..., Client]
) -> None:
    answer = add(as_role(Role.ELECTED, gem), slug, **{field: typed})
    assert answer.status_code == 422
    assert said in answer.content.decode().replace("&#x27;", "'")
    assert not REGISTERS[slug].model._default_manager.exists()
    kept = [name for name in FILLED[slug] if name != field]
    assert all(answer.context["form"][name].value() == FILLED[slug][name] for name in kept)


def test_a_partner_of_another_gem_cannot_be_chosen(
    gem: Gem, as_role: Callable[..., Client]
) -> None:
    theirs = Partner.objects.create(gem=make_gem("GEM du Canal"), name="X", category="autre")
    answer = add(as_role(Role.ELECTED, gem), "ensemble", partner=str(theirs.pk))
    assert answer.status_code == 422
    assert not PartnerAction.objects.exists()


# --- Files ---


def sent(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def opened(client: Client, document: Document) -> tuple[Any, bytes]:
    """Return the answer that gives the file of a document, and the file."""
    answer = client.get(reverse("binder:file", args=[document.pk]))
    content = b"".join(answer.streaming_content)
    return answer, content


def test_a_document_keeps_a_clean_copy_of_its_file(
    gem: Gem, as_role: Callable[..., Client], kept_files: Path
) -> None:
    elected, member = as_role(Role.ELECTED, gem), as_role(Role.MEMBER, gem)
    add(elected, "documents", file=sent(f"{CANARY}.jpg", photo()))
    document = Document.objects.get()
    answer, content = opened(member, document)
    with Image.open(io.BytesIO(content)) as image:
        assert dict(image.getexif()) == {}
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in answer["Cache-Control"]
    assert CANARY not in answer["Content-Disposition"]
    on_disk = [path for path in kept_files.rglob("*") if path.is_file()]
    assert [path.suffix for path in on_disk] == [".jpg"]
    assert CANARY.encode() not in on_disk[0].read_bytes()


def test_an_office_file_is_given_to_keep_and_never_shown_in_place(
    gem: Gem, as_role: Callable[..., Client]
) -> None:
    elected = as_role(Role.ELECTED, gem)
    add(elected, "documents", file=sent("statuts.docx", office()))
    answer, _content = opened(elected, Document.objects.get())
    assert answer["Content-Disposition"].startswith("attachment")


def test_a_file_we_refuse_keeps_the_rest_of_the_form(
    gem: Gem, as_role: Callable[..., Client], kept_files: Path
) -> None:
    page = b"<html><script>alert(1)</script></html>"
    answer = add(as_role(Role.ELECTED, gem), "documents", file=sent("statuts.pdf", page))
    assert answer.status_code == 422
    assert "Nous ne gardons pas ce genre de fichier." in answer.content.decode()
    assert answer.context["form"]["ends_on"].value() == "01/11/2026"
    assert not Document.objects.exists()
    assert not any(path.is_file() for path in kept_files.rglob("*"))


def test_a_new_file_takes_the_place_of_the_old_one_and_erasing_takes_it_away(
    gem: Gem, as_role: Callable[..., Client], kept_files: Path,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    elected = as_role(Role.ELECTED, gem)
    add(elected, "documents", file=sent("a.jpg", photo(size=(50, 40))))
    document = Document.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        data = {"cle": str(new_key()), **FILLED["documents"], "file": sent("a.pdf", pdf())}
        elected.post(address("documents", "row", document.pk), data)
    assert [path.suffix for path in kept_files.rglob("*.*")] == [".pdf"]
    elected.post(address("documents", "remove", document.pk))
    with django_capture_on_commit_callbacks(execute=True):
        elected.post(address("documents", "remove", document.pk), {"geste": "effacer"})
    assert not any(path.is_file() for path in kept_files.rglob("*"))


def test_a_gem_has_room_for_so_many_files(
    gem: Gem, as_role: Callable[..., Client], kept_files: Path
) -> None:
    Document.objects.create(gem=gem, kind="autre", file_bytes=200 * 1024 * 1024)
    answer = add(as_role(Role.ELECTED, gem), "documents", file=sent("a.pdf", pdf()))
    assert "Il n'y a plus de place" in answer.content.decode().replace("&#x27;", "'")


def test_a_document_that_is_not_shared_is_not_there_for_members(
    gem: Gem, as_role: Callable[..., Client]
) -> None:
    elected, member = as_role(Role.ELECTED, gem), as_role(Role.MEMBER, gem)
    data = {"cle": str(new_key()), "kind": "bail", "file": sent("a.pdf", pdf())}
    unsaid = elected.post(address("documents", "add"), data)
    assert "Il manque cette réponse." in unsaid.content.decode()
    data |= {"shared_with_members": "non", "file": sent("a.pdf", pdf())}
    elected.post(address("documents", "add"), data)
    document = Document.objects.get()
    assert not document.shared_with_members
    assert "Bail" not in member.get(address("documents")).content.decode()
    assert member.get(reverse("binder:file", args=[document.pk])).status_code == 404
    listed = member.get(reverse("groups:list_file", args=["classeur-documents", "csv"]))
    assert "Bail" not in listed.content.decode()
    assert opened(elected, document)[1].startswith(b"%PDF-")


# --- What ends, and what to talk about ---


def test_what_ends_soon_is_said_to_those_who_write(
    gem: Gem, as_role: Callable[..., Client]
) -> None:
    elected = as_role(Role.ELECTED, gem)
    add(elected, "documents")
    add(elected, "partenaires")
    add(elected, "documents", kind="bail", ends_on="01/01/2031")
    page = elected.get(reverse("binder:cover")).content.decode()
    assert "Jusqu'au 1 novembre 2026." in page.replace("&#x27;", "'")
    assert "Convention avec Médiathèque du centre" in page
    assert "2031" not in page
    assert "Jusqu'au" not in as_role(Role.MEMBER, gem).get(reverse("binder:cover")).content.decode()
    assert {one.ends_on.year for one in endings(gem.pk)} == {2026, 2031}


def test_the_sponsor_who_also_manages_is_named_gently(
    gem: Gem, as_role: Callable[..., Client]
) -> None:
    elected = as_role(Role.ELECTED, gem)
    assert "Aucun parrain n'est noté" in _words(elected)
    add(elected, "partenaires")
    add(elected, "partenaires", tie="gestionnaire", name="médiathèque  du centre")
    assert "sont la même structure" in _words(elected)
    gem.public_focus = "lesion_cerebrale"
    gem.save()
    assert "sont la même structure" not in _words(elected)


def _words(client: Client) -> str:
    return client.get(address("partenaires")).content.decode().replace("&#x27;", "'")


def test_every_register_has_its_fields() -> None:
    assert {slug: FIELDS[slug][0] for slug in FIELDS} == {
        slug: one.model for slug, one in REGISTERS.items()
    }


def test_a_day_in_a_form_is_today(gem: Gem, as_role: Callable[..., Client]) -> None:
    page = as_role(Role.ELECTED, gem).get(address("ensemble", "add"))
    assert page.context["form"].initial == {"date": date(2026, 10, 14)}
