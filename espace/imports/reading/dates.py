"""French dates as people write them, with or without a year, a month or a weekday."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from espace.imports.reading.grid import Cell

MONTHS = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin",
    "juillet", "aout", "septembre", "octobre", "novembre", "decembre",
)  # fmt: skip
MONTH_NAMES = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
_SHORT_MONTHS = {"jan": 1, "jv": 1, "fev": 2, "fv": 2, "mar": 3, "avr": 4, "jun": 6, "jul": 7,
                 "jui": 6, "jl": 7, "aou": 8, "ao": 8, "sep": 9, "oct": 10, "nov": 11,
                 "dec": 12}  # fmt: skip
_WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_LETTERS: dict[str, frozenset[int]] = {
    "l": frozenset({0}), "m": frozenset({1, 2}), "j": frozenset({3}), "v": frozenset({4}),
    "s": frozenset({5}), "d": frozenset({6}), "lu": frozenset({0}), "ma": frozenset({1}),
    "me": frozenset({2}), "je": frozenset({3}), "ve": frozenset({4}), "sa": frozenset({5}),
    "di": frozenset({6}), "mr": frozenset({2}), "x": frozenset(),
}  # fmt: skip
_SEP = r"\s*[-/. ]\s*"
_WD = r"(?:(?P<wd>[a-z]{1,8})\.?,?\s*(?:le\s+)?)?"
_TIME = r"(?:[ t,à]+(?:a\s+)?\d{1,2}\s*[h:].*)?"
_ISO = re.compile(rf"^(?P<y>\d{{4}})[-/.](?P<m>\d{{1,2}})[-/.](?P<d>\d{{1,2}}){_TIME}$")
_DMY = re.compile(
    rf"^{_WD}(?P<d>\d{{1,2}}){_SEP}(?P<m>\d{{1,2}}){_SEP}(?P<y>\d{{4}}|\d{{2}}){_TIME}$"
)
_DM = re.compile(rf"^{_WD}(?P<d>\d{{1,2}})\s*[-/.]\s*(?P<m>\d{{1,2}})[/.]?$")
_WORDS = re.compile(
    rf"^{_WD}(?P<d>\d{{1,2}})\s*(?:er)?\s*[-/. ]?\s*(?P<m>[a-z]{{2,10}})"
    rf"(?:[-/. ]*(?P<y>\d{{4}}|\d{{2}}))?{_TIME}$"
)
_COMPACT = re.compile(r"^(?P<y>20\d\d)(?P<m>\d\d)(?P<d>\d\d)$")
_WD_DAY = re.compile(r"^(?P<wd>[a-z]{1,8})\.?\s*-?\s*(?P<d>\d{1,2})(?:er)?$")
_DAY_WD = re.compile(r"^(?P<d>\d{1,2})(?:er)?\s*-?\s*(?P<wd>[a-z]{1,8})\.?$")
_DAY = re.compile(r"^(?:j|jour\s*)?(?P<d>\d{1,2})(?:er)?$")
_EPOCH = date(1899, 12, 30)
_SERIALS = range(32874, 62094)  # 1990 to 2069


@dataclass(frozen=True, slots=True)
class DayParts:
    """What a cell says of a day; None where it is silent.

    `typed` when day and month are both numbers of a text, `swappable` when d/m could be m/d.
    """

    day: int
    month: int | None = None
    year: int | None = None
    weekdays: frozenset[int] | None = None
    swappable: bool = False
    typed: bool = False

    def complete(self, month: int | None, year: int | None) -> date | None:
        """Return the date, with what is missing taken from around; None when none exists."""
        month = self.month or month
        year = self.year or year
        if month is None or year is None:
            return None
        try:
            return date(year, month, self.day)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class MonthParts:
    """A month and a year found in a title; either may be None. `season` is a school year."""

    month: int | None = None
    year: int | None = None
    season: tuple[int, int] | None = None

    def year_of(self, month: int) -> int | None:
        """Return the year of that month: a season 2026-2027 begins in August."""
        if self.season is not None:
            return self.season[0] if month >= 8 else self.season[1]
        return self.year


@lru_cache(maxsize=50_000)
def fold(written: str) -> str:
    """Return lower case letters without accents nor ligatures, spaces single."""
    low = written.casefold().replace("œ", "oe").replace("æ", "ae")
    if low.isascii():
        return low.strip()
    flat = unicodedata.normalize("NFD", low)
    return "".join(sign for sign in flat if not unicodedata.combining(sign)).strip()


@lru_cache(maxsize=5_000)
def month_number(word: str) -> int | None:
    """Return 1 to 12 for a French month, whole, cut short or with one slip; else None."""
    word = fold(word).rstrip(".")
    if word in _SHORT_MONTHS:
        return _SHORT_MONTHS[word]
    if len(word) < 3:
        return None
    for number, name in enumerate(MONTHS, 1):
        if name.startswith(word) and word not in ("jui", "ma"):
            return number
    if len(word) >= 5:
        near = [n for n, name in enumerate(MONTHS, 1) if len(name) >= 5 and one_slip(word, name)]
        if len(near) == 1:
            return near[0]
    return None


def one_slip(left: str, right: str) -> bool:
    """True when one letter added, lost, changed or two exchanged turn left into right."""
    if left == right:
        return True
    if abs(len(left) - len(right)) > 1:
        return False
    start = 0
    while start < min(len(left), len(right)) and left[start] == right[start]:
        start += 1
    one, two = left[start:], right[start:]
    if one[1:] == two[1:] or one[1:] == two or one == two[1:]:
        return True
    return len(one) > 1 and len(two) > 1 and one[:2] == two[1::-1] and one[2:] == two[2:]


@lru_cache(maxsize=5_000)
def weekday_numbers(word: str) -> frozenset[int] | None:
    """Return the weekdays (0 is Monday) a word or a letter may mean; None when none."""
    word = fold(word).rstrip(".")
    if word in _LETTERS:
        return _LETTERS[word] or None
    if len(word) < 3:
        return None
    found = {n for n, name in enumerate(_WEEKDAYS) if name.startswith(word) or name + "s" == word}
    return frozenset(found) or None


def full_year(written: str) -> int:
    """Return the year of two or four digits."""
    year = int(written)
    if len(written) == 4:
        return year
    return 2000 + year if year < 80 else 1900 + year


def day_parts(cell: Cell, *, serial: bool = True) -> DayParts | None:
    """Return what the cell says of a day; None when it does not look like one.

    A day that can't be (31/02) is returned: `complete` then gives None.
    """
    if isinstance(cell, bool):
        return None
    if isinstance(cell, date):
        day = cell.date() if isinstance(cell, datetime) else cell
        return DayParts(day.day, day.month, day.year) if day.year >= 1990 else None
    if isinstance(cell, (int, float)):
        if isinstance(cell, int) and 1 <= cell <= 31:
            return DayParts(cell)
        if serial and int(cell) in _SERIALS:
            day = _EPOCH + timedelta(days=int(cell))
            return DayParts(day.day, day.month, day.year)
        return None
    return _text_day(cell) if isinstance(cell, str) and cell and len(cell) < 60 else None


@lru_cache(maxsize=20_000)
def _text_day(written: str) -> DayParts | None:
    text = fold(written).strip(" .,;:")
    text = re.sub(r"\b1er\b", "1", text)
    for pattern in (_ISO, _COMPACT):
        if found := pattern.match(text):
            return DayParts(int(found["d"]), int(found["m"]), int(found["y"]))
    if found := _DMY.match(text):
        return _numeric(found, full_year(found["y"]))
    if (found := _WORDS.match(text)) and (month := month_number(found["m"])):
        weekdays = _weekday_of(found)
        if weekdays is not None and not weekdays:
            return None
        year = full_year(found["y"]) if found["y"] else None
        return DayParts(int(found["d"]), month, year, weekdays or None)
    if found := _DM.match(text):
        return _numeric(found, None)
    for pattern in (_WD_DAY, _DAY_WD):
        if (found := pattern.match(text)) and 1 <= int(found["d"]) <= 31:
            weekdays = _weekday_of(found)
            if weekdays:
                return DayParts(int(found["d"]), weekdays=weekdays)
    if (found := _DAY.match(text)) and 1 <= int(found["d"]) <= 31:
        return DayParts(int(found["d"]))
    if text.isdigit() and len(text) == 5 and int(text) in _SERIALS:
        return day_parts(int(text))
    return None


def _weekday_of(found: re.Match[str]) -> frozenset[int] | None:
    """The weekday named, None when none is, an empty set when the word is not a weekday."""
    if not found["wd"] or found["wd"] == "le":
        return None
    return weekday_numbers(found["wd"]) or frozenset()


def _numeric(found: re.Match[str], year: int | None) -> DayParts | None:
    weekdays = _weekday_of(found)
    day, month = int(found["d"]), int(found["m"])
    if (
        (weekdays is not None and not weekdays)
        or day > 31
        or month > 31
        or (day == 0 or month == 0)
    ):
        return None
    if year is None and month > 12:
        return None
    both = day <= 12 and month <= 12
    return DayParts(day, month, year, weekdays or None, swappable=both, typed=True)


_SEASON = re.compile(r"\b(20\d\d)\s*[-/–]\s*(20\d\d|\d\d)\b")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_MONTH_YEAR = re.compile(r"(?<!\d)(0?[1-9]|1[0-2])\s*[-/.]\s*(20\d\d)(?!\d)")
_YEAR_MONTH = re.compile(r"(?<!\d)(20\d\d)\s*[-/._ ]?\s*(0[1-9]|1[0-2])(?!\d)")
_WORD = re.compile(r"([a-z]{3,10})\.?(?:[\s'\-_/.]*(20\d\d|\d\d)(?![\dh:/]))?")


@lru_cache(maxsize=5_000)
def month_parts(written: str) -> MonthParts | None:
    """Return the first month and year a title names ("Sept 26", "2026-09"); None when none."""
    text = fold(written)
    if found := _YEAR_MONTH.search(text):
        first, second = int(found[1]), int(found[2])
        if not (second <= 12 and (first % 100) + 1 == second):  # 2011-12 may be a season
            return MonthParts(second, first)
    if found := _MONTH_YEAR.search(text):
        return MonthParts(int(found[1]), int(found[2]))
    season = None
    if (found := _SEASON.search(text)) and full_year(found[2]) == int(found[1]) + 1:
        season = (int(found[1]), full_year(found[2]))
    year_found = _YEAR.search(text)
    year = int(year_found[1]) if year_found else None
    for found in _WORD.finditer(text):
        word = found[1]
        month = month_number(word) if word not in ("mar", "jan", "dec") or found[2] else None
        if month is None and word in ("jan", "dec", "mar") and len(text) <= 4:
            month = month_number(word)
        if month is not None and weekday_numbers(word) is None:
            near = full_year(found[2]) if found[2] else None
            if season is not None:
                return MonthParts(month, None, season)
            return MonthParts(month, near or year)
    if season is not None:
        return MonthParts(None, None, season)
    return MonthParts(None, year) if year else None


_RANGE = re.compile(r"(?:du|semaine du|de)\s+(?:[a-z]{3,8}\s+)?(\d{1,2})(?:er)?\b")
_WEEK = re.compile(r"\b(?:semaine|sem\.?|s)\s*(?:n[°o]?\s*)?(\d{1,2})\b(?!\s*(?:au|[/-]))")


def first_day(written: str) -> int | None:
    """Return 9 for "semaine du lundi 9 au 14 novembre"; None when no such words."""
    found = _RANGE.search(fold(written))
    return int(found[1]) if found and 1 <= int(found[1]) <= 31 else None


def week_number(written: str) -> int | None:
    """Return the ISO week of "Semaine 46" or "S46"; None when none."""
    found = _WEEK.search(fold(written))
    return int(found[1]) if found and 1 <= int(found[1]) <= 53 else None


def month_label(year: int, month: int) -> str:
    """Return "septembre 2026"."""
    return f"{MONTH_NAMES[month - 1]} {year}"
