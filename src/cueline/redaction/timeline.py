"""The questions of a call on its time line: what is being asked, of whom, since when, and what ended it. Pure.

Times are media time in milliseconds. A question heard late is put where it belongs, so that overlapping speech is
judged in the order of word times, not of arrival. Only finals close a question; a hypothesis can open one.
"""

from collections.abc import Sequence
from typing import Final

from cueline.events.redacted import ArmMemory
from cueline.kernel.ids import Channel
from cueline.redaction.locales.locale import BENIGN, Topic

MAX_ARMS: Final = 24
"""Questions remembered; the oldest is forgotten first."""

OPEN_MS: Final = 90_000
"""A question that nobody answers is over after this long."""

LINGER_MS: Final = 15_000
"""An answered question takes corrections and read-backs for this long after the answer's last digit."""

PASSED_OVER: Final = 3
"""Turns without a number, of several words, after which a question will not be answered any more."""

BLOCK_MS: Final = 60_000
"""A block of talk about payment or identity goes on for this long after the last word about it."""

AHEAD_MS: Final = 400
"""A recogniser's times are this exact: a number this long before a question may be its answer."""

EXPECTED: Final[dict[str, tuple[int, int]]] = {
    "CREDIT_CARD": (13, 19),
    "CVV": (3, 4),
    "CARD_EXPIRY": (3, 6),
    "PIN": (4, 6),
    "OTP": (4, 8),
    "BANK_ACCOUNT": (7, 17),
    "ABA_ROUTING": (9, 9),
    "IBAN": (12, 32),
    "SORT_CODE": (6, 6),
    "US_SSN": (9, 9),
    "SSN_LAST4": (4, 4),
    "TAX_ID": (9, 9),
    "PASSPORT": (7, 9),
    "DRIVER_LICENSE": (5, 16),
    "MEDICAL_RECORD": (5, 12),
    "MEMBER_ID": (6, 14),
    "ACCOUNT_NUMBER": (5, 17),
    "DOB": (4, 8),
    "PHONE": (10, 13),
    "ADDRESS": (5, 99),
    "IP_ADDRESS": (7, 12),
}
"""How many digits answer a question: fewest and most."""


class Arm:
    """An open question, or an announcement, or what a completed card makes likely.

    answerer: whose numbers it masks whatever they look like; the other side's are masked as read-backs.
    digits: how many have been said to it. fewest: that answer it.
    done_ms: when the answer was whole (it may still be read back). passed: turns of the answerer about something else.
    ordinal: of the utterance whose hypothesis opened it, while not final. plain: its words leave no doubt.
    """

    __slots__ = (
        "answerer",
        "asker",
        "closed_ms",
        "digits",
        "done_ms",
        "fewest",
        "heard_ms",
        "opened_ms",
        "ordinal",
        "passed",
        "plain",
        "prearmed",
        "topics",
    )

    def __init__(
        self,
        topics: Sequence[Topic],
        *,
        opened_ms: int,
        asker: Channel,
        answerer: Channel,
        ordinal: int | None = None,
        prearmed: bool = False,
        plain: bool = False,
    ) -> None:
        self.plain = plain
        self.topics = tuple(topics)
        self.fewest = EXPECTED.get(self.topics[0], (1, 1))[0]
        self.opened_ms = opened_ms
        self.closed_ms: int | None = None
        self.asker = asker
        self.answerer = answerer
        self.digits = 0
        self.passed = 0
        self.done_ms: int | None = None
        self.heard_ms = opened_ms
        self.ordinal = ordinal
        self.prearmed = prearmed

    @property
    def benign(self) -> bool:
        return self.topics == (BENIGN,)

    @property
    def answered(self) -> bool:
        return self.digits >= self.fewest

    @property
    def complete(self) -> bool:
        return self.digits >= EXPECTED.get(self.topics[0], (1, 99))[1]

    def open_at(self, ms: int) -> bool:
        if ms + AHEAD_MS < self.opened_ms or (self.closed_ms is not None and ms >= self.closed_ms):
            return False
        limit = self.heard_ms + (LINGER_MS if self.digits >= self.fewest and not self.prearmed else OPEN_MS)
        return ms <= limit


