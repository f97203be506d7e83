"""A stretch of the recorder as it is stored: beeped, on every channel that carries the voice. Pure."""

from collections.abc import Iterable

import numpy as np

from cueline.archive.bleed import ECHO_SAMPLES, echo_lag
from cueline.archive.recorder import Stretch
from cueline.archive.tone import beeped
from cueline.events.recording import BeepSpan, RecordingGap
from cueline.kernel.ids import CHANNELS, Channel


def render(stretch: Stretch) -> tuple[bytes, tuple[BeepSpan, ...]]:
    """The stretch as stereo, interleaved, with all its beeps, and which those are, cut to it.

    A beep goes over the other channel too where that carries the same voice (``archive.bleed``). Keeps the processor
    busy for some milliseconds: call it in a thread.
    """
    spans = [piece for span in (*stretch.spans, *_echoes(stretch)) for piece in _outside_gaps(span, stretch.gaps)]
    sides = [
        beeped(
            stretch.customer if channel == "customer" else stretch.agent,
            _merged(span for span in spans if span.channel == channel),
            at=stretch.position,
        )
        for channel in CHANNELS
    ]
    pcm = np.stack([np.frombuffer(side, dtype="<i2") for side in sides], axis=1).tobytes()
    cut = [
        BeepSpan(max(start, stretch.position), min(end, stretch.end), channel)
        for channel in CHANNELS
        for start, end in _merged(span for span in spans if span.channel == channel)
    ]
    return pcm, tuple(sorted(span for span in cut if span.start < span.end))


def _echoes(stretch: Stretch) -> list[BeepSpan]:
    """Beeps of the other channel, where it carries the voice that one of the stretch's beeps is for."""
    sides = {
        "customer": np.frombuffer(stretch.customer, dtype="<i2"),
        "agent": np.frombuffer(stretch.agent, dtype="<i2"),
    }
    found: list[BeepSpan] = []
    for span in stretch.spans:
        other: Channel = "agent" if span.channel == "customer" else "customer"
        start, end = max(span.start, stretch.position), min(span.end, stretch.end)
        if start >= end:
            continue
        first, last = start - stretch.position, end - stretch.position
        around = np.zeros(last - first + 2 * ECHO_SAMPLES, dtype=np.int16)
        low, high = max(0, first - ECHO_SAMPLES), min(stretch.samples, last + ECHO_SAMPLES)
        at = low - (first - ECHO_SAMPLES)
        around[at : at + high - low] = sides[other][low:high]
        lag = echo_lag(sides[span.channel][first:last], around)
        if lag is not None:
            found.append(BeepSpan(span.start + min(0, lag), span.end + max(0, lag), other))
    return found


def _merged(spans: Iterable[BeepSpan]) -> list[tuple[int, int]]:
    """One channel's spans as disjoint pairs, in order: a tone that two of them share has no edge in between."""
    found: list[tuple[int, int]] = []
    for span in sorted(spans):
        if found and span.start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], span.end))
        else:
            found.append((span.start, span.end))
    return found


def _outside_gaps(span: BeepSpan, gaps: Iterable[RecordingGap]) -> list[BeepSpan]:
    """The pieces of a beep where there is audio: a gap plays as silence."""
    pieces, start = [], span.start
    for gap in sorted(gaps, key=lambda each: each.start):
        if gap.end <= start or gap.start >= span.end:
            continue
        if gap.start > start:
            pieces.append(BeepSpan(start, gap.start, span.channel))
        start = max(start, gap.end)
    if start < span.end:
        pieces.append(BeepSpan(start, span.end, span.channel))
    return pieces
