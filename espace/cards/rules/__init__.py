"""Decisions about cards: pure functions."""
