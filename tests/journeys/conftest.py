"""The browser and the running Cueline that journeys share."""

from tests.journeys.theatre import browser, theatre

__all__ = ["browser", "theatre"]
