"""Template tags and filters of this package."""
