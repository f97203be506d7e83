"""What is remembered of a number run: how many tokens it had, never which. Pure."""

from typing import Final

from cueline.events.redacted import ChannelMemory

MASKED_FROM_TOKENS: Final = 3
"""A run of this many number tokens is masked."""


class Run:
    """A run of number tokens, possibly over several turns of one speaker.

    tokens: number tokens so far. armed: masked whatever its length. closed: an ordinary word came after it.
    """

    __slots__ = ("_expected", "armed", "closed", "tokens")

    def __init__(self, *, tokens: int = 0, armed: bool = False) -> None:
        self.tokens = tokens
        self.armed = armed
        self.closed = False
        self._expected = 0

    @property
    def masked(self) -> bool:
        """Whether it is masked as far as it has gone. Once true it stays true."""
        return self.armed or self.tokens >= MASKED_FROM_TOKENS

    def take(self, tokens: int) -> None:
        """Number tokens joined the run, and with them the words at the last turn's end that waited for one."""
        self.tokens += tokens + self._expected
        self._expected = 0

    def expect(self, tokens: int) -> None:
        """The turn ended in words that will have been ``tokens`` number tokens if a number comes next."""
        self._expected += tokens

    def arm(self) -> None:
        self.armed = True

    def close(self) -> None:
        self.closed = True

    def copy(self) -> "Run":
        """An independent run for a hypothesis, which must not change what finals have established."""
        twin = Run(tokens=self.tokens, armed=self.armed)
        twin._expected = self._expected
        return twin


def remember(run: Run | None, ended_ms: int) -> ChannelMemory:
    """The memory of a channel with ``run`` still open (or none), whose last token ended at ``ended_ms``."""
    if run is None:
        return ChannelMemory()
    return ChannelMemory(open_run=True, run_tokens=run.tokens, run_ended_ms=ended_ms)


def restore(memory: ChannelMemory) -> Run | None:
    """The open run as another worker left it. Armed: what it held there, and how it would have gone on, is unknown."""
    return Run(tokens=memory.run_tokens, armed=True) if memory.open_run else None
