"""Guidance: what to say and do now, seen in what was said. It reads redacted events only."""
