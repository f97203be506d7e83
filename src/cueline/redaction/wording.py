"""All detectors of content that is not a number alone, one after the other. Pure."""

from typing import Final, Protocol

from cueline.kernel.ids import Channel
from cueline.redaction.context import CallContext
from cueline.redaction.detector import Finding
from cueline.redaction.detectors import address, email, password, person, recalled, spoken_ip
from cueline.redaction.detectors.answers import content, groups
from cueline.redaction.questions import WORDY
from cueline.redaction.reading import Reading


class WordDetector(Protocol):
    """A module that finds one kind of content."""

    TYPE: str

    def find(self, reading: Reading, channel: Channel, context: CallContext) -> list[Finding]: ...


WORD_DETECTORS: Final[tuple[WordDetector, ...]] = (person, recalled, address, spoken_ip, email, password)  # type: ignore[assignment]
"""Later ones relabel what earlier ones found."""


def find_words(reading: Reading, channel: Channel, context: CallContext) -> list[Finding]:
    """Everything found, in the order of ``WORD_DETECTORS``."""
    found: list[Finding] = []
    for detector in WORD_DETECTORS:
        if context.policy.masks(detector.TYPE):  # type: ignore[arg-type]
            found += detector.find(reading, channel, context)
    return found


def pending_words(reading: Reading, channel: Channel, context: CallContext) -> list[tuple[int, int]]:
    """Words of a hypothesis that may become the answer to an open question for words: first and last of each group."""
    arm = context.timeline.at(channel, reading.words[0].start_ms)
    if arm is None or WORDY.isdisjoint(arm.topics):
        return []
    tokens = reading.tokens
    return [(tokens[group[0]].word, tokens[group[-1]].word) for group in groups(content(reading), 1)]
