"""The whole suite, as one command: ``python -m tests.suite all`` (or ``fast``).

It installs what it needs from Debian packages when it may, makes a PostgreSQL of its own, runs
every step even after a failure, and ends with one line for each. Nothing is ever left out in
silence: what cannot run is a failure with a sentence that says what to install.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests import machine

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PYTHON = sys.executable
MANAGE = [PYTHON, "manage.py"]
PYTEST = [PYTHON, "-m", "pytest"]
PRODUCTION = {
    "MODE": "production",
    "SECRET_KEY": "a-key-of-the-test-suite-that-is-long-enough-and-opens-nothing-0123456789",
    "ALLOWED_HOSTS": "espace.example",
}


@dataclass(frozen=True)
class Step:
    """A command of the suite and the environment it adds."""

    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)


def tool(name: str, *arguments: str) -> list[str]:
    """Return the command of a tool of the virtual environment."""
    return [str(BIN / name), *arguments]


def typed_files() -> list[str]:
    """Return what mypy reads strictly: rules, queries and actions, and the pure packages."""
    rooms = [*ROOT.glob("espace/*/rules.py"), *ROOT.glob("espace/*/rules/*.py")]
    for room in ("queries", "actions"):
        rooms += [*ROOT.glob(f"espace/*/{room}.py"), *ROOT.glob(f"espace/*/{room}/*.py")]
    rooms += [
        *ROOT.glob("espace/indicators/formulas/*.py"),
        *ROOT.glob("espace/imports/reading/*.py"),
    ]
    return sorted(str(path.relative_to(ROOT)) for path in rooms)


def house_steps() -> list[Step]:
    """What reads the code without running it."""
    return [
        Step("format", tool("ruff", "format", "--check", "--quiet", ".")),
        Step("lint", tool("ruff", "check", "--quiet", ".")),
        Step("templates", tool("djlint", "espace", "--lint", "--quiet")),
        Step("types", tool("mypy", *typed_files())),
        Step("contracts", tool("lint-imports", "--no-cache")),
    ]


def fast_steps() -> list[Step]:
    """The half to run before each commit."""
    return [
        *house_steps(),
        Step("house, permissions and rules", [*PYTEST, "-n", "2", "-m", "fast"]),
    ]


def all_steps(postgresql: str) -> list[Step]:
    """Everything; ``postgresql`` is the address of an empty cluster."""
    return [
        *house_steps(),
        Step("migrations", [*MANAGE, "makemigrations", "--check", "--dry-run"]),
        Step("system check", [*MANAGE, "check", "--fail-level", "WARNING"]),
        Step(
            "production check",
            [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"],
            PRODUCTION,
        ),
        Step("tests on SQLite", [*PYTEST, "-n", "2", "--dist", "loadgroup"]),
        Step(
            "tests on PostgreSQL",
            [*PYTEST, "-n", "2", "--dist", "loadgroup", "-m", "not once"],
            {"DATABASE_URL": postgresql},
        ),
    ]


def run(step: Step, environment: dict[str, str]) -> tuple[bool, float]:
    """Run one step, its output shown as it comes; return whether it passed, and the seconds."""
    print(f"\n--- {step.name}", flush=True)
    began = time.monotonic()
    done = subprocess.run(
        step.command, cwd=ROOT, env={**environment, **step.environment}, stdin=subprocess.DEVNULL
    )
    return done.returncode == 0, time.monotonic() - began


@contextmanager
def own_environment() -> Iterator[dict[str, str]]:
    """Yield an environment where nothing of this machine's settings leaks into the suite."""
    ours = ("MODE", "DATABASE_URL", "SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL", "EMAIL_URL", "HOST")
    kept = {name: value for name, value in os.environ.items() if name not in (*ours, "PORT")}
    with tempfile.TemporaryDirectory(prefix="espace-tests-") as folder:
        yield {**kept, "DATA_DIR": folder, "PYTHONWARNINGS": "default"}


def steps_of(kind: str, stack: ExitStack) -> list[Step]:
    """Return the steps asked for, once what they need is on the machine."""
    if kind == "fast":
        return fast_steps()
    machine.need_chromium()
    folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="espace-pg-"))
    return all_steps(stack.enter_context(machine.postgresql(Path(folder))))


def main(kind: str) -> int:
    """Run the suite; return 0 when everything passed."""
    with ExitStack() as stack:
        try:
            environment = stack.enter_context(own_environment())
            results = [(step.name, *run(step, environment)) for step in steps_of(kind, stack)]
        except machine.MissingToolError as sentence:
            print(f"\nThe tests cannot run: {sentence}", file=sys.stderr)
            return 1
    print("\n--- summary")
    for name, passed, seconds in results:
        print(f"{'ok    ' if passed else 'FAILED'} {seconds:6.1f} s  {name}")
    failed = [name for name, passed, _ in results if not passed]
    total = sum(seconds for _, _, seconds in results)
    verdict = (
        f"{len(failed)} of {len(results)} steps failed: {', '.join(failed)}"
        if failed
        else (f"All {len(results)} steps passed")
    )
    print(f"{verdict} ({total:.0f} s).")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
