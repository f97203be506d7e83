"""What a call's gate knows while it judges a turn: questions, policy, language, names and secrets heard. Pure.

Names and digits are kept in this process only, for as long as the call is; a snapshot has neither.
"""

from collections import deque
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Final

from cueline.events.redacted import EntityType, RedactorSnapshot
from cueline.kernel.ids import Channel
from cueline.redaction.classifier import (
    Guess,
    TopicModel,
    VerdictModel,
    WordModel,
    topic_model,
    verdict_model,
    word_model,
)
from cueline.redaction.detector import Finding
from cueline.redaction.lexer import Token
from cueline.redaction.locales import Locale, locale_of
from cueline.redaction.locales.locale import BENIGN, CLOSING, IDENTITY, PAYMENT, Cue, Kind, Topic, words_of
from cueline.redaction.numbers import Stretch
from cueline.redaction.policy import RedactionPolicy
from cueline.redaction.questions import WORDY, CueTable, Hit, asks, is_interrogative
from cueline.redaction.reading import Reading
from cueline.redaction.second_pass import SecondPass
from cueline.redaction.timeline import Arm, Timeline
from cueline.redaction.vocabulary import introductions_of, word_table
from cueline.unredacted.sealed import Sealed

_TALK: Final = frozenset({PAYMENT, IDENTITY, CLOSING})
_WORD: Final = Kind.WORD
_SAID: Final = frozenset({Kind.WORD, Kind.SOUNDALIKE})
MAX_NAMES: Final = 40
MAX_SAID: Final = 40
ECHO_DIGITS: Final = 3
"""So many digits in a row that were masked before are a part of them read back."""

_PARTED: Final = "|"
"""Between numbers that are searched as one text: no digit string has it."""

CORRECTION_MS: Final = 12_000
CORRECTING: Final = words_of(
    "sorry wait no not wrong mean actually correction instead oops scratch rather mistake misread again meant "
    "forget nope "
    "strike amend should perdón quiero nein entschuldigung moment"
)
LIKELY: Final = 0.4
"""Probability of a sensitive topic from which a model is believed where the cues are silent or say otherwise."""

ASKED: Final = 0.6
"""... and of a harmless one, where nothing sensitive is as likely as ``DOUBT``."""

DOUBT: Final = 0.2
FAINT: Final = 0.1
CLEAR: Final = 1.3
"""Rank of cues that stand even where the model sees next to nothing (``FAINT``) of the kind."""

PLAIN: Final = 2.15
"""Rank of cues that leave no doubt ("the last four of the card")."""


SURE: Final = 0.8
"""... and where they speak."""

_NOBODY: Final = words_of(
    "company business brand store bank school street product model plan file street pet's pet form medication"
)
"""Whose name is asked for is no person's."""

_ANSWERED: Final = words_of("you me us him her them it within by soon calls complaints callers customers everyone")
"""After "answer" these make it what somebody does, and not what a security question has."""

ASKED_LATELY: Final = 2
"""Turns of the agent whose questions are remembered as the model read them."""

CARD_DIGITS: Final = 13
STATEMENT_WORDS: Final = 5
"""A listener's turn of fewer words is taken for a back-channel and closes nothing."""

TRAILING: Final = 6
"""An announcement this near to a turn's end announces what its speaker says next."""


