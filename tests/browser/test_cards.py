"""Entering by a card, in a browser: words, QR code, camera; the GEM's own tablet left alone."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import segno
from playwright.sync_api import Browser, Page, expect

from tests import machine
from tests.conftest import FLAGS, OpenPage
from tests.site import Site

QUIET_SHEET, QUESTION, ANSWER = 61_000, 451_000, 121_000
THREE_HOURS_OFF = "2026-10-14T11:00:00"
WIDE, HIGH = 640, 480


@pytest.fixture
def card(site: Site) -> dict[str, str]:
    """The demonstration card of a member: words and address."""
    told: dict[str, str] = json.loads(site.manage("demo_card", "member", "--json"))
    return told


def is_inside(page: Page) -> bool:
    page.goto("/mon-compte/")
    return page.locator("h1").inner_text() == "Mon compte"


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_words_open_the_door_by_keyboard(
    visit: OpenPage, card: dict[str, str], scripts: bool, width: int
) -> None:
    page = visit(scripts=scripts, width=width).new_page()
    page.goto("/entrer/")
    page.get_by_role("link", name="J'ai une carte").press("Enter")
    page.get_by_label("Les six mots de votre carte").focus()
    page.keyboard.type(card["words"].upper())
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).not_to_have_url(re.compile("/entrer/carte/"))
    assert is_inside(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth") or not scripts


def test_the_telephone_s_own_camera_opens_the_page_and_the_secret_leaves_no_trace(
    visit: OpenPage, site: Site, card: dict[str, str]
) -> None:
    context = visit()
    asked: list[str] = []
    context.on("request", lambda one: asked.append(f"{one.url} {one.headers.get('referer', '')}"))
    page = context.new_page()
    secret = card["address"].partition("#")[2]
    page.goto(f"/entrer/carte/#{secret}")
    expect(page).not_to_have_url(re.compile("/entrer/carte/"))
    assert is_inside(page)
    assert not [one for one in asked if secret in one]
    assert secret not in site.output.read_text()
    page.go_back()
    page.go_back()
    assert secret not in page.url


@pytest.fixture
def with_camera(browser: Browser, tmp_path: Path, card: dict[str, str]) -> Iterator[Browser]:
    """A browser whose camera looks at the QR code of the card."""
    film = tmp_path / "card.y4m"
    film.write_bytes(film_of(card["address"]))
    flags = [
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={film}",
    ]
    chromium = browser.browser_type.launch(
        executable_path=machine.need_chromium(), args=[*FLAGS, *flags]
    )
    yield chromium
    chromium.close()


def film_of(address: str) -> bytes:
    """Return a film of the QR code, as the browser's pretended camera reads it (y4m)."""
    rows = [list(row) for row in segno.make(address, error="q").matrix_iter(border=4)]
    dot = 400 // len(rows)
    left, top = (WIDE - dot * len(rows)) // 2, (HIGH - dot * len(rows)) // 2
    light = bytearray(b"\xc8" * (WIDE * HIGH))
    for y in range(dot * len(rows)):
        line = b"".join((b"\x10" if dark else b"\xeb") * dot for dark in rows[y // dot])
        start = (top + y) * WIDE + left
        light[start : start + len(line)] = line
    frame = b"FRAME\n" + bytes(light) + b"\x80" * (WIDE * HIGH // 2)
    return f"YUV4MPEG2 W{WIDE} H{HIGH} F10:1 Ip A1:1 C420jpeg\n".encode() + frame * 3


def test_a_card_shown_to_the_camera_opens_the_door(with_camera: Browser, site: Site) -> None:
    context = with_camera.new_context(base_url=site.url, locale="fr-FR")
    asked: list[str] = []
    context.on("request", lambda one: asked.append(one.url))
    page = context.new_page()
    page.goto("/entrer/carte/")
    assert not [one for one in asked if "vendor" in one]
    page.get_by_role("button", name="Montrer ma carte à la caméra").press("Enter")
    expect(page).not_to_have_url(re.compile("/entrer/carte/"), timeout=30_000)
    assert is_inside(page)


def test_a_camera_refused_says_to_type_the_words(visit: OpenPage) -> None:
    page = visit().new_page()
    page.goto("/entrer/carte/")
    page.evaluate(
        "() => { navigator.mediaDevices.getUserMedia = () => Promise.reject(new Error()); }"
    )
    page.get_by_role("button", name="Montrer ma carte à la caméra").click()
    expect(page.get_by_text("La caméra ne répond pas. Écrivez les six mots.")).to_be_visible()
    expect(page.get_by_label("Les six mots de votre carte")).to_be_focused()


# --- The tablet, its clock three hours off: only delays count ---


@pytest.fixture
def tablet(visit: OpenPage) -> Page:
    page = visit("device").new_page()
    page.clock.install(time=THREE_HOURS_OFF)
    return page


def enter(page: Page, card: dict[str, str]) -> None:
    page.goto("/entrer/carte/")
    page.get_by_label("Les six mots de votre carte").fill(card["words"])
    page.get_by_role("button", name="Entrer", exact=True).click()
    expect(page.locator("h1")).not_to_have_text("Entrer avec ma carte")


def test_the_day_sheet_goes_back_to_the_start_when_nobody_touches_it(tablet: Page) -> None:
    tablet.goto("/aujourdhui/")
    tablet.clock.fast_forward(QUIET_SHEET - 2_000)
    tablet.keyboard.press("Tab")
    tablet.clock.fast_forward(QUIET_SHEET - 2_000)
    expect(tablet).to_have_url(re.compile("/aujourdhui/"))
    tablet.clock.fast_forward(QUIET_SHEET)
    expect(tablet).to_have_url(re.compile("/tablette/$"))


def test_another_page_asks_first(tablet: Page) -> None:
    tablet.goto("/programme/")
    tablet.clock.fast_forward(QUESTION)
    question = tablet.get_by_role("dialog")
    expect(question).to_contain_text("Vous êtes encore là ?")
    question.get_by_role("button", name="Je continue").press("Enter")
    expect(question).to_be_hidden()
    tablet.clock.fast_forward(ANSWER)
    expect(tablet).to_have_url(re.compile("/programme/"))
    tablet.clock.fast_forward(QUESTION)
    tablet.clock.fast_forward(ANSWER)
    expect(tablet).to_have_url(re.compile("/tablette/$"))


def test_a_text_left_on_the_tablet_waits_for_its_person(tablet: Page, card: dict[str, str]) -> None:
    enter(tablet, card)
    tablet.goto("/mon-compte/carte/")
    tablet.goto("/mon-compte/")
    name = tablet.get_by_label("Prénom ou surnom")
    before = name.input_value()
    name.fill("Texte en cours")
    tablet.clock.fast_forward(QUESTION)
    expect(tablet.get_by_role("dialog")).to_be_visible()
    tablet.clock.fast_forward(ANSWER)
    expect(tablet).to_have_url(re.compile("/tablette/$"))
    expect(tablet.get_by_text("Ce que vous avez écrit est gardé")).to_be_visible()
    tablet.go_back()
    expect(tablet.locator("h1")).to_have_text("Entrer sur la tablette")
    assert "Texte en cours" not in tablet.content()
    enter(tablet, card)
    expect(tablet.locator("h1")).to_have_text("Votre saisie est gardée")
    tablet.get_by_role("button", name="Ce n'est pas à moi").click()
    tablet.goto("/mon-compte/")
    expect(tablet.get_by_label("Prénom ou surnom")).to_have_value(before)
    tablet.get_by_role("button", name="Quitter").last.click()
    expect(tablet).to_have_url(re.compile("/tablette/$"))


def test_the_tablet_is_used_without_scripts(visit: OpenPage, card: dict[str, str]) -> None:
    page = visit("device", scripts=False).new_page()
    page.goto("/tablette/")
    page.get_by_role("link", name="J'ai ma carte").click()
    page.get_by_label("Les six mots de votre carte").fill(card["words"])
    page.get_by_role("button", name="Entrer", exact=True).click()
    assert is_inside(page)
    page.get_by_role("button", name="Quitter").last.click()
    expect(page.locator("h1")).to_have_text("Bonjour !")
