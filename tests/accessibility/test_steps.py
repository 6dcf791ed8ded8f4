"""Pages that no address alone opens, met in their order: paper letter, first day, card, way in."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.accessibility.test_pages import (
    faults_of_axe,
    missing_from_frame,
    unreached_by_keyboard,
)
from tests.conftest import OpenPage
from tests.site import Site


def faults(page: Page, scripts: bool) -> list[str]:
    """Return what is wrong with the page one came to; axe itself needs scripts."""
    found = missing_from_frame(page) + unreached_by_keyboard(page)
    width = page.evaluate("document.documentElement.scrollWidth")
    found += [f"overflows at 320 pixels: {width}"] if width > 320 else []
    found += faults_of_axe(page) if scripts else []
    return [f"{page.title()}: {fault}" for fault in found]


def press(page: Page, words: str) -> None:
    """Press the button or the link of these words as the keyboard does."""
    main = page.locator("main")
    button = main.get_by_role("button", name=words).or_(main.get_by_role("link", name=words))
    button.first.press("Enter")
    page.wait_for_load_state()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_from_the_paper_letter_to_a_card_that_opens(
    visit: OpenPage, site: Site, scripts: bool
) -> None:
    letter = site.letter_words(f"GEM Le Pas {'un' if scripts else 'deux'}")
    page = visit(scripts=scripts, width=320).new_page()
    problems = []

    page.goto("/ouvrir/")
    page.locator("textarea").fill(letter)
    press(page, "Continuer")
    problems += faults(page, scripts)
    page.get_by_label("J'ai été élu par l'assemblée générale du GEM").press("Space")
    press(page, "Continuer")
    problems += faults(page, scripts)
    page.get_by_label("Votre prénom, ou un surnom").fill("Yvette")
    page.get_by_role("radio").first.press("Space")
    page.get_by_label("L'assemblée générale du GEM m'a élu").press("Space")
    press(page, "Ouvrir notre espace")
    problems += faults(page, scripts)

    expect(page).to_have_url(re.compile("/ouvrir/et-maintenant/$"))
    press(page, "Aller à la page de notre GEM")
    expect(page.locator("main")).to_contain_text("Rien n'est encore noté ici.")
    problems += faults(page, scripts)

    page.goto("/ouvrir/et-maintenant/")
    press(page, "Imprimer ma carte")
    press(page, "Faire ma carte")
    problems += faults(page, scripts)
    said = page.locator(".access-card ol li")
    expect(said).to_have_count(6)
    words = " ".join(said.all_inner_texts())

    another = visit(scripts=scripts, width=320).new_page()
    another.goto("/entrer/carte/")
    another.get_by_label("Les six mots de votre carte").fill(words)
    press(another, "Entrer")
    expect(another).not_to_have_url(re.compile("/entrer/carte/"))
    another.goto("/mon-compte/")
    expect(another.locator("h1")).to_have_text("Mon compte")
    assert problems == []


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_the_page_that_asks_for_the_code(visit: OpenPage, scripts: bool) -> None:
    page = visit(scripts=scripts, width=320).new_page()
    page.goto("/entrer/")
    page.get_by_label("Votre adresse e-mail").fill("personne@exemple.test")
    press(page, "Recevoir un code")
    expect(page).to_have_url(re.compile("/entrer/code/$"))
    assert faults(page, scripts) == []
