"""Stretches of time that may overlap, as their union. Pure; milliseconds, half-open."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator


class Stretches:
    """A union of stretches. total_ms: how long it is."""

    __slots__ = ("_ends", "_starts", "total_ms")

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        self.total_ms = 0

    def __len__(self) -> int:
        return len(self._starts)

    @property
    def end_ms(self) -> int:
        """Where the last one ends; 0 where there is none."""
        return self._ends[-1] if self._ends else 0

    def add(self, start_ms: int, end_ms: int) -> None:
        """Adds one; an empty one changes nothing."""
        if end_ms <= start_ms:
            return
        first, last = bisect_left(self._ends, start_ms), bisect_right(self._starts, end_ms)
        if first < last:
            start_ms, end_ms = min(start_ms, self._starts[first]), max(end_ms, self._ends[last - 1])
            pairs = zip(self._starts[first:last], self._ends[first:last], strict=True)
            self.total_ms -= sum(end - start for start, end in pairs)
        self._starts[first:last] = [start_ms]
        self._ends[first:last] = [end_ms]
        self.total_ms += end_ms - start_ms

    def quiet_since(self, at_ms: int) -> int:
        """Where the gap around ``at_ms`` begins: the end before it; ``at_ms`` itself inside of a stretch."""
        before = bisect_right(self._starts, at_ms) - 1
        return min(at_ms, self._ends[before]) if before >= 0 else min(at_ms, 0)

    def gaps(self, from_ms: int, to_ms: int) -> Iterator[tuple[int, int]]:
        """What the union leaves free between two times, in order."""
        place = bisect_right(self._ends, from_ms)
        while from_ms < to_ms:
            start_ms = self._starts[place] if place < len(self._starts) else to_ms
            if start_ms > from_ms:
                yield from_ms, min(start_ms, to_ms)
            if place == len(self._starts):
                return
            from_ms = max(from_ms, self._ends[place])
            place += 1
