"""Periods, and what may be said of a figure: pure functions of the catalogue's null rules.

Periods are written ``2026``, ``2026-T4``, ``2026-10`` or ``2026-03-01..2026-05-31`` (decision 20).
"""

import calendar
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

MONTHS_FR = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
FEWEST_ANSWERS, SMALLEST_SIDE = 5, 3
KNOWN_SHARE_NEEDED = Decimal("0.6")
"""Null rule N2: below 60 % of known rows, nothing is said."""


FIRST_YEAR, LAST_YEAR = 1900, 2100


class PeriodError(ValueError):
    """A period that is not written in one of the four ways, or that ends before it starts."""


@dataclass(frozen=True, order=True)
class Period:
    """A span of whole days, both ends included."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise PeriodError(f"{self.end} is before {self.start}")

    def __str__(self) -> str:
        year = self.start.year
        if self == year_period(year):
            return f"{year:04}"
        if self == quarter_period(year, _quarter(self.start)):
            return f"{year:04}-T{_quarter(self.start)}"
        if self == month_period(self.start):
            return f"{year:04}-{self.start.month:02}"
        return f"{self.start.isoformat()}..{self.end.isoformat()}"

    @property
    def whole_months(self) -> bool:
        """True when it starts on a first of the month and ends on a last one."""
        return self.start.day == 1 and self.end == last_day(self.end)

    def months(self) -> tuple[date, ...]:
        """Return the first day of every month it touches, in order."""
        found = []
        current = self.start.replace(day=1)
        while current <= self.end:
            found.append(current)
            current = shift_date(current, 1, "month")
        return tuple(found)

    def shift(self, amount: int, unit: str) -> "Period":
        """Return the same span moved by ``amount`` days, months or years (negative: earlier).

        A span that ends with a month still ends with one: February follows January whole.
        """
        end = shift_date(self.end, amount, unit)
        if unit != "day" and self.end == last_day(self.end):
            end = last_day(end)
        return Period(shift_date(self.start, amount, unit), end)

    def previous(self) -> "Period":
        """Return the span of the same length just before (last month, last quarter…)."""
        if self.whole_months:
            return self.shift(-len(self.months()), "month")
        return self.shift(-((self.end - self.start).days + 1), "day")

    def year_before(self) -> "Period":
        """Return the same span one year earlier."""
        return self.shift(-1, "year")

    def is_running(self, today: date) -> bool:
        """True while its last day is not over."""
        return self.end >= today

    def label_fr(self) -> str:
        """Return it in words: « octobre 2026 », « 4e trimestre 2026 », « du 1er mars au … »."""
        written = str(self)
        if ".." in written:
            return _span_fr(self)
        if "T" in written:
            rank = "1er" if written.endswith("1") else f"{written[-1]}e"
            return f"{rank} trimestre {self.start.year}"
        if "-" in written:
            return f"{MONTHS_FR[self.start.month - 1]} {self.start.year}"
        return f"année {self.start.year}"


def parse_period(text: str) -> Period:
    """Return the period written in ``text``. Raises PeriodError for anything else.

    Years go from 1900 to 2100: beyond, the year before or the month after may not exist.
    """
    found = _written_period(text)
    if not (found.start.year >= FIRST_YEAR and found.end.year <= LAST_YEAR):
        raise PeriodError(f"out of reach: {text!r}")
    return found


def _written_period(text: str) -> Period:
    try:
        if match := re.fullmatch(r"(\d{4})", text, re.ASCII):
            return year_period(int(match[1]))
        if match := re.fullmatch(r"(\d{4})-T([1-4])", text, re.ASCII):
            return quarter_period(int(match[1]), int(match[2]))
        if match := re.fullmatch(r"(\d{4})-(\d{2})", text, re.ASCII):
            return month_period(date(int(match[1]), int(match[2]), 1))
        if match := re.fullmatch(r"(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})", text):
            return Period(date.fromisoformat(match[1]), date.fromisoformat(match[2]))
    except ValueError as error:
        raise PeriodError(str(error)) from error
    raise PeriodError(f"not a period: {text!r}")


def month_period(day: date) -> Period:
    """Return the month that holds ``day``."""
    return Period(day.replace(day=1), last_day(day))


def quarter_period(year: int, quarter: int) -> Period:
    """Return a quarter, 1 to 4."""
    first = date(year, 3 * quarter - 2, 1)
    return Period(first, last_day(shift_date(first, 2, "month")))


def year_period(year: int) -> Period:
    """Return a calendar year."""
    return Period(date(year, 1, 1), date(year, 12, 31))


def months_up_to(day: date, count: int) -> tuple[Period, ...]:
    """Return ``count`` months in order, the last one holding ``day``."""
    first = day.replace(day=1)
    return tuple(
        month_period(shift_date(first, -back, "month")) for back in range(count - 1, -1, -1)
    )


def last_day(day: date) -> date:
    """Return the last day of the month that holds ``day``."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def shift_date(day: date, amount: int, unit: str) -> date:
    """Return ``day`` moved; 31 January and one month more is the last day of February."""
    if unit == "day":
        return day + timedelta(days=amount)
    months = amount * 12 if unit == "year" else amount
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    month += 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def window_before(end: date, amount: int, unit: str) -> Period:
    """Return the window of that length whose last day is ``end``: 90 days are 90 days."""
    before = shift_date(end, -amount, unit)
    if unit != "day" and end == last_day(end):
        before = last_day(before)
    return Period(before + timedelta(days=1), end)


