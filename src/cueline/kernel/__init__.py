"""Ids, clock and errors: what every room may use and nothing more."""
