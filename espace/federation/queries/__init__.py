"""Reads of the federation: the network, its figures, what is missing in them."""
