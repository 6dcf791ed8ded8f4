"""The local identity provider (``tests.demo_provider``), run beside the tests."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import requests

from tests.machine import free_port

START_WITHIN_SECONDS = 60
LOOK_EVERY_SECONDS = 0.1


@contextmanager
def running(token_minutes: int = 60) -> Iterator[str]:
    """Run the provider beside the tests; yield its address; stop it."""
    port = free_port()
    command = [sys.executable, "-m", "tests.demo_provider", "--port", str(port)]
    process = subprocess.Popen(
        [*command, "--token-minutes", str(token_minutes)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    issuer = f"http://localhost:{port}"
    try:
        _wait(issuer, process)
        yield issuer
    finally:
        process.terminate()
        process.wait(30)


def _wait(issuer: str, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + START_WITHIN_SECONDS
    while True:
        try:
            requests.get(issuer, timeout=5)
        except requests.ConnectionError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(LOOK_EVERY_SECONDS)
        else:
            return
