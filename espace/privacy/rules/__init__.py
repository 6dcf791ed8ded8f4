"""Decisions about what is kept, and for how long: pure functions and data."""
