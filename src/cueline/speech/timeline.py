"""A recogniser session's own sample count, mapped to positions in the call.

A session may be fed more than the call's audio (keep-alive silence) and less (audio withheld), and a replay begins
somewhere else: so the map is piecewise, one anchor for each break. One offset for a whole session is wrong.
"""

from bisect import bisect_right

from cueline.kernel.errors import CuelineError


class TimelineError(CuelineError):
    """Anchors were not given in order, or a sample was asked for that lies before the first one."""

    code = "timeline"


class Timeline:
    """Anchors (session sample, call position); between two of them both count alike.

    >>> timeline = Timeline()
    >>> timeline.anchor(0, 8_000)
    >>> timeline.anchor(400, 16_000)
    >>> timeline.position(399), timeline.position(401)
    (8399, 16001)
    """

    __slots__ = ("_positions", "_samples")

    def __init__(self) -> None:
        self._samples: list[int] = []
        self._positions: list[int] = []

    def anchor(self, session_sample: int, position: int) -> None:
        """From ``session_sample`` on, audio lies at ``position`` and after; one that changes nothing is dropped."""
        if self._samples:
            if session_sample < self._samples[-1]:
                raise TimelineError("anchors must be given in the order of session samples")
            if position - session_sample == self._positions[-1] - self._samples[-1]:
                return
            if session_sample == self._samples[-1]:
                self._positions[-1] = position
                return
        self._samples.append(session_sample)
        self._positions.append(position)

    def position(self, session_sample: int) -> int:
        """The call position (samples since the origin) of a session sample."""
        index = bisect_right(self._samples, session_sample) - 1
        if index < 0:
            raise TimelineError("no anchor at or before that sample")
        return self._positions[index] + session_sample - self._samples[index]

    def forget_before(self, session_sample: int) -> None:
        """Drops anchors that are not needed for ``session_sample`` and later, which keeps the map small."""
        index = bisect_right(self._samples, session_sample) - 1
        if index > 0:
            del self._samples[:index]
            del self._positions[:index]
