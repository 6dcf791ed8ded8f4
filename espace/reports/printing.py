"""A document on paper, and the slip that two elected people sign."""

from pathlib import Path
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from espace.reports.choices import Origin
from espace.reports.queries.drafts import Agreed
from espace.reports.rules.content import Content, Line, fingerprint
from espace.ui.typesetting import typeset

TEMPLATES = Path(__file__).parent / "typst"
SIZE, LARGE = 11, 18


def document_pdf(
    content: Content,
    agreements: tuple[Agreed, ...],
    photos: dict[str, bytes],
    *,
    is_draft: bool,
    large: bool = False,
) -> bytes:
    """Return the document as a tagged PDF; ``large`` prints it for tired eyes."""
    return typeset(
        TEMPLATES / "document.typ",
        document_data(content, agreements, photos, is_draft=is_draft, large=large),
        pictures={f"{one}.jpg": data for one, data in photos.items()},
    )


def document_data(
    content: Content,
    agreements: tuple[Agreed, ...],
    photos: dict[str, bytes],
    *,
    is_draft: bool,
    large: bool,
) -> dict[str, Any]:
    """Return what the document prints, every word of it ready."""
    return {
        "title": f"{content.title} {content.year}",
        "place": content.place,
        "size": LARGE if large else SIZE,
        "status": status_line(agreements, is_draft=is_draft),
        "columns": [_("Question"), _("Réponse")],
        "parts": [
            {
                "title": part.title,
                "sentences": list(part.sentences),
                "lines": [[line.label, answer_text(line)] for line in part.lines],
                "words": [one.splitlines() for one in part.words],
                "pictures": [
                    {"file": f"{one.id}.jpg", "alt": one.alt}
                    for one in part.pictures
                    if one.id in photos
                ],
                "tables": [
                    {
                        "title": one.title,
                        "columns": list(one.columns),
                        "rows": [list(row) for row in one.rows],
                        "note": one.note,
                    }
                    for one in part.tables
                ],
            }
            for part in content.parts
        ],
        "notes_head": _("Pour bien lire"),
        "notes": notes(content),
    }


def answer_text(line: Line) -> str:
    """Return the answer of a row as it is read, with where it comes from when it is not counted."""
    if not line.text:
        return str(Origin.EMPTY.label)
    text = f"{line.text} {line.unit}".strip()
    if line.origin == Origin.ESTIMATED:
        return f"{text} ({Origin.ESTIMATED.label})"
    return text


def status_line(agreements: tuple[Agreed, ...], *, is_draft: bool) -> str:
    """Return who agreed and when, or that nobody did yet."""
    if is_draft or not agreements:
        return _("Brouillon : le bureau n'a pas encore dit oui.") if is_draft else ""
    offices = _(" et ").join(one.office.lower() for one in agreements)
    last = max(one.on for one in agreements)
    return _("Le bureau a dit oui : %(who)s, le %(day)s, %(how)s.") % {
        "who": offices,
        "day": date_format(last, "j F Y"),
        "how": agreements[-1].how,
    }


def notes(content: Content) -> list[str]:
    """Return what a reader must know of the numbers."""
    said = []
    if content.source:
        said.append(content.source)
    if content.has_estimates:
        said.append(_("« Estimé par le GEM » : le GEM a compté lui-même, sans Mon Espace."))
    if any(line.origin == Origin.TOO_FEW for line in content.lines):
        said.append(_("Sous 30 personnes, une part n'est pas dite : elle montrerait quelqu'un."))
    if any(line.code == "personnes_venues" for line in content.lines):
        said.append(_("Personnes venues, adhérents et passages sont trois comptes différents."))
    return said


def slip_pdf(content: Content) -> bytes:
    """Return the slip that two elected people sign when they have no account."""
    return typeset(
        TEMPLATES / "slip.typ",
        {
            "title": _("Accord du bureau"),
            "what": f"{content.title} {content.year}",
            "place": content.place,
            "read": _("Nous avons lu ce document. Nous sommes d'accord pour l'envoyer."),
            "code": _("Numéro de ce texte : %(code)s") % {"code": fingerprint(content)},
            "code_help": _("Si le document change, le numéro change : il faut signer à nouveau."),
            "signs": [
                [_("Première personne élue"), _("Sa place au bureau :"), _("Date et signature :")],
                [_("Deuxième personne élue"), _("Sa place au bureau :"), _("Date et signature :")],
            ],
            "keep": _("Gardez ce papier dans le classeur du GEM."),
        },
    )
