"""Nobody finds a small number: twelve closings of 700 GEM, attacked with a linear solver.

The attackers (``linear_audit``) read files only; the same attackers must find the numbers of a
table that only hides what is under eleven, else they are asleep.
"""

import random
from pathlib import Path

import pytest

from espace.disclosure.rules.checks import failures
from espace.disclosure.tests.a_network import (
    naive_closing,
    twelve_closings,
    write_files,
)
from espace.disclosure.tests.linear_audit import Attack, Files, breaches

# No database here: files and a solver.
pytestmark = pytest.mark.once

INSIDERS = 20
MOST_HIDDEN = 0.13


@pytest.fixture(scope="module")
def national(tmp_path_factory: pytest.TempPathFactory) -> Files:
    return Files(write_files(tmp_path_factory.mktemp("national"), twelve_closings()))


def test_nobody_narrows_a_small_number_in_the_long_run(national: Files) -> None:
    """They know every shown number of twelve closings to the unit."""
    under = sum(0 < count < 11 for counts in national.truth.values() for count in counts.values())
    assert under > 100, "nothing to protect: the audit would say nothing"
    assert breaches(national, Attack(exact=True)) == []


def test_nobody_narrows_a_small_number_as_published(national: Files) -> None:
    """They know less than in the long run: two closings prove that the rounding is understood."""
    assert breaches(national, Attack(exact=False), ["2026-01", "2026-12"]) == []


def test_none_of_twenty_gem_finds_its_neighbours(national: Files) -> None:
    """Ten at random, and the ten that hold the largest part of their département."""
    gems = sorted({gem for gem, _, _ in national.of_gem})
    chosen = {*random.Random(7).sample(gems, INSIDERS // 2), *_who_know_most(national)}
    assert len(chosen) >= INSIDERS - 2
    for gem in sorted(chosen):
        assert breaches(national, Attack(True, gem), ["2026-01", "2026-06", "2026-12"]) == []


def _who_know_most(national: Files) -> list[str]:
    measure, period = "ATT-01", "2026-06"
    whole = national.truth[measure, period]
    parts = {
        gem: max(count / whole[cell] for cell, count in cells.items() if cell[0].startswith("D"))
        for (gem, name, when), cells in national.of_gem.items()
        if (name, when) == (measure, period) and any(cells.values())
    }
    # A GEM that stands alone has no neighbour to find.
    with_others = [gem for gem, part in parts.items() if part < 1]
    return sorted(with_others, key=lambda gem: -parts[gem])[: INSIDERS // 2]


def test_a_small_country_is_protected_too(tmp_path: Path) -> None:
    """Forty GEM: nearly every number is small."""
    closings = twelve_closings(40)[:2]
    files = Files(write_files(tmp_path, closings))
    assert all(failures(*one) == [] for one in closings)
    assert breaches(files, Attack(True)) == []
    gems = sorted({gem for gem, _, _ in files.of_gem})
    for gem in gems[:INSIDERS]:
        assert breaches(files, Attack(True, gem), ["2026-02"]) == []


def test_hiding_what_is_under_eleven_is_not_enough(tmp_path: Path) -> None:
    gems, _ = twelve_closings()[0]
    files = Files(write_files(tmp_path, [(gems, naive_closing(gems))]))
    found = breaches(files, Attack(True))
    assert len(found) > 10
    assert all(one.low == one.high == one.count for one in found[:3])
    assert failures(gems, naive_closing(gems))


def test_few_numbers_are_hidden() -> None:
    for _, closed in twelve_closings():
        values = [value for cells in closed.tables.values() for value in cells.values()]
        assert values.count(None) / len(values) <= MOST_HIDDEN
