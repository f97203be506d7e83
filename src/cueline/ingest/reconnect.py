"""When and where to connect again: pure, with the jitter drawn from the contact's id so that a replay is the same."""

import hashlib
from typing import Final

from cueline.ingest.settings import IngestSettings
from cueline.kernel.ids import ContactId

_SKIP_STEP_MS: Final = 1_500
"""How much further to begin after each failure at the same place: past a fragment of about a second, into the next."""


class Reconnects:
    """Counts the connections that brought nothing new.

    The first connection after progress is made at once, each further one after twice the wait, up to the cap; a
    quarter of each wait depends on the contact, so that calls cut off together do not come back together.
    """

    __slots__ = ("_contact_id", "_idle", "_settings", "_stumbles")

    def __init__(self, contact_id: ContactId, settings: IngestSettings) -> None:
        self._contact_id = contact_id
        self._settings = settings
        self._idle = 0
        self._stumbles = 0

    @property
    def exhausted(self) -> bool:
        """Whether so many connections brought nothing new that the call is given up."""
        return self._idle > self._settings.max_idle_sessions

    @property
    def skip_ms(self) -> int:
        """How far beyond the last good audio to begin: 0 until the same place has failed twice."""
        return max(self._stumbles - 1, 0) * _SKIP_STEP_MS

    def progressed(self) -> None:
        """A new fragment came."""
        self._idle = 0
        self._stumbles = 0

    def stumbled(self) -> bool:
        """What comes next could not be read, or Kinesis reported an error there. True when it is to be passed over."""
        self._stumbles += 1
        return self._stumbles > 1

    def next_delay_ms(self) -> int:
        """Takes one more connection into account and says how long to wait before it."""
        self._idle += 1
        if self._idle == 1:
            return 0
        doubled = self._settings.backoff_ms << min(self._idle - 2, 16)
        delay_ms = min(doubled, self._settings.backoff_cap_ms)
        digest = hashlib.sha256(f"{self._contact_id}\n{self._idle}".encode()).digest()
        return delay_ms - delay_ms * digest[0] // 1024
