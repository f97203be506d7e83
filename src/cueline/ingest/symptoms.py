"""What goes wrong with a call's audio, recognised from its fragments and said once.

Every message has three parts: what was seen, what it means for this call, what to do about it.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from cueline.events.catalogue import WarningCode
from cueline.ingest.effects import DropReason, Warned
from cueline.ingest.ports import StreamFacts
from cueline.kernel.ids import CHANNELS, Channel
from cueline.media.events import FragmentCompleted, StreamErrorTag
from cueline.unredacted.audio import BYTES_PER_SAMPLE, SAMPLE_RATE_HZ, SAMPLES_PER_MS

MISSING_AFTER_MS: Final = 5_000
EMPTY_AFTER_MS: Final = 10_000
_SAID_AT_MOST: Final = 20
"""Gaps, and different stream errors, that are told one by one; after that they are only counted."""

_LASTING: Final[frozenset[str]] = frozenset(
    {"agent_audio_missing", "customer_audio_missing", "audio_empty", "no_retention", "unsupported_audio"}
)
"""Codes that describe a state of the call, said once in its life; the others are events and may happen again."""

_ERROR_MEANINGS: Final[Mapping[str, str]] = {
    "3002": "Kinesis could not write to the stream",
    "4000": "a fragment is no longer there",
    "4500": "access to the stream's KMS key is denied",
    "4501": "the stream's KMS key is disabled",
    "4502": "the stream's KMS key is not valid",
    "4503": "the stream's KMS key is unavailable",
    "4504": "the stream's KMS key may not be used this way",
    "4505": "the stream's KMS key is in the wrong state",
    "4506": "the stream's KMS key does not exist",
    "5000": "Kinesis had an internal error",
}
"""Ids of AWS_KINESISVIDEO_ERROR_ID as the API reference of GetMedia documents them."""


class Symptoms:
    """Watches one call. Positions are samples since the origin; ``warned`` are codes said before a takeover."""

    __slots__ = ("_counts", "_empty_since_ms", "_heard_sound", "_missing_since_ms", "_said", "_settled_to", "_warned")

    def __init__(self, *, warned: Iterable[str], settled_to: int, resumed: bool) -> None:
        self._warned = frozenset(warned)
        self._settled_to = settled_to
        self._said: set[str] = set()
        self._counts: dict[str, int] = {}
        self._missing_since_ms: dict[Channel, int] = {}
        self._empty_since_ms: int | None = None
        self._heard_sound = resumed

    def stream(self, facts: StreamFacts) -> list[Warned]:
        """What the stream's own description says."""
        if facts.retention_hours > 0:
            return []
        return self._say(
            "no_retention",
            "no_retention",
            "The Kinesis video stream keeps no data (retention is 0 hours). If the connection or this worker fails, "
            "the audio of the meantime is lost for good. Set the retention of Connect's live media streaming to at "
            "least 1 hour; streams made before that keep their old value and must be updated one by one.",
            at=0,
        )

    def error_tag(self, error: StreamErrorTag | None, *, at: int) -> list[Warned]:
        """An error that Kinesis wrote into the stream; each kind once."""
        if error is None:
            return []
        name = error.error_id or error.code or "unknown"
        told = error.error_id if error.error_id.isdecimal() else "without a number"
        meaning = _ERROR_MEANINGS.get(error.error_id, _printable(error.code) or "it has no name")
        remedy = (
            "Give this worker's role kms:Decrypt on that key."
            if error.error_id.startswith("45")
            else "The stream is read again from the last whole fragment; what is missing is filled with silence."
        )
        return self._say(
            "stream_error",
            f"stream_error:{name}",
            f"Kinesis reported error {told} inside the stream: {meaning}. Words may be missing from here on. {remedy}",
            at=at,
        )

    def unreadable(self, *, at: int) -> list[Warned]:
        """A fragment could not be parsed twice and is passed over."""
        return self._say(
            "stream_error",
            "stream_error:unreadable",
            "A fragment of the stream could not be read, twice in a row, and is passed over; its words are missing "
            "and silence stands in their place. If it happens again, keep the stream's data and report it.",
            at=at,
        )

    def refused(self, reason: str, *, at: int) -> list[Warned]:
        """The source said no in a way that trying again does not mend."""
        return self._say(
            "stream_error",
            f"stream_error:refused:{reason}",
            f"The media source refused to give the call's audio ({_printable(reason)}), so the call cannot be "
            "transcribed. Check that the stream exists and that this worker's role may call "
            "kinesisvideo:GetDataEndpoint, GetMedia and DescribeStream on it, and kms:Decrypt on its key.",
            at=at,
        )

    def gap(self, samples: int, *, at: int) -> list[Warned]:
        """Audio is missing; ``at`` is where the silence begins."""
        seconds = samples / SAMPLE_RATE_HZ
        return self._say_event(
            "audio_gap",
            f"{seconds:.1f} s of the call's audio never came; silence stands in its place, so that times stay right. "
            "Words spoken then are missing from the transcript. If it happens often, look at the worker's network "
            "and at the stream's retention.",
            at=at,
        )

    def time_jump(self, *, at: int) -> list[Warned]:
        """A producer time stamp too far from the audio before it to be a gap or an overlap."""
        return self._say_event(
            "audio_gap",
            "The stream's time stamps jumped too far to be a gap in the audio; the audio goes on without a break, and "
            "times from here on are counted from the new time stamp.",
            at=at,
        )

    def dropped(self, reason: DropReason, *, at: int) -> list[Warned]:
        """A fragment that could have been ours is not used. The other reasons are everyday and only counted."""
        why = {
            "unproved": "carries no contact id, and nothing around it proves that it belongs to this call",
            "conflicting_contacts": "names more than one contact",
        }.get(reason)
        if why is None:
            return []
        return self._say(
            "fragment_dropped",
            f"fragment_dropped:{reason}",
            f"A fragment of the stream {why}; it was not used, so that no other caller's words can get into this "
            "call. About a second of audio may be missing. Further ones are only counted.",
            at=at,
        )

    def fragment(self, fragment: FragmentCompleted, *, heard_until_ms: int | None, at: int) -> list[Warned]:
        """A fragment that is ours; ``heard_until_ms`` is the producer time up to which audio was heard before it."""
        starts_ms = fragment.producer_ms if fragment.producer_ms is not None else heard_until_ms
        if starts_ms is None:
            starts_ms = 0
        tracks = {"customer": fragment.customer, "agent": fragment.agent}
        length = max(len(pcm or b"") for pcm in tracks.values())
        ends_ms = starts_ms + length // (BYTES_PER_SAMPLE * SAMPLES_PER_MS)
        warnings = self._mime_type(fragment, at=at)
        for channel in CHANNELS:
            present = bool(tracks[channel])
            warnings += self._missing(channel, present=present, starts_ms=starts_ms, ends_ms=ends_ms, at=at)
        return warnings + self._empty(fragment, starts_ms=starts_ms, ends_ms=ends_ms, at=at)

    def _mime_type(self, fragment: FragmentCompleted, *, at: int) -> list[Warned]:
        """For instance ``audio/L16;rate=8000;channels=1``, sometimes with a semicolon at the end."""
        if "unsupported_audio" in self._said:
            return []
        parts = (part.partition("=") for part in fragment.tags.get("MimeType", "").split(";")[1:])
        parameters = {name.strip().lower(): value.strip() for name, _, value in parts}
        if parameters.get("rate", "8000") == "8000" and parameters.get("channels", "1") == "1":
            return []
        return self._say(
            "unsupported_audio",
            "unsupported_audio",
            f"The stream declares its audio as rate {_printable(parameters.get('rate', '8000'))} and channels "
            f"{_printable(parameters.get('channels', '1'))}; only 8000 and 1 are understood, and the audio is read as "
            "that. If the declaration is true, this call's transcript will be nonsense. Check what writes the stream.",
            at=at,
        )

    def _missing(self, channel: Channel, *, present: bool, starts_ms: int, ends_ms: int, at: int) -> list[Warned]:
        if present:
            self._missing_since_ms.pop(channel, None)
            return []
        since_ms = self._missing_since_ms.setdefault(channel, starts_ms)
        if ends_ms - since_ms <= MISSING_AFTER_MS:
            return []
        code: WarningCode = "agent_audio_missing" if channel == "agent" else "customer_audio_missing"
        direction = "to" if channel == "agent" else "from"
        return self._say(
            code,
            code,
            f"No audio has come on the {channel}'s track for more than {MISSING_AFTER_MS // 1000} s. The {channel}'s "
            "words will be missing from the transcript. Check that live media streaming in the contact flow is "
            f"started for both directions; audio {direction} the customer is the one that is missing.",
            at=at,
        )

    def _empty(self, fragment: FragmentCompleted, *, starts_ms: int, ends_ms: int, at: int) -> list[Warned]:
        if self._heard_sound or (fragment.customer is None and fragment.agent is None):
            return []
        if any(pcm is not None and pcm.count(0) != len(pcm) for pcm in (fragment.customer, fragment.agent)):
            self._heard_sound = True
            return []
        if self._empty_since_ms is None:
            self._empty_since_ms = starts_ms
        if ends_ms - self._empty_since_ms <= EMPTY_AFTER_MS:
            return []
        return self._say(
            "audio_empty",
            "audio_empty",
            f"The call has tracks, but not a sound in its first {EMPTY_AFTER_MS // 1000} s; nothing can be "
            "transcribed. That happens when the stream is encrypted with a customer key that this worker may not "
            "use: give its role kms:Decrypt on the stream's KMS key.",
            at=at,
        )

    def _say_event(self, code: WarningCode, message: str, *, at: int) -> list[Warned]:
        count = self._counts.get(code, 0) + 1
        if count > _SAID_AT_MOST:
            return []
        self._counts[code] = count
        if count == _SAID_AT_MOST:
            message += " Further ones are only counted."
        return self._say(code, f"{code}@{at}", message, at=at)

    def _say(self, code: WarningCode, cause: str, message: str, *, at: int) -> list[Warned]:
        if cause in self._said or len(self._said) >= 8 * _SAID_AT_MOST:
            return []
        self._said.add(cause)
        if code in self._warned and (code in _LASTING or at < self._settled_to):
            return []
        return [Warned(code=code, message=message, at=at)]


def _printable(text: str) -> str:
    """A name from the wire, fit for a message: short, and of harmless characters only."""
    return "".join(char for char in text[:40] if char.isascii() and (char.isalnum() or char in "_-. "))
