"""Pages of this package, by topic."""
