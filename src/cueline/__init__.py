"""Cueline: open, self-hosted, real-time contact-centre intelligence for Amazon Connect."""

__version__ = "0.1.0"
