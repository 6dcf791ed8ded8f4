"""The one set of drawings: the same thing always has the same icon, always beside its word."""

import re
from functools import cache
from pathlib import Path

_SPRITE = Path(__file__).with_name("icons.svg")


@cache
def drawings() -> dict[str, str]:
    """Return the inner SVG of every icon by name (Lucide's names, and « help »)."""
    text = _SPRITE.read_text(encoding="utf-8")
    return dict(re.findall(r'<symbol id="([a-z0-9-]+)">(.*)</symbol>', text))