class CallContext(Sealed):
    """Shared by both channels of one call."""

    __slots__ = (
        "_plain_words",
        "asked",
        "asked_lately",
        "cues",
        "heard_ms",
        "last",
        "lead_in",
        "locale",
        "names",
        "policy",
        "released",
        "said",
        "second",
        "spoke_ms",
        "timeline",
        "verdicts",
        "words",
    )

    def __init__(self, policy: RedactionPolicy, snapshot: RedactorSnapshot) -> None:
        self.policy = policy
        self.locale: Locale = _locale(policy)
        self.cues: CueTable = _cues(policy)
        self._plain_words = _plain_words(policy.languages)
        english = policy.languages[0] == "en"
        self.asked: TopicModel | None = topic_model("asked") if english else None
        self.lead_in: TopicModel | None = topic_model("announced") if english else None
        self.verdicts: VerdictModel | None = verdict_model() if english else None
        self.words: WordModel | None = word_model() if english else None
        self.asked_lately: deque[Guess] = deque(maxlen=ASKED_LATELY)
        self.timeline = Timeline(snapshot.arms, block_until_ms=snapshot.block_until_ms)
        self.names: dict[str, EntityType] = {}
        self.released: deque[str] = deque(maxlen=MAX_SAID)
        self.said: deque[tuple[str, EntityType]] | None = None if snapshot.arms else deque(maxlen=MAX_SAID)
        self.last: dict[Channel, tuple[EntityType, int]] = {}
        self.second = SecondPass()
        self.spoke_ms: dict[Channel, int] = {"customer": 0, "agent": 0}
        self.heard_ms: dict[Channel, int] = {"customer": 0, "agent": 0}

    def heard(self, channel: Channel, ms: int) -> None:
        self.heard_ms[channel] = max(self.heard_ms[channel], ms)

    def hypothesise(self, reading: Reading, channel: Channel, ordinal: int) -> None:
        """A hypothesis asks: what it asks for is armed at once."""
        if reading.words:
            self._ask(
                _Asking(reading, self._requests(reading, channel), listens=self._listens(reading)), channel, ordinal
            )

    def conclude(self, reading: Reading, channel: Channel, ordinal: int) -> None:
        """A final: it asks, announces, ends what was asked, and takes back what only its hypotheses asked."""
        start_ms = reading.words[0].start_ms
        asking = _Asking(reading, self._requests(reading, channel), listens=self._listens(reading))
        if not asking.listens and len(reading.tokens) >= STATEMENT_WORDS:
            self.spoke_ms[channel] = max(self.spoke_ms[channel], start_ms)
            if not any(stretch.tokens >= 2 or stretch.letters for stretch in reading.scan.stretches):
                self.timeline.pass_over(channel, start_ms)
        self._close(asking, channel, start_ms)
        self._ask(asking, channel, None)
        self.timeline.settle(channel, ordinal)
        self._talk(reading)

    def _talk(self, reading: Reading) -> None:
        if not reading.hits:
            return
        weights: dict[Topic, float] = {}
        for hit in reading.hits:
            weights[hit.topic] = weights.get(hit.topic, 0.0) + hit.rank
        end_ms = reading.words[-1].end_ms
        sensitive = any(hit.topic not in {BENIGN, CLOSING} and hit.strong for hit in reading.hits)
        if weights.get(CLOSING, 0.0) >= 1.0 and not sensitive:
            self.timeline.end_block(reading.words[0].start_ms)
        elif weights.get(PAYMENT, 0.0) >= 1.0 or weights.get(IDENTITY, 0.0) >= 1.0:
            self.timeline.talk(end_ms)

    def _close(self, asking: "_Asking", channel: Channel, start_ms: int) -> None:
        """A turn of the asker ends the questions that were answered; a new question ends the others too."""
        reading = asking.reading
        answerer = _other(channel)
        backchannels = self.locale.backchannels
        listening = len([1 for token in reading.tokens if token.kind in _SAID and token.text not in backchannels])
        if asking.requests:
            at = reading.words[reading.tokens[min(hit.first for hit in asking.requests)].word].start_ms
            self.timeline.close(answerer, max(at, start_ms), answered_only=False)
        elif sum([hit.rank for hit in reading.hits if hit.topic == CLOSING]) >= 1.0:
            self.timeline.close(answerer, start_ms, answered_only=False)
        elif listening >= 2 and not any(stretch.tokens > 2 for stretch in reading.scan.stretches):
            self.timeline.close_benign(answerer, reading.words[-1].end_ms)
            if listening >= STATEMENT_WORDS or is_interrogative(reading.tokens, self.locale):
                self.timeline.close(answerer, reading.words[-1].end_ms, answered_only=True)
        # The one who answers moves on: to another matter, or to other words.
        arm = self.timeline.at(channel, start_ms)
        if arm is not None and arm.benign and arm.digits and not reading.scan.continues:
            self.timeline.close(channel, start_ms, answered_only=False)
        elif arm is not None and (arm.answered or arm.benign):
            other = any(hit.strong and hit.topic not in arm.topics and hit.topic not in _TALK for hit in reading.hits)
            if other or (listening > STATEMENT_WORDS and not reading.scan.continues):
                self.timeline.close(channel, start_ms, answered_only=True)

    def _requests(self, reading: Reading, channel: Channel) -> list[Hit]:
        """The hits of a turn that ask the other side for something."""
        found = []
        for hit in reading.hits:
            if hit.topic in _TALK:
                continue
            if not (hit.strong or (hit.rank >= 0.8 and len(reading.tokens) <= 8)):
                continue
            if channel == "customer" and (hit.topic in WORDY or not _customer_asks(reading, hit)):
                continue
            if asks(reading.tokens, hit, self.locale):
                found.append(hit)
        return found

    def _ask(self, asking: "_Asking", channel: Channel, ordinal: int | None) -> None:
        reading, requests = asking.reading, asking.requests
        start_ms = reading.words[0].start_ms
        topics = _topics(requests)
        plain = topics == (BENIGN,) and any(hit.rank >= PLAIN for hit in requests)
        if channel == "agent" and not asking.used and not asking.listens:
            topics = self._with_model(topics, requests, reading, final=ordinal is None, plain=plain)
        if topics:
            self.timeline.open(
                Arm(topics, opened_ms=start_ms, asker=channel, answerer=_other(channel), ordinal=ordinal, plain=plain)
            )
        own = [hit for hit in reading.hits if hit not in asking.used and self._announces(reading, hit, channel)]
        if own:
            self.timeline.open(Arm(_topics(own), opened_ms=start_ms, asker=channel, answerer=channel, ordinal=ordinal))

    def _listens(self, reading: Reading) -> bool:
        """Whether a turn says no more than a listener does."""
        return self.locale.backchannels.issuperset([token.text for token in reading.tokens if token.kind is _WORD])

    def _with_model(  # noqa: PLR0911 - a table of reasons
        self, topics: tuple[Topic, ...], requests: list[Hit], reading: Reading, *, final: bool, plain: bool
    ) -> tuple[Topic, ...]:
        """The topics that the cues found, with what the model of questions adds to them."""
        if self.asked is None:
            return topics
        guess = self.asked.guess(reading.plain())
        if final:
            self.asked_lately.append(guess)
        if plain:
            return topics
        if guess.topics[:1] == ("PERSON",) and not _NOBODY.isdisjoint(reading.said):
            return topics
        if guess.topics[:1] == ("PASSWORD",) and guess.sensitive < SURE and _answers_somebody(reading):
            return topics
        named = tuple(topic for topic in topics if topic != BENIGN)
        doubtful = max((hit.rank for hit in requests), default=0.0) < CLEAR and guess.sensitive < FAINT
        if named and doubtful:
            return ()
        if named:
            if guess.benign >= SURE and guess.sensitive < DOUBT:
                return (BENIGN,)
            return (*named, *(topic for topic in guess.topics[:1] if guess.sensitive >= SURE and topic not in named))
        if topics:  # the cues take it for harmless
            if guess.sensitive >= max(LIKELY, guess.benign):
                return guess.topics[:2]
            return topics if guess.benign >= max(DOUBT, guess.sensitive) and guess.sensitive < LIKELY else ()
        if guess.sensitive >= max(LIKELY, guess.benign):
            return guess.topics[:2]
        likely = self.timeline.prearmed("customer", reading.words[0].start_ms)
        if likely is not None and guess.topics[:1] and guess.topics[0] in likely.topics and guess.sensitive >= FAINT:
            return guess.topics[:1]
        return (BENIGN,) if guess.benign >= ASKED and guess.sensitive < DOUBT else ()

    def _announces(self, reading: Reading, hit: Hit, channel: Channel) -> bool:
        """Whether a turn ends in the announcement of what comes next ("my card number is")."""
        if hit.topic in _TALK or not hit.strong or hit.last < len(reading.tokens) - TRAILING:
            return False
        after = [token.text for token in reading.tokens[hit.last + 1 :]]
        if not all(text in self.locale.copulas or not text for text in after):
            return False
        announcing = bool(after) and after[-1] in {"is", "it's", "its", "are", "be", "es", "ist", "lautet", "as", "s"}
        return announcing or (channel == "customer" and hit.topic not in WORDY and not _customer_asks(reading, hit))

    def announced(self, channel: Channel, kind: EntityType, start_ms: int) -> None:
        """A speaker announced a number himself: the rest may come in his next turns."""
        arm = self.timeline.at(channel, start_ms)
        if arm is None or kind not in arm.topics:
            self.timeline.open(Arm((kind,), opened_ms=start_ms, asker=channel, answerer=channel))

    def worded(self, channel: Channel, found: Finding, reading: Reading) -> None:
        """An address, e-mail or password was given: it may go on, and its words may be read back."""
        start_ms, end_ms = reading.words[found.first].start_ms, reading.words[found.last].end_ms
        self.announced(channel, found.type, start_ms)
        arm = self.timeline.at(channel, start_ms)
        if arm is not None and arm.topics == (found.type,):
            arm.digits = max(arm.digits, 5)
            arm.heard_ms = max(arm.heard_ms, end_ms)
            if _whole(reading, found, self.locale):
                arm.done_ms = end_ms
                self.timeline.version += 1
        for token in reading.tokens:
            if found.first <= token.word <= found.last and token.kind is Kind.WORD and len(self.names) < MAX_NAMES:
                text = token.text
                if len(text) > 2 and text not in self._plain_words:
                    self.names.setdefault(text, found.type)

    def repeats(self, digits: Sequence[str]) -> bool:
        """Whether a run, as it likeliest reads, may repeat digits that were masked. After a takeover nobody knows: then
        it may.
        """
        if not self.said:
            return self.said is None
        said = _PARTED.join([number for number, _ in self.said])
        likeliest = digits[0]
        return any(likeliest[at : at + ECHO_DIGITS] in said for at in range(max(1, len(likeliest) - ECHO_DIGITS + 1)))

    def known(self, digits: Sequence[str]) -> EntityType | None:
        """The kind of a masked number of which a run is a part, or which parts said one after the other make up."""
        if not self.said:
            return None
        spoken: list[tuple[str, EntityType]] = []
        together = ""
        last: EntityType | None = None
        for number, kind in self.said:
            together = together + number if kind == last else number
            last = kind
            if kind not in WORDY:
                spoken.append((together, kind))
        for reading in digits[:3]:
            if len(reading) >= ECHO_DIGITS:
                for number, kind in spoken:
                    if reading in number:
                        return kind
        return None

    def release(self, channel: Channel, digits: str, start_ms: int) -> None:
        """A number was shown: it may be read back, and it answers a harmless question."""
        if len(digits) > ECHO_DIGITS:
            self.released.append(digits)
        arm = self.timeline.at(channel, start_ms)
        if arm is not None and arm.benign:
            arm.digits += len(digits)

    def read_back(self, digits: Sequence[str]) -> bool:
        """Whether a run repeats, whole, a part of a number that was shown, and nothing that was masked."""
        if not self.released:
            return False
        shown = _PARTED.join(self.released)
        told = any(len(reading) > ECHO_DIGITS and reading in shown for reading in digits[:3])
        return told and not self.repeats(digits)

    def corrected(self, reading: Reading, stretch: Stretch, channel: Channel) -> EntityType | None:
        """The kind of the number that this one puts right, where the speaker says that it does."""
        last = self.last.get(channel)
        start_ms = reading.words[stretch.first].start_ms
        if last is None or start_ms - last[1] > CORRECTION_MS or start_ms < last[1]:
            return None
        first = stretch.span[0]
        return None if CORRECTING.isdisjoint(reading.text_before(first, 12)) else last[0]

    def answered(self, channel: Channel, kind: EntityType, said: str, start_ms: int, end_ms: int) -> None:
        """Digits were given to the question that was open; a whole card number makes expiry and code likely."""
        self.last[channel] = (kind, end_ms)
        if self.said is not None:
            self.said.append((said, kind))
        digits = len(said)
        arm = self.timeline.at(channel, start_ms)
        if arm is not None and not arm.prearmed:
            arm.digits += digits
            arm.heard_ms = max(arm.heard_ms, end_ms)
        total = max(digits, arm.digits if arm is not None and "CREDIT_CARD" in arm.topics else 0)
        if kind == "CREDIT_CARD" and total >= CARD_DIGITS:
            self.timeline.open(
                Arm(("CARD_EXPIRY", "CVV"), opened_ms=start_ms, asker=_other(channel), answerer=channel, prearmed=True)
            )
            self.timeline.talk(end_ms)
        if kind in {"CREDIT_CARD", "CVV", "CARD_EXPIRY", "US_SSN", "SSN_LAST4", "DOB", "PIN", "OTP"}:
            self.timeline.talk(end_ms)


