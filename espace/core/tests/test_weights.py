"""The weight of pages: counted in memory, written now and then, the middle one each night."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from espace.core import weights
from espace.core.models import PageMonth, PageWeight

OCTOBER = date(2026, 10, 1)


@pytest.mark.django_db
def test_pages_are_weighed_without_address_nor_reader(
    settings: Any, monkeypatch: pytest.MonkeyPatch, clock: Callable[[str], Any]
) -> None:
    clock("2026-10-14 14:00")
    settings.WEIGH_PAGES = True
    monkeypatch.setattr(weights, "EVERY", 3)
    client = Client()
    for _each in range(2):
        client.get("/aide/")
    assert not PageWeight.objects.exists()
    client.get("/aide/")
    client.get("/nothing-here.txt")
    assert sum(PageWeight.objects.values_list("pages", flat=True)) == 3
    weights.weigh("2026-10-15")
    weights.weigh("2026-10-15")
    month = PageMonth.objects.get()
    assert month.month == OCTOBER
    assert 1 <= month.median_kb <= 100
    assert {field.name for field in PageWeight._meta.get_fields()} == {
        "id", "month", "kilobytes", "pages",
    }  # fmt: skip


@pytest.mark.django_db
def test_two_processes_add_up() -> None:
    weights.write({10: 2, 12: 1}, OCTOBER)
    weights.write({10: 1}, OCTOBER)
    kept = dict(PageWeight.objects.values_list("kilobytes", "pages"))
    assert kept == {10: 3, 12: 1}


@pytest.mark.fast
@given(st.dictionaries(st.integers(0, 300), st.integers(0, 50), max_size=8))
def test_the_middle_is_that_of_the_pages_laid_in_a_row(counted: dict[int, int]) -> None:
    row = sorted(size for size, pages in counted.items() for _each in range(pages))
    found = weights.middle(counted.items())
    assert found == (row[(len(row) - 1) // 2] if row else None)
