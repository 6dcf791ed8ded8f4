"""Decisions of the programme and the day sheet, in plain Python: dates come as arguments."""
