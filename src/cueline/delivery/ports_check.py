"""What the web side needs to tell how the installation stands."""

from typing import Protocol

from cueline.delivery.rest_check import SystemCheck


class SystemChecks(Protocol):
    """Looks at what the configuration asks for."""

    async def check(self) -> SystemCheck:
        """Looks now. What cannot be reached is a finding, not an error."""
