"""What is shown of a recording: milliseconds out of samples, peaks that stay few, lines of the audit log."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cueline.delivery.rest_recording import (
    PEAKS_MAX,
    BeepShown,
    GapShown,
    HeardSpan,
    audit_shown,
    beeps_shown,
    gaps_shown,
    peaks_shown,
)
from cueline.events.audit import LISTENED, AuditEntry
from cueline.events.recording import BeepSpan, RecordingGap
from cueline.kernel.ids import CallId


def test_spans_are_widened_to_whole_milliseconds_and_stand_in_order() -> None:
    beeps = [BeepSpan(8_001, 16_001, "customer"), BeepSpan(7, 9, "agent")]
    assert beeps_shown(beeps) == (BeepShown("agent", 0, 2), BeepShown("customer", 1_000, 2_001))
    gaps = [RecordingGap(80_000, 88_000, "paused"), RecordingGap(0, 8, "lost")]
    assert gaps_shown(gaps) == (GapShown(0, 1, "lost"), GapShown(10_000, 11_000, "paused"))


@given(st.lists(st.integers(0, 255), max_size=300), st.integers(1, 40))
def test_peaks_are_few_and_hide_no_loudness(side: list[int], most: int) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("cueline.delivery.rest_recording.PEAKS_MAX", most)
        shown = peaks_shown(100, side, side[: len(side) // 2])
    assert len(shown.customer) <= most
    assert shown.step_ms % 100 == 0
    together = shown.step_ms // 100
    assert shown.customer == [max(side[at : at + together]) for at in range(0, len(side), together)]
    assert max(shown.agent, default=0) == max(side[: len(side) // 2], default=0)
    if len(side) <= most:
        assert (shown.step_ms, shown.customer) == (100, side)


def test_twenty_minutes_are_shown_as_they_are() -> None:
    assert peaks_shown(100, [1] * PEAKS_MAX, [2] * PEAKS_MAX).step_ms == 100


def test_lines_of_the_log_show_plain_details_and_what_was_heard() -> None:
    call = CallId("call_1")
    details: dict[str, object] = {"format": "wav", "review": False, "spans": [[0, 5], [9, 12], "x"], "untilMs": 7}
    details["played"] = [[1, 4]]
    lines = audit_shown(
        [
            AuditEntry(1, "ann", LISTENED, call, details),
            AuditEntry(2, "bob", "call.redacted", call, {"spans": [[0, 5]], "objects": {"a": 1}, "count": 3}),
        ]
    ).lines
    assert lines[0].details == {"format": "wav", "review": False, "untilMs": 7}
    assert lines[0].sent == (HeardSpan(0, 5), HeardSpan(9, 12))
    assert lines[0].played == (HeardSpan(1, 4),)
    assert (lines[1].details, lines[1].sent, lines[1].played) == ({"count": 3}, (), ())
