"""Writes, a file for each topic."""