def _quarter(day: date) -> int:
    return (day.month + 2) // 3


def _day_fr(day: date, with_month: bool, with_year: bool) -> str:
    words = ["1er" if day.day == 1 else str(day.day)]
    if with_month:
        words.append(MONTHS_FR[day.month - 1])
    if with_year:
        words.append(str(day.year))
    return " ".join(words)


def _span_fr(period: Period) -> str:
    start, end = period.start, period.end
    if start == end:
        return f"le {_day_fr(end, True, True)}"
    same_year = start.year == end.year
    same_month = same_year and start.month == end.month
    return f"du {_day_fr(start, not same_month, not same_year)} au {_day_fr(end, True, True)}"


@dataclass(frozen=True)
class Moment:
    """When a formula is computed: P and today. E is today while P is running."""

    period: Period
    today: date

    @property
    def end(self) -> date:
        """E: the last day of P, or today when P is not over yet."""
        return min(self.period.end, self.today)


class State(StrEnum):
    """Why a value is there, or why it is not."""

    OK = "ok"
    RUNNING = "running"
    """The count so far: a month of the period is not finished (decision 3)."""
    NOT_FINISHED = "not_finished"
    """Nothing can be said until the months are finished: a comparison, or a zero."""
    EMPTY = "empty"
    """Nothing to divide by, or nobody answered yet."""
    WITHOUT_NAMES = "without_names"
    """The GEM counts with sticks: different people are not known (decision 1)."""
    NOT_ENOUGH_ANSWERS = "not_enough_answers"
    NAMES_GONE = "names_gone"
    """The first names are gone and no value was kept for this period (docs/decisions/0043)."""
    NO_FACTS = "no_facts"
    """The facts this figure needs are not kept yet by the platform."""


STATES_FR: Mapping[State, str] = {
    State.OK: "",
    State.RUNNING: "mois pas fini",
    State.NOT_FINISHED: "mois pas fini",
    State.EMPTY: "rien de noté",
    State.WITHOUT_NAMES: "sans prénoms",
    State.NOT_ENOUGH_ANSWERS: "pas assez de réponses",
    State.NAMES_GONE: "nous ne gardons plus ces prénoms",
    State.NO_FACTS: "pas encore suivi",
}

Value = Decimal | bool | None


@dataclass(frozen=True)
class Measure:
    """One indicator over one period, for one GEM.

    ``value`` is a Decimal, a bool for « oui / non », or None (``state`` says why). Shares are in
    percent. ``known_share`` is between 0 and 1 where some rows have no answer, else None.
    ``kept_on`` is the day a value was kept for good, because its first names went; else None.
    ``facts_counted`` gives the rows used per sort of fact, filled only when an explanation asked.
    """

    code: str
    period: Period
    value: Value
    numerator: Value
    denominator: Value
    known_share: Decimal | None
    state: State
    facts_counted: Mapping[str, int] = field(default_factory=dict)
    facts_missing: int | None = None
    missing_months: tuple[date, ...] = ()
    kept_on: date | None = None


@dataclass(frozen=True)
class Readings:
    """What was read for one indicator and one period, before the null rules."""

    numerator: Value
    denominator: Value = None
    known: Decimal | None = None
    total: Decimal | None = None
    photo_known: bool = True
    named: Decimal | None = None
    passages: Decimal | None = None


@dataclass(frozen=True)
class Nature:
    """What the null rules need to know of an indicator."""

    nulls: str
    factor: int
    has_denominator: bool
    monthly: bool
    """Fed by the day sheet or the monthly form: a month not finished may still change."""
    compares: bool
    needs_names: bool


