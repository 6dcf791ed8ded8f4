"""Passkeys in a browser that has an authenticator, by keyboard, on a small screen."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.conftest import OpenPage

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
MOST_STOPS = 60


def with_authenticator(page: Page, **options: bool) -> None:
    """Give the window a passkey holder, as a telephone has."""
    window = page.context.new_cdp_session(page)
    window.send("WebAuthn.enable")
    window.send("WebAuthn.addVirtualAuthenticator", {"options": {**AUTHENTICATOR, **options}})


def press(page: Page, name: str) -> None:
    """Go to the button or link called ``name`` with the Tab key alone, then press Enter."""
    page.locator("body").press("Home")
    for _stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        said = page.evaluate("document.activeElement.innerText || ''")
        if re.sub(r"\s+", " ", said).strip() == name:
            page.keyboard.press("Enter")
            return
    pytest.fail(f"the Tab key never reaches « {name} »")


def leave(page: Page) -> None:
    """Leave in one press, from whatever page this is."""
    press(page, "Quitter")
    expect(page).to_have_url(re.compile(r":\d+/$"))


@pytest.fixture
def member(visit: OpenPage) -> Callable[..., Page]:
    """Return a function that opens a small window where a member has just entered."""

    def open_small(**options: bool) -> Page:
        page = visit(width=320, **options).new_page()
        page.goto("/entrer/")
        page.get_by_role("button", name=re.compile("^Adhérent")).press("Enter")
        expect(page.get_by_role("button", name="Quitter")).to_be_visible()
        return page

    return open_small


def test_a_passkey_is_made_then_enters_without_typing_anything(
    member: Callable[..., Page],
) -> None:
    page = member()
    with_authenticator(page)
    page.goto("/mon-compte/protection/")
    press(page, "Ajouter une clé d'accès")
    page.get_by_label("Le nom de cette clé").fill("Mon vieux téléphone")
    press(page, "Créer ma clé sur cet appareil")
    expect(page.locator("h1")).to_have_text("Mes codes de secours")
    press(page, "Plus tard")
    expect(page.get_by_role("heading", name="Mon vieux téléphone")).to_be_visible()

    leave(page)
    page.goto("/entrer/?next=/mon-compte/")
    press(page, "Entrer avec ma clé")
    press(page, "Utiliser ma clé")
    expect(page).to_have_url(re.compile("/mon-compte/$"))
    expect(page.locator("h1")).to_have_text("Mon compte")

    page.goto("/mon-compte/protection/")
    page.get_by_text("Changer le nom, ou retirer").press("Enter")
    press(page, "Retirer cette clé")
    expect(page.get_by_text("Cette clé n'ouvre plus votre compte.")).to_be_visible()
    leave(page)
    page.goto("/entrer/cle/")
    press(page, "Utiliser ma clé")
    expect(page.get_by_text("Cette clé n'a pas marché.")).to_be_visible()


def test_a_passkey_shown_in_one_window_opens_nothing_in_another(
    member: Callable[..., Page], visit: OpenPage
) -> None:
    page = member()
    with_authenticator(page)
    page.goto("/mon-compte/protection/cle/")
    press(page, "Créer ma clé sur cet appareil")
    # The phone's answer takes its time: leaving before it would race with the page it opens.
    expect(page.locator("h1")).to_have_text("Mes codes de secours")
    leave(page)
    page.goto("/entrer/cle/")
    page.evaluate("HTMLFormElement.prototype.submit = () => {}")
    press(page, "Utiliser ma clé")
    field = page.locator("input[name=credential]")
    expect(field).to_have_value(re.compile("signature"))
    shown = field.input_value()

    other = visit().new_page()
    assert sent(other.context, shown) == "/entrer/cle/"
    other_session = other.goto("/mon-compte/")
    assert other_session is not None
    assert "/entrer/" in other.url

    # In its own window the same answer works, once.
    assert sent(page.context, shown) == "/mon-compte/"
    page.goto("/mon-compte/")
    leave(page)
    assert sent(page.context, shown) == "/entrer/cle/"


def sent(context: BrowserContext, credential: str) -> str:
    """Send a passkey's answer as a script would; return the path it ends on."""
    page = context.pages[0]
    token = context.request.get("/entrer/").text()
    match = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', token)
    assert match
    form = {
        "csrfmiddlewaretoken": match[1],
        "credential": credential,
        "next": "/mon-compte/",
    }
    answer = context.request.post(
        "/entrer/cle/",
        form=form,
        headers={"Referer": f"{page.url.split('/entrer')[0]}/entrer/cle/"},
    )
    return "/" + answer.url.split("/", 3)[3]


def test_a_person_who_stops_may_start_again(member: Callable[..., Page]) -> None:
    page = member()
    with_authenticator(page, isUserVerified=False)
    page.goto("/mon-compte/protection/cle/")
    press(page, "Créer ma clé sur cet appareil")
    expect(page.get_by_text("Rien n'est fait. Vous pouvez recommencer.")).to_be_visible()


@pytest.mark.parametrize("address", ["/entrer/cle/", "/mon-compte/protection/cle/"])
def test_without_scripts_the_page_offers_another_way(
    member: Callable[..., Page], visit: OpenPage, address: str
) -> None:
    page = member(scripts=False) if "mon-compte" in address else visit(scripts=False).new_page()
    page.goto(address)
    expect(page.get_by_text("cet appareil ne peut pas utiliser de clé")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("clé"))).to_have_count(0)
    others = re.compile("Prendre un autre chemin|Utiliser plutôt une application")
    expect(page.get_by_role("link", name=others)).to_be_visible()
