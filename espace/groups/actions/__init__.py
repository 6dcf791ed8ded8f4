"""Writes of this package: one function is one intention of a person."""

from espace.groups.actions.versions import touch

__all__ = ["touch"]
