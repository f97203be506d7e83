"""Joins fragments into the call's two channels, sample by sample, so that time never slips.

Positions are anchored to the producer's clock: the sample at position *p* belongs to producer time
``origin + p / 8`` ms. A fragment within the tolerance of where it should begin is appended as it is. Later than that,
the gap is filled with exactly as much silence; earlier, what has been handed on already is cut off.
"""

from typing import Final

from cueline.events.checkpoint import Checkpoint, FragmentMark
from cueline.ingest.effects import (
    Arrival,
    AudioReleased,
    Effect,
    FragmentDropped,
    FragmentReleased,
    OriginFixed,
    SilenceInserted,
)
from cueline.ingest.settings import IngestSettings
from cueline.unredacted.audio import BYTES_PER_SAMPLE, SAMPLES_PER_MS
from cueline.unredacted.sealed import Sealed

_LONGEST_HALF_SAMPLE_DIFFERENCE: Final = 2


class Seam(Sealed):
    """How a fragment lies to what was handed on before it, in samples: a gap, an overlap or neither.

    ``jumped``: the producer's time stamp is too far off to be either; the audio joins on, and time is counted from
    this fragment anew.
    """

    __slots__ = ("gap", "jumped", "overlap")

    def __init__(self, *, gap: int = 0, overlap: int = 0, jumped: bool = False) -> None:
        self.gap = gap
        self.overlap = overlap
        self.jumped = jumped


