"""Makes rows of the binder for tests."""

from typing import Any

from espace.binder.models import Row
from espace.binder.queries import REGISTERS
from espace.groups.models import Gem

NEEDED: dict[str, dict[str, Any]] = {
    "partenaires": {"name": "Ludothèque", "category": "commune"},
    "ensemble": {"date": "2026-10-10", "label": "Fête", "kind": "rencontre"},
    "equipe": {"title": "Animation", "kind": "salarie", "employer": "gem"},
    "benevoles": {"year": 2026, "qualification": "art_sport", "volunteers": 3},
    "formations": {"date": "2026-05-05", "label": "Lire un budget", "theme": "budget"},
    "rencontres": {"date": "2026-06-06", "label": "Pique-nique", "kind": "visite"},
    "local": {"kind": "cuisine"},
    "documents": {"kind": "assurance"},
}


def make_row(gem: Gem, slug: str, **more: Any) -> Row:
    """Return a row of a register, with what it needs and ``more``."""
    row: Row = REGISTERS[slug].model._default_manager.create(gem=gem, **NEEDED[slug], **more)
    return row
