"""The browser and the running Cueline that journeys share."""

from tests.journeys.theatre import browser, paced_theatre, theatre

__all__ = ["browser", "paced_theatre", "theatre"]
