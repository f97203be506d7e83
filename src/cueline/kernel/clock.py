"""Time as an argument.

Pure code takes ``now_ms``; shells hold a ``Clock``. Two clocks exist: the system's (``ops/system_clock.py``, the only
reader of the operating system's time) and ``VirtualClock``, which moves only when it is told to.
"""

from typing import Protocol


class Clock(Protocol):
    """A source of time.

    ``monotonic_ms`` is for durations within one process (latency, time-outs); ``epoch_ms`` is for what is shown to
    people or compared with Amazon's timestamps. Both in whole milliseconds.
    """

    def monotonic_ms(self) -> int: ...

    def epoch_ms(self) -> int: ...


class VirtualClock:
    """A clock that stands still until ``advance_to`` moves it; never backwards.

    >>> clock = VirtualClock(epoch_origin_ms=1_000)
    >>> clock.advance_to(250)
    >>> clock.monotonic_ms(), clock.epoch_ms()
    (250, 1250)
    """

    __slots__ = ("_epoch_origin_ms", "_now_ms")

    def __init__(self, *, epoch_origin_ms: int = 0) -> None:
        self._epoch_origin_ms = epoch_origin_ms
        self._now_ms = 0

    def monotonic_ms(self) -> int:
        return self._now_ms

    def epoch_ms(self) -> int:
        return self._epoch_origin_ms + self._now_ms

    def advance_to(self, now_ms: int) -> None:
        """Moves to ``now_ms`` (milliseconds since this clock began); an earlier time is ignored."""
        self._now_ms = max(self._now_ms, now_ms)
