"""Every pair of colours the style sheets put together, computed in every theme."""

import re

import pytest

from espace.ui.bundle import SOURCES

TOKENS = (SOURCES / "tokens.css").read_text(encoding="utf-8")
THEMES = {
    "light": r":root \{(.*?)\n\}",
    "device dark": r":root:not\(\[data-theme\]\) \{(.*?)\n  \}",
    "dark": r'\[data-theme="dark"\] \{(.*?)\n\}',
    "cream": r'\[data-theme="cream"\] \{(.*?)\n\}',
    "contrast": r'\[data-theme="contrast"\] \{(.*?)\n\}',
}
GROUNDS = ("paper", "surface")
SOFT = ("brand-soft", "warm-soft", "honey-soft", "done-soft", "wrong-soft")
TEXT = [
    *[(ink, ground) for ink in ("ink", "ink-soft", "link", "warm", "wrong") for ground in GROUNDS],
    *[(ink, ground) for ink in ("ink", "link") for ground in SOFT],
    ("ink-soft", "honey-soft"),
    ("wrong", "wrong-soft"),
    ("on-brand", "brand"),
    ("on-honey", "honey"),
    ("on-band", "band"),
    ("ring-band", "band"),
    ("brand", "surface"),
    *[("ring", ground) for ground in (*GROUNDS, *SOFT)],
]
SHAPES = [
    *[(edge, ground) for edge in ("line", "chart-1", "chart-2") for ground in GROUNDS],
    ("done", "done-soft"),
    ("warm", "warm-soft"),
]


def tokens(theme: str) -> dict[str, str]:
    found = re.search(THEMES[theme], TOKENS, re.DOTALL)
    assert found, theme
    return dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", found[1]))


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, two: str) -> float:
    light, dark = sorted((luminance(one), luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES)
def test_text_and_focus_reach_seven_to_one(theme):
    colours = tokens(theme)
    weak = {
        pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2)
        for pair in TEXT
        if contrast(colours[pair[0]], colours[pair[1]]) < 7
    }
    assert not weak


@pytest.mark.parametrize("theme", THEMES)
def test_edges_and_charts_reach_three_to_one(theme):
    colours = tokens(theme)
    weak = [p for p in SHAPES if contrast(colours[p[0]], colours[p[1]]) < 3]
    assert not weak


def test_the_device_in_dark_gets_the_dark_theme():
    assert tokens("device dark") == tokens("dark")


def test_black_on_white_is_twenty_one():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
