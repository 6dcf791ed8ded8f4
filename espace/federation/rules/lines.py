"""Reads the lines of the federation's list: what each says of a GEM, and what is not kept."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from espace.federation.rules.columns import Column, Dropped, layout
from espace.federation.rules.places import Found, Place, find_commune, place_in_address
from espace.groups.choices import GemStatus, PublicFocus
from espace.groups.territory import normalised

LONGEST_NAME, LONGEST_ADDRESS = 120, 160
FIRST_YEAR, LAST_YEAR = 1950, 2100
FOCUS_WORDS = {
    PublicFocus.PSYCHIQUE: ("psych", "psy"),
    PublicFocus.LESION_CEREBRALE: ("cereb", "cerebro", "traumatis", "avc", "tc", "cl"),
    PublicFocus.TSA_TND: ("autis", "tsa", "tnd", "neurodev"),
}
STATUS_WORDS = {
    GemStatus.FERME: ("ferme", "fermee", "dissous", "dissoute", "cessation", "arrete"),
    GemStatus.PAUSE: ("pause", "suspendu", "suspendue", "sommeil"),
    GemStatus.PREPARATION: ("preparation", "projet", "creation", "futur", "prevu", "cours"),
    GemStatus.ACTIF: ("ouvert", "ouverte", "actif", "active", "activite", "existant"),
}
YES = {"oui", "o", "x", "1", "vrai", "yes", "adherent", "a jour", "ok"}
NO = {"non", "n", "0", "faux", "no"}
MONTHS = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin",
    "juillet", "aout", "septembre", "octobre", "novembre", "decembre",
)  # fmt: skip
_PERSON = re.compile(r"^(m|mr|mme|mlle|madame|monsieur|dr|docteur)\b")


@dataclass(frozen=True)
class Line:
    """A GEM as one line says it; ``values`` are ready to be kept, ``notes`` say what was not."""

    number: int
    name: str
    place: Place
    status: str
    values: Mapping[str, str]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Refused:
    """A line that cannot be used, and why."""

    number: int
    text: str
    reason: str


@dataclass(frozen=True)
class ReadList:
    """The whole list once read; ``is_list`` is False when no headings of GEM were found."""

    is_list: bool
    lines: tuple[Line, ...] = ()
    refused: tuple[Refused, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    sheets_left_out: tuple[str, ...] = field(default=())


def read_list(tables: Sequence[tuple[str, Sequence[Sequence[str]]]]) -> ReadList:
    """Read the first sheet that looks like a list of GEM; the others are told as left out."""
    for index, (_name, rows) in enumerate(tables):
        found = layout(rows)
        if found is None:
            continue
        lines: list[Line] = []
        refused: list[Refused] = []
        for number in range(found.heading_row + 1, len(rows)):
            cells = {
                column: rows[number][place].strip() if place < len(rows[number]) else ""
                for column, place in found.places.items()
            }
            if not any(cells.values()):
                continue
            one = _line(number + 1, cells)
            (lines if isinstance(one, Line) else refused).append(one)  # type: ignore[arg-type]
        others = [name for other, (name, _rows) in enumerate(tables) if other != index and name]
        return ReadList(True, tuple(lines), tuple(refused), found.dropped, tuple(others))
    return ReadList(False)


def _line(number: int, cells: Mapping[Column, str]) -> Line | Refused:
    name = " ".join(cells.get(Column.NAME, "").split())
    commune, postal = cells.get(Column.COMMUNE, ""), cells.get(Column.POSTAL_CODE, "")
    if not commune and not cells.get(Column.COMMUNE_CODE):
        found, code = place_in_address(cells.get(Column.ADDRESS, ""))
        commune, postal = found, postal or code
    told = name or commune or next(value for value in cells.values() if value)
    if not any(sign.isalpha() for sign in name):
        return Refused(number, told[:60], "Il manque le nom du GEM.")
    if len(name) > LONGEST_NAME:
        return Refused(number, told[:60], "Le nom est trop long : 120 lettres au plus.")
    place = find_commune(
        commune=commune,
        postal_code=postal,
        commune_code=cells.get(Column.COMMUNE_CODE, ""),
        departement=cells.get(Column.DEPARTEMENT, ""),
    )
    if place.found is Found.UNKNOWN:
        missing = not (commune or postal or cells.get(Column.COMMUNE_CODE))
        said = "Il manque la commune." if missing else f"Commune inconnue : {commune or postal}."
        return Refused(number, told[:60], said)
    if place.found is Found.SEVERAL:
        choices = ", ".join(place.candidates)
        return Refused(
            number, told[:60], f"Plusieurs communes possibles : {choices}. Ajoutez le code postal."
        )
    values, unread = _values(cells)
    status, unsure = _status(cells.get(Column.STATUS, ""))
    return Line(number, name, place, status, values, (*unread, *unsure))


def _values(cells: Mapping[Column, str]) -> tuple[dict[str, str], list[str]]:
    readers: dict[Column, Callable[[str], str]] = {
        Column.FOCUS: read_focus,
        Column.OPENED: read_day,
        Column.PHONE: read_phone,
        Column.FEDERATED: read_yes_no,
        Column.SPONSOR: _organisation,
        Column.MANAGER: _organisation,
        Column.ADDRESS: _address,
    }
    values: dict[str, str] = {}
    notes: list[str] = []
    for column, reader in readers.items():
        written = " ".join(cells.get(column, "").split())
        if not written:
            continue
        if value := reader(written):
            values[column.value] = value
        else:
            notes.append(column.value)
    return values, notes


def read_focus(text: str) -> str:
    """Return the public that a cell names; several make « mixte », none is empty."""
    words = normalised(text).split()
    found = {
        focus
        for focus, starts in FOCUS_WORDS.items()
        for word in words
        if any(word == start if len(start) < 4 else word.startswith(start) for start in starts)
    }
    if len(found) > 1 or {"mixte", "tous", "generaliste"} & set(words):
        return PublicFocus.MIXTE.value
    return found.pop().value if found else ""


def read_day(text: str) -> str:
    """Return a day as 2011-04-02; the first day of a month or of a year said alone."""
    words = normalised(text)
    if found := re.fullmatch(r"(\d{4}) (\d{1,2}) (\d{1,2})", words):
        return _day(found[1], found[2], found[3])
    if found := re.fullmatch(r"(\d{1,2}) (\d{1,2}) (\d{4})", words):
        return _day(found[3], found[2], found[1])
    found = re.fullmatch(r"(?:(\d{1,2}) )?([a-z]+) (\d{4})", words)
    if found and found[2] in MONTHS:
        return _day(found[3], str(MONTHS.index(found[2]) + 1), found[1] or "1")
    if re.fullmatch(r"\d{4}", words):
        return _day(words, "1", "1")
    return ""


def _day(year: str, month: str, day: str) -> str:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return ""
    return found.isoformat() if FIRST_YEAR <= found.year <= LAST_YEAR else ""


def read_phone(text: str) -> str:
    """Return the telephone of a place; a mobile is left out, as it may be a person's own."""
    digits = "".join(re.findall(r"\d", text))
    if digits.startswith("33") and len(digits) == 11:
        digits = "0" + digits[2:]
    if len(digits) == 9 and digits[0] != "0":
        digits = "0" + digits
    if len(digits) != 10 or digits[:2] in ("06", "07") or digits[0] != "0":
        return ""
    return " ".join(digits[start : start + 2] for start in range(0, 10, 2))


def read_yes_no(text: str) -> str:
    """Return « oui » or « non »; empty when a cell says neither."""
    words = normalised(text)
    return "oui" if words in YES else "non" if words in NO else ""


def _address(text: str) -> str:
    return text[:LONGEST_ADDRESS]


def _organisation(text: str) -> str:
    """Return the name of an organisation; a person's name is left out."""
    return "" if _PERSON.match(normalised(text)) else text[:LONGEST_NAME]


def _status(text: str) -> tuple[str, list[str]]:
    words = set(normalised(text).split())
    if not words:
        return GemStatus.PREPARATION.value, []
    for status, known in STATUS_WORDS.items():
        if words & set(known):
            return status.value, []
    return GemStatus.PREPARATION.value, ["status"]
