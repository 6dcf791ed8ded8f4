"""Reads of the imports: batches, and what a draft would change."""
