"""The frame of every page, its components and its words."""

from espace.ui.respond import respond

__all__ = ["respond"]
