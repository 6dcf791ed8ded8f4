"""Pages open to everyone, read as a visitor does, with scripts off."""

import re
from html.parser import HTMLParser

import pytest
from django.test import Client

OPEN = [
    "/",
    "/aide/",
    "/urgence/",
    "/accessibilite/",
    "/vos-donnees/",
    "/mentions-legales/",
    "/plan-du-site/",
]
PAGES = [
    *OPEN,
    "/affichage/",
    "/hors-ligne/",
    "/il-n-y-a-rien/",
    "/style/",
    *(f"/style/{name}/" for name in ("formulaires", "feuille", "chiffres", "icones")),
]
FOOTER = ["/aide/", "tel:3114", "/accessibilite/", "/vos-donnees/", "/affichage/"]
ALONE = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source"}


class Reader(HTMLParser):
    """Walks a page: open elements, identities, attributes, targets of links inside the page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.ids: list[str] = []
        self.targets: set[str] = set()
        self.elements = 0
        self.feed(text)
        self.faults += [f"left open: {tag}" for tag in self.open]
        self.faults += [f"twice: {i}" for i in self.ids if self.ids.count(i) > 1]
        self.faults += [f"points nowhere: {t}" for t in self.targets if t not in self.ids]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.elements += "svg" not in self.open
        self.faults += [f"inline {n} on {tag}" for n in values if n == "style" or n[:2] == "on"]
        if tag == "script" and not values.get("src"):
            self.faults.append("inline script")
        if tag == "style":
            self.faults.append("inline style sheet")
        if values.get("id"):
            self.ids.append(str(values["id"]))
        href = values.get("href") or ""
        if href.startswith("#"):
            self.targets.add(href[1:])
        for name in ("for", "aria-describedby", "aria-labelledby"):
            self.targets |= set((values.get(name) or "").split())
        if re.match(r"(https?:)?//", href or values.get("src") or ""):
            self.faults.append(f"another host: {href}")
        if tag not in ALONE:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in ALONE:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"closed out of order: {tag}")


def read(client: Client, path: str) -> str:
    return client.get(path).content.decode()


@pytest.mark.parametrize("path", OPEN)
def test_a_visitor_reads_without_the_database_and_without_a_cookie(path, client: Client):
    # No database mark on this test: any query would fail it.
    answer = client.get(path)
    assert answer.status_code == 200
    assert not answer.cookies
    assert "no-cache" in answer.headers["Cache-Control"]
    assert "Cookie" in answer.headers["Vary"]
    again = client.get(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_the_same_frame(path, client: Client):
    text = read(client, path)
    assert '<html lang="fr"' in text
    assert len(re.findall(r"<h1[ >]", text)) == 1
    footer = text[text.index("<footer") :]
    places = [footer.index(f'href="{link}"') for link in FOOTER]
    assert places == sorted(places)
    order = [
        text.index(mark) for mark in ('href="#contenu"', "<header", "<nav", "<main", "<footer")
    ]
    assert order == sorted(order)
    assert 'href="/urgence/"' in text[: text.index("<nav")]


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_well_formed_light_and_carry_no_inline_code(path, client: Client):
    page = Reader(read(client, path))
    assert not page.faults
    assert page.elements <= 350


def test_titles_are_all_different_and_start_with_what_changes(client: Client):
    titles = [re.findall(r"<title>(.*?)</title>", read(client, path))[0] for path in PAGES]
    assert len(set(titles)) == len(titles)
    assert all(title.endswith(" – Mon Espace FiGEM") for title in titles)


@pytest.mark.parametrize("path", PAGES)
def test_words_stay_calm(path, client: Client):
    text = re.sub(r"<(script|style|title|svg).*?</\1>|<[^>]+>", " ", read(client, path), flags=re.S)
    assert not re.search(r"[a-zé] ?!|\binvalide|erreur \d|\busager|\bpatients?\b", text, re.I)
    # A mark never starts a line alone: the space before it does not break.
    assert not re.search(r"\w [?;:!»]|« \w", re.sub(r"&[#x\w]+;", "'", text))


def test_the_crisis_page_gives_every_number_and_no_form(client: Client):
    text = read(client, "/urgence/")
    main = text[text.index("<main") : text.index("</main")]
    for link in ("tel:3114", "tel:15", "tel:112", "sms:114"):
        assert f'href="{link}"' in main
    assert "<form" not in main


@pytest.mark.django_db
def test_a_link_of_the_map_always_opens(client: Client):
    text = read(client, "/plan-du-site/")
    main = text[text.index("<main") : text.index("</main")]
    links = re.findall(r'href="(/[^"]*)"', main)
    assert len(links) > 5
    for link in links:
        if link != "/entrer/":
            assert client.get(link).status_code == 200
