"""HTTP of this package, by topic."""
