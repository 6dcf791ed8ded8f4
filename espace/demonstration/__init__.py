"""The fictional network of the demonstration: it writes rows, and keeps no table of its own."""
