"""What people type, a file for each topic."""
