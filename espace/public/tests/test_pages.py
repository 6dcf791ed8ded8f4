"""Pages open to everyone, read as a visitor does."""

import re

import pytest
from django.test import Client

PAGES = [
    "/",
    "/aide/",
    "/urgence/",
    "/accessibilite/",
    "/vos-donnees/",
    "/mentions-legales/",
    "/plan-du-site/",
]


@pytest.mark.parametrize("path", PAGES)
def test_a_visitor_reads_without_the_database_and_without_a_cookie(path, client: Client):
    # No database mark on this test: any query would fail it.
    answer = client.get(path)
    assert answer.status_code == 200
    assert not answer.cookies
    assert "no-cache" in answer.headers["Cache-Control"]
    again = client.get(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_the_same_frame(path, client: Client):
    text = client.get(path).content.decode()
    assert '<html lang="fr"' in text
    assert len(re.findall(r"<h1[ >]", text)) == 1
    footer = text[text.index("<footer") :]
    places = [footer.index(f'href="{link}"') for link in FOOTER]
    assert places == sorted(places)
    assert 'href="/urgence/"' in text[: text.index("<main")]


FOOTER = ["/aide/", "tel:3114", "/accessibilite/", "/vos-donnees/", "/affichage/"]
