"""10,000 guesses at each code that opens something: how many opened, and does its owner enter?

Run: .venv/bin/python bench/guessed_codes.py
Asks the pages themselves, from 20 addresses on the network: the code sent by e-mail, the code of
the application (second step), the six words of a card, the seven words of an opening letter. The
issue's bar: 0 opened, and the owner still enters an hour later. Ends with code 1 otherwise.
"""

import itertools
import logging
import os
import random
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="bench-")
(Path(os.environ["DATA_DIR"]) / "static").mkdir()

GUESSES = 10_000
ADDRESSES = 20
EMAIL = "nadia@exemple.test"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105 - of an account of this run only
HOUR = 3_601
rng = random.Random(20261125)


def address(number: int) -> str:
    """Return one of the addresses on the network."""
    return f"198.51.100.{number % ADDRESSES}"


def figures(besides: Callable[[], set[str]]) -> Iterator[str]:
    """Yield codes of six figures that are surely wrong: a lucky guess is not what is measured."""
    for number in itertools.count():
        if (code := f"{number % 1_000_000:06}") not in besides():
            yield code


def drawn(words: list[str], count: int) -> str:
    return " ".join(rng.choice(words) for _ in range(count))


def sent_code() -> str:
    from django.core import mail

    found = re.search(r"\b(\d{6})\b", str(mail.outbox[-1].body))
    assert found is not None
    return found[1]


def opens(client: Any) -> bool:
    """Tell whether this browser got in."""
    return client.get("/mon-compte/").status_code == 200


def by_mail() -> int:
    """Guess the code sent to somebody: each browser asks for one, then tries five times."""
    from django.core import mail
    from django.test import Client

    right: set[str] = set()
    guesses = figures(lambda: right)
    opened = 0
    for number in range(GUESSES // 5):
        browser = Client(REMOTE_ADDR=address(number))
        before = len(mail.outbox)
        browser.post("/entrer/", {"email": EMAIL})
        if len(mail.outbox) > before:
            right.add(sent_code())
        for _ in range(5):
            browser.post("/entrer/code/", {"code": next(guesses)})
        opened += opens(browser)
    return opened


def by_application() -> int:
    """Guess the second step, from browsers that already gave the first proof."""
    from django.test import Client

    from espace.accounts.choices import Proof
    from espace.accounts.models import Account
    from espace.accounts.strength import note

    browsers = []
    for number in range(50):
        browser = Client(REMOTE_ADDR=address(number))
        browser.force_login(
            Account.objects.get(email=EMAIL),
            backend="allauth.account.auth_backends.AuthenticationBackend",
        )
        session = browser.session
        note(session, Proof.CODE)
        session.save()
        browsers.append(browser)
    guesses = figures(lambda: {application_code(shift) for shift in (-1, 0, 1)})
    return sum(
        browsers[number % 50]
        .post("/entrer/deuxieme-etape/code/", {"code": next(guesses)})
        .status_code
        == 302
        for number in range(GUESSES)
    )


def application_code(shift: int = 0) -> str:
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    return str(format_hotp_value(hotp_value(SECRET, int(time.time()) // 30 + shift)))


def by_words(page: str, count: int) -> Callable[[], int]:
    """Guess the words of a card or of a letter, which are of a public list."""

    def guess() -> int:
        from django.test import Client

        from espace.cards.rules.words import code_words

        words = list(code_words().values())
        return sum(
            Client(REMOTE_ADDR=address(number))
            .post(page, {"words": drawn(words, count)})
            .status_code
            == 302
            for number in range(GUESSES)
        )

    return guess


def main() -> int:
    import django

    django.setup()
    logging.disable(logging.INFO)
    from allauth.mfa.models import Authenticator
    from django.conf import settings
    from django.core import mail
    from django.core.management import call_command
    from django.test import Client
    from django.test.utils import override_settings

    from espace.accounts.models import Account
    from espace.accounts.protection import ProtectionAdapter

    call_command("migrate", verbosity=0)
    memory = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    with override_settings(
        CACHES={**settings.CACHES, "default": memory},
        EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend",
        STORAGES={
            **settings.STORAGES,
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        },
        ALLOWED_HOSTS=["testserver"],
    ):
        mail.outbox = []
        nadia = Account.objects.create_account(email=EMAIL, first_name="Nadia")
        secret = ProtectionAdapter().encrypt(SECRET)
        Authenticator.objects.create(user=nadia, type="totp", data={"secret": secret})
        bad = 0
        for name, guess in (
            ("code by e-mail", by_mail),
            ("code of the application", by_application),
            ("words of a card", by_words("/entrer/carte/", 6)),
            ("words of a letter", by_words("/ouvrir/", 7)),
        ):
            start = time.perf_counter()
            opened = guess()
            bad += opened
            seconds = time.perf_counter() - start
            print(f"{name:26} {GUESSES:6} guesses  {opened} opened  {seconds:5.0f} s", flush=True)
        clock, later = time.time, HOUR
        time.time = lambda: clock() + later  # type: ignore[method-assign]
        owner = Client()
        owner.post("/entrer/", {"email": EMAIL})
        answer = owner.post("/entrer/code/", {"code": sent_code()})
        entered = answer.status_code == 302 and opens(owner)
        print(f"an hour later, the owner enters: {'yes' if entered else 'NO'}")
    return 0 if entered and not bad else 1


if __name__ == "__main__":
    sys.exit(main())
