"""Writes of the reports: typing, agreeing and sending, what those who received them say."""
