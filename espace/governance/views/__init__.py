"""Pages, a file for each topic."""
