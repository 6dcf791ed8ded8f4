"""What this package prints, as PDF by Typst: one module for each kind of paper."""

from pathlib import Path

TEMPLATES = Path(__file__).parent.parent / "typst"
