"""A media source from memory, the two ends of the ingest stage, and an event loop whose time jumps.

``run_without_waiting`` runs a coroutine on a loop that never sleeps: where it would, its time moves on. So time-outs
of a minute are tested in milliseconds, and always with the same result.
"""

import asyncio
import functools
import selectors
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import asynccontextmanager
from typing import Any, Literal, TypeVar

import msgspec

from cueline.events.catalogue import EndReason, WarningCode
from cueline.events.checkpoint import FragmentMark
from cueline.ingest.ports import CallMedia, MediaSourceError, MediaStream, StreamFacts
from cueline.kernel.ids import ContactId
from cueline.media import matroska as mkv
from cueline.media.events import FragmentCompleted, StreamErrorTag
from cueline.media.muxer import FragmentSpec, FragmentTags, Shape, mux_fragment
from cueline.unredacted.audio import StereoBlock

T = TypeVar("T")

OURS = ContactId("contact-ours")
OTHER = ContactId("contact-other")
START_MS = 1_700_000_000_000
CALL = CallMedia(contact_id=OURS, stream_arn="arn:stream", start_fragment_number=None, start_timestamp_ms=START_MS)

_KEEP: Any = object()


@functools.cache
def pcm(samples: int, seed: int = 1) -> bytes:
    """Audio in which no byte is 0 and every place differs from its neighbours."""
    return bytes(1 + (seed * 31 + index * 7) % 255 for index in range(samples * 2))


def fragment(
    number: int | str,
    *,
    at_ms: int | None = _KEEP,
    customer: bytes | None = _KEEP,
    agent: bytes | None = _KEEP,
    contact: str | None = OURS,
    conflict: bool = False,
    error: StreamErrorTag | None = None,
    closed_by: Literal["token", "next", "end"] = "token",
    tags: dict[str, str] | None = None,
) -> FragmentCompleted:
    """One second of audio of our contact unless said otherwise; fragment n begins n seconds after the start."""
    index = number if isinstance(number, int) else 0
    producer_ms = START_MS + index * 1000 if at_ms is _KEEP else at_ms
    said = dict(tags or {})
    if number != "":
        said[mkv.TAG_FRAGMENT_NUMBER] = str(number)
    if producer_ms is not None:
        said[mkv.TAG_PRODUCER_TIMESTAMP] = f"{producer_ms // 1000}.{producer_ms % 1000:03d}"
    if error is not None:
        said[mkv.TAG_ERROR_CODE], said[mkv.TAG_ERROR_ID] = error.code, error.error_id
    return FragmentCompleted(
        offset=0,
        leading_contact_id=contact,
        trailing_contact_id=None,
        contact_ids_conflict=conflict,
        cluster_ms=None,
        customer=pcm(8000, index) if customer is _KEEP else customer,
        agent=pcm(8000, index + 100) if agent is _KEEP else agent,
        tags=said,
        closed_by=closed_by,
    )


def on_the_wire(completed: FragmentCompleted, shape: Shape | None = None) -> bytes:
    """The fragment as GetMedia sends it."""
    tags = FragmentTags(
        number=completed.number,
        contact_id=completed.contact_id,
        producer_ms=completed.producer_ms,
        continuation_token="t" + completed.number,
        error=completed.error,
    )
    spec = FragmentSpec(tags, customer=completed.customer, agent=completed.agent)
    return mux_fragment(spec, shape or Shape(contact_tags="after"))


class Session(msgspec.Struct, frozen=True):
    """How one connection goes. cut_after: bytes after which it ends; then: what follows the last byte."""

    refuse: MediaSourceError | None = None
    cut_after: int | None = None
    then: Literal["eof", "broken", "silence"] = "silence"
    chunk_bytes: int = 1500
    bytes_instead: bytes | None = None
    hang: bool = False


class FakeStream:
    def __init__(self, wire: bytes, session: Session) -> None:
        self._wire = wire if session.cut_after is None else wire[: session.cut_after]
        self._session = session
        self._sent = 0

    async def read(self) -> bytes:
        chunk = self._wire[self._sent : self._sent + self._session.chunk_bytes]
        self._sent += len(chunk)
        if chunk or self._session.then == "eof":
            return chunk
        if self._session.then == "broken":
            raise MediaSourceError("cut", reason="ClientPayloadError", retryable=True)
        await asyncio.Event().wait()
        raise AssertionError("unreachable")


