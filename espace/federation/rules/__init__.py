"""Decisions on the network, as pure functions."""
