"""Waits between connections."""

from cueline.ingest.reconnect import Reconnects
from cueline.ingest.settings import IngestSettings
from cueline.kernel.ids import ContactId


def delays(contact: str, count: int = 12) -> list[int]:
    reconnects = Reconnects(ContactId(contact), IngestSettings())
    return [reconnects.next_delay_ms() for _ in range(count)]


def test_the_first_is_made_at_once_and_the_others_wait_longer_up_to_the_cap() -> None:
    waits = delays("a")
    assert waits[0] == 0
    for wait, full in zip(waits[1:], [250, 500, 1000, 2000, 4000, 5000, 5000], strict=False):
        assert full * 3 // 4 <= wait <= full


def test_the_jitter_belongs_to_the_contact() -> None:
    assert delays("a") == delays("a")
    assert delays("a") != delays("b")


def test_progress_starts_over() -> None:
    reconnects = Reconnects(ContactId("a"), IngestSettings())
    for _ in range(5):
        reconnects.next_delay_ms()
    reconnects.progressed()
    assert reconnects.next_delay_ms() == 0


def test_it_gives_up_after_the_bound() -> None:
    reconnects = Reconnects(ContactId("a"), IngestSettings(max_idle_sessions=3))
    seen = []
    for _ in range(5):
        reconnects.next_delay_ms()
        seen.append(reconnects.exhausted)
    assert seen == [False, False, False, True, True]


def test_the_same_place_is_passed_over_from_the_second_failure_on_ever_further() -> None:
    reconnects = Reconnects(ContactId("a"), IngestSettings())
    seen = [(reconnects.stumbled(), reconnects.skip_ms) for _ in range(3)]
    assert seen == [(False, 0), (True, 1500), (True, 3000)]
    reconnects.progressed()
    assert reconnects.skip_ms == 0
