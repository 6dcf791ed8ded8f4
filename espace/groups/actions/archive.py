"""Makes the archive of a GEM: everything it has here, in open formats, readable without us."""

import io
import zipfile
from collections.abc import Iterator
from html import escape
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from uuid import UUID

from django.conf import settings
from django.core.serializers import serialize
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from espace.accounts import journal
from espace.accounts.access import Actor
from espace.accounts.permissions import require
from espace.core.clock import today
from espace.core.spreadsheets import as_csv
from espace.groups import archive, lists
from espace.groups.models import Gem

IN_MEMORY = 8 * 1024 * 1024
READ_ME = "LISEZ-MOI.html"


def make_archive(*, actor: Actor, gem_id: UUID) -> IO[bytes]:
    """Return a ZIP file, at its start, of all that the GEM may take; the caller closes it.

    Folders: ``listes`` (CSV), one for each registered part, ``donnees`` (JSON, a file per table).
    Costs a fixed number of SQL queries per list and per table.
    """
    require(actor, "groups.take_archive", gem_id)
    gem = Gem.objects.get(pk=gem_id)
    drafts = str(settings.FILE_UPLOAD_TEMP_DIR)
    # The caller streams it, then closes it.
    file: IO[bytes] = SpooledTemporaryFile(IN_MEMORY, "w+b", dir=drafts)  # noqa: SIM115
    inside: list[tuple[str, str]] = []
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for folder, title, name, content in _files(actor, gem_id):
            packed.writestr(f"{folder}/{name}", content)
            inside.append((folder, title if folder != "listes" else f"{title} : {name}"))
        packed.writestr(READ_ME, _read_me(gem, inside))
    journal.write(actor, "groups.take_archive", gem_id=gem_id)
    file.seek(0)
    return file


def _files(actor: Actor, gem_id: UUID) -> Iterator[tuple[str, str, str, bytes]]:
    """Yield each file: its folder, what it is, its name, its content."""
    for one in lists.lists_for(actor, gem_id):
        yield "listes", str(one.title), f"{one.slug}.csv", as_csv(one.make(actor, gem_id))
    for part in archive.parts():
        for name, content in part.make(actor, gem_id):
            yield part.folder, str(part.title), name, content
    for model in archive.tables():
        rows = archive.rows_of(model, gem_id)
        text = io.StringIO()
        serialize("json", rows, stream=text, fields=archive.columns(model), indent=1)
        title = _("Chaque table, pour un informaticien")
        yield "donnees", title, f"{model._meta.label_lower}.json", text.getvalue().encode()


def _read_me(gem: Gem, inside: list[tuple[str, str]]) -> bytes:
    """Return the page to open first; it needs nothing else."""
    day = date_format(today(gem.time_zone), "j F Y")
    shelves: dict[str, dict[str, int]] = {}
    for folder, title in inside:
        shelf = shelves.setdefault(folder, {})
        shelf[title] = shelf.get(title, 0) + 1
    parts = "".join(
        f"<h2>{escape(folder)}</h2><ul>"
        + "".join(f"<li>{escape(_said(title, number))}</li>" for title, number in shelf.items())
        + "</ul>"
        for folder, shelf in shelves.items()
    )
    words: dict[str, Any] = {
        "title": escape(_("Tout ce que garde Mon Espace sur %(gem)s") % {"gem": gem.name}),
        "made": escape(_("Copie du %(day)s.") % {"day": day}),
        "how": escape(
            _("Les listes s'ouvrent dans un tableur. Le reste s'ouvre comme d'habitude.")
        ),
        "careful": escape(
            _("Il y a des prénoms dans ces fichiers. Gardez-les au GEM, dans un endroit fermé.")
        ),
    }
    page = (
        '<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>{title}</title></head>'
        "<body><h1>{title}</h1><p>{made}</p><p>{how}</p><p><strong>{careful}</strong></p>"
    ).format(**words)
    return f"{page}{parts}</body></html>".encode()


def _said(title: str, number: int) -> str:
    return title if number == 1 else f"{title} ({number})"
