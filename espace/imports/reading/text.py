"""Reads separated values in any usual encoding and separator."""

from __future__ import annotations

import csv
import re
from collections import Counter

from charset_normalizer import from_bytes

from espace.imports.reading import files

MAX_LINE = 200_000
_SEPARATORS = ";\t,|"
_FRENCH = "éèêëàâçîïôöûùüœæÉÈÊÀÂÇÎÏÔÖŒÆ"
_FINE = "’–—«»…€°\u00a0✓áíóúñãõ"
_CAPITAL_INSIDE = re.compile(r"[a-zéèêàçîôû][ÀÂÇÈÉÊËÎÏÔÖÙÛŒÆ][a-z]?")
_ODD = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd]")


def rows(data: bytes) -> list[list[str]]:
    """Return the lines of the text as lists of fields; raises UnreadableFile when too long."""
    written = decode(data).lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    written = written.replace("\x00", "").rstrip("\x1a")
    declared = re.match(r"sep=(.)\n", written)
    if declared:
        written = " \n" + written[declared.end() :]
    longest = max(map(len, written.split("\n")))
    if longest > MAX_LINE:
        said = "Une ligne de ce fichier est beaucoup trop longue. Exportez le tableau à nouveau."
        raise files.refuse("long_line", said)
    separator = declared.group(1) if declared else guess_separator(written)
    csv.field_size_limit(MAX_LINE)
    try:
        found = list(csv.reader(written.split("\n"), delimiter=separator))
    except csv.Error:
        found = []
    if len(found) < written.count("\n") / 2 or not _balanced(found):
        # A lone quote swallowed the lines after it: read quotes as ordinary signs.
        plain = csv.reader(written.split("\n"), delimiter=separator, quoting=csv.QUOTE_NONE)
        found = [[field.strip('"') for field in line] for line in plain]
    if sum(map(len, found)) > files.MAX_CELLS:
        raise files.too_big()
    return found


def _balanced(found: list[list[str]]) -> bool:
    return all(field.count("\n") < 20 for line in found for field in line if len(field) > 200)


def decode(data: bytes) -> str:
    """Return the text: marks of Unicode first, then UTF-8, then the likeliest old encoding."""
    if data.startswith(b"\xef\xbb\xbf"):
        return data.decode("utf-8-sig", "replace")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if files.looks_utf16(data[:4096]):
        little = data[1:400:2].count(0) > data[0:400:2].count(0)
        return data.decode("utf-16-le" if little else "utf-16-be", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _old_encoding(data)


def _old_encoding(data: bytes) -> str:
    """French texts of old tools: Windows, Latin-1, old Macintosh or DOS; the most French wins."""
    best = ""
    best_score: float | None = None
    for name in ("cp1252", "latin-1", "mac_roman", "cp850"):
        try:
            written = data.decode(name)
        except UnicodeDecodeError:
            continue
        score = _frenchness(written)
        if best_score is None or score > best_score:
            best, best_score = written, score
    if best_score is not None and best_score > 0:
        return best
    guess = from_bytes(data[:200_000]).best()
    return data.decode(guess.encoding, "replace") if guess else best


def _frenchness(written: str) -> float:
    """Return how French the signs beyond ASCII look: accents in their place, no odd sign."""
    high = Counter(sign for sign in written if ord(sign) > 127)
    good = sum(count for sign, count in high.items() if sign in _FRENCH)
    fine = sum(count for sign, count in high.items() if sign in _FINE)
    misplaced = 3 * len(_ODD.findall(written)) + 3 * len(_CAPITAL_INSIDE.findall(written))
    return good + fine * 0.5 - (sum(high.values()) - good - fine) - misplaced


def guess_separator(written: str) -> str:
    """Return the separator that cuts most lines in the same number of fields, above one."""
    sample = [line for line in written.split("\n") if line.strip()][:200]
    best, best_score = ";", 0.0
    for separator in _SEPARATORS:
        counts = Counter(len(next(csv.reader([line], delimiter=separator), [])) for line in sample)
        score = 0.0
        for fields, lines in counts.items():
            if fields > 1:
                score = max(score, lines / len(sample) + min(fields, 10) / 100)
        if score > best_score + 0.05:
            best, best_score = separator, score
    return best
