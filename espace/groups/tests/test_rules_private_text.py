"""A text that others will read: what is told kindly before it is shared."""

import pytest

from espace.groups.rules.private_text import seems_about_health


@pytest.mark.parametrize(
    "text",
    [
        "Il a été hospitalisé lundi",
        "son TRAITEMENT change",
        "elle est sous curatelle",
        "de\u0301pression",
        "un dossier MDPH",
    ],
)
def test_a_word_of_health_is_seen(text):
    assert seems_about_health(text)


@pytest.mark.parametrize(
    "text",
    [
        "Nous achetons une cafetière.",
        "Le traiteur vient à midi.",
        "Le curé prête sa salle.",
        "La présidence change en juin.",
    ],
)
def test_ordinary_minutes_are_left_alone(text):
    assert not seems_about_health(text)
