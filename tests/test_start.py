"""`make start` on a machine that has nothing: it answers, it stops, nothing is left running."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.machine import free_port
from tests.site import ROOT, answers, environment_of, wait_for_answer

pytestmark = pytest.mark.once
STOP_WITHIN_SECONDS = 90


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A copy of the tree without its data, with this very virtual environment."""
    folder = tmp_path / "clone"
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(".*_cache", ".venv", ".git", "var"))
    (folder / ".venv").symlink_to(Path(sys.prefix))
    return folder


def start(clone: Path, port: int) -> "subprocess.Popen[bytes]":
    """Run `make start` in ``clone``, its words in ``output.txt``, with an empty environment."""
    environment = environment_of(clone / "var", port)
    with (clone / "output.txt").open("wb") as output:
        return subprocess.Popen(
            ["make", "start"],
            cwd=clone,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def processes_of(session: int) -> dict[int, str]:
    """Return the running processes of a session, by id, with their command."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, leader = stat.read_text().rpartition(")")[2].split()[:4]
            command = (stat.parent / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:  # it ended while we were reading
            continue
        if int(leader) == session and state != "Z":
            found[int(stat.parent.name)] = command
    return found


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_answers_then_stops_and_leaves_nothing_behind(clone: Path, number: int) -> None:
    port = free_port()
    process = start(clone, port)
    output = clone / "output.txt"
    try:
        wait_for_answer(f"http://localhost:{port}/", process, output)
        wait_for_line(output, f"http://localhost:{port}")
        running = " ".join(processes_of(process.pid).values())
        assert "gunicorn" in running
        assert "db_worker" in running
    finally:
        os.killpg(process.pid, number)
        process.wait(STOP_WITHIN_SECONDS)
    assert "Stopped." in output.read_text()
    assert processes_of(process.pid) == {}
    assert not answers(f"http://localhost:{port}/")


def wait_for_line(output: Path, words: str) -> None:
    """Return once ``words`` were printed."""
    deadline = time.monotonic() + STOP_WITHIN_SECONDS
    while words not in output.read_text():
        assert time.monotonic() < deadline, output.read_text()
        time.sleep(0.1)


def test_a_child_that_dies_is_started_again(clone: Path) -> None:
    port = free_port()
    process = start(clone, port)
    output = clone / "output.txt"
    try:
        wait_for_answer(f"http://localhost:{port}/", process, output)
        os.kill(pid_of("db_worker", process.pid), signal.SIGKILL)
        wait_for_line(output, "The background worker stopped (status -9); starting it again")
        os.kill(pid_of("gunicorn", process.pid), signal.SIGKILL)
        wait_for_line(output, "The web server stopped (status -9); starting it again")
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(STOP_WITHIN_SECONDS)


def pid_of(word: str, session: int) -> int:
    """Return the oldest process of ``session`` whose command holds ``word``."""
    return min(pid for pid, command in processes_of(session).items() if word in command)


def test_a_taken_port_is_said_in_one_sentence(clone: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        process = start(clone, taken.getsockname()[1])
        assert process.wait(STOP_WITHIN_SECONDS) != 0
    said = (clone / "output.txt").read_text()
    assert re.search(r"Port \d+ of localhost cannot be used .*make start PORT=\d+\.", said)
    assert "Traceback" not in said


def test_a_python_too_old_is_refused_in_one_sentence(clone: Path) -> None:
    old = clone / "old-python"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    done = subprocess.run(
        ["make", "install", f"PYTHON={old}"], cwd=clone, capture_output=True, text=True
    )
    assert done.returncode != 0
    assert "Python 3.11 or later is needed" in done.stdout


def test_make_help_lists_every_command() -> None:
    listed = subprocess.run(
        ["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    for command in ("start", "install", "test", "check", "audit", "screenshots", "bench"):
        assert f"make {command} " in listed
