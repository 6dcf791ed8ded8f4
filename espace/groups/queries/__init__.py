"""Reads of this package; what other packages may use is named here."""
