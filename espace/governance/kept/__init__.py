"""What this package keeps on a person, a file for each topic."""
