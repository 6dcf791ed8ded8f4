"""A running site and a browser, for the tests that look at whole pages."""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, sync_playwright

from tests import machine, provider
from tests.site import Site, running

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}

OpenPage = Callable[..., BrowserContext]


def institution(issuer: str) -> dict[str, str]:
    """Return the variables of a site where institutions enter by the local provider."""
    return {
        "OIDC_ISSUER": issuer,
        "OIDC_CLIENT_ID": "mon-espace",
        "OIDC_CLIENT_SECRET": "demonstration",
        "OIDC_NAME": "Compte de mon institution",
    }


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demonstration site, served as `make start` serves it."""
    folder: Path = tmp_path_factory.mktemp("site")
    with provider.running() as issuer, running(folder, **institution(issuer)) as served:
        yield served


@pytest.fixture(scope="session")
def browser(site: Site) -> Iterator[Browser]:
    """Debian's Chromium, which reaches this machine only."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=machine.need_chromium(), args=FLAGS)
        yield chromium
        chromium.close()


def said_by_us(site: Site, message: ConsoleMessage) -> list[str]:
    """Return the error this message tells of a page of ours.

    Other sites' pages are not ours to mend, and the status of a page is read by the tests.
    """
    about = message.location["url"]
    elsewhere = about != "" and not about.startswith(site.url)
    status = "Failed to load resource" in message.text and urlsplit(about).path.endswith("/")
    return [message.text] if message.type == "error" and not elsewhere and not status else []


@pytest.fixture
def visit(site: Site, browser: Browser) -> Iterator[OpenPage]:
    """Return a function that opens a browser window: ``visit("animator", width=320)``.

    The first argument is a demonstration role, or nothing for a visitor; ``scripts=False`` turns
    JavaScript off. A script error or a request refused by the page's own policy fails the test.
    """
    contexts: list[BrowserContext] = []
    problems: list[str] = []

    def open_window(role: str = "", *, width: int = 1280, scripts: bool = True) -> BrowserContext:
        context = browser.new_context(
            base_url=site.url,
            locale="fr-FR",
            viewport={"width": width, "height": 800},
            java_script_enabled=scripts,
        )
        if role:
            context.add_cookies([{**site.cookie(role), "url": site.url}])
        context.on("weberror", lambda error: problems.append(str(error.error)))
        context.on("console", lambda message: problems.extend(said_by_us(site, message)))
        contexts.append(context)
        return context

    yield open_window
    for context in contexts:
        context.close()
    assert not problems
