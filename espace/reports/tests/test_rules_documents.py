"""Definitions of documents as data, and how answers are told."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from espace.reports.reading import DOCUMENTS, definition_for, faults, read
from espace.reports.rules.content import (
    Content,
    Line,
    Part,
    as_json,
    changed,
    fingerprint,
    from_json,
    missing,
    read_typed,
    tell,
)
from espace.reports.rules.documents import DocumentError, definition_of

ROWS = {
    "2.2.1", "2.2.2", "2.2.3", "2.2.4", "2.2.5", "2.2.6", "2.3-1.2", "2.3-2.1", "2.3-2.2",
    "2.3-2.3", "2.3-2.4a", "2.3-2.4b", "2.3-2.4c", "2.3-2.4d", "2.3-2.4e", "2.3-2.4f", "2.3-2.5",
    "2.3-2.6",
}  # fmt: skip
"""Every line of dossier 2.2 and 2.3 that a GEM answers; 1.1, 1.3 and 3 are said by others."""


def test_the_yearly_table_answers_every_line_of_the_dossier() -> None:
    assert {field.row for field in definition_for("bilan", "").fields} == ROWS


def test_every_definition_is_sound() -> None:
    found = read(DOCUMENTS)
    assert [text for one in found.values() for text in faults(one)] == []
    assert ("bilan", "Île-de-France") in found


def test_an_ars_with_its_own_table_gets_it_and_the_others_do_not() -> None:
    codes = {one.code for one in definition_for("bilan", "Île-de-France").fields}
    common = {one.code for one in definition_for("bilan", "Bretagne").fields}
    assert codes - common == {"trente_heures"}
    assert common < codes


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ({"formula": "sum(slot.colour)"}, "unknown fact"),
        ({"formula": "sum(slot.hours where"}, ": "),
        ({"indicator": "ATT-99"}, "no indicator ATT-99"),
        ({"formula": "count(slot.date)", "known": "count(nothing.date)"}, ": "),
    ],
)
def test_a_formula_edited_into_nonsense_is_told(field: dict[str, str], said: str) -> None:
    data = yaml.safe_load((DOCUMENTS / "commune.yaml").read_text(encoding="utf-8"))
    data["sections"][0]["fields"] = [{"code": "x", "label_fr": "X", **field}]
    (fault,) = faults(definition_of("commune", data))
    assert said in fault


def test_a_field_needs_one_source(tmp_path: Path) -> None:
    data = {"title_fr": "T", "purpose_fr": "P", "sent_to": []}
    for field in ({}, {"card": "name", "indicator": "ATT-01"}):
        section = {
            "code": "s",
            "title_fr": "S",
            "fields": [{"code": "x", "label_fr": "X", **field}],
        }
        with pytest.raises(DocumentError):
            definition_of("x", {**data, "sections": [section]})


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("count", Decimal(1850), "1\u202f850"),
        ("euros", Decimal("112238.4"), "112\u202f238 €"),
        ("percent", Decimal("94.6"), "95 %"),
        ("year", Decimal(2011), "2011"),
        ("yes_no", True, "oui"),
        ("date", date(2026, 2, 3), "03/02/2026"),
        ("text", None, ""),
    ],
)
def test_values_are_told_in_french(
    kind: str, value: Decimal | bool | date | None, text: str
) -> None:
    assert tell(kind, value) == text


@given(st.decimals(min_value=0, max_value=10**8, places=2))
def test_a_number_typed_as_it_is_told_is_read_back(value: Decimal) -> None:
    typed = f"{value:f}".replace(".", ",")
    assert read_typed("decimal", f" {typed} ") == value


@given(st.text(max_size=40))
def test_no_text_breaks_a_number_field(text: str) -> None:
    try:
        found = read_typed("count", text)
    except ValueError:
        return
    assert isinstance(found, Decimal)
    assert found >= 0


WORDS = st.text(max_size=20)
ORIGINS = st.sampled_from(["compte", "vide"])
NUMBERS = st.none() | st.floats(0, 1e6)
LINES = st.lists(
    st.builds(Line, WORDS, WORDS, WORDS, NUMBERS, WORDS, ORIGINS),
    max_size=4,
    unique_by=lambda one: one.code,
)
PARTS = st.builds(Part, WORDS, WORDS, st.just(()), LINES.map(tuple))
CONTENTS = st.builds(
    Content, st.just("bilan"), WORDS, WORDS, st.integers(2000, 2100), WORDS, st.tuples(PARTS)
)


@given(CONTENTS)
def test_a_content_is_read_back_as_it_was_frozen(content: Content) -> None:
    again = from_json(as_json(content))
    assert again == content
    assert fingerprint(again) == fingerprint(content)
    assert changed(content, again) == ()


def test_an_optional_field_is_not_missing() -> None:
    fields = definition_for("bilan", "").fields
    optional = next(one for one in fields if one.optional)
    lines = [Line(one.code, one.label, "", None, "", "vide") for one in fields]
    assert optional.label not in missing([optional], lines[:0])
    assert len(missing(fields, lines)) == sum(not one.optional for one in fields)