class FakeMediaSource:
    """Serves fragments from the one at or before the time asked for; ``sessions`` in turn, the last one for ever."""

    def __init__(
        self,
        fragments: Sequence[FragmentCompleted],
        sessions: Sequence[Session] = (Session(),),
        *,
        archive: bool = False,
        retention_hours: int = 24,
        describe_fails: bool = False,
        shape: Shape | None = None,
    ) -> None:
        self.archive = archive
        self.opened_at_ms: list[int] = []
        self.open_now = 0
        self.closed = False
        self._pieces = [(item.producer_ms, on_the_wire(item, shape)) for item in fragments]
        self._sessions = list(sessions)
        self._facts = StreamFacts(retention_hours=retention_hours, kms_key=None)
        self._describe_fails = describe_fails

    async def describe(self, stream_arn: str) -> StreamFacts:
        if self._describe_fails:
            raise MediaSourceError("no", reason="NotAuthorized", retryable=False)
        return self._facts

    @asynccontextmanager
    async def open(self, stream_arn: str, *, producer_ms: int) -> AsyncIterator[MediaStream]:
        self.opened_at_ms.append(producer_ms)
        session = self._sessions.pop(0) if len(self._sessions) > 1 else self._sessions[0]
        if session.refuse is not None:
            raise session.refuse
        if session.hang:
            await asyncio.Event().wait()
        first = 0
        for index, (at_ms, _) in enumerate(self._pieces):
            if at_ms is not None and at_ms <= producer_ms:
                first = index
        wire = b"".join(piece for _, piece in self._pieces[first:])
        self.open_now += 1
        try:
            yield FakeStream(wire if session.bytes_instead is None else session.bytes_instead, session)
        finally:
            self.open_now -= 1

    async def aclose(self) -> None:
        self.closed = True


class RecordingSink:
    """Keeps what it is handed, and checks that every block follows the last."""

    def __init__(self, slow_s: float = 0.0) -> None:
        self.blocks: list[StereoBlock] = []
        self.finished = False
        self._slow_s = slow_s

    async def accept(self, block: StereoBlock) -> None:
        assert not self.finished
        assert not self.blocks or self.blocks[-1].end == block.position
        if self._slow_s:
            await asyncio.sleep(self._slow_s)
        self.blocks.append(block)

    async def finish(self) -> None:
        self.finished = True

    @property
    def customer(self) -> bytes:
        return b"".join(block.customer for block in self.blocks)

    @property
    def agent(self) -> bytes:
        return b"".join(block.agent for block in self.blocks)


class RecordingReporter:
    """Keeps what it is told. stop_ms: the contact's end, known once ``stop_after_polls`` questions were asked."""

    def __init__(self, stop_ms: int | None = None, *, stop_after_polls: int = 0) -> None:
        self.warnings: list[tuple[WarningCode, int]] = []
        self.messages: list[str] = []
        self.origin_ms: int | None = None
        self.marks: list[FragmentMark] = []
        self.ended: tuple[EndReason, int] | None = None
        self.stop_ms = stop_ms
        self._polls_left = stop_after_polls

    async def warn(self, code: WarningCode, message: str, *, at: int) -> None:
        self.warnings.append((code, at))
        self.messages.append(message)

    async def note_origin(self, origin_producer_ms: int) -> None:
        assert self.origin_ms is None
        self.origin_ms = origin_producer_ms

    async def note_fragments(self, marks: Sequence[FragmentMark]) -> None:
        self.marks.extend(marks)

    async def end(self, reason: EndReason, *, at: int) -> None:
        assert self.ended is None
        self.ended = (reason, at)

    async def disconnected_at_ms(self) -> int | None:
        self._polls_left -= 1
        return self.stop_ms if self._polls_left < 0 else None

    @property
    def codes(self) -> list[WarningCode]:
        return [code for code, _ in self.warnings]


class _JumpingSelector:
    """Never waits: what should have been waited is added to the loop's time."""

    def __init__(self) -> None:
        self._selector = selectors.DefaultSelector()
        self.now_s = 0.0

    def select(self, timeout: float | None = None) -> list[Any]:
        ready = self._selector.select(0)
        if not ready:
            if timeout is None:
                raise RuntimeError("everything waits for something that will never come")
            self.now_s += max(timeout, 0.0)
        return ready

    def __getattr__(self, name: str) -> Any:
        return getattr(self._selector, name)


class JumpingLoop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._jumping = _JumpingSelector()
        super().__init__(self._jumping)  # type: ignore[arg-type]

    def time(self) -> float:
        return self._jumping.now_s


def run_without_waiting(main: Coroutine[Any, Any, T]) -> T:
    with asyncio.Runner(loop_factory=JumpingLoop) as runner:
        return runner.run(main)
