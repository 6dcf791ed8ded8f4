"""A child process is kept up, with patience, then given up."""

import os
import sys
from pathlib import Path

import pytest

from espace.core.supervision import DEATHS_ALLOWED, STEADY_AFTER_SECONDS, Child, GivenUpError

pytestmark = pytest.mark.once


def child_that(code: str, folder: Path) -> Child:
    return Child("worker", [sys.executable, "-c", code], folder, dict(os.environ))


def next_sentence(child: Child, now: float) -> str:
    """Look at the child until it says that its process died, the clock staying at ``now``."""
    while not (sentence := child.keep_up(now)):
        pass
    return sentence


def test_a_child_that_dies_waits_longer_each_time_then_is_given_up(tmp_path: Path) -> None:
    child = child_that("raise SystemExit(3)", tmp_path)
    now, waits = 0.0, []
    for _ in range(DEATHS_ALLOWED):
        child.keep_up(now)
        sentence = next_sentence(child, now)
        assert sentence.startswith("The worker stopped (status 3)")
        waits.append(float(sentence.split()[-2]))
        now += waits[-1]
    assert waits == [1, 2, 4, 8, 16]
    child.keep_up(now)
    with pytest.raises(GivenUpError, match="does not stay up"):
        next_sentence(child, now)


def test_a_child_that_stayed_up_is_forgiven(tmp_path: Path) -> None:
    child = child_that("raise SystemExit(0)", tmp_path)
    now = 0.0
    for _ in range(DEATHS_ALLOWED * 2):
        child.keep_up(now)
        now += STEADY_AFTER_SECONDS + 1
        assert "starting it again in 1 s" in next_sentence(child, now)
        now += 1


def test_a_child_is_not_started_before_its_time(tmp_path: Path) -> None:
    mark = tmp_path / "started"
    child = child_that(f"open({str(mark)!r}, 'a').write('x')", tmp_path)
    child.keep_up(0)
    next_sentence(child, 0)
    child.keep_up(0.5)
    child.wait_until_stopped()
    assert mark.read_text() == "x"


def test_stopping_a_child_ends_its_process(tmp_path: Path) -> None:
    child = child_that("import signal; signal.pause()", tmp_path)
    child.keep_up(0)
    child.ask_to_stop()
    child.wait_until_stopped()
    assert "status -15" in next_sentence(child, 1)
