"""What is remembered of a number run: how many tokens it had and of what kind, never which. Pure."""

from typing import Final

from cueline.events.redacted import ChannelMemory, EntityType


class Run:
    """A run of number tokens, possibly over several turns of one speaker.

    tokens: number tokens so far. digits: digits so far. armed: masked whatever its length. benign: may be read.
    type: what it is taken for. closed: an ordinary word came after it. restored: another worker left
    it open.
    """

    __slots__ = ("_expected", "armed", "benign", "closed", "digits", "restored", "started_ms", "tokens", "type")

    def __init__(self, *, tokens: int = 0, armed: bool = False, started_ms: int = 0) -> None:
        self.tokens = tokens
        self.digits = 0
        self.armed = armed
        self.benign = False
        self.closed = False
        self.type: EntityType | None = None
        self.started_ms = started_ms
        self._expected = 0
        self.restored = False

    def take(self, tokens: int) -> None:
        """Number tokens joined the run, and with them the words at the last turn's end that waited for one."""
        self.tokens += tokens + self._expected
        self._expected = 0

    def expect(self, tokens: int) -> None:
        """The turn ended in words that will have been ``tokens`` number tokens if a number comes next."""
        self._expected += tokens

    def arm(self, kind: EntityType) -> None:
        """It is a secret of this kind: masked as far as it has gone and as far as it goes on."""
        if not self.armed or self.type in {None, "NUMBER"}:
            self.type = kind
        self.armed = True

    def close(self) -> None:
        self.closed = True

    def copy(self) -> "Run":
        """An independent run for a hypothesis, which must not change what finals have established."""
        twin = Run(tokens=self.tokens, armed=self.armed, started_ms=self.started_ms)
        twin.digits, twin.benign, twin.type = self.digits, self.benign, self.type
        twin._expected = self._expected
        twin.restored = self.restored
        return twin


_NOTHING_OPEN: Final = ChannelMemory()


def remember(run: Run | None, ended_ms: int) -> ChannelMemory:
    """The memory of a channel with ``run`` still open (or none), whose last token ended at ``ended_ms``."""
    if run is None:
        return _NOTHING_OPEN
    return ChannelMemory(
        open_run=True, run_tokens=run.tokens, run_ended_ms=ended_ms, run_type=run.type, run_digits=run.digits
    )


def restore(memory: ChannelMemory) -> Run | None:
    """The open run as another worker left it. Armed: what it held there, and how it would have gone on, is unknown."""
    if not memory.open_run:
        return None
    run = Run(tokens=memory.run_tokens, armed=True, started_ms=memory.run_ended_ms)
    run.digits = memory.run_digits
    run.type = memory.run_type or "NUMBER"
    run.restored = True
    return run
