"""What a phone keeps for when the network is lost."""

import re

from django.test import Client


def test_the_worker_keeps_help_and_never_a_page_of_a_person(client: Client):
    answer = client.get("/sw.js")
    assert answer.headers["Content-Type"].startswith("text/javascript")
    text = answer.content.decode()
    assert len(text.splitlines()) <= 60
    pages = re.search(r"const PAGES = \[(.*?)\]", text)
    assert pages
    assert "/urgence/" in text
    assert "/aide/" in text
    # Pages are written to the box at install only, without cookies: what is seen later is not.
    assert text.count("addAll") == 1
    assert ".put(" not in text
    assert 'credentials: "omit"' in text
    assert 'request.method !== "GET"' in text


def test_the_pages_kept_exist_without_redirect(client: Client):
    text = client.get("/sw.js").content.decode()
    offline = re.search(r'OFFLINE = "([^"]+)"', text)
    assert offline
    for path in (offline[1], "/urgence/", "/aide/"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert "tel:3114" in answer.content.decode()


def test_the_manifest_names_the_place_in_french(client: Client):
    manifest = client.get("/manifeste.json").json()
    assert manifest["lang"] == "fr"
    assert manifest["start_url"] == "/"
    assert manifest["icons"]
