"""One call's intake, pure: fragments go in with the time, decisions come out.

It knows what is ours (``ownership``), where it belongs in time (``splice``), what is wrong with it (``symptoms``),
which fragments it has had, and when the call is over. It reads no clock and opens nothing: ``now_ms`` is real
monotonic time, since it is compared with time-outs; media time stands in the fragments.
"""

from typing import Final, Literal

from cueline.events.catalogue import EndReason
from cueline.events.checkpoint import Checkpoint
from cueline.ingest.effects import (
    Arrival,
    CallFinished,
    Effect,
    FragmentDropped,
    SilenceInserted,
)
from cueline.ingest.ownership import NextContactBegan, Owned, Ownership, Refused, Ruling
from cueline.ingest.ports import CallMedia, StreamFacts
from cueline.ingest.settings import IngestSettings
from cueline.ingest.splice import Splice
from cueline.ingest.symptoms import Symptoms
from cueline.media.events import FragmentCompleted

_MAX_NUMBER_DIGITS: Final = 128


class Intake:
    """Takes a call's fragments as they come and says what to do, as effects to be carried out in order.

    With a checkpoint the call goes on where it was committed: read from ``reopen_at_ms``; fragments before the resume
    fragment are dropped, and each channel gets silence before what it had settled.

    archive: the source is a finished recording: its end is the end, and a fragment closed by it is whole.
    """

    __slots__ = (
        "_archive",
        "_ended",
        "_first_number",
        "_last_number",
        "_last_producer_ms",
        "_media",
        "_ownership",
        "_quiet_since_ms",
        "_reachable_since_ms",
        "_received_ms",
        "_rereading",
        "_settings",
        "_splice",
        "_stop_known_since_ms",
        "_stop_ms",
        "_symptoms",
        "fragments_taken",
    )

    def __init__(
        self, media: CallMedia, *, checkpoint: Checkpoint | None, settings: IngestSettings, archive: bool, now_ms: int
    ) -> None:
        self._media = media
        self._settings = settings
        self._archive = archive
        mark = checkpoint.resume if checkpoint is not None else None
        resumed = checkpoint is not None and checkpoint.origin_producer_ms is not None
        self._first_number = _number(mark.number if mark is not None else media.start_fragment_number)
        self._splice = Splice(start_ms=media.start_timestamp_ms, checkpoint=checkpoint, settings=settings)
        self._ownership = Ownership(
            media.contact_id, first_number=self._first_number, resumed=resumed, settings=settings
        )
        self._symptoms = Symptoms(
            warned=checkpoint.warned if checkpoint is not None else (),
            settled_to=self._splice.settled_to(),
            resumed=resumed,
        )
        self._last_number: int | None = None
        self._last_producer_ms: int | None = None
        if checkpoint is not None and checkpoint.origin_producer_ms is not None:
            self._last_producer_ms = (mark.producer_ms if mark is not None else checkpoint.origin_producer_ms) - 1
        self._rereading = False
        self._ended = False
        self._received_ms = 0
        self._stop_ms: int | None = None
        self._stop_known_since_ms = now_ms
        self._quiet_since_ms = now_ms
        self._reachable_since_ms: int | None = None
        self.fragments_taken = 0
        """Fragments that were new: grows whenever the source made progress."""

    @property
    def ended(self) -> bool:
        """The last effect was ``CallFinished``; nothing is taken any more."""
        return self._ended

    @property
    def position(self) -> int:
        """Samples since the origin that have been given out."""
        return self._splice.position

    def reopen_at_ms(self, *, skip_ms: int = 0) -> int:
        """Producer time from which to read.

        That of the last fragment had, so that even a connection that breaks off soon brings the next one; a little
        before the start or the resume fragment when there is none yet; or ``skip_ms`` beyond what was heard.
        """
        if skip_ms:
            return (self._splice.heard_until_ms or self._media.start_timestamp_ms) + skip_ms
        if self._last_producer_ms is not None:
            return self._last_producer_ms - (0 if self.fragments_taken else self._settings.resume_margin_ms)
        start_ms = self._splice.heard_until_ms
        return (self._media.start_timestamp_ms if start_ms is None else start_ms) - self._settings.start_margin_ms

    def describe(self, facts: StreamFacts) -> list[Effect]:
        """What is known of the stream."""
        return list(self._symptoms.stream(facts))

    def connected(self, now_ms: int) -> None:
        """A connection stands; what comes first on it may have been had already."""
        self._rereading = self.fragments_taken > 0 or self._last_producer_ms is not None
        if self._reachable_since_ms is None:
            self._reachable_since_ms = now_ms

    def unreachable(self) -> None:
        """The source refused, or broke off: that nothing comes says nothing about the call."""
        self._reachable_since_ms = None

    def excuse(self, busy_ms: int) -> None:
        """Time that was spent handing audio on does not count as silence of the stream."""
        self._quiet_since_ms += busy_ms
        self._stop_known_since_ms += busy_ms

    def note_stop(self, stop_ms: int, now_ms: int) -> list[Effect]:
        """The contact's own event says that it ended at ``stop_ms`` (producer time)."""
        if self._stop_ms is None:
            self._stop_known_since_ms = now_ms
        self._stop_ms = stop_ms
        return self._finish_at_stop()

    def take(self, fragment: FragmentCompleted, *, received_ms: int, now_ms: int) -> list[Effect]:
        """A completed fragment. ``received_ms``: when its last byte was at our socket (the call's clock)."""
        if self._ended:
            return []
        self._received_ms = received_ms
        effects: list[Effect] = []
        owner = self._ownership.owner(fragment)
        if owner in ("ours", "untold"):
            effects += self._symptoms.error_tag(fragment.error, at=self.position)
        if fragment.closed_by == "end" and not self._archive:
            return [*effects, FragmentDropped(number=fragment.number, reason="cut_short")]
        if owner == "untold" and not fragment.customer and not fragment.agent:
            return effects
        repeated = self._had_already(fragment)
        if repeated is not None:
            return [*effects, FragmentDropped(number=fragment.number, reason=repeated)]
        if owner in ("ours", "untold"):
            self._remember(fragment, now_ms)
        rulings = self._ownership.offer(
            Arrival(fragment, received_ms), heard_until_ms=self._splice.heard_until_ms, stop_ms=self._stop_ms
        )
        effects += self._carry_out(rulings)
        return effects + self._finish_at_stop()

    def poll(self, now_ms: int) -> list[Effect]:
        """What follows from time alone: to be asked every fraction of a second while nothing comes."""
        if self._ended:
            return []
        if self._stop_ms is not None and self._reachable_since_ms is not None:
            since_ms = max(self._stop_known_since_ms, self._quiet_since_ms, self._reachable_since_ms)
            if now_ms - since_ms >= self._settings.stop_grace_ms:
                return self.finish("disconnected")
        if now_ms - self._quiet_since_ms >= self._settings.no_audio_timeout_ms:
            return self.finish("failed" if self._reachable_since_ms is None else "no_audio")
        return []

    def exhausted(self) -> list[Effect]:
        """The recording is over, or reconnecting has been given up."""
        if self._stop_ms is not None:
            return self.finish("disconnected")
        gave_up = self._reachable_since_ms is None and not self._archive
        return self.finish("failed" if gave_up else "no_audio")

    def unreadable(self) -> list[Effect]:
        """The next fragment failed to parse twice and is passed over."""
        return [] if self._ended else list(self._symptoms.unreadable(at=self.position))

    def refused(self, reason: str) -> list[Effect]:
        """The source's final word; ``reason`` as in ``MediaSourceError``."""
        if self._ended:
            return []
        warnings = self._symptoms.refused(reason, at=self.position)
        missing: EndReason = "stream_missing" if reason == "ResourceNotFound" else "failed"
        return [*warnings, *self.finish(missing)]

    def finish(self, reason: EndReason) -> list[Effect]:
        """Rules on what still waits for proof, gives out what is left, and ends the call."""
        if self._ended:
            return []
        rulings = self._ownership.close(heard_until_ms=self._splice.heard_until_ms, stop_ms=self._stop_ms)
        effects = self._carry_out(rulings)
        return effects if self._ended else effects + self._close(reason)

    def _close(self, reason: EndReason) -> list[Effect]:
        self._ended = True
        effects = self._splice.flush(self._received_ms)
        return [*effects, CallFinished(reason=reason, at=self.position)]

    def _finish_at_stop(self) -> list[Effect]:
        heard_until_ms = self._splice.heard_until_ms
        if self._ended or self._stop_ms is None or heard_until_ms is None or heard_until_ms < self._stop_ms:
            return []
        return self.finish("disconnected")

    def _had_already(self, fragment: FragmentCompleted) -> Literal["repeat", "before_start"] | None:
        """Numbers decide where there are numbers, the producer's time otherwise."""
        number, producer_ms = fragment.number_value, fragment.producer_ms
        if number is not None:
            if self._first_number is not None and number < self._first_number:
                return "before_start"
            if self._last_number is not None:
                return "repeat" if number <= self._last_number else None
            if self._first_number is not None:
                return None
        if producer_ms is not None:
            had = self._last_producer_ms is not None and producer_ms <= self._last_producer_ms
            return "repeat" if had else None
        return "repeat" if self._rereading else None

    def _remember(self, fragment: FragmentCompleted, now_ms: int) -> None:
        if fragment.number_value is not None:
            self._last_number = fragment.number_value
        if fragment.producer_ms is not None:
            self._last_producer_ms = fragment.producer_ms
        self._rereading = False
        self._quiet_since_ms = now_ms
        self.fragments_taken += 1

    def _carry_out(self, rulings: list[Ruling]) -> list[Effect]:
        effects: list[Effect] = []
        for ruling in rulings:
            if isinstance(ruling, Owned):
                effects += self._release(ruling.arrival)
            elif isinstance(ruling, Refused):
                effects.append(FragmentDropped(number=ruling.arrival.fragment.number, reason=ruling.reason))
                effects += self._symptoms.dropped(ruling.reason, at=self.position)
            elif isinstance(ruling, NextContactBegan):
                effects += self._close("next_contact" if self._stop_ms is None else "disconnected")
        return effects

    def _release(self, arrival: Arrival) -> list[Effect]:
        fragment, at = arrival.fragment, self.position
        effects: list[Effect] = list(
            self._symptoms.fragment(fragment, heard_until_ms=self._splice.heard_until_ms, at=at)
        )
        if arrival.audio_bytes and self._splice.seam(fragment.producer_ms).jumped:
            effects += self._symptoms.time_jump(at=at)
        for effect in self._splice.append(arrival):
            if isinstance(effect, SilenceInserted):
                effects += self._symptoms.gap(effect.samples, at=effect.position)
            effects.append(effect)
        return effects


def _number(text: str | None) -> int | None:
    """A fragment number as the integer it is compared by; None where it is none."""
    if text is None or not text.isascii() or not text.isdecimal() or len(text) > _MAX_NUMBER_DIGITS:
        return None
    return int(text)
