"""Cuts a recording into the fragments that Connect would send. Pure: equal arguments give equal fragments."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from cueline.emulators.kinesis_video_faults import (
    Fault,
    SessionFaults,
    Slot,
    checked_faults,
    marked_slots,
    occurrence_ms,
)
from cueline.emulators.kinesis_video_recording import Recording, marker_tone
from cueline.emulators.kinesis_video_stream import StoredFragment
from cueline.kernel.errors import InputError
from cueline.kernel.ids import ContactId
from cueline.media import matroska as mkv
from cueline.media.events import AudioBearing
from cueline.media.muxer import FragmentSpec, FragmentTags, Shape

NUMBER_STEP: Final = 2**92
"""Fragment numbers seen in captures have 47 digits and mostly differ by about this much."""
SERVER_LAG_MS: Final = 180
"""How much later than the producer's clock the server's stamp is; fixed, so that replays are equal."""
DEFAULT_INSTANCE_ID: Final = "3f5c0de4-8a51-4c0e-9d5d-0c5e11e4e1a7"
_BYTES_PER_MS: Final = 16
_NEXT_CONTACT_MS: Final = 5_000
_FIELD_SHAPE: Final = Shape(contact_tags="after")


@dataclass(frozen=True, slots=True)
class PlayOptions:
    """How a recording is played.

    - fragment_ms: length of a fragment; the last one is as long as what is left.
    - first_producer_ms: epoch milliseconds of its begin on the producer's clock; now, when not said. A stream's time
      never goes back: it begins where the stream's last recording ended, when that is later.
    - first_number: of its first fragment; when not said, or when the stream is past it, the stream's numbers go on.
    - shape: blocks, tracks and clusters. Connect's tags follow the Cluster, as in captures, unless said otherwise.
    - tagless, gaps, repeats: indexes of fragments that lack Connect's tags, that never exist though their time goes
      by, that are sent twice. Negative ones count from the end.
    - errors: index of a fragment -> one of ``ERROR_CODES``: in front of it the stream says that error and the session
      ends; once.
    - odd_cuts: every other cut lies one byte late, so that fragments have an odd number of bytes.
    - empty_audio: both tracks are there and carry nothing, as when the reader may not use the stream's key.
    - pause_ms: media time between the stream's last recording and this one.
    """

    fragment_ms: int = 1024
    first_producer_ms: int | None = None
    first_number: int | None = None
    shape: Shape = _FIELD_SHAPE
    tagless: frozenset[int] = frozenset()
    gaps: frozenset[int] = frozenset()
    repeats: frozenset[int] = frozenset()
    errors: Mapping[int, int] = field(default_factory=dict)
    odd_cuts: bool = False
    empty_audio: bool = False
    pause_ms: int = 0
    instance_id: str | None = DEFAULT_INSTANCE_ID
    mime_type: str | None = mkv.MIME_TYPE


class PlannedFragment(AudioBearing):
    """A fragment that will be released ``delay_ms`` (wall time) after its end; what waits behind it comes with it."""

    __slots__ = ("delay_ms", "fragment")

    def __init__(self, fragment: StoredFragment, delay_ms: int) -> None:
        self.fragment = fragment
        self.delay_ms = delay_ms


class Plan(AudioBearing):
    """A recording's fragments in order; ``duration_ms`` is our contact's part of ``total_ms``."""

    __slots__ = ("duration_ms", "fragments", "next_number", "total_ms")

    def __init__(self, fragments: list[PlannedFragment], *, duration_ms: int, total_ms: int, next_number: int) -> None:
        self.fragments = fragments
        self.duration_ms = duration_ms
        self.total_ms = total_ms
        self.next_number = next_number


class _Part(AudioBearing):
    """What one contact says on the stream."""

    __slots__ = ("agent", "contact_id", "customer", "start_ms")

    def __init__(self, contact_id: str, customer: bytes, agent: bytes, start_ms: int) -> None:
        self.contact_id = contact_id
        self.customer = customer
        self.agent = agent
        self.start_ms = start_ms

    @property
    def end_ms(self) -> int:
        return self.start_ms - (-len(self.customer) // _BYTES_PER_MS)


def first_number_of(stream_name: str) -> int:
    """A realistic number of 47 digits to begin with, always the same for a stream of this name."""
    digest = hashlib.sha256(stream_name.encode()).digest()
    return 91_343_852_333_181_432 * 10**30 + int.from_bytes(digest[:12], "big")


def plan_fragments(
    recording: Recording,
    *,
    contact_id: ContactId,
    first_number: int,
    first_producer_ms: int,
    options: PlayOptions,
    faults: Sequence[Fault] = (),
) -> Plan:
    """Every fragment of the recording, faults applied; those of ``SessionFaults`` happen while it is sent."""
    if not 1 <= options.fragment_ms <= 30_000:
        raise InputError("fragment_ms must be from 1 to 30000: a cluster's blocks hold 16 bits of time")
    parts = _parts(recording, contact_id, faults, options.fragment_ms)
    slots = list(_slots(parts, options.fragment_ms))
    numbering = _Numbering(first_number, first_producer_ms)
    builder = _Builder(options, slots, faults, numbering)
    fragments = list(builder.build(parts))
    if not fragments:
        raise InputError("nothing of the recording is left to play")
    return Plan(
        fragments,
        duration_ms=parts[0].end_ms,
        total_ms=parts[-1].end_ms,
        next_number=numbering.number(len(slots)),
    )


def _parts(recording: Recording, contact_id: ContactId, faults: Sequence[Fault], fragment_ms: int) -> list[_Part]:
    whole = _Part(contact_id, recording.customer, recording.agent, 0)
    cuts = [fault for fault in faults if fault.kind == "next_contact"]
    if not cuts:
        return [whole]
    fault = cuts[0]
    at_ms = fault.at_ms if fault.at_ms is not None else fragment_ms * (fault.at_fragment or 0)
    at_ms = min(max(1, at_ms), whole.end_ms)
    ours = _Part(contact_id, recording.customer[: at_ms * _BYTES_PER_MS], recording.agent[: at_ms * _BYTES_PER_MS], 0)
    tone = marker_tone(fault.ms or _NEXT_CONTACT_MS)
    return [ours, _Part(fault.contact_id or f"{contact_id}-next", tone, tone, ours.end_ms)]


def _slots(parts: Sequence[_Part], fragment_ms: int) -> Iterator[Slot]:
    index = 0
    for part in parts:
        for start_ms in range(part.start_ms, part.end_ms, fragment_ms):
            yield Slot(index, index, start_ms, start_ms, min(start_ms + fragment_ms, part.end_ms))
            index += 1


@dataclass(frozen=True, slots=True)
class _Numbering:
    first: int
    producer_ms: int

    def number(self, index: int) -> int:
        return self.first + index * NUMBER_STEP


class _Builder(AudioBearing):
    __slots__ = ("_faults", "_gaps", "_numbering", "_options", "_repeats", "_session_faults", "_slots", "_tagless")

    def __init__(
        self, options: PlayOptions, slots: Sequence[Slot], faults: Sequence[Fault], numbering: _Numbering
    ) -> None:
        count = len(slots)
        self._options = options
        self._slots = slots
        self._faults = faults
        self._numbering = numbering
        self._gaps = _from_start(options.gaps, count) | marked_slots(faults, "gap", slots)
        self._repeats = _from_start(options.repeats, count) | marked_slots(faults, "repeat", slots)
        self._tagless = _from_start(options.tagless, count) | marked_slots(faults, "tagless", slots)
        errors = [
            Fault(kind="error_tag", at_fragment=index % count, id=error_id)
            for index, error_id in options.errors.items()
        ]
        self._session_faults = SessionFaults([*checked_faults(errors), *faults])

    def build(self, parts: Sequence[_Part]) -> Iterator[PlannedFragment]:
        from_ms, first_index, delay_ms = 0, 0, 0
        for slot in self._slots:
            delay_ms = max(delay_ms, self._delay_ms(slot))
            if slot.index in self._gaps:
                continue
            part = next(part for part in parts if slot.start_ms < part.end_ms)
            whole = Slot(first_index, slot.index, from_ms, slot.start_ms, slot.end_ms)
            yield PlannedFragment(self._fragment(whole, part), delay_ms)
            from_ms, first_index, delay_ms = slot.end_ms, slot.index + 1, 0

    def _delay_ms(self, slot: Slot) -> int:
        delays = [fault for fault in self._faults if fault.kind == "delay" and occurrence_ms(fault, slot) is not None]
        return max((fault.ms or 0 for fault in delays), default=0)

    def _fragment(self, slot: Slot, part: _Part) -> StoredFragment:
        options = self._options
        start, end = self._cut(slot.start_ms, slot, part), self._cut(slot.end_ms, slot, part)
        producer_ms = self._numbering.producer_ms + slot.start_ms
        number = self._numbering.number(slot.index)
        is_tagged = slot.index not in self._tagless
        tags = FragmentTags(
            number=str(number),
            contact_id=part.contact_id if is_tagged else None,
            instance_id=options.instance_id if is_tagged else None,
            mime_type=options.mime_type if is_tagged else None,
            producer_ms=producer_ms,
            server_ms=producer_ms + SERVER_LAG_MS,
        )
        empty = options.empty_audio
        spec = FragmentSpec(
            tags, customer=b"" if empty else part.customer[start:end], agent=b"" if empty else part.agent[start:end]
        )
        return StoredFragment(
            number=number,
            slot=slot,
            producer_ms=producer_ms,
            server_ms=producer_ms + SERVER_LAG_MS,
            spec=spec,
            shape=options.shape,
            session_faults=self._session_faults,
            copies=2 if slot.index in self._repeats else 1,
        )

    def _cut(self, at_ms: int, slot: Slot, part: _Part) -> int:
        """Byte at which the audio is cut; every other inner cut one byte late when cuts are to be odd."""
        at = (at_ms - part.start_ms) * _BYTES_PER_MS
        is_second_cut = (slot.index + (at_ms == slot.end_ms)) % 2 == 1
        is_inner = part.start_ms < at_ms < part.end_ms
        return at + 1 if self._options.odd_cuts and is_second_cut and is_inner else at


def _from_start(indexes: frozenset[int], count: int) -> set[int]:
    return {index + count if index < 0 else index for index in indexes}