class _Asking(Sealed):
    """What a turn asks for. used: hits that its own numbers answer. listens: it says no more than a listener does."""

    __slots__ = ("listens", "reading", "requests", "used")

    def __init__(self, reading: Reading, hits: list[Hit], *, listens: bool) -> None:
        self.reading = reading
        self.used = _mark_used(reading) if reading.hits else []
        self.requests = [hit for hit in hits if hit not in self.used]
        self.listens = listens


def _other(channel: Channel) -> Channel:
    return "agent" if channel == "customer" else "customer"


def _answers_somebody(reading: Reading) -> bool:
    """ "they will answer you within ten days": the word that a model hears a security question in is a verb."""
    texts = reading.texts
    return any(text == "answer" and after in _ANSWERED for text, after in pairwise(texts))


def _whole(reading: Reading, found: Finding, locale: Locale) -> bool:
    """Whether an address or e-mail came to its end."""
    texts = [token.text for token in reading.tokens if found.first <= token.word <= found.last]
    if found.type == "EMAIL":
        return "@" in "".join(texts) or (
            len(texts) > 2 and texts[-1] in locale.domains and texts[-2] in locale.spoken_dot
        )
    if found.type == "ADDRESS":
        coded = texts[-1] in locale.regions or (
            texts[-1] not in locale.streets and any(text in locale.regions for text in texts[:-1])
        )
        return len(texts) > 2 and (coded or len(texts) >= 9) and texts[-1] not in locale.streets
    return len(texts) >= 2


