"""What the fictional network is made of: pure functions of a seed and a date, no database."""
