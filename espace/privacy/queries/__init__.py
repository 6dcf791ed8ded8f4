"""Reads of this package, by topic."""
