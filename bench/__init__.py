"""Timings and counts, reproducible, in ratios: never asserted by the tests."""
