"""The latency waterfall: when each utterance passed each stage.

All times of one process come from one monotonic clock. The origin of an utterance's waterfall is the moment at which
the last byte of the fragment that holds the end of its last word was at our socket. A stage that was not measured is
absent, never zero.
"""

from bisect import bisect_left
from collections import OrderedDict, deque
from typing import Literal, get_args

from cueline.kernel.ids import Channel, UtteranceId

Stage = Literal["recogniserPartial", "recogniserFinal", "redacted", "committed", "published", "cueReady", "delivered"]
STAGES: tuple[Stage, ...] = get_args(Stage)

_SAMPLES_PER_MS = 8
_MAX_ARRIVALS = 4_096
_MAX_OPEN = 256
_MAX_DELIVERABLE = 10_000


class CallTrace:
    """Marks of one call's utterances; bounded, the oldest are forgotten first."""

    __slots__ = ("_arrived_ms", "_ends", "_marks")

    def __init__(self) -> None:
        self._ends: deque[int] = deque(maxlen=_MAX_ARRIVALS)
        self._arrived_ms: deque[float] = deque(maxlen=_MAX_ARRIVALS)
        self._marks: OrderedDict[tuple[Channel, int], dict[Stage, float]] = OrderedDict()

    def arrive(self, end: int, at_ms: float) -> None:
        """Audio before ``end`` (samples since the origin) had arrived at ``at_ms`` (monotonic)."""
        if self._arrived_ms and self._arrived_ms[-1] == at_ms:
            self._ends[-1] = end
            return
        self._ends.append(end)
        self._arrived_ms.append(at_ms)

    def mark(self, channel: Channel, ordinal: int, stage: Stage, at_ms: float) -> None:
        """The utterance passed a stage at ``at_ms`` (monotonic).

        The first time stands, but for partials the last: it is the one that showed the utterance's last words.
        """
        marks = self._marks.setdefault((channel, ordinal), {})
        if stage == "recogniserPartial" or stage not in marks:
            marks[stage] = at_ms
        while len(self._marks) > _MAX_OPEN:
            self._marks.popitem(last=False)

    def arrived_ms(self, ended_ms: int) -> float | None:
        """When the fragment arrived that holds media time ``ended_ms``; None when that is no longer known."""
        index = bisect_left(self._ends, ended_ms * _SAMPLES_PER_MS)
        return self._arrived_ms[index] if index < len(self._arrived_ms) else None

    def finish(self, channel: Channel, ordinal: int, *, ended_ms: int) -> dict[str, float]:
        """The utterance's stages so far, milliseconds since its last fragment's arrival; then forgets it.

        A partial heard before that fragment arrived has no place on this scale and is left out.
        """
        marks = self._marks.pop((channel, ordinal), {})
        arrived = self.arrived_ms(ended_ms)
        if arrived is None:
            return {}
        return {stage: round(at_ms - arrived, 3) for stage, at_ms in marks.items() if at_ms >= arrived}


class Deliverable:
    """Arrival times of published utterances, shared by the roles of one process; the oldest are forgotten first."""

    __slots__ = ("_arrived_ms", "_undelivered")

    def __init__(self) -> None:
        self._arrived_ms: OrderedDict[UtteranceId, float] = OrderedDict()
        self._undelivered: set[UtteranceId] = set()

    def await_delivery(self, utterance: UtteranceId, arrived_ms: float) -> None:
        """An utterance is on its way whose last fragment arrived at ``arrived_ms`` (monotonic)."""
        self._arrived_ms[utterance] = arrived_ms
        self._undelivered.add(utterance)
        while len(self._arrived_ms) > _MAX_DELIVERABLE:
            oldest, _ = self._arrived_ms.popitem(last=False)
            self._undelivered.discard(oldest)

    def delivered(self, utterance: UtteranceId, at_ms: float) -> float | None:
        """Milliseconds from arrival to its first delivery; None for later ones and for what came from elsewhere."""
        if utterance not in self._undelivered:
            return None
        self._undelivered.discard(utterance)
        return self.since_arrival(utterance, at_ms)

    def since_arrival(self, utterance: UtteranceId, at_ms: float) -> float | None:
        """Milliseconds from arrival to ``at_ms``; None for what came from elsewhere or long ago."""
        arrived = self._arrived_ms.get(utterance)
        return None if arrived is None else round(at_ms - arrived, 3)
