"""Writes of this package: one function is one intention of a person."""
