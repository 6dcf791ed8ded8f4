"""Reads, a file for each topic."""
