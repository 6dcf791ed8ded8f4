"""Filters of the imports' pages."""
