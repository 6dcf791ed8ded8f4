"""Decisions on GEM, rolls and roles, as pure functions."""
