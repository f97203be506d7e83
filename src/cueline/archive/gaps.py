"""Stretches of a call that are not recorded, and why. Pure; positions are samples per channel."""

from cueline.events.recording import GapCause, RecordingGap


class Gaps:
    """Disjoint, in order; what was called a gap once keeps its cause.

    A cause that is *open* has a beginning and no end yet.
    """

    def __init__(self) -> None:
        self._known: list[RecordingGap] = []
        self._open: dict[GapCause, int] = {}
        self._totals: dict[GapCause, int] = {}

    def add(self, start: int, end: int, cause: GapCause) -> None:
        """What of ``start`` to ``end`` is in no gap yet becomes one."""
        for each in list(self._known):
            if start >= end:
                break
            if each.end <= start or each.start >= end:
                continue
            self._put(start, each.start, cause)
            start = each.end
        self._put(start, end, cause)

    def open(self, at: int, cause: GapCause) -> None:
        """From ``at`` on all is a gap, until ``close``. One that is open already stays as it is."""
        self._open.setdefault(cause, at)

    def close(self, at: int, cause: GapCause) -> None:
        """An open gap ends at ``at``; without one nothing happens."""
        start = self._open.pop(cause, None)
        if start is not None:
            self.add(start, at, cause)

    def extend_open(self, end: int) -> None:
        """Audio was taken up to ``end``: open gaps reach so far."""
        for cause, start in self._open.items():
            self.add(start, end, cause)

    def end_of(self, position: int) -> int:
        """The first position from ``position`` on that is in no gap."""
        for each in self._known:
            if each.start <= position < each.end:
                position = each.end
        return position

    def between(self, start: int, end: int) -> tuple[RecordingGap, ...]:
        """The gaps of a stretch, cut to it."""
        return tuple(
            RecordingGap(max(each.start, start), min(each.end, end), each.cause)
            for each in self._known
            if each.start < end and each.end > start
        )

    def total(self, cause: GapCause) -> int:
        """Samples that became a gap for this cause, forgotten ones included."""
        return self._totals.get(cause, 0)

    def forget_before(self, position: int) -> None:
        """Nobody asks for what lies before ``position`` any more."""
        self._known = [
            RecordingGap(max(each.start, position), each.end, each.cause) for each in self._known if each.end > position
        ]
        for cause, start in self._open.items():
            self._open[cause] = max(start, position)

    def _put(self, start: int, end: int, cause: GapCause) -> None:
        if start >= end:
            return
        self._totals[cause] = self._totals.get(cause, 0) + end - start
        near = [each for each in self._known if each.cause == cause and (each.end == start or each.start == end)]
        for each in near:
            self._known.remove(each)
            start, end = min(start, each.start), max(end, each.end)
        self._known.append(RecordingGap(start, end, cause))
        self._known.sort(key=lambda each: each.start)
