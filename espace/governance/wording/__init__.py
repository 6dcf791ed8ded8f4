"""Sentences that the rules cannot say: a file for each topic."""
