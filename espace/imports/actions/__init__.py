"""Writes of the imports: bring a file in, answer, confirm, stop, undo."""
