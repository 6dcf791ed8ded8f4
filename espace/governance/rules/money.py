"""Money in whole cents: reading what is typed, saying it, adding it up. No float anywhere."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

MOST_CENTS = 10_000_000_00
"""Ten million euros: a hundred times the budget of a GEM. Beyond, a key was held down."""
LONGEST_LABEL = 80
NARROW = "\N{NARROW NO-BREAK SPACE}"
NO_BREAK = "\N{NO-BREAK SPACE}"

_SPACES = re.compile(r"[\s\u00a0\u202f\u2009']")
_CURRENCY = re.compile(r"(?:€|eur(?:os?)?)$", re.IGNORECASE)
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+")
_NUMBER = re.compile(r"\d+(?:[.,]\d{1,2})?")
_TITLED = re.compile(r"\b(?:M\.|Mr|Mme|Mlle|Monsieur|Madame)\s+\w", re.IGNORECASE)


class AmountError(ValueError):
    """A text is not an amount; ``reason`` is « empty », « not_money » or « too_big »."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Amounts:
    """One line as sums see it; None when nobody wrote the amount."""

    side: str
    category: str
    planned: int | None
    actual: int | None
    in_kind: bool = False


@dataclass(frozen=True, slots=True)
class Sums:
    """Planned and actual of some lines; None when no line says it, which is not zero."""

    planned: int | None = None
    actual: int | None = None

    @property
    def gap(self) -> int | None:
        """Actual beyond what was planned; below zero when less."""
        if self.planned is None or self.actual is None:
            return None
        return self.actual - self.planned


def parse_cents(text: str) -> int:
    """Return the cents of « 12 000,50 € », « 12.000 », « -3 » or « (3,20) ».

    Raises AmountError.
    """
    bare = _CURRENCY.sub("", _SPACES.sub("", unicodedata.normalize("NFKC", text)))
    if not bare:
        raise AmountError("empty")
    below = bare.startswith("(") and bare.endswith(")")
    bare = bare[1:-1] if below else bare
    if bare[:1] in "-+\N{MINUS SIGN}\N{EN DASH}" and bare[:1]:
        below = below or bare[0] != "+"
        bare = bare[1:]
    whole, comma, cents = bare.rpartition(",")
    if comma and _GROUPED.fullmatch(whole):
        bare = f"{whole.replace('.', '')},{cents}"
    elif _GROUPED.fullmatch(bare):
        bare = bare.replace(".", "")
    if not _NUMBER.fullmatch(bare) or not bare.isascii():
        raise AmountError("not_money")
    try:
        amount = int(Decimal(bare.replace(",", ".")) * 100)
    except InvalidOperation as error:
        raise AmountError("not_money") from error
    if amount > MOST_CENTS:
        raise AmountError("too_big")
    return -amount if below else amount


def say_cents(cents: int) -> str:
    """Return « 1 234,50 € », « 12 € » or « −3,20 € », in one piece."""
    euros, rest = divmod(abs(cents), 100)
    whole = f"{euros:,}".replace(",", NARROW)
    sign = "\N{MINUS SIGN}" if cents < 0 else ""
    return f"{sign}{whole}{f',{rest:02d}' if rest else ''}{NO_BREAK}€"


def written_cents(cents: int) -> str:
    """Return « 1234,50 » or « -12 », as one types it; ``parse_cents`` reads it back."""
    euros, rest = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{euros}{f',{rest:02d}' if rest else ''}"


def add_up(amounts: Iterable[int | None]) -> int | None:
    """Return the sum of what is known; None when nothing is."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if known else None


def sums_of(
    lines: Iterable[Amounts], *, side: str, category: str = "", in_kind: bool = False
) -> Sums:
    """Return the sums of one side, of one family when said; help without money apart."""
    chosen = [
        line
        for line in lines
        if line.side == side
        and line.in_kind == in_kind
        and (not category or line.category == category)
    ]
    return Sums(add_up(line.planned for line in chosen), add_up(line.actual for line in chosen))


def left_of(planned: int | None, spent: int | None) -> int | None:
    """Return what is left of what was planned; None when nothing was planned."""
    return None if planned is None else planned - (spent or 0)


def share_of(part: int, longest: int) -> int:
    """Return the length of a bar in hundredths of the longest; a drop shows."""
    if longest <= 0 or part <= 0:
        return 0
    return max(1, part * 100 // longest)


def tidy_label(text: str) -> str:
    """Return ``text`` on one line, without invisible signs."""
    spaced = "".join(" " if sign.isspace() else sign for sign in unicodedata.normalize("NFC", text))
    visible = (sign for sign in spaced if not unicodedata.category(sign).startswith("C"))
    return " ".join("".join(visible).split())


def named_in(text: str, first_names: Collection[str]) -> str:
    """Return what in ``text`` seems to name a person; empty when nothing does.

    A word counts when it is written with a capital and is a first name of the roll.
    """
    titled = _TITLED.search(text)
    if titled:
        return titled.group(0)
    wanted = {name.casefold() for name in first_names if len(name) > 1}
    words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text)
    return next((word for word in words if word[0].isupper() and word.casefold() in wanted), "")
