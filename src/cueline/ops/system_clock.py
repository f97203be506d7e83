"""The one reader of the operating system's time."""

import time


class SystemClock:
    """A ``Clock`` on the machine's own time."""

    __slots__ = ()

    def monotonic_ms(self) -> int:
        return time.monotonic_ns() // 1_000_000

    def epoch_ms(self) -> int:
        return time.time_ns() // 1_000_000

    def precise_ms(self) -> float:
        """Like ``monotonic_ms``, with its fraction: for the waterfall, whose stages may take less than one."""
        return time.monotonic_ns() / 1_000_000


def working_ms() -> float:
    """Milliseconds that this thread has worked: waiting for other processes on a busy machine is not in it."""
    return time.thread_time_ns() / 1_000_000


def stopwatch_s() -> float:
    """Seconds on a clock fine enough for benchmarks."""
    return time.perf_counter()