class Splice:
    """One call's audio so far: its position, its anchor, and the odd bytes that wait for their other half.

    Resumed from a checkpoint, it begins at the resume fragment's position and gives silence in place of audio that a
    channel has settled already, as far as it is recorded too.
    """

    __slots__ = (
        "_anchor_ms",
        "_anchor_position",
        "_former",
        "_position",
        "_rest",
        "_settings",
        "_settled",
        "_silent_before",
        "_start_ms",
    )

    def __init__(self, *, start_ms: int, checkpoint: Checkpoint | None, settings: IngestSettings) -> None:
        self._settings = settings
        self._start_ms = start_ms
        self._rest = (b"", b"")
        self._position = 0
        self._anchor_ms: int | None = None
        self._anchor_position = 0
        self._settled = (0, 0)
        self._silent_before = (0, 0)
        self._former: tuple[int, int] | None = None
        if checkpoint is not None and checkpoint.origin_producer_ms is not None:
            self._anchor_ms = checkpoint.origin_producer_ms
            self._settled = (checkpoint.customer.settled, checkpoint.agent.settled)
            self._silent_before = self._settled
            if checkpoint.recorded is not None:
                customer, agent = self._settled
                self._silent_before = (min(customer, checkpoint.recorded), min(agent, checkpoint.recorded))
            if checkpoint.resume is not None:
                self._take_up(checkpoint.resume)

    def _take_up(self, mark: FragmentMark) -> None:
        self._position = mark.position
        expected_ms = self.heard_until_ms
        if expected_ms is None or abs(mark.producer_ms - expected_ms) >= self._settings.tolerance_ms:
            self._anchor_ms, self._anchor_position = mark.producer_ms, mark.position

    @property
    def position(self) -> int:
        """Samples since the origin that have been given out."""
        return self._position

    @property
    def heard_until_ms(self) -> int | None:
        """Producer time just after the last audio given out; None before the origin is fixed."""
        if self._anchor_ms is None:
            return None
        return self._anchor_ms + (self._position - self._anchor_position) // SAMPLES_PER_MS

    def settled_to(self) -> int:
        """The furthest position that a channel had settled before this worker took the call over."""
        return max(self._settled)

    def seam(self, producer_ms: int | None) -> Seam:
        """How a fragment of that producer time would join; one without a time is taken to follow directly."""
        if producer_ms is None or self._anchor_ms is None:
            return Seam()
        tolerance = self._settings.tolerance_ms * SAMPLES_PER_MS
        late = self._late(producer_ms, self._anchor_ms, self._anchor_position)
        if abs(late) < tolerance:
            return Seam()
        jumped = late > self._settings.max_jump_ms * SAMPLES_PER_MS
        jumped_back = -late > self._settings.max_overlap_ms * SAMPLES_PER_MS
        back_to_former = self._former is not None and abs(self._late(producer_ms, *self._former)) < tolerance
        if jumped or jumped_back or back_to_former:
            return Seam(jumped=True)
        return Seam(gap=late) if late > 0 else Seam(overlap=-late)

    def _late(self, producer_ms: int, anchor_ms: int, anchor_position: int) -> int:
        """Samples between where the audio stands and where the fragment should begin, as the anchor counts time."""
        return (producer_ms - anchor_ms) * SAMPLES_PER_MS - (self._position - anchor_position)

    def append(self, arrival: Arrival) -> list[Effect]:
        """Hands on one fragment that is ours: the silence before it, its audio, and its mark."""
        fragment, received_ms = arrival.fragment, arrival.received_ms
        if not arrival.audio_bytes:
            return [FragmentReleased(mark=None)]
        effects: list[Effect] = []
        if self._anchor_ms is None:
            self._anchor_ms = fragment.producer_ms if fragment.producer_ms is not None else self._start_ms
            effects.append(OriginFixed(producer_ms=self._anchor_ms))
        seam = self.seam(fragment.producer_ms)
        if seam.gap or seam.overlap:
            effects += self.flush(received_ms)
            seam = self.seam(fragment.producer_ms)
        if seam.gap:
            effects.append(SilenceInserted(position=self._position, samples=seam.gap, received_ms=received_ms))
            self._position += seam.gap
        if seam.jumped and fragment.producer_ms is not None:
            self._former = (self._anchor_ms, self._anchor_position)
            self._anchor_ms, self._anchor_position = fragment.producer_ms, self._position
        trimmed = seam.overlap * BYTES_PER_SAMPLE
        customer, agent = (fragment.customer or b"")[trimmed:], (fragment.agent or b"")[trimmed:]
        if not customer and not agent:
            return [*effects, FragmentDropped(number=fragment.number, reason="overlap")]
        producer_ms = fragment.producer_ms if fragment.producer_ms is not None else self.heard_until_ms or 0
        clean = not trimmed and self._rest == (b"", b"")
        mark = FragmentMark(number=fragment.number, producer_ms=producer_ms, position=self._position)
        effects += self._emit(
            self._level(customer, agent), number=fragment.number, producer_ms=producer_ms, received_ms=received_ms
        )
        effects.append(FragmentReleased(mark=mark if clean else None))
        return effects

    def flush(self, received_ms: int) -> list[Effect]:
        """Hands on a whole sample that one channel is ahead by; half samples are lost with their other half."""
        customer, agent = self._rest
        self._rest = (b"", b"")
        samples = max(len(customer), len(agent)) // BYTES_PER_SAMPLE
        channels = (_exactly(customer, samples), _exactly(agent, samples))
        return self._emit(channels, number="", producer_ms=self.heard_until_ms or 0, received_ms=received_ms)

    def _level(self, customer: bytes, agent: bytes) -> tuple[bytes, bytes]:
        """Brings both channels to the same number of whole samples; keeps what is over for the next fragment.

        Tracks that end inside the same sample, or one in it and one beside it, only differ in where they were cut:
        neither is padded, and both keep their remainder. A track that is really shorter gets silence at its end.
        """
        rest_customer, rest_agent = self._rest
        whole_customer, whole_agent = rest_customer + customer, rest_agent + agent
        difference = abs(len(whole_customer) - len(whole_agent))
        only_cut = difference <= _LONGEST_HALF_SAMPLE_DIFFERENCE and (
            difference != _LONGEST_HALF_SAMPLE_DIFFERENCE or len(whole_customer) % BYTES_PER_SAMPLE
        )
        if only_cut:
            samples = min(len(whole_customer), len(whole_agent)) // BYTES_PER_SAMPLE
            even = samples * BYTES_PER_SAMPLE
            self._rest = (whole_customer[even:], whole_agent[even:])
            return whole_customer[:even], whole_agent[:even]
        samples = max(len(whole_customer), len(whole_agent)) // BYTES_PER_SAMPLE
        self._rest = (_half_sample(whole_customer, track=customer), _half_sample(whole_agent, track=agent))
        return _exactly(whole_customer, samples), _exactly(whole_agent, samples)

    def _emit(self, channels: tuple[bytes, bytes], *, number: str, producer_ms: int, received_ms: int) -> list[Effect]:
        customer, agent = (
            _silenced(pcm, settled - self._position) for pcm, settled in zip(channels, self._silent_before, strict=True)
        )
        if not customer:
            return []
        released = AudioReleased(
            number=number,
            producer_ms=producer_ms,
            position=self._position,
            customer=customer,
            agent=agent,
            received_ms=received_ms,
        )
        self._position += released.samples
        return [released]


def _exactly(pcm: bytes, samples: int) -> bytes:
    """Whole samples only, with silence at the end up to ``samples``."""
    whole = pcm if len(pcm) % BYTES_PER_SAMPLE == 0 else pcm[:-1]
    return whole.ljust(samples * BYTES_PER_SAMPLE, b"\0")


def _half_sample(pcm: bytes, *, track: bytes) -> bytes:
    """The odd byte that waits for the next fragment; a track that stopped altogether will not complete it."""
    return pcm[-1:] if track and len(pcm) % BYTES_PER_SAMPLE else b""


def _silenced(pcm: bytes, samples: int) -> bytes:
    """Silence in place of the first ``samples``."""
    silent = min(max(samples, 0) * BYTES_PER_SAMPLE, len(pcm))
    return bytes(silent) + pcm[silent:] if silent else pcm
