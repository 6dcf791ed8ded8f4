"""Writes of this package, by topic."""
