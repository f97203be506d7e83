"""The one reader of the operating system's time."""

import time

from cueline.ops.system_clock import SystemClock, stopwatch_s


def test_units() -> None:
    clock = SystemClock()
    before_s = time.time()
    epoch_ms = clock.epoch_ms()
    assert before_s * 1_000 - 1 <= epoch_ms <= time.time() * 1_000 + 1
    first, precise, last = clock.monotonic_ms(), clock.precise_ms(), clock.monotonic_ms()
    assert first <= precise <= last + 1
    assert stopwatch_s() <= stopwatch_s()