def _customer_asks(reading: Reading, hit: Hit) -> bool:
    """Whether a customer asks for it himself ("what's my account number")."""
    before = [token.text for token in reading.tokens[max(0, hit.first - 8) : hit.last]]
    return any(
        text in {"what's", "what", "whats", "which", "could", "tell", "give", "confirm", "need", "do", "where", "read"}
        for text in before
    ) and not any(text in {"i'll", "here's", "let"} for text in before)


def _mark_used(reading: Reading) -> list[Hit]:
    """Hits that a run of the same turn answers: announcements, not questions."""
    used = []
    for stretch in reading.scan.stretches:
        first, last = stretch.span
        if not (stretch.tokens >= 2 or stretch.letters or stretch.months):
            continue
        for hit in reading.hits:
            if hit.last < first <= hit.last + 8 or (last < hit.first <= last + 4 and not reading.tokens[last].ends):
                gap = reading.tokens[min(hit.last, last) + 1 : max(first, hit.first)]
                if all(token.text in reading.locale.copulas or token.kind is not Kind.WORD for token in gap):
                    used.append(hit)
    return used


def _topics(hits: list[Hit]) -> tuple[Topic, ...]:
    """Topics in order of place, each once; anything sensitive displaces what is benign."""
    if not hits:
        return ()
    topics = tuple(dict.fromkeys(hit.topic for hit in sorted(hits, key=lambda hit: hit.first)))
    sensitive = tuple(topic for topic in topics if topic != BENIGN)
    return sensitive or topics


