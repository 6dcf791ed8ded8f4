"""Reads of the reports: drafts and versions of a GEM, what others received, the national report."""
