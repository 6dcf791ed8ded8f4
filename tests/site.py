"""A real site for the tests: its own data folder, the demonstration network, the real server."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from pypdf import PdfReader

from tests.machine import free_port

ROOT = Path(__file__).resolve().parent.parent
START_WITHIN_SECONDS = 180
LOOK_EVERY_SECONDS = 0.1
AN_ID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
# Where the links to an address with a « * » are, when it is not on the page just above.
LISTED_ON = {
    "/programme/activites/": "/programme/",
    "/programme/ouvertures/": "/programme/",
    "/decider/decisions/": "/decider/registre/",
    "/reseau/gem/": "/reseau/",
    "/programme/series/": "/programme/activites/*/",
}
GEM_TIME = ZoneInfo("Europe/Paris")


@dataclass(frozen=True)
class Site:
    """Where a running site answers, and how to speak to it."""

    url: str
    environment: dict[str, str]
    process: "subprocess.Popen[bytes]"
    output: Path
    sessions: dict[str, dict[str, str]] = field(default_factory=dict)

    def manage(self, *arguments: str) -> str:
        """Run a management command on the same data; return what it printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise RuntimeError(f"manage.py {' '.join(arguments)} failed:\n{done.stderr}")
        return done.stdout

    def letter_words(self, gem: str) -> str:
        """Bring a GEM of this name to the network; return the seven words of its opening letter.

        The words are read from the paper. Each journey opens a GEM of its own, so that none
        needs another to have come before it, or not to.
        """
        listed, paper = self.output.parent / f"{gem}.csv", self.output.parent / f"{gem}.pdf"
        listed.write_text(f"Nom du GEM;Ville;Code postal\n{gem};Brest;29200\n", encoding="utf-8")
        self.manage("import_network", str(listed), "--commit")
        self.manage("opening_letters", str(paper), "--text", gem)
        text = PdfReader(paper).pages[0].extract_text()
        found = re.search(r"/ouvrir/\s+((?:\w+\s+){7})Qui peut ouvrir", text)
        if found is None:
            raise RuntimeError(f"no seven words on the letter:\n{text}")
        return " ".join(found[1].split())

    def cookie(self, role: str) -> dict[str, str]:
        """Return the session cookie (name, value) of the demonstration person of ``role``."""
        if role not in self.sessions:
            self.sessions[role] = json.loads(self.manage("demo_session", role, "--json"))["cookie"]
        return self.sessions[role]

    def address(self, role: str, address: str) -> str:
        """Return ``address`` made whole for ``role``.

        « {day} » is today, « {yesterday} » the day before and « {month} » this month, in a GEM of
        the demonstration; « * » is read from the first such link that this person sees.
        """
        now = datetime.now(GEM_TIME)
        today = f"{now:%Y-%m-%d}"
        yesterday = f"{now - timedelta(days=1):%Y-%m-%d}"
        address = address.replace("{day}", today).replace("{month}", today[:7])
        address = address.replace("{yesterday}", yesterday)
        before, star, after = address.partition("*")
        if not star:
            return address
        cookie = self.cookie(role)
        listing = self.url + self.address(role, LISTED_ON.get(before, before))
        asked = urllib.request.Request(  # noqa: S310 - our own address
            listing, headers={"Cookie": f"{cookie['name']}={cookie['value']}"}
        )
        with urllib.request.urlopen(asked) as answer:  # noqa: S310 - our own address
            page = answer.read().decode()
        # A link to the very address, else to the thing: not every line offers every gesture.
        link = re.search(rf'href="{before}({AN_ID}){re.escape(after)}"', page) or re.search(
            rf'href="{before}({AN_ID})/', page
        )
        if link is None:
            raise RuntimeError(f"{listing} shows {role} no link to {address}")
        return address.replace("*", link[1])


def pages() -> list[tuple[str, str]]:
    """Return the pages of tests/pages.txt: (demonstration role or "", address)."""
    lines = (ROOT / "tests/pages.txt").read_text(encoding="utf-8").splitlines()
    found = [tuple(line.split()) for line in lines if line and not line.startswith("#")]
    return [("" if role == "visitor" else role, address) for role, address in found]


def environment_of(folder: Path, port: int) -> dict[str, str]:
    """Return what a site in ``folder`` needs and nothing of this machine's own settings."""
    kept = {k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "LANG", "TMPDIR")}
    return {**kept, "DATA_DIR": str(folder), "PORT": str(port)}


def answers(url: str) -> bool:
    """Tell whether the home page is served."""
    try:
        with urllib.request.urlopen(url, timeout=5) as response:  # noqa: S310 - our own address
            return response.status == 200
    except urllib.error.HTTPError as error:
        raise RuntimeError(f"{url} answers {error.code}") from error
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def wait_for_answer(url: str, process: "subprocess.Popen[bytes]", output: Path) -> None:
    """Return once ``url`` answers; raise with the server's words if it dies or takes too long."""
    deadline = time.monotonic() + START_WITHIN_SECONDS
    while not answers(url):
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"the site did not start:\n{output.read_text()}")
        time.sleep(LOOK_EVERY_SECONDS)


@contextmanager
def running(folder: Path, **variables: str) -> Iterator[Site]:
    """Prepare a site in ``folder`` and serve it with ``variables``; yield it; stop it."""
    port = free_port()
    environment = {**environment_of(folder, port), **variables}
    subprocess.run([sys.executable, "manage.py", "prepare"], cwd=ROOT, env=environment, check=True)
    output = folder / "output.txt"
    with output.open("wb") as written:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "serve"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=written,
            stderr=subprocess.STDOUT,
        )
    url = f"http://localhost:{port}"
    try:
        wait_for_answer(f"{url}/", process, output)
        yield Site(url, environment, process, output)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)
