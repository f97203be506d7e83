"""Whose data it is: every operation names a tenant."""
