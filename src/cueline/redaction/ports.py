"""What the gate hands on, whom it tells, and what a model that finds names looks like to it."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from cueline.events.catalogue import WarningCode
from cueline.events.redacted import RedactedPartial, RedactedUtterance, RedactorSnapshot
from cueline.kernel.errors import UnavailableError
from cueline.kernel.ids import Channel
from cueline.redaction.detector import Finding
from cueline.unredacted.transcript import RawWord


class RedactedSink(Protocol):
    """Where the gate hands redacted text on (the conversation)."""

    async def revise(self, partial: RedactedPartial) -> None:
        """A partial that may be shown."""

    async def commit(self, utterance: RedactedUtterance, snapshot: RedactorSnapshot) -> None:
        """An utterance that is decided. ``snapshot`` is the gate's memory as of this utterance's commit."""

    async def progress(self, channel: Channel, heard: int, settled: int) -> None:
        """The channel is heard up to ``heard``, and nothing is open or held before ``settled`` (samples)."""


class RedactionReporter(Protocol):
    """Whom the gate tells what a person should know of a call (the conversation)."""

    async def warn(self, code: WarningCode, message: str, *, at: int) -> None:
        """Something is wrong; ``at`` is a position in samples since the origin."""


class WordDetectorError(UnavailableError):
    """A word detector cannot say what is in a turn. The message quotes nothing of it."""

    code = "word_detector"


class WordDetector(Protocol):
    """A model that finds content in a final's words. Its work is done outside the event loop.

    One serves all calls of the process. Words may leave the call process over anonymous pipes to its own workers only:
    never over a network, never through a file, and never into a log.
    """

    @property
    def name(self) -> str:
        """A code: ``NAME_slow``, ``NAME_failed`` and ``NAME_open`` become metric labels."""

    async def find(self, words: Sequence[RawWord]) -> Iterable[Finding]:
        """What is in one turn. Raises WordDetectorError; may be cancelled at any moment, and goes on serving others."""

    async def run(self) -> None:
        """Keeps what it needs alive until cancelled; meanwhile ``find`` fails at once where that is not there."""

    async def ready(self) -> None:
        """Returns when it can find something. Raises WordDetectorError, which says what is missing."""
