"""What may be shown of counts of people outside the GEM: pure functions, no database."""
