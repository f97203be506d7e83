"""A live stream: recordings queue up on it, fragments are released when their time has come, readers are woken."""

import asyncio
import hashlib
from collections import deque
from collections.abc import Sequence
from typing import Final

from cueline.emulators.kinesis_video_faults import Fault, Refusals
from cueline.emulators.kinesis_video_plan import Plan, PlayOptions, first_number_of, plan_fragments
from cueline.emulators.kinesis_video_recording import Recording
from cueline.emulators.kinesis_video_stream import FragmentStore, StoredFragment
from cueline.kernel.clock import Clock
from cueline.kernel.errors import InputError
from cueline.kernel.ids import ContactId

ACCOUNT_ID: Final = "123456789012"
REGION: Final = "us-east-1"
MANAGED_KEY_ARN: Final = f"arn:aws:kms:{REGION}:{ACCOUNT_ID}:alias/aws/kinesisvideo"
"""What DescribeStream names as key where no other was given."""
_BYTES_PER_MS: Final = 16


def stream_arn(name: str) -> str:
    """The stream's ARN. Its last part is a creation time in AWS; here it derives from the name, so that replays agree.

    >>> stream_arn("demo")
    'arn:aws:kinesisvideo:us-east-1:123456789012:stream/demo/1542000000000'
    """
    digest = hashlib.sha256(name.encode()).digest()
    return f"arn:aws:kinesisvideo:{REGION}:{ACCOUNT_ID}:stream/{name}/{1_500_000_000_000 + digest[0] * 10**9}"


class Playback:
    """One recording on one stream, as Connect's contact flow would report it.

    - stream_arn, contact_id: where it plays, and for whom.
    - start_fragment_number: decimal; start_timestamp_ms, stop_timestamp_ms: epoch milliseconds, producer's clock.
    - duration_ms: of this contact's audio.
    """

    __slots__ = (
        "_done",
        "_left",
        "_stream",
        "contact_id",
        "duration_ms",
        "start_fragment_number",
        "start_timestamp_ms",
        "stop_timestamp_ms",
        "stream_arn",
    )

    def __init__(
        self, stream: "EmulatedStream", plan: Plan, *, contact_id: ContactId, first_number: int, start_ms: int
    ) -> None:
        self._stream = stream
        self._left = len(plan.fragments)
        self._done = asyncio.Event()
        self.stream_arn = stream.arn
        self.contact_id = contact_id
        self.start_fragment_number = str(first_number)
        self.start_timestamp_ms = start_ms
        self.duration_ms = plan.duration_ms
        self.stop_timestamp_ms = start_ms + plan.duration_ms

    async def released(self) -> None:
        """Returns when every fragment is available, or when the playback was stopped."""
        await self._done.wait()

    def stop(self) -> None:
        """Nothing more of it is released; what is available stays."""
        self._stream.withdraw(self)
        self._done.set()

    def note_release(self) -> None:
        """For the stream: one more fragment is available."""
        self._left -= 1
        if not self._left:
            self._done.set()


