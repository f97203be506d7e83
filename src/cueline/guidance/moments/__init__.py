"""Moments: why the customer calls, what either side wants and does, how they feel; by small trained models."""

from cueline.guidance.moments.reader import MomentReader

__all__ = ["MomentReader"]
