"""When a recogniser is left for the next one, and when it is tried again. Pure: time is an argument, milliseconds.

Two things are judged apart. A *session* (``SessionWatch``) has failed when it owes results and gives none, or gives
them ever later. A *recogniser* (``Breaker``, ``Standings``) is set aside for all calls when its sessions keep failing,
and is tried again with one call at a time.
"""

from collections import deque
from collections.abc import Sequence
from typing import Final, Literal, get_args

import msgspec

from cueline.unredacted.audio import SAMPLES_PER_MS

Failure = Literal["refused", "unanswered", "broken", "closed", "stalled", "lagging"]
"""refused: it will not serve us until somebody changes something. unanswered: it did not open in time. broken: it said
that it failed. closed: it ended before the call did. stalled: no results while somebody speaks. lagging: too late."""

FAILURES: Final[tuple[Failure, ...]] = get_args(Failure)

_GROUP_GAP_MS: Final = 2_000
"""Speech after so long a silence is a new stretch: what coughed a minute ago does not hasten an alarm."""

_FED_MAX: Final = 4_096
"""Blocks whose time of feeding is remembered; a block is a fifth of a second or more."""

_ALONE: Final = 4
"""Where no other recogniser can go on, one that is slow is given so many times the patience."""


class FailoverPolicy(msgspec.Struct, frozen=True):
    """All in milliseconds.

    stall_ms: a session that gives no result for so long while somebody speaks has stalled; it doubles with every stall
    of a call that led to no word, up to stall_max_ms, as the energy gate takes music for speech.
    voiced_ms: so much speech is owed a result; less may be a cough. lag_ms, lag_for_ms: results that come this late
    for this long. open_ms, finish_ms: how long a session may take to open, and to end after its last audio.
    steady_ms: a session that lives so long and hears words proves its recogniser well. failures_to_open: sessions that
    fail without one of these in between until the recogniser is set aside; for backoff_ms, doubling to backoff_max_ms.
    retry_ms, retry_max_ms: how often a call that has none left tries again. replay_speed: times real time.
    """

    stall_ms: int = 3_000
    stall_max_ms: int = 60_000
    voiced_ms: int = 1_000
    lag_ms: int = 8_000
    lag_for_ms: int = 5_000
    open_ms: int = 8_000
    finish_ms: int = 10_000
    steady_ms: int = 30_000
    failures_to_open: int = 3
    backoff_ms: int = 5_000
    backoff_max_ms: int = 300_000
    retry_ms: int = 250
    retry_max_ms: int = 5_000
    replay_speed: float = 20.0

    def patience_ms(self, stalls: int) -> int:
        """How long a session may owe results after so many stalls in a row that led to no word."""
        return int(min(self.stall_ms * 2 ** min(stalls, 16), self.stall_max_ms))

    def pause_ms(self, attempts: int) -> int:
        """How long a call waits that has tried all recognisers so many times."""
        return int(min(self.retry_ms * 2 ** min(attempts, 16), self.retry_max_ms))


class SessionWatch:
    """Looks after one session. Positions are samples since the call's origin."""

    __slots__ = (
        "_ending_ms",
        "_fed",
        "_group_ms",
        "_lagging_ms",
        "_moved_ms",
        "_opened_ms",
        "_patience_ms",
        "_policy",
        "_position",
        "_pushing_ms",
        "_reached",
        "_voiced_last_ms",
        "_voiced_ms",
    )

    def __init__(self, policy: FailoverPolicy, *, position: int, patience_ms: int, now_ms: float) -> None:
        self._policy = policy
        self._position = position
        self._patience_ms = patience_ms
        self._opened_ms = self._moved_ms = now_ms
        self._reached = position
        self._fed: deque[tuple[int, float]] = deque(maxlen=_FED_MAX)
        self._voiced_ms = 0
        self._group_ms: float | None = None
        self._voiced_last_ms = now_ms
        self._pushing_ms: float | None = None
        self._ending_ms: float | None = None
        self._lagging_ms: float | None = None

    @property
    def reached(self) -> int:
        """How far its results have come."""
        return self._reached

    @property
    def owes(self) -> bool:
        """Whether it was given speech, more than a cough, and has said nothing of it."""
        return self._voiced_ms >= self._policy.voiced_ms

    def lived_ms(self, now_ms: float) -> float:
        """How long ago it was opened."""
        return now_ms - self._opened_ms

    def offered(self, end: int, voiced_ms: int, now_ms: float) -> None:
        """Audio up to ``end`` is handed over, with so much speech in it. A replay may be heard at the call's pace."""
        self._pushing_ms = now_ms
        self._fed.append((end, max(now_ms, self._opened_ms + (end - self._position) / SAMPLES_PER_MS)))
        if not voiced_ms:
            return
        if self._group_ms is None or now_ms - self._voiced_last_ms > _GROUP_GAP_MS:
            self._group_ms = now_ms
        self._voiced_ms += voiced_ms
        self._voiced_last_ms = now_ms

    def taken(self) -> None:
        """The session took what was offered."""
        self._pushing_ms = None

    def ending(self, now_ms: float) -> None:
        """It was told that no more audio comes."""
        self._ending_ms = now_ms

    def reported(self, reached: int, now_ms: float) -> None:
        """A result that speaks of the audio before ``reached``; one that does not go further proves nothing."""
        if reached <= self._reached:
            return
        self._reached = reached
        self._moved_ms = now_ms
        self._voiced_ms, self._group_ms = 0, None
        due_ms: float | None = None
        while self._fed and self._fed[0][0] <= reached:
            due_ms = self._fed.popleft()[1]
        if due_ms is None:
            return
        if now_ms - due_ms <= self._policy.lag_ms:
            self._lagging_ms = None
        elif self._lagging_ms is None:
            self._lagging_ms = now_ms

    def excuse(self, now_ms: float) -> None:
        """Nobody read its results for a while: it owes nothing from before."""
        self._moved_ms = now_ms
        self._voiced_ms, self._group_ms = 0, None
        self._lagging_ms = None

    def verdict(self, now_ms: float, *, alone: bool) -> Failure | None:
        """Whether it has failed. alone: no other could go on; a slow one is better than none."""
        patience_ms = self._patience_ms * (_ALONE if alone else 1)
        if self.owes and self._waited_ms(self._group_ms, now_ms) >= patience_ms:
            return "stalled"
        if self._waited_ms(self._pushing_ms, now_ms) >= patience_ms:
            return "stalled"
        if self._waited_ms(self._ending_ms, now_ms) >= self._policy.finish_ms:
            return "stalled"
        if not alone and self._lagging_ms is not None and now_ms - self._lagging_ms >= self._policy.lag_for_ms:
            return "lagging"
        return None

    def _waited_ms(self, since_ms: float | None, now_ms: float) -> float:
        return -1.0 if since_ms is None else now_ms - max(since_ms, self._moved_ms)