def judge(
    nature: Nature, moment: Moment, complete: bool, read: Readings, sticks: bool
) -> tuple[Value, State, Decimal | None]:
    """Apply null rules N0 to N5 and decisions 1 and 3: (value, state, known share).

    ``complete`` tells that every month the figure speaks of is finished.
    """
    if moment.period.start > moment.today:
        return None, State.EMPTY, None
    share = known_share(read)
    if nature.needs_names and not _names_are_known(read, sticks):
        return None, State.WITHOUT_NAMES, share
    if nature.nulls == "N2" and share is not None and share < KNOWN_SHARE_NEEDED:
        return None, State.NOT_ENOUGH_ANSWERS, share
    if nature.nulls == "N2" and read.total == 0:
        # Nothing was asked yet: an empty month card is not a zero.
        return None, State.EMPTY, share
    if nature.nulls == "N3" and not read.photo_known:
        return None, State.EMPTY, share
    if nature.nulls == "N4" and names_someone(read):
        return None, State.NOT_ENOUGH_ANSWERS, share
    if nature.compares and not complete:
        return None, State.NOT_FINISHED, share
    value = divide(nature, read)
    if value is None:
        return None, State.EMPTY, share
    if nature.nulls in ("N3", "N4", "N5") or complete:
        return value, State.OK, share
    running = moment.period.is_running(moment.today)
    if nature.nulls == "N0" and value == 0 and not running:
        return None, State.NOT_FINISHED, share
    provisional = running or nature.monthly or nature.nulls == "N0"
    return value, State.RUNNING if provisional else State.OK, share


def names_someone(read: Readings) -> bool:
    """Tell whether a share of anonymous answers would nearly name one or two people (rule N4).

    Under five answers, or one or two people on one side: the same rule as the bars of a survey.
    """
    if read.denominator is None or read.numerator is None or isinstance(read.numerator, bool):
        return False
    sides = (read.numerator, read.denominator - read.numerator)
    return read.denominator < FEWEST_ANSWERS or any(0 < side < SMALLEST_SIDE for side in sides)


def divide(nature: Nature, read: Readings) -> Value:
    """Return numerator / denominator x factor; None for nothing to divide by (rule N1)."""
    if not nature.has_denominator or isinstance(read.numerator, bool) or read.numerator is None:
        return read.numerator
    if not read.denominator:
        return None
    return read.numerator / Decimal(read.denominator) * nature.factor


def known_share(read: Readings) -> Decimal | None:
    """Return the share of rows with an answer, or of passages with a first name."""
    known, total = read.known, read.total
    if known is None and read.named is not None:
        known, total = read.named, read.passages
    if known is None or not total:
        return None
    return known / total


def _names_are_known(read: Readings, sticks: bool) -> bool:
    if not read.passages:
        return not sticks
    return (read.named or Decimal(0)) / read.passages >= KNOWN_SHARE_NEEDED


def comparable(one: Measure, other: Measure) -> bool:
    """True when two measures may stand side by side with a difference (decision 3)."""
    return all(measure.state is State.OK and measure.value is not None for measure in (one, other))


def median(values: Iterable[Decimal | None]) -> Decimal | None:
    """Return the middle value (mean of the two middle ones), unknown values left out."""
    ordered = sorted(value for value in values if value is not None)
    if not ordered:
        return None
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle]) / 2


def out_of(numerator: Decimal, denominator: Decimal) -> tuple[int, int]:
    """Return (n, d) to say « n sur d »: exact up to 10, then out of 10, then out of 100.

    Nobody is rounded away, and nobody is added: 3 of 400 is neither « 0 sur 10 » nor « 1 sur 10 ».
    """
    if denominator <= 10 and _is_whole(numerator) and _is_whole(denominator):
        return int(numerator), int(denominator)
    for base in (10, 100):
        part = int((numerator / denominator * base).quantize(Decimal(1), ROUND_HALF_UP))
        if (part > 0 or numerator == 0) and (part < base or numerator >= denominator):
            return part, base
    return int(numerator), int(denominator)


def _is_whole(value: Decimal) -> bool:
    return value == value.to_integral_value()


def number_fr(value: Decimal) -> str:
    """Return a number as written in French: « 1 234 », « 12,5 » (one decimal at most)."""
    rounded = value.quantize(Decimal("0.1"), ROUND_HALF_UP)
    whole, _, decimal = f"{abs(rounded):,}".partition(".")
    sign = "-" if rounded < 0 else ""
    text = sign + whole.replace(",", "\u202f")
    return text if decimal in ("", "0") else f"{text},{decimal}"


def sentence_fr(forms: Mapping[str, str], measure: Measure) -> str:
    """Return the sentence of a measure from its catalogue forms; empty when nothing can be said."""
    value = measure.value
    if value is None or not forms:
        return ""
    if isinstance(value, bool):
        return forms["yes" if value else "no"]
    pair: Sequence[int] = ()
    counted = Decimal(number_fr(value).replace(",", ".").replace("\u202f", ""))
    if "{n}" in forms["other"] and isinstance(measure.numerator, Decimal):
        pair = out_of(measure.numerator, Decimal(measure.denominator or 0))
        counted = Decimal(pair[0])
    form = "zero" if counted == 0 else "one" if counted == 1 else "other"
    words = {"value": number_fr(value)}
    if pair:
        words |= {"n": number_fr(Decimal(pair[0])), "d": number_fr(Decimal(pair[1]))}
    return forms.get(form, forms["other"]).format(**words)
