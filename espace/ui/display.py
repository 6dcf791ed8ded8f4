"""How a person wants pages to look: kept in one cookie, without an account."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from urllib.parse import parse_qsl, urlencode

COOKIE = "affichage"
COOKIE_SECONDS = 365 * 24 * 3600

TEXT_SIZES = ("100", "115", "130", "150", "175", "200")
CHOICES: Mapping[str, tuple[str, ...]] = {
    "text": TEXT_SIZES,
    "spacing": ("normal", "large"),
    "theme": ("auto", "light", "dark", "cream", "contrast"),
    "typeface": ("system", "atkinson"),
    "motion": ("auto", "less"),
    "items": ("all", "fewer"),
}


@dataclass(frozen=True)
class Display:
    """One choice per line of the « Affichage » page; the first of CHOICES follows the device."""

    text: str = "100"
    spacing: str = "normal"
    theme: str = "auto"
    typeface: str = "system"
    motion: str = "auto"
    items: str = "all"

    @property
    def attributes(self) -> list[tuple[str, str]]:
        """The (name, value) pairs the <html> element carries: only what differs from default."""
        return [
            (f"data-{line.name}", value)
            for line in fields(self)
            if (value := getattr(self, line.name)) != line.default
        ]

    @property
    def cookie(self) -> str:
        """Return the text kept in the cookie."""
        return urlencode([(name.removeprefix("data-"), v) for name, v in self.attributes])


DEFAULT = Display()


def read_display(text: str) -> Display:
    """Return the display a cookie asks for; what is not understood is left at its default."""
    asked = dict(parse_qsl(text))
    return Display(
        **{name: asked[name] for name, known in CHOICES.items() if asked.get(name) in known}
    )