class Timeline:
    """A call's questions. ``version`` changes with every change. topics: what any of them asks for, open or not."""

    __slots__ = ("_arms", "block_until_ms", "topics", "version")

    def __init__(self, memories: Sequence[ArmMemory] = (), *, block_until_ms: int = 0) -> None:
        self._arms: list[Arm] = [_recalled(memory) for memory in memories]
        self.block_until_ms = block_until_ms
        self.version = 0
        self.topics: frozenset[Topic] = frozenset()
        self._list_topics()

    def open(self, arm: Arm) -> None:
        """Puts a question on the line. One that is open for the same topics already goes on instead."""
        for other in self._arms:
            if other.done_ms is not None or other.closed_ms is not None:
                continue
            same = other.topics == arm.topics and other.answerer == arm.answerer and other.prearmed == arm.prearmed
            if same and other.open_at(arm.opened_ms) and other.ordinal is None:
                if arm.ordinal is not None:
                    return
                if not other.answered:
                    other.heard_ms = max(other.heard_ms, arm.opened_ms)
                    return
        if arm.ordinal is not None and any(
            other.ordinal == arm.ordinal and other.asker == arm.asker and other.topics == arm.topics
            for other in self._arms
        ):
            return
        self._arms.append(arm)
        self._arms.sort(key=lambda each: each.opened_ms)
        if len(self._arms) > MAX_ARMS:
            del self._arms[0]
        self._list_topics()
        self.version += 1

    def settle(self, asker: Channel, ordinal: int) -> None:
        """The utterance is final: what its hypotheses opened is taken back (the final opens its own first)."""
        kept = [arm for arm in self._arms if not (arm.ordinal == ordinal and arm.asker == asker)]
        if len(kept) != len(self._arms):
            self._arms = kept
            self._list_topics()
            self.version += 1

    def close(self, answerer: Channel, at_ms: int, *, answered_only: bool, prearmed: bool = False) -> None:
        """Ends questions to ``answerer`` that were opened before ``at_ms``."""
        for arm in self._arms:
            if arm.answerer != answerer or arm.opened_ms >= at_ms or arm.closed_ms is not None:
                continue
            if (answered_only and not (arm.answered or arm.benign)) or (arm.prearmed and not prearmed):
                continue
            if arm.ordinal is None:
                arm.closed_ms = at_ms
                self.version += 1

    def pass_over(self, answerer: Channel, at_ms: int) -> None:
        """The one who was asked talked of something else; a question is over when that happened often enough."""
        for arm in self._arms:
            if arm.answerer != answerer or arm.digits or arm.prearmed or arm.closed_ms is not None:
                continue
            if arm.opened_ms < at_ms and arm.ordinal is None:
                arm.passed += 1
                if arm.passed >= PASSED_OVER:
                    arm.closed_ms = at_ms
                    self.version += 1

    def close_benign(self, answerer: Channel, at_ms: int) -> None:
        """The asker went on to something else: a harmless question is over even where nothing else was understood."""
        for arm in self._arms:
            if (
                arm.benign
                and arm.answerer == answerer
                and arm.opened_ms < at_ms
                and arm.closed_ms is None
                and arm.ordinal is None
            ):
                arm.closed_ms = at_ms
                self.version += 1

    def at(self, channel: Channel, ms: int) -> Arm | None:
        """The latest question, open at ``ms``, that this channel is to answer; benign ones included."""
        for arm in reversed(self._arms):
            if arm.answerer != channel or arm.prearmed or (arm.done_ms is not None and ms >= arm.done_ms):
                continue
            if arm.open_at(ms):
                return arm
        return None

    def asked(self, channel: Channel, ms: int) -> Topic | None:
        """What the other side asked this channel for, and has not been told by ``ms``; None where that is nothing."""
        for arm in reversed(self._arms):
            if arm.answerer == channel != arm.asker and not arm.prearmed and arm.done_ms is None and arm.open_at(ms):
                return None if arm.benign or arm.answered else arm.topics[0]
        return None

    def echoed(self, channel: Channel, ms: int) -> Arm | None:
        """The latest question, open at ``ms``, that the other channel answers: this one may read it back."""
        for arm in reversed(self._arms):
            if arm.answerer != channel and not arm.prearmed and (arm.digits or arm.benign) and arm.open_at(ms):
                return arm
        return None

    def prearmed(self, channel: Channel, ms: int) -> Arm | None:
        """What a completed card makes likely at ``ms``."""
        for arm in self._arms:
            if arm.prearmed and arm.answerer == channel and arm.open_at(ms):
                return arm
        return None

    def talk(self, at_ms: int) -> None:
        """Payment or identity was spoken of."""
        self.block_until_ms = max(self.block_until_ms, at_ms + BLOCK_MS)

    def end_block(self, at_ms: int) -> None:
        """The matter is done: what was likely no longer is."""
        self.block_until_ms = min(self.block_until_ms, at_ms)
        for arm in self._arms:
            if arm.prearmed and arm.closed_ms is None:
                arm.closed_ms = at_ms
        self.version += 1

    def in_block(self, ms: int) -> bool:
        return ms < self.block_until_ms

    def _list_topics(self) -> None:
        self.topics = frozenset([topic for arm in self._arms for topic in arm.topics])

    def memories(self) -> tuple[ArmMemory, ...]:
        """What a worker that takes the call over must know: types, openers, times and counts."""
        if not self._arms:
            return ()
        return tuple(
            ArmMemory(
                topics=arm.topics,
                asker=arm.asker,
                answerer=arm.answerer,
                opened_ms=arm.opened_ms,
                heard_ms=arm.heard_ms,
                digits=arm.digits,
                prearmed=arm.prearmed,
            )
            for arm in self._arms
            if arm.closed_ms is None and arm.ordinal is None and arm.open_at(arm.heard_ms)
        )


def _recalled(memory: ArmMemory) -> Arm:
    arm = Arm(
        memory.topics,
        opened_ms=memory.opened_ms,
        asker=memory.asker,
        answerer=memory.answerer,
        prearmed=memory.prearmed,
    )
    arm.heard_ms = memory.heard_ms
    arm.digits = memory.digits
    return arm
