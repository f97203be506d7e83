"""The sample calls that come with the package: what ``cueline up --demo``, ``cueline demo`` and the tests play.

Everything is ours: written, spoken by flite and brought to a telephone line by ``scripts/make_samples.py``.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import msgspec

from cueline.kernel.errors import UnavailableError
from cueline.kernel.ids import Channel, ContactId, contact_id


class _Entry(msgspec.Struct, frozen=True, rename="camel"):
    name: str
    title: str
    contact_id: str
    language: str
    duration_ms: int


class _Word(msgspec.Struct, frozen=True):
    channel: Channel
    word: str


@dataclass(frozen=True, slots=True)
class SampleCall:
    """One sample call. Both channels are 8 kHz 16-bit mono FLAC, aligned in time and equally long."""

    name: str
    title: str
    contact_id: ContactId
    language: str
    duration_ms: int

    def agent_flac(self) -> bytes:
        """The agent's channel."""
        return _read(f"{self.name}.agent.flac")

    def customer_flac(self) -> bytes:
        """The customer's channel."""
        return _read(f"{self.name}.customer.flac")

    def words_json(self) -> bytes:
        """``[{"channel", "word", "startMs", "endMs"}, ...]`` in order of start: every word spoken, lower case."""
        return _read(f"{self.name}.words.json")

    def gold_json(self) -> bytes:
        """``[{"channel", "type", "startMs", "endMs", "firstWord", "lastWord"}, ...]`` in order of start.

        The spans that must be masked, of the entity types of the redaction; ``firstWord`` and ``lastWord`` (inclusive)
        count the words of that channel from 0. A number spoken over several turns has one span for each turn.
        """
        return _read(f"{self.name}.gold.json")

    def reference_text(self, channel: Channel) -> str:
        """What is said on ``channel``, lower case without punctuation: the reference of a word error rate."""
        words = msgspec.json.decode(self.words_json(), type=list[_Word])
        return " ".join(word.word for word in words if word.channel == channel)


@cache
def sample_calls() -> tuple[SampleCall, ...]:
    """All sample calls, in the order in which a demonstration plays them."""
    entries = msgspec.json.decode(_read("catalogue.json"), type=list[_Entry])
    return tuple(
        SampleCall(entry.name, entry.title, contact_id(entry.contact_id), entry.language, entry.duration_ms)
        for entry in entries
    )


def _read(name: str) -> bytes:
    try:
        return files("cueline.samples").joinpath(name).read_bytes()
    except OSError:
        raise UnavailableError(f"the sample file {name} is missing from this installation of cueline") from None