@cache
def _plain_words(languages: tuple[str, ...]) -> frozenset[str]:
    """Words of an address or e-mail that give nothing away by themselves."""
    locale = locale_of(languages)
    return locale.stop | locale.streets | locale.domains | locale.units_of_building


_LOCALES: dict[RedactionPolicy, tuple[Locale, CueTable]] = {}


def _prepared(policy: RedactionPolicy) -> tuple[Locale, CueTable]:
    made = _LOCALES.get(policy)
    if made is None:
        locale = locale_of(policy.languages)
        if policy.benign_words:
            extra = tuple(Cue((word.lower(),), BENIGN, 1.2) for word in policy.benign_words)
            locale = Locale(
                **{field: getattr(locale, field) for field in Locale.__struct_fields__} | {"cues": locale.cues + extra}
            )
        if len(_LOCALES) > 256:
            _LOCALES.clear()
        made = _LOCALES[policy] = (locale, CueTable(locale))
        word_table(locale)
        introductions_of(locale)
        if policy.languages[0] == "en":
            verdict_model()
            word_model()
    return made


_prepared(RedactionPolicy())  # the usual policy's tables and models are ready before the first call comes


def _locale(policy: RedactionPolicy) -> Locale:
    return _prepared(policy)[0]


def _cues(policy: RedactionPolicy) -> CueTable:
    return _prepared(policy)[1]


__all__ = ["CallContext", "Token"]
