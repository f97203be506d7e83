"""Recordings: beeped, encrypted, in chunks, and read again."""
