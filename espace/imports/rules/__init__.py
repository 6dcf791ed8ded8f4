"""Decisions of the imports: values in, values out."""
