"""Rules of the style sheets and of the one script, read from the files a browser gets."""

import gzip
import re
from pathlib import Path

from django.contrib.staticfiles import finders

from espace.ui import bundle
from espace.ui.icons import drawings


def served(name: str) -> bytes:
    path = finders.find(name)
    assert path, name
    return Path(path).read_bytes()


def test_one_sheet_holds_every_source():
    text = served(bundle.NAME).decode()
    for source in bundle.source_files():
        rule = re.search(r"^ *([.:\[a-z][^{}/]*\{)", source.read_text(encoding="utf-8"), re.M)
        assert rule, source
        assert rule[1] in text
    assert len(bundle.source_files()) == len(list(bundle.SOURCES.rglob("*.css")))


def test_a_browser_of_2020_understands_the_sheet():
    text = bundle.joined()
    assert not re.search(r"@layer|:has\(|:is\(|:where\(|@container|\binset:|aspect-ratio", text)
    inside = re.findall(r"\{([^{}]*)\}", text)
    assert not [block for block in inside if "&" in block]


def test_text_is_sized_by_the_reader_and_nothing_moves():
    text = bundle.joined()
    sizes = re.findall(r"font-size: ([^;]+);", text)
    assert sizes
    assert not [size for size in sizes if size.endswith("px")]
    assert "@keyframes" not in text
    assert "prefers-reduced-motion" in text


def test_no_file_asks_another_host():
    assert not re.search(r"https?:", bundle.joined() + served("ui/js/espace.js").decode())


def test_scripts_stay_light():
    names = ("ui/js/espace.js", "ui/js/htmx-2.0.11.min.js")
    total = sum(len(gzip.compress(served(name))) for name in names)
    assert total < 25_000


def test_drawings_carry_no_style_of_their_own():
    for name, inner in drawings().items():
        assert "style=" not in inner, name
        assert "<script" not in inner, name
