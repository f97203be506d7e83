"""All detectors of content that is not a number alone, one after the other. Pure."""

from typing import Final, Protocol

from cueline.kernel.ids import Channel
from cueline.redaction.context import CallContext
from cueline.redaction.detector import Finding
from cueline.redaction.detectors import address, card_expiry, email, password, person, recalled, spoken_ip
from cueline.redaction.detectors.answers import groups
from cueline.redaction.holdback import Mark
from cueline.redaction.leads import led
from cueline.redaction.locales.locale import Kind
from cueline.redaction.questions import WORDY
from cueline.redaction.reading import Reading
from cueline.redaction.secret_words import secret_words
from cueline.redaction.vocabulary import NAMES
from cueline.redaction.widen import PROVISIONAL_WORDS, fill, hold, override


class WordDetector(Protocol):
    """A module that finds one kind of content."""

    @property
    def TYPE(self) -> str: ...  # noqa: N802 - a module's constant

    def find(self, reading: Reading, channel: Channel, context: CallContext) -> list[Finding]: ...


TAIL: Final = 4
"""Tokens at a hypothesis' end that are held where words are expected."""

WORD_DETECTORS: Final[tuple[WordDetector, ...]] = (
    person, recalled, address, spoken_ip, email, password, card_expiry,
)  # fmt: skip
"""Later ones relabel what earlier ones found."""


def find_words(reading: Reading, channel: Channel, context: CallContext) -> list[Finding]:
    """Everything found, in the order of ``WORD_DETECTORS``."""
    found: list[Finding] = []
    policy = context.policy
    everything = policy.names and not policy.off
    for detector in WORD_DETECTORS:
        if everything or policy.masks(detector.TYPE):  # type: ignore[arg-type]
            found += detector.find(reading, channel, context)
    if context.lead_in is not None:
        found += [each for each in led(reading, context.lead_in) if policy.masks(each.type)]
    return found


def mask_words(reading: Reading, channel: Channel, context: CallContext, marks: list[Mark]) -> None:
    """Masks the words of a final that give something away; ``marks`` are what its numbers made of it."""
    for found in find_words(reading, channel, context):
        override(marks, found.first, found.last, found.type)
        if found.type in {"ADDRESS", "EMAIL", "PASSWORD"}:
            context.worded(channel, found, reading)
    for found in secret_words(reading, channel, context, marks):
        fill(marks, found.first, found.last, found.type)


def hold_words(reading: Reading, channel: Channel, context: CallContext, marks: list[Mark]) -> None:
    """Masks the words of a hypothesis; what may look otherwise with the next word is held."""
    end = len(marks) - 1
    for found in find_words(reading, channel, context):
        if end - found.last < PROVISIONAL_WORDS - 1 and found.last - found.first < PROVISIONAL_WORDS:
            hold(marks, found.first, found.last)
        else:
            override(marks, found.first, found.last, found.type)
    for found in secret_words(reading, channel, context, marks):
        hold(marks, found.first, found.last)  # the model learned from whole turns: the final decides


def pending_words(reading: Reading, channel: Channel, context: CallContext) -> list[tuple[int, int]]:
    """Words of a hypothesis that may become part of a name, an address or an e-mail: first and last of each group.

    Only its end is pending: what came before has been judged with what followed.
    """
    tokens = reading.tokens
    if not tokens:
        return []
    begin = _told_from(reading, channel, context)
    held = set(range(max(begin, len(tokens) - TAIL), len(tokens))) if begin < len(tokens) else set()
    held |= _street_begun(reading) | _spelling_begun(reading) | email.begun(reading)
    return [(tokens[group[0]].word, tokens[group[-1]].word) for group in groups(sorted(held), 0)]


def _told_from(reading: Reading, channel: Channel, context: CallContext) -> int:
    """First token that may be the answer to a question for words, or what an announcement announces."""
    tokens = reading.tokens
    arm = context.timeline.at(channel, reading.words[0].start_ms)
    begin = len(tokens)
    if arm is not None and not WORDY.isdisjoint(arm.topics):
        begin = 0
    else:
        after = [hit.last + 1 for hit in reading.hits if hit.topic in WORDY and hit.rank >= 0.8]
        after += person.introduced_from(reading)
        begin = min([begin, *after])
    while (
        begin < len(tokens)
        and tokens[begin].text in reading.locale.stop
        and len(tokens[begin].text) > 1
        and (tokens[begin].text not in _MAY_BELONG)
    ):
        begin += 1
    return begin


def _street_begun(reading: Reading) -> set[int]:
    """ "four thirty meadow ...": a number and the words after it may become an address."""
    tokens = reading.tokens
    held: set[int] = set()
    for stretch in reading.scan.stretches:
        last = stretch.span[1]
        after = range(last + 1, len(tokens))
        begin = address.house_begin(reading, stretch)
        if begin is None or not 0 < len(after) <= 4:
            continue
        if all(
            (tokens[at].text not in reading.locale.units or tokens[at].text in address.NAMED_STREETS)
            and (tokens[at].text not in reading.locale.stop or tokens[at].text in _MAY_BELONG)
            and tokens[at].kind is not Kind.FILLER
            for at in after
        ):
            held.update(range(begin, len(tokens)))
    return held


def _spelling_begun(reading: Reading) -> set[int]:
    """ "t iyer ...", "k o as in ...": letters, and names after them, that may become an address or a name."""
    tokens = reading.tokens
    begin = len(tokens)
    lettered = False
    while begin and len(tokens) - begin < SPELLING:
        token = tokens[begin - 1]
        letter = token.kind is Kind.LETTER or token.text == "o"
        name = reading.vocabulary[begin - 1] in NAMES
        if not (letter or name or token.kind is Kind.PHONETIC or token.text in reading.locale.phonetic_links):
            break
        lettered = lettered or (letter and (token.text not in _ARTICLES or begin < len(tokens)))
        begin -= 1
    while begin < len(tokens) and tokens[begin].text in reading.locale.phonetic_links:
        begin += 1
    return set(range(begin, len(tokens))) if lettered else set()


SPELLING: Final = 10
"""Tokens of a spelling at a hypothesis' end that are held."""

_ARTICLES: Final = frozenset({"a", "i"})

_MAY_BELONG: Final = frozenset(
    {
        "new",
        "old",
        "north",
        "south",
        "east",
        "west",
        "street",
        "all",
        "one",
        "first",
        "second",
        "a",
        "i",
        "o",
        "u",
        "e",
        "at",
        "dot",
        "dash",
        "underscore",
        "capital",
    }
)
