"""What people do from one end to the other, in a browser."""

import json
import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.conftest import OpenPage
from tests.site import ROOT, Site

SAMPLES = ROOT / "espace" / "imports" / "tests" / "samples"
STOPS = 60


def enter_as(page: Page, role: str) -> None:
    """From the home page, enter as the demonstration person of a role (its French name)."""
    page.goto("/")
    page.get_by_role("link", name="Entrer").first.click()
    page.get_by_role("button", name=re.compile(f"^{role}")).click()
    expect(page.locator("h1")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_from_the_home_page_to_the_living_page(visit: OpenPage, scripts: bool) -> None:
    page = visit(scripts=scripts).new_page()
    enter_as(page, "Salarié")
    page.get_by_role("navigation").get_by_role("link", name="Notre GEM").first.click()
    expect(page).to_have_url(re.compile("/notre-gem/$"))
    expect(page.locator("h1")).to_have_text("Notre GEM")
    page.get_by_role("link", name=re.compile("D'où vient ce chiffre")).first.click()
    expect(page.locator("h1")).to_be_visible()
    expect(page).to_have_url(re.compile("/notre-gem/chiffre/"))


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_the_day_sheet_from_first_name_to_paper(visit: OpenPage, scripts: bool) -> None:
    page = visit(scripts=scripts).new_page()
    enter_as(page, "Salarié")
    page.get_by_role("navigation").get_by_role("link", name="Aujourd'hui").first.click()
    expect(page.locator("h1")).to_have_text("Aujourd'hui")
    names = [name.inner_text() for name in page.locator("button.name-tick[name=venu]").all()[:3]]
    assert len(names) == 3
    for name in names:
        pressed(page, name).click()
        expect(pressed(page, name)).to_have_attribute("aria-pressed", "true")

    page.get_by_role("button", name="Annuler").click()
    expect(pressed(page, names[-1])).to_have_attribute("aria-pressed", "false")

    newcomer = "Zélie" if scripts else "Zoé"
    page.locator("input[name=nom]").fill(f"{newcomer} W")
    page.get_by_role("button", name="Ajouter").click()
    expect(pressed(page, f"{newcomer} W.")).to_have_attribute("aria-pressed", "true")

    tablet = visit("device", scripts=scripts).new_page()
    tablet.goto("/aujourdhui/")
    for name in (*names[:2], f"{newcomer} W."):
        expect(pressed(tablet, name)).to_have_attribute("aria-pressed", "true")

    page.get_by_role("link", name="Feuille à imprimer").click()
    paper = page.get_by_role("link", name="Ouvrir la feuille à imprimer").get_attribute("href")
    answer = page.request.get(f"/papier/semaine/{paper}" if paper[0] == "?" else paper)
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF")


def pressed(page: Page, name: str) -> Locator:
    """Return the button of a person on the day sheet."""
    return page.locator("button.name-tick").filter(has_text=name).first


def press_until(page: Page, words: str) -> None:
    """Press Tab until a control with these words has the focus."""
    for _ in range(STOPS):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText ?? ''").strip().startswith(words):
            return
    raise AssertionError(f"the keyboard never reaches « {words} »")


def test_entering_with_the_keyboard_alone(visit: OpenPage) -> None:
    page = visit().new_page()
    page.goto("/")
    press_until(page, "Entrer")
    page.keyboard.press("Enter")
    page.wait_for_url("**/entrer/")
    press_until(page, "Adhérent")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/entrer/" not in url)
    press_until(page, "Notre GEM")
    page.keyboard.press("Enter")
    page.wait_for_url("**/notre-gem/")


def test_without_network_help_is_still_there(visit: OpenPage) -> None:
    context = visit()
    page = context.new_page()
    page.goto("/aide/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    context.set_offline(True)
    page.goto("/programme/")
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator('a[href="tel:3114"]').first).to_be_visible()
    context.set_offline(False)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_sheet_of_the_samples_becomes_figures_then_goes_away(
    visit: OpenPage, scripts: bool
) -> None:
    truth = json.loads((SAMPLES / "truth.json").read_text(encoding="utf-8"))
    presences = len(truth["presences_trimestre.xlsx"]["presences"])
    page = visit("elected", scripts=scripts).new_page()
    page.goto("/import/")
    page.locator("input[type=file]").set_input_files(SAMPLES / "presences_trimestre.xlsx")
    page.get_by_role("button", name="Lire ce fichier").click()
    expect(page.locator("h1")).to_have_text("Ce que nous avons compris")
    page.get_by_role("button", name="Voir ce qui sera ajouté").click()
    expect(page.locator("h1")).to_have_text("Ce qui sera ajouté")
    page.get_by_role("button", name="Ajouter à nos présences").click()
    expect(page.get_by_text(f"{presences} présences ajoutées.")).to_be_visible()
    page.get_by_role("link", name="Voir Notre GEM").click()
    expect(page.locator("h1")).to_have_text("Notre GEM")

    page.go_back()
    page.get_by_role("link", name="Annuler cet import").click()
    page.get_by_role("button", name="Retirer ce que ce fichier a ajouté").click()
    expect(page.get_by_text("Tout ce que ce fichier avait ajouté est retiré.")).to_be_visible()


def test_minutes_keep_themselves_while_they_are_typed(visit: OpenPage, site: Site) -> None:
    address = site.address("elected", "/decider/reunions/*/compte-rendu/")
    page = visit("elected", width=360).new_page()
    page.goto(address)
    page.locator("main textarea").first.fill("Le café est à 40 centimes.")
    expect(page.locator("#garde")).to_contain_text("Enregistré à")

    # The browser is closed without a press on the button; another telephone goes on.
    page.close()
    other = visit("elected", width=360).new_page()
    other.goto(address)
    expect(other.locator("main textarea").first).to_have_value("Le café est à 40 centimes.")
    other.locator("main textarea").first.fill("Le café est à 50 centimes.")
    other.get_by_role("button", name="Enregistrer le compte rendu").click()
    expect(other.locator("main textarea").first).to_have_value("Le café est à 50 centimes.")
