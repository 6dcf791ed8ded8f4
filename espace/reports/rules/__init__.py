"""Rules of the reports, in plain Python."""
