"""Shape of what is typed about a GEM, by topic; messages in plain French."""
