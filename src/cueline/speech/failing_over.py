"""Several recognisers as one: the best that works listens, and the next goes on where it left off.

What is learnt of a recogniser in one call serves the others of the process: ``failover.py`` says what has failed and
whom to turn to. What happens within one call is in ``failover_session.py``.
"""

from collections.abc import Sequence

import msgspec

from cueline.kernel.clock import Clock
from cueline.speech.failover import FailoverPolicy, Standings
from cueline.speech.failover_session import Beginning, FailoverObserver, FailoverSession, Unobserved
from cueline.speech.ports import Capabilities, Opening, Recogniser


class FailoverRecogniser:
    """Recognisers, best first, as one."""

    def __init__(
        self,
        recognisers: Sequence[Recogniser],
        *,
        clock: Clock,
        policy: FailoverPolicy | None = None,
        observer: FailoverObserver | None = None,
    ) -> None:
        self._recognisers = tuple(recognisers)
        self._clock = clock
        self._policy = policy or FailoverPolicy()
        self._observer = observer or Unobserved()
        self._standings = Standings(len(self._recognisers), self._policy)

    @property
    def capabilities(self) -> Capabilities:
        """Those of the first; what a caller would rely on only where all have it."""
        every = [each.capabilities for each in self._recognisers]
        return msgspec.structs.replace(
            every[0],
            partials=all(each.partials for each in every),
            acknowledges=all(each.acknowledges for each in every),
        )

    async def open(self, opening: Opening) -> FailoverSession:
        """Begins a session at once; who can listen is found out while audio comes, so this never fails."""
        beginning = Beginning(
            recognisers=self._recognisers,
            standings=self._standings,
            policy=self._policy,
            clock=self._clock,
            observer=self._observer,
        )
        return FailoverSession(beginning, opening)

    async def aclose(self) -> None:
        for recogniser in self._recognisers:
            await recogniser.aclose()