class EmulatedStream:
    """One Kinesis video stream. Lives on one event loop; ``changed`` is set, and replaced, whenever something does."""

    def __init__(
        self,
        name: str,
        *,
        clock: Clock,
        retention_hours: int,
        kms_key: str | None,
        media_type: str | None,
        faults: Sequence[Fault],
    ) -> None:
        self.name = name
        self.arn = stream_arn(name)
        self.version = 1
        self.created_ms = clock.epoch_ms()
        self.kms_key = kms_key or MANAGED_KEY_ARN
        self.media_type = media_type
        self.store = FragmentStore(retention_hours=retention_hours)
        self.changed = asyncio.Event()
        self.closed = False
        self.media_connections = 0
        self.archive_connections = 0
        self._faults = tuple(fault for fault in faults if fault.stream in (None, name))
        self._refusals = Refusals(self._faults)
        self._clock = clock
        self._pending: deque[tuple[int, StoredFragment, Playback]] = deque()
        self._timer: asyncio.TimerHandle | None = None
        self._next_number = first_number_of(name)
        self._producer_end_ms: int | None = None
        self._busy_until_ms = 0
        self._sent_ms = 0
        self._sent_fragments = 0
        self._sent_from: object = None

    def play(
        self, recording: Recording, *, contact_id: ContactId, speed: float | None, options: PlayOptions
    ) -> Playback:
        """Queues a recording behind whatever plays already; ``speed`` ``None`` makes it available at once."""
        if self.closed:
            raise InputError("the stream has been deleted")
        if speed is not None and not 0 < speed <= 10_000:
            raise InputError("speed must be above 0, at most 10000, or max")
        now_ms = self._clock.monotonic_ms()
        pause_ms = int(options.pause_ms / speed) if speed else 0
        begin_ms = max(now_ms, self._busy_until_ms + pause_ms) if self._producer_end_ms is not None else now_ms
        producer_ms = options.first_producer_ms
        if producer_ms is None:
            producer_ms = self._clock.epoch_ms() + begin_ms - now_ms
        if self._producer_end_ms is not None:
            producer_ms = max(producer_ms, self._producer_end_ms + options.pause_ms)
        first_number = max(self._next_number, options.first_number or 0)
        plan = plan_fragments(
            recording,
            contact_id=contact_id,
            first_number=first_number,
            first_producer_ms=producer_ms,
            options=options,
            faults=self._faults,
        )
        playback = Playback(self, plan, contact_id=contact_id, first_number=first_number, start_ms=producer_ms)
        self._queue(plan, playback, begin_ms=begin_ms, speed=speed)
        self._next_number = plan.next_number
        self._producer_end_ms = producer_ms + plan.total_ms
        self.release_due()
        return playback

    def _queue(self, plan: Plan, playback: Playback, *, begin_ms: int, speed: float | None) -> None:
        """A fragment is available at its end in time, and never before the one in front of it."""
        release_ms = begin_ms
        for planned in plan.fragments:
            media_ms = -int(-planned.fragment.slot.end_ms // speed) if speed else 0
            release_ms = max(release_ms, begin_ms + media_ms + planned.delay_ms)
            self._pending.append((release_ms, planned.fragment, playback))
        self._busy_until_ms = release_ms

    def release_due(self) -> None:
        """Makes available what the clock says is due. Who moves a virtual clock calls it; else a timer does."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        now_ms = self._clock.monotonic_ms()
        released = False
        while self._pending and self._pending[0][0] <= now_ms:
            _, fragment, playback = self._pending.popleft()
            self.store.append(fragment, now_ms=now_ms)
            playback.note_release()
            released = True
        if self._pending:
            wait_s = (self._pending[0][0] - now_ms) / 1000
            self._timer = asyncio.get_running_loop().call_later(wait_s, self.release_due)
        if released:
            self.wake()

    def knows(self, number: int) -> bool:
        """Whether a fragment is kept or on its way: Connect tells a call's first number before its end is there."""
        return self.store.get(number) is not None or any(entry[1].number == number for entry in self._pending)

    def wake(self) -> None:
        """Lets every waiting reader look again."""
        changed, self.changed = self.changed, asyncio.Event()
        changed.set()

    def withdraw(self, playback: Playback) -> None:
        """Takes a playback's unreleased fragments away."""
        self._pending = deque(entry for entry in self._pending if entry[2] is not playback)

    def close(self) -> None:
        """The stream is gone: nothing more is released, open sessions end."""
        self.closed = True
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        for playback in {id(entry[2]): entry[2] for entry in self._pending}.values():
            playback.stop()
        self.store.clear()
        self.wake()

    def note_sent(self, fragment: StoredFragment, *, share: float | None) -> None:
        """How far the media has been sent: to the fragment's end, or to the share of it where the session broke."""
        if self._sent_from is not fragment.session_faults:
            self._sent_from = fragment.session_faults
            self._sent_ms = self._sent_fragments = 0
        slot = fragment.slot
        sent_ms = fragment.duration_ms if share is None else round(share * fragment.duration_ms)
        self._sent_ms = max(self._sent_ms, slot.start_ms + sent_ms)
        self._sent_fragments = max(self._sent_fragments, slot.index + (share is None))

    def refusal(self, operation: str) -> str | None:
        """The error with which this request is refused, if it is."""
        return self._refusals.take(operation, sent_ms=self._sent_ms, sent_fragments=self._sent_fragments)
