"""Ways in of a person with a role: address, application, second step, institution; by keyboard.

Each journey is walked at 320 pixels, with and without scripts, with the keyboard alone, and each
page of it is looked at as the pages of the list are.
"""

import re
import time
from email import message_from_bytes, policy
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect

from tests.accessibility.test_steps import faults, press
from tests.conftest import OpenPage
from tests.site import Site

WITH_AND_WITHOUT = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
HALF_MINUTE = 30


def code_sent(site: Site, address: str) -> str:
    """Return the code of the last message that this site wrote to ``address``."""
    files = sorted((site.output.parent / "outbox").iterdir(), key=lambda one: one.stat().st_mtime)
    for file in reversed(files):
        message: Any = message_from_bytes(file.read_bytes(), policy=policy.default)
        if message["To"] == address:
            found = re.search(r"\b(\d{6})\b", message.get_content())
            if found:
                return found[1]
    raise AssertionError(f"no code was sent to {address}")


def application_code(secret: str, shift: int = 0) -> str:
    """Return what the application shows; ``shift`` half-minutes later."""
    code: str = format_hotp_value(hotp_value(secret, int(time.time()) // HALF_MINUTE + shift))
    return code


def typed(page: Page, label: str, text: str) -> None:
    """Fill a field as the keyboard does."""
    page.get_by_label(label).focus()
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def open_gem(page: Page, words: str) -> None:
    """Open a GEM of one's own from its paper letter."""
    page.goto("/ouvrir/")
    page.locator("textarea").fill(words)
    press(page, "Continuer")
    page.get_by_label("J'ai été élu par l'assemblée générale du GEM").press("Space")
    press(page, "Continuer")
    typed(page, "Votre prénom, ou un surnom", "Solange")
    page.get_by_role("radio").first.press("Space")
    page.get_by_label("L'assemblée générale du GEM m'a élu").press("Space")
    press(page, "Ouvrir notre espace")


@WITH_AND_WITHOUT
def test_an_elected_person_gets_an_address_an_application_and_comes_back_with_both(
    visit: OpenPage, site: Site, scripts: bool
) -> None:
    address = f"solange.{'avec' if scripts else 'sans'}@exemple.test"
    page = visit(scripts=scripts, width=320).new_page()
    open_gem(page, site.letter_words(f"GEM La Clé {'une' if scripts else 'deux'}"))
    problems = []

    page.goto("/mon-compte/adresse/")
    problems += faults(page, scripts)
    page.locator("main input[type=email]").fill(address)
    press(page, "Envoyer un code à cette adresse")
    problems += faults(page, scripts)
    page.locator("main input[name=code]").fill("000000")
    press(page, "Prendre cette adresse")
    expect(page.locator("main")).to_contain_text("Ce n'est pas le bon code.")
    page.locator("main input[name=code]").fill(code_sent(site, address))
    press(page, "Prendre cette adresse")
    expect(page.locator("h1")).to_have_text("Mon compte")

    page.goto("/mon-compte/protection/application/")
    problems += faults(page, scripts)
    secret = "".join(page.locator(".secret").inner_text().split())
    page.locator("main input[name=code]").fill(application_code(secret))
    press(page, "Ajouter cette application")
    problems += faults(page, scripts)
    expect(page.locator("h1")).to_have_text("Mes codes de secours")

    page.get_by_role("button", name="Quitter").press("Enter")
    page.goto("/entrer/?next=/notre-gem/roles/")
    typed(page, "Votre adresse e-mail", address)
    press(page, "Recevoir un code")
    typed(page, "Le code reçu", code_sent(site, address))
    press(page, "Entrer")
    expect(page.locator("h1")).to_have_text("Deuxième étape")
    problems += faults(page, scripts)
    page.locator("main input[name=code]").fill("000000")
    press(page, "Continuer")
    expect(page.locator("h1")).to_have_text("Deuxième étape")
    problems += faults(page, scripts)
    # A code of the application serves once: this is the next one.
    page.locator("main input[name=code]").fill(application_code(secret, shift=1))
    press(page, "Continuer")
    expect(page).to_have_url(re.compile("/notre-gem/roles/$"))
    assert problems == []


@WITH_AND_WITHOUT
def test_an_agent_enters_with_the_account_of_the_institution(
    visit: OpenPage, scripts: bool
) -> None:
    page = visit(scripts=scripts, width=320).new_page()
    page.goto("/entrer/")
    press(page, "Entrer avec mon institution")
    page.locator("input[name=sub]").fill("delphine.ars")
    page.locator("input[name=sub]").press("Enter")
    expect(page).to_have_url(re.compile("/mon-territoire/$"))
    assert faults(page, scripts) == []
    page.get_by_role("button", name="Quitter").press("Enter")

    # Somebody the institution knows and whom nobody here waits for.
    page.goto("/entrer/")
    press(page, "Entrer avec mon institution")
    page.locator("input[name=sub]").fill("inconnue")
    page.locator("input[name=sub]").press("Enter")
    expect(page).to_have_url(re.compile("/entrer/institution/retour/"))
    assert faults(page, scripts) == []
