"""Guidance measured: marked calls, what a guide makes of them, and how right that is."""
