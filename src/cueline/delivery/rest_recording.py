"""Shapes of recordings: what is known of one, and who listened to it. Pure."""

from collections.abc import Sequence
from typing import Annotated, Final, Literal

import msgspec

from cueline.delivery.rest import Rest
from cueline.delivery.rest_guidance import Name
from cueline.events.audit import LISTENED, AuditEntry
from cueline.events.recording import SAMPLE_RATE_HZ, BeepSpan, Codec, GapCause, RecordingGap, VerificationState
from cueline.kernel.ids import Channel

AudioFormat = Literal["wav", "flac", "opus"]

MEDIA_TYPES: Final[dict[AudioFormat, tuple[str, ...]]] = {
    "wav": ("audio/wav", "audio/x-wav", "audio/wave", "audio/vnd.wave"),
    "flac": ("audio/flac", "audio/x-flac"),
    "opus": ("audio/ogg", "audio/opus"),
}
"""The first of each is what is sent; the others are understood."""

PEAKS_MAX: Final = 12_000
"""Peaks of one side: 20 minutes of tenths of a second. Longer recordings have longer steps."""

PLAYED_MAX_MS: Final = 7 * 24 * 3_600_000

RecordingFate = Literal["none", "recording", "sealed", "deleted"]


class BeepShown(Rest, frozen=True):
    """A stretch of one side that is a tone, in milliseconds of the recording; what was said there is not told."""

    channel: Channel
    started_ms: int
    ended_ms: int


class GapShown(Rest, frozen=True):
    """A stretch of both sides that was not recorded and plays as silence, and why."""

    started_ms: int
    ended_ms: int
    cause: GapCause


class Peaks(Rest, frozen=True):
    """How loud both sides are: the loudest sample of every ``stepMs``, 0 (silence) to 255 (full scale)."""

    step_ms: int
    customer: list[int]
    agent: list[int]


class RecordingFacts(Rest, frozen=True):
    """What is known of a call's recording.

    ``state``: ``none`` where there is no recording, ``recording`` until its last part is stored, ``sealed`` when it can
    be heard, ``deleted``. ``verification``: what the checks after the call came to, null before they began.
    ``revision``: one higher each time that more was beeped. ``mayListen``: whether whoever asks is given the audio;
    ``mayReview``: whether they are if they ask for it as a reviewer (``review=true``).
    """

    state: RecordingFate
    verification: VerificationState | None
    may_listen: bool
    may_review: bool
    duration_ms: int = 0
    codec: Codec | None = None
    revision: int | None = None
    sealed_at_ms: int | None = None
    deleted_at_ms: int | None = None
    beeps: tuple[BeepShown, ...] = ()
    gaps: tuple[GapShown, ...] = ()
    waveform: Peaks | None = None


class HeardSpan(Rest, frozen=True):
    """A stretch of a recording, in milliseconds."""

    started_ms: int
    ended_ms: int


class TellPlayed(Rest, frozen=True, forbid_unknown_fields=True):
    """A stretch of a recording that a player has played, in milliseconds, and who listened."""

    started_ms: Annotated[int, msgspec.Meta(ge=0, le=PLAYED_MAX_MS)]
    ended_ms: Annotated[int, msgspec.Meta(ge=0, le=PLAYED_MAX_MS)]
    by: Name = "supervisor"


class PlayedNoted(Rest, frozen=True):
    """Whether it was noted: not where nothing of the call was sent to them lately."""

    noted: bool


class AuditLine(Rest, frozen=True):
    """Who did what with the call. ``details``: names, numbers and ids.

    Of a playing: what was ``sent``, which the server saw to, and what was ``played`` of it, as the player says.
    """

    at_ms: int
    actor: str
    action: str
    details: dict[str, str | int | bool | None]
    sent: tuple[HeardSpan, ...]
    played: tuple[HeardSpan, ...]


class AuditLines(Rest, frozen=True):
    """What was done with a call that others must be able to look up, newest first."""

    lines: list[AuditLine]


def to_ms(samples: int) -> int:
    """Whole milliseconds of so many samples, rounded down."""
    return samples * 1_000 // SAMPLE_RATE_HZ


def _up_to_ms(samples: int) -> int:
    return -(-samples * 1_000 // SAMPLE_RATE_HZ)


def beeps_shown(beeps: Sequence[BeepSpan]) -> tuple[BeepShown, ...]:
    """Beeps in the order of time, widened to whole milliseconds."""
    found = [
        BeepShown(channel=each.channel, started_ms=to_ms(each.start), ended_ms=_up_to_ms(each.end)) for each in beeps
    ]
    return tuple(sorted(found, key=lambda each: (each.started_ms, each.channel)))


def gaps_shown(gaps: Sequence[RecordingGap]) -> tuple[GapShown, ...]:
    """Gaps in the order of time, widened to whole milliseconds."""
    found = [GapShown(started_ms=to_ms(each.start), ended_ms=_up_to_ms(each.end), cause=each.cause) for each in gaps]
    return tuple(sorted(found, key=lambda each: each.started_ms))


def peaks_shown(step_ms: int, customer: Sequence[int], agent: Sequence[int]) -> Peaks:
    """Peaks with at most ``PEAKS_MAX`` steps: neighbours become one, as loud as the louder."""
    steps = max(len(customer), len(agent))
    together = max(1, -(-steps // PEAKS_MAX))
    sides = [[max(side[at : at + together]) for at in range(0, len(side), together)] for side in (customer, agent)]
    return Peaks(step_ms=step_ms * together, customer=sides[0], agent=sides[1])


def audit_shown(entries: Sequence[AuditEntry]) -> AuditLines:
    """Lines as they are shown; a detail that is no plain value is left out."""
    return AuditLines(lines=[_line_shown(each) for each in entries])


def _line_shown(entry: AuditEntry) -> AuditLine:
    plain = {name: value for name, value in entry.details.items() if isinstance(value, str | int | bool | None)}
    listened = entry.details if entry.action == LISTENED else {}
    return AuditLine(
        at_ms=entry.at_ms, actor=entry.actor, action=entry.action, details=plain,
        sent=_spans(listened.get("spans")), played=_spans(listened.get("played")),
    )  # fmt: skip


def _spans(stored: object) -> tuple[HeardSpan, ...]:
    return tuple(
        HeardSpan(started_ms=span[0], ended_ms=span[1])
        for span in (stored if isinstance(stored, list) else ())
        if isinstance(span, list) and len(span) == 2 and all(isinstance(at, int) for at in span)
    )
