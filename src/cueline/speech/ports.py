"""The ``Recogniser`` port, and what the speech stage hands on.

A recogniser is opened once per call and hears both channels. It reports, per channel and in order, what it heard and
how far it has got. Everything is in the call's own time, whatever the engine counts in (``timeline.py`` maps one to
the other).
"""

from collections.abc import Sequence
from typing import Literal, Protocol

import msgspec

from cueline.events.catalogue import WarningCode
from cueline.kernel.errors import CuelineError
from cueline.kernel.ids import CallId, Channel, ContactId
from cueline.unredacted.audio import StereoBlock
from cueline.unredacted.sealed import Sealed
from cueline.unredacted.transcript import RawPartial, RawUtterance, RawWord


class RecogniserError(CuelineError):
    """A recogniser session failed. ``retryable`` says whether a new session may work."""

    code = "recogniser_failed"
    retryable = True


class Capabilities(msgspec.Struct, frozen=True):
    """What an adapter declares about itself.

    name: as given on the command line. label: as shown on the screen.
    source: ``script`` where recorded words stand in for recognition; the screen says so.
    partials: whether hypotheses come before finals.
    acknowledges: whether ``Heard`` is reported for all audio handed over (needed for the virtual clock).
    languages: BCP 47 tags.
    """

    name: str
    label: str
    source: Literal["recognised", "script"]
    partials: bool
    acknowledges: bool
    languages: tuple[str, ...]


class Opening(msgspec.Struct, frozen=True):
    """What a session needs to know.

    language: BCP 47 tag; where ``languages`` names several, one that can identifies which of them is spoken.
    position: samples since the call's origin of the first block it will get.
    vocabulary: words and phrases of the tenant's business that are said often, most important first.
    """

    call_id: CallId
    contact_id: ContactId
    language: str
    position: int
    languages: tuple[str, ...] = ()
    vocabulary: tuple[str, ...] = ()


class PartialHeard(Sealed):
    """The whole current hypothesis of what a channel is saying; replaces the channel's last one."""

    __slots__ = ("channel", "words")

    def __init__(self, channel: Channel, words: Sequence[RawWord]) -> None:
        self.channel: Channel = channel
        self.words = tuple(words)


class FinalHeard(Sealed):
    """Words that will not change. An empty final ends the channel's hypothesis with nothing said.

    settled: samples since the origin; everything of the channel before it is final or was silence.
    endpoint: the speaker paused here; without it the provider merely cut a chunk.
    """

    __slots__ = ("channel", "endpoint", "settled", "words")

    def __init__(self, channel: Channel, words: Sequence[RawWord], *, settled: int, endpoint: bool) -> None:
        self.channel: Channel = channel
        self.words = tuple(words)
        self.settled = settled
        self.endpoint = endpoint


class Heard(msgspec.Struct, frozen=True):
    """All audio of the channel before ``position`` has been considered, and its reports were given before this one.

    settled: as in ``FinalHeard``; it moves on in silence too.
    """

    channel: Channel
    position: int
    settled: int


class Switched(msgspec.Struct, frozen=True):
    """Another recogniser goes on with the call, and hears again what was not settled.

    capabilities: of the one that goes on. why: for people, without anything that was said. at: samples since the
    origin from which it goes on. missed_samples: audio that could not be kept for it.
    """

    capabilities: Capabilities
    why: str
    at: int
    missed_samples: int = 0


class Waiting(msgspec.Struct, frozen=True):
    """No recogniser can go on now; the audio waits, and this is said again from time to time.

    why: for people. at: samples since the origin from which the call waits.
    """

    why: str
    at: int


ChannelReport = PartialHeard | FinalHeard | Heard
Report = ChannelReport | Switched | Waiting


class RecogniserSession(Protocol):
    """One call's recognition. ``push`` and ``receive`` may run in different tasks."""

    async def push(self, block: StereoBlock) -> None:
        """Takes the next block (contiguous with the last); waits when the engine is behind. Raises RecogniserError."""

    async def finish(self) -> None:
        """No more audio: everything open becomes final, then ``receive`` gives None."""

    async def receive(self) -> Report | None:
        """The next report; None when the session is over. Raises RecogniserError."""

    async def aclose(self) -> None:
        """Frees the engine; safe to call at any time, more than once."""


class Recogniser(Protocol):
    """Makes sessions; shared by all calls of the process."""

    @property
    def capabilities(self) -> Capabilities: ...

    async def open(self, opening: Opening) -> RecogniserSession:
        """Begins a session. Raises RecogniserError."""

    async def aclose(self) -> None:
        """Frees what is shared, after all sessions are closed."""


class TranscriptSink(Protocol):
    """Where the speech stage hands words on (the gate)."""

    async def revise(self, partial: RawPartial) -> None:
        """A hypothesis changed."""

    async def settle(self, utterance: RawUtterance) -> None:
        """An utterance is final."""

    async def hear(self, channel: Channel, heard: int, settled: int) -> None:
        """The channel has been heard up to ``heard``; nothing is open before ``settled`` (samples since the origin)."""

    async def finish(self) -> None:
        """Nothing more will come: decide everything that is held."""


class SpeechReporter(Protocol):
    """Where the speech stage says what goes wrong (the conversation)."""

    async def warn(self, code: WarningCode, message: str, *, at: int) -> None:
        """Something is wrong from position ``at`` on (samples since the origin)."""
