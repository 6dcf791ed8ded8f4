"""Words of this package, a file for each topic."""