class Breaker:
    """One recogniser's standing with all calls: in use, set aside until a time, or on trial with one call.

    served: whether its last session that ended had heard words; if so it is cut, but not dead.
    """

    __slots__ = ("_failures", "_policy", "_rounds", "_trial", "served", "until_ms")

    def __init__(self, policy: FailoverPolicy) -> None:
        self._policy = policy
        self._failures = 0
        self._rounds = 0
        self._trial = False
        self.served = False
        self.until_ms: float | None = None

    @property
    def set_aside(self) -> bool:
        """Whether calls pass it by, the one on trial excepted."""
        return self.until_ms is not None

    def allows(self, now_ms: float) -> bool:
        """Whether a session may be opened with it now."""
        return self.until_ms is None or (now_ms >= self.until_ms and not self._trial)

    def began(self, now_ms: float) -> bool:
        """A session is opened; says whether it is the one that tries out a recogniser that was set aside."""
        if self.until_ms is None or now_ms < self.until_ms or self._trial:
            return False
        self._trial = True
        return True

    def steadied(self, *, trial: bool) -> None:
        """A session proved it well: by one from before it was set aside nothing is proved."""
        if self.until_ms is not None and not trial:
            return
        self._failures = self._rounds = 0
        self._trial = False
        self.until_ms = None

    def withdrew(self, *, trial: bool) -> None:
        """A session ended that proved nothing: another call may be the trial."""
        if trial:
            self._trial = False

    def failed(self, now_ms: float, failure: Failure, *, trial: bool) -> None:
        """A session failed. Those that fail together, while it is set aside already, are one outage."""
        if self.until_ms is not None and not trial:
            return
        self._failures += 1
        if trial or failure == "refused" or self._failures >= self._policy.failures_to_open:
            wait_ms = min(self._policy.backoff_ms * 2 ** min(self._rounds, 16), self._policy.backoff_max_ms)
            self._rounds += 1
            self._failures = 0
            self._trial = False
            self.until_ms = now_ms + wait_ms


class Standings:
    """The recognisers of a process, best first, and which of them a call turns to."""

    __slots__ = ("breakers",)

    def __init__(self, count: int, policy: FailoverPolicy) -> None:
        self.breakers: Sequence[Breaker] = tuple(Breaker(policy) for _ in range(count))

    def choose(self, now_ms: float, *, left: int | None = None) -> int | None:
        """The best that may be opened; the one just left only where there is no other. None: all are set aside."""
        allowed = [index for index, breaker in enumerate(self.breakers) if breaker.allows(now_ms)]
        others = [index for index in allowed if index != left]
        return next(iter(others or allowed), None)

    def likeliest(self, *, left: int | None = None) -> int:
        """The one to try where all are set aside: one that served, else another than the last; whose time is near."""

        def unlikeliness(index: int) -> tuple[bool, bool, float]:
            breaker = self.breakers[index]
            return (not breaker.served, index == left, breaker.until_ms or 0)

        return min(range(len(self.breakers)), key=unlikeliness)
