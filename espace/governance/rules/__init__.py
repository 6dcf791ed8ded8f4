"""Pure rules, a file for each topic."""
