"""Communes, départements, régions and ARS zones, read once from three files: no database table.

Source, year and licence are written in ``regions.json`` (Licence Ouverte 2.0); the files are made
by ``bench/trim_territory.py``. Codes are text: 2A, 01, 971.
"""

import gzip
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
MAINLAND_TIME = "Europe/Paris"
# French Polynesia has three time zones: Tahiti's is where nearly everyone lives.
OVERSEAS_TIME = {
    "971": "America/Guadeloupe",
    "972": "America/Martinique",
    "973": "America/Cayenne",
    "974": "Indian/Reunion",
    "975": "America/Miquelon",
    "976": "Indian/Mayotte",
    "977": "America/St_Barthelemy",
    "978": "America/Marigot",
    "986": "Pacific/Wallis",
    "987": "Pacific/Tahiti",
    "988": "Pacific/Noumea",
}
# An ARS covers each of the 18 régions. Saint-Barthélemy and Saint-Martin depend on Guadeloupe's;
# the other overseas lands have none. Until 2019 La Réunion and Mayotte shared « ARS Océan Indien »,
# which older tables of the CNSA still name.
ARS_OF_OTHERS = {
    "977": "Guadeloupe",
    "978": "Guadeloupe",
    "975": "",
    "986": "",
    "987": "",
    "988": "",
}
OLD_ARS_ZONES = {"Océan Indien": ("La Réunion", "Mayotte")}
SHORT_WORDS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
ARTICLES = {"le", "la", "les", "l"}


@dataclass(frozen=True)
class Place:
    """A département or a région. ``region`` is empty for a région."""

    code: str
    name: str
    region: str = ""


@dataclass(frozen=True)
class Commune:
    """A present-day commune with its postal codes; ``population`` is 0 where it is not known."""

    code: str
    name: str
    departement: str
    postal_codes: tuple[str, ...]
    population: int
    key: str
    """Its name as ``normalised`` gives it."""

    @property
    def region(self) -> str:
        return departements()[self.departement].region

    @property
    def departement_name(self) -> str:
        return departements()[self.departement].name

    @property
    def ars_zone(self) -> str:
        """Name of the ARS zone; empty where no ARS exists."""
        return ars_zone(self.region)

    @property
    def time_zone(self) -> str:
        """IANA name of the time zone."""
        return OVERSEAS_TIME.get(self.departement, MAINLAND_TIME)


def normalised(text: str) -> str:
    """Return ``text`` without case, accents, hyphens or apostrophes; « St » becomes « saint ».

    >>> normalised("St-Étienne-l'Œuvre")
    'saint etienne l oeuvre'
    """
    plain = text.casefold().replace("œ", "oe").replace("æ", "ae")
    letters = unicodedata.normalize("NFKD", plain)
    letters = "".join(sign for sign in letters if not unicodedata.combining(sign))
    words = re.findall(r"[a-z0-9]+", letters)
    return " ".join(SHORT_WORDS.get(word, word) for word in words)


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    table: dict[str, Any] = json.loads((HERE / "regions.json").read_text(encoding="utf-8"))
    return table


def edition() -> tuple[int, str]:
    """Return the year of the tables and their licence."""
    return _table()["year"], _table()["licence"]


@lru_cache(maxsize=1)
def regions() -> dict[str, Place]:
    """Return the régions by code, overseas collectivities included."""
    return {row["code"]: Place(row["code"], row["name"]) for row in _table()["regions"]}


@lru_cache(maxsize=1)
def departements() -> dict[str, Place]:
    """Return the départements by code, overseas collectivities included."""
    return {
        row["code"]: Place(row["code"], row["name"], row["region"])
        for row in _table()["departements"]
    }


@dataclass(frozen=True)
class Map:
    """The shapes of the départements of the mainland, as SVG paths by code."""

    source: str
    view_box: str
    shapes: Mapping[str, str]


@lru_cache(maxsize=1)
def departements_map() -> Map:
    """Return a small map of the départements; those overseas have no shape in it."""
    data: dict[str, Any] = json.loads((HERE / "map.json").read_text(encoding="utf-8"))
    return Map(data["source"], data["viewBox"], data["shapes"])


