"""Reads of this package, one module per topic."""
