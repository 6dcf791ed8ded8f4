"""What templates may ask about permissions, without this package knowing who grants them.

``ui`` stands below ``accounts``; the package at the top of the house plugs the real test in.
"""

from collections.abc import Callable
from typing import Any

Test = Callable[[Any, str, Any], bool]


def _closed(actor: Any, name: str, thing: Any) -> bool:
    return False


_test: Test = _closed


def use(test: Test) -> None:
    """Plug in the permission test: called once, at start."""
    global _test
    _test = test


def allows(actor: Any, name: str, thing: Any = None) -> bool:
    """Tell whether ``actor`` may do ``name`` to ``thing``; no to everything before ``use``."""
    return _test(actor, name, thing)
