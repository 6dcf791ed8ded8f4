"""One child process that is kept running: started, started again when it dies, stopped."""

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

DEATHS_ALLOWED = 5
"""A child that dies more often than this, each time within a minute, is given up."""
STEADY_AFTER_SECONDS = 60
STOP_WITHIN_SECONDS = 15


class GivenUpError(Exception):
    """A child could not stay up; the text is a sentence for the person who started it."""


class Child:
    """A command and the process that runs it now.

    It gets its own process group, so that Ctrl-C reaches the supervisor alone, which then stops
    each child once.
    """

    def __init__(
        self, name: str, command: Sequence[str], folder: Path, environment: Mapping[str, str]
    ) -> None:
        self.name = name
        self._command = list(command)
        self._folder = folder
        self._environment = dict(environment)
        self._process: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0
        self._start_again_at = 0.0
        self._deaths = 0

    def keep_up(self, now: float) -> str:
        """Start the process if it is not running; return a sentence when it had died.

        ``now`` is in seconds of a monotonic clock. The wait before the next start doubles with
        each death (1, 2, 4… seconds). Raises GivenUpError after too many.
        """
        if self._process is None:
            if now >= self._start_again_at:
                self._start(now)
            return ""
        status = self._process.poll()
        if status is None:
            return ""
        self._process = None
        self._deaths = 1 if now - self._started_at > STEADY_AFTER_SECONDS else self._deaths + 1
        if self._deaths > DEATHS_ALLOWED:
            raise GivenUpError(f"The {self.name} does not stay up: its last words are above.")
        wait = 2 ** (self._deaths - 1)
        self._start_again_at = now + wait
        return f"The {self.name} stopped (status {status}); starting it again in {wait} s."

    def _start(self, now: float) -> None:
        self._started_at = now
        self._process = subprocess.Popen(  # noqa: S603
            self._command,
            cwd=self._folder,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            process_group=0,
        )

    def ask_to_stop(self) -> None:
        """Let the process finish what it is doing."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)

    def wait_until_stopped(self) -> None:
        """Return once the process is gone, killed with its own children if it takes too long."""
        if self._process is None:
            return
        try:
            self._process.wait(STOP_WITHIN_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
