"""The « Affichage » page, used without JavaScript."""

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from espace.ui.display import CHOICES, DEFAULT, Display, read_display

ANSWERS = {
    "text": "150",
    "spacing": "large",
    "theme": "cream",
    "typeface": "atkinson",
    "motion": "less",
    "items": "fewer",
}


def test_a_choice_is_kept_on_the_device_and_applied_everywhere(client: Client):
    answer = client.post("/affichage/", ANSWERS, follow=True)
    assert answer.redirect_chain
    assert "C&#x27;est gardé" in answer.content.decode()
    page = client.get("/aide/").content.decode()
    head = page[: page.index("<head>")]
    for name, value in ANSWERS.items():
        assert f'data-{name}="{value}"' in head


def test_the_page_shows_what_was_chosen(client: Client):
    client.post("/affichage/", ANSWERS)
    text = client.get("/affichage/").content.decode()
    for name, value in ANSWERS.items():
        field = text[text.index(f'name="{name}" value="{value}"') :]
        assert "checked" in field[: field.index(">")]


def test_going_back_to_the_device_s_own_way(client: Client):
    client.post("/affichage/", ANSWERS)
    client.post("/affichage/", {name: values[0] for name, values in CHOICES.items()})
    assert '<html lang="fr">' in client.get("/aide/").content.decode()


def test_an_unknown_choice_is_explained_and_changes_nothing(client: Client):
    answer = client.post("/affichage/", ANSWERS | {"theme": "fluo"})
    assert answer.status_code == 200
    assert 'id="erreurs"' in answer.content.decode()
    assert "affichage" not in answer.cookies


@given(st.text())
def test_any_cookie_gives_a_known_display(text):
    shown = read_display(text)
    assert all(getattr(shown, name) in values for name, values in CHOICES.items())


@given(st.fixed_dictionaries({name: st.sampled_from(v) for name, v in CHOICES.items()}))
def test_what_is_kept_is_read_back(chosen):
    assert read_display(Display(**chosen).cookie) == Display(**chosen)


def test_the_default_leaves_everything_to_the_device():
    assert DEFAULT.attributes == []
    with pytest.raises(AttributeError):
        DEFAULT.theme = "dark"