def ars_zone(region_code: str) -> str:
    """Return the ARS zone of a région; empty where no ARS exists. Unknown codes raise KeyError."""
    if region_code in ARS_OF_OTHERS:
        return ARS_OF_OTHERS[region_code]
    return regions()[region_code].name


def ars_zones() -> list[str]:
    """Return the 18 ARS zones, sorted by name."""
    return sorted({zone for code in regions() if (zone := ars_zone(code))})


@lru_cache(maxsize=1)
def communes() -> dict[str, Commune]:
    """Return every commune by code (about 35,000; read once per process)."""
    text = gzip.decompress((HERE / "communes.csv.gz").read_bytes()).decode()
    found = {}
    for line in text.split("\n"):
        code, name, departement, postal_codes, population = line.split(";")
        found[code] = Commune(
            code,
            name,
            departement,
            tuple(postal_codes.split()),
            int(population),
            normalised(name),
        )
    return found


@dataclass(frozen=True)
class Former:
    """A commune that joined another one; ``name`` is empty when only its code is remembered."""

    code: str
    name: str
    present: str


@lru_cache(maxsize=1)
def _former() -> tuple[Former, ...]:
    text = gzip.decompress((HERE / "former_communes.csv.gz").read_bytes()).decode()
    return tuple(Former(*line.split(";")) for line in text.split("\n"))


@lru_cache(maxsize=1)
def former_by_name() -> dict[str, list[Former]]:
    """Return the communes that joined another one, by their name as ``normalised`` gives it."""
    found: dict[str, list[Former]] = {}
    for old in _former():
        found.setdefault(normalised(old.name), []).append(old)
    found.pop("", None)
    return found


def present_code(code: str) -> str | None:
    """Return the code of today's commune for a code of today or of before; None when unknown."""
    if code in communes():
        return code
    return next((old.present for old in _former() if old.code == code), None)


@lru_cache(maxsize=1)
def by_name() -> dict[str, list[Commune]]:
    """Return the communes by their name as ``normalised`` gives it: several may share it."""
    found: dict[str, list[Commune]] = {}
    for commune in communes().values():
        found.setdefault(commune.key, []).append(commune)
    return found


def at_postal_code(postal_code: str) -> list[Commune]:
    """Return the communes of a postal code, the largest first."""
    return _largest_first(_by_postal_code().get(postal_code, []))


@lru_cache(maxsize=1)
def _by_postal_code() -> dict[str, list[Commune]]:
    found: dict[str, list[Commune]] = {}
    for commune in communes().values():
        for postal_code in commune.postal_codes:
            found.setdefault(postal_code, []).append(commune)
    return found


def search(text: str, limit: int = 20) -> list[Commune]:
    """Return the communes that ``text`` names, best first: a name, a postal code, or both.

    Same name first, then names that begin so, then names that hold it; larger ones first. A postal
    code alone gives all its communes (46 at most), whatever ``limit``.
    """
    words = normalised(text).split()
    digits = "".join(word for word in words if word.isdigit())
    name = " ".join(word for word in words if not word.isdigit())
    if len(digits) == 5:
        among = _by_postal_code().get(digits, [])
        return _ranked(among, name, len(among)) if name else _largest_first(among)
    return _ranked(communes().values(), name, limit) if len(name) >= 2 else []


def _ranked(among: Iterable[Commune], name: str, limit: int) -> list[Commune]:
    ranks: list[list[Commune]] = [[], [], []]
    for commune in among:
        if name in commune.key:
            ranks[_rank(commune.key, name)].append(commune)
    return [commune for rank in ranks for commune in _largest_first(rank)][:limit]


def _rank(key: str, name: str) -> int:
    """Return 0 for the same name (with or without its article), 1 for a beginning, else 2."""
    article, _space, rest = key.partition(" ")
    keys = (key, rest) if article in ARTICLES else (key,)
    if name in keys:
        return 0
    return 1 if any(each.startswith(name) for each in keys) else 2


def _largest_first(among: list[Commune]) -> list[Commune]:
    return sorted(among, key=lambda commune: (-commune.population, commune.code))
