"""Gestures, counted in a real browser: a paper week typed by keyboard, and a day ticked by taps.

Run: .venv/bin/python bench/typing_grid.py
Makes a GEM of 40 people open five days a week in a folder of its own, serves it, and does what a
person does. The issue's bars: 40 names x 5 days typed in under two minutes of keystrokes (0.28 s
each, the average typist of the keystroke-level model), and 20 people ticked in at most 22 taps.
"""

import os
import random
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from tests import machine  # noqa: E402 -- the path above first
from tests.conftest import FLAGS  # noqa: E402 -- the path above first

KEYSTROKE_SECONDS = 0.28
PEOPLE, OPEN_DAYS, TICKED_SHARE = 40, 5, 0.35
MAKE = """
from datetime import time, timedelta
from decimal import Decimal
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from espace.accounts.choices import Role
from espace.activities.models import Attendance, Slot
from espace.core.clock import today
from espace.groups.tests.factories import make_account, make_gem, make_mandate, make_person
gem = make_gem(slug='banc')
account = make_account()
make_mandate(gem, account, Role.ANIMATOR)
monday = today() - timedelta(days=today().weekday() + 7)
for rank in range(PEOPLE):
    person = make_person(gem, f'Prénom{rank:02d}', 'B')
    Attendance.objects.create(gem=gem, date=monday - timedelta(days=3), person=person)
for rank in range(OPEN_DAYS):
    day = monday + timedelta(days=rank)
    Slot.objects.create(gem=gem, date=day, starts_at=time(10), hours=Decimal(7))
session = SessionStore()
session[SESSION_KEY] = str(account.pk)
session[BACKEND_SESSION_KEY] = 'allauth.account.auth_backends.AuthenticationBackend'
session[HASH_SESSION_KEY] = account.get_session_auth_hash()
session.create()
print(session.session_key, f'{monday:%G-W%V}')
"""


class Hand:
    """Presses and counts."""

    def __init__(self, page: Page) -> None:
        self.page, self.keys, self.taps = page, 0, 0

    def press(self, key: str) -> None:
        self.keys += 1
        self.page.keyboard.press(key)

    def tap(self, words: str) -> None:
        self.taps += 1
        self.page.get_by_text(words, exact=True).first.click()


def type_week(page: Page, week: str, share: float) -> tuple[int, int, int]:
    """Type a paper sheet; return (keystrokes, boxes of the paper ticked, boxes saved)."""
    hand, paper = Hand(page), random.Random(40)
    page.goto(f"/aujourdhui/grille/?semaine={week}")
    wanted = 0
    while boxes := page.locator("input[name=c]").count():
        for _ in range(boxes):
            came = paper.random() < share
            wanted += came
            hand.press("x" if came else "ArrowRight")
        with page.expect_navigation():
            hand.press("Enter")
    saved = 0
    for number in (1, 2):
        page.goto(f"/aujourdhui/grille/?semaine={week}&page={number}")
        saved += page.locator("input[name=c]:checked").count()
    return hand.keys, wanted, saved


def tick_day(page: Page) -> tuple[int, int]:
    """Tick twenty people from the home page; return (taps, people pressed after a reload)."""
    page.goto("/")
    hand = Hand(page)
    hand.tap("Aujourd'hui")
    page.wait_for_url("**/aujourdhui/")
    names = page.locator(".name-tick")
    for rank in range(20):
        hand.taps += 1
        names.nth(rank).click()
        page.wait_for_timeout(300)
    page.wait_for_timeout(1000)
    page.reload()
    return hand.taps, page.locator(".name-tick[aria-pressed=true]").count()


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        port = machine.free_port()
        environment = {**os.environ, "DATA_DIR": name, "PORT": str(port)}
        manage = [sys.executable, "manage.py"]
        for command in (["migrate", "--verbosity", "0"], ["createcachetable"]):
            subprocess.run([*manage, *command], cwd=ROOT, env=environment, check=True)
        collect = ["collectstatic", "--noinput", "--verbosity", "0"]
        subprocess.run([*manage, *collect], cwd=ROOT, env=environment, check=True)
        make = f"PEOPLE, OPEN_DAYS = {PEOPLE}, {OPEN_DAYS}\n{MAKE}"
        shell = [*manage, "shell", "--no-imports", "-c", make]
        made = subprocess.run(
            shell, cwd=ROOT, env=environment, check=True, capture_output=True, text=True
        )
        key, week = made.stdout.split()
        gunicorn = [sys.executable, "-m", "gunicorn", "config.wsgi", "--threads", "4"]
        served = subprocess.Popen(
            [*gunicorn, "--bind", f"127.0.0.1:{port}", "--log-level", "error"],
            cwd=ROOT,
            env=environment,
            stderr=subprocess.DEVNULL,
        )
        try:
            wait_for(f"http://localhost:{port}/hors-ligne/")
            measure(f"http://localhost:{port}", key, week)
        finally:
            served.terminate()
            served.wait()


def wait_for(url: str) -> None:
    """Return once ``url`` answers."""
    for _ in range(100):
        try:
            urllib.request.urlopen(url, timeout=5).close()  # noqa: S310 -- our own address
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError(f"{url} does not answer")


def measure(url: str, key: str, week: str) -> None:
    """Print what both gestures cost."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=machine.need_chromium(), args=FLAGS)
        context = chromium.new_context(base_url=url, viewport={"width": 1280, "height": 900})
        context.add_cookies([{"name": "sessionid", "value": key, "url": url}])
        page = context.new_page()
        keys, wanted, saved = type_week(page, week, TICKED_SHARE)
        print(
            f"{PEOPLE} names x {OPEN_DAYS} days, {wanted} crosses: {keys} keystrokes, "
            f"{keys * KEYSTROKE_SECONDS:.0f} s; {saved} presences saved"
        )
        taps, pressed = tick_day(page)
        print(f"{pressed} people ticked in {taps} taps")
        chromium.close()


if __name__ == "__main__":
    main()
