"""A GEM that starts with nothing: a letter, cards, the tablet, ideas, the week on the door."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import OpenPage
from tests.site import Site

PRESIDENT = "Mireille K."


def press(page: Page, button: str) -> None:
    page.get_by_role("button", name=button).first.click()


def follow(page: Page, link: str) -> None:
    page.get_by_role("link", name=link).first.click()


def words_of(page: Page, name: str) -> str:
    """Return the six words of the card of ``name``, from the page of cards just made."""
    card = page.locator("main li, main section, main article").filter(has_text=name).last
    said = card.locator("ol li")
    expect(said).to_have_count(6)
    return " ".join(said.all_inner_texts())


def enter_by_card(page: Page, words: str) -> None:
    page.goto("/entrer/carte/")
    page.get_by_label("Les six mots de votre carte").fill(words)
    press(page, "Entrer")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_from_a_paper_letter_to_the_poster_on_the_door(
    visit: OpenPage, site: Site, scripts: bool
) -> None:
    words = site.letter_words(f"GEM La Porte {'une' if scripts else 'deux'}")
    # The GEM's own computer: it becomes its shared device half-way.
    place = visit(width=360, scripts=scripts).new_page()

    place.goto("/ouvrir/")
    place.locator("main textarea").first.fill(words)
    press(place, "Continuer")
    place.get_by_label("J'ai été élu par l'assemblée générale du GEM").check()
    press(place, "Continuer")
    place.get_by_label("Votre prénom, ou un surnom").fill("Mireille")
    place.get_by_label("La première lettre de votre nom").fill("K")
    place.get_by_label("Présidence").check()
    place.get_by_label("L'assemblée générale du GEM m'a élu").check()
    press(place, "Ouvrir notre espace")
    expect(place.locator("h1")).to_have_text("C'est ouvert. Et maintenant ?")

    follow(place, "Imprimer ma carte")
    press(place, "Faire ma carte")
    own = words_of(place, PRESIDENT)
    follow(place, "C'est imprimé, revenir aux cartes")
    follow(place, "Faire des cartes")
    place.get_by_label("Des personnes qui ne sont pas dans la liste").fill("Ana J\nBo K\nCléo")
    press(place, "Faire ces cartes")
    cards = {name: words_of(place, name) for name in ("Ana J.", "Bo K.", "Cléo")}
    assert len({*cards.values(), own}) == 4

    place.goto("/notre-gem/appareils/")
    place.get_by_label("Nom de l'appareil").fill("Ordinateur de l'entrée")
    press(place, "Inscrire cet appareil")
    press(place, "Quitter")

    # A member, on her telephone, with her card only.
    telephone = visit(width=360, scripts=scripts).new_page()
    enter_by_card(telephone, cards["Ana J."])
    telephone.goto("/programme/idees/")
    telephone.locator("main form textarea, main form input[type=text]").first.fill("Un loto samedi")
    press(telephone, "Mettre dans la boîte")

    # The group, around the shared computer, nobody signed in.
    place.goto("/programme/choisir/")
    expect(place.locator("main")).to_contain_text("Un loto samedi")
    press(place, "Cette semaine")
    place.goto("/programme/choisir/jours/")
    press(place, "Mettre au programme")
    place.goto("/programme/affiche/")
    expect(place.locator("main")).to_contain_text("Un loto samedi")
    paper = place.request.get("/programme/affiche.pdf")
    assert paper.headers["content-type"] == "application/pdf"

    # The president comes back without an address: her card on the GEM's computer is enough.
    enter_by_card(place, own)
    place.goto("/notre-gem/roles/donner/")
    expect(place).to_have_url(re.compile("/notre-gem/roles/donner/$"))
