"""A call's recording, wired: words to the beep plan once they are committed, audio and positions to the archive."""

from collections.abc import Awaitable, Callable
from typing import Final

from cueline.archive.stage import Archive, ArchiveStage
from cueline.conversation.ports import CallHistory
from cueline.conversation.stage import HISTORY_PAGE, ConversationStage
from cueline.events.catalogue import Envelope, UtteranceCommitted
from cueline.events.checkpoint import Checkpoint
from cueline.events.recording import SAMPLE_RATE_HZ
from cueline.events.recording_switch import RecordingRules, turned_by
from cueline.events.records import ClaimedCall
from cueline.events.redacted import RedactedPartial, RedactedUtterance, RedactorSnapshot
from cueline.kernel.ids import Channel
from cueline.redaction.beeps import KEPT_MS, BeepPlan


class RecordedConversation:
    """The gate's ``RedactedSink`` of a call that is recorded: the conversation first, as it alone commits."""

    def __init__(self, conversation: ConversationStage, plan: BeepPlan, recording: ArchiveStage) -> None:
        self._conversation: Final = conversation
        self._plan: Final = plan
        self._recording: Final = recording

    async def revise(self, partial: RedactedPartial) -> None:
        await self._conversation.revise(partial)

    async def commit(self, utterance: RedactedUtterance, snapshot: RedactorSnapshot) -> None:
        await self._conversation.commit(utterance, snapshot)
        self._plan.add(
            utterance.channel,
            started_ms=utterance.started_ms,
            ended_ms=utterance.ended_ms,
            words=utterance.content.words,
            masks=utterance.content.masks,
        )

    async def progress(self, channel: Channel, heard: int, settled: int) -> None:
        await self._conversation.progress(channel, heard, settled)
        self._recording.progress(channel, settled)


class RecordingControl:
    """Pauses and consent, as the conversation hears of them, on their way to the recording."""

    def __init__(self, rules: RecordingRules) -> None:
        self._rules: Final = rules
        self._recording: ArchiveStage | None = None
        self._heard: Final[set[int]] = set()

    def steer(self, recording: ArchiveStage) -> None:
        """From now on this recording is told; nothing was heard before."""
        self._recording = recording
        if not self._rules.consented:
            recording.pause(0, "no_consent")

    def hear(self, envelope: Envelope) -> None:
        """Takes an event; those that come twice, or late, count once and from their own time."""
        turned = turned_by(envelope.payload)
        if turned is None or self._recording is None or envelope.sequence in self._heard:
            return
        self._heard.add(envelope.sequence)
        goes_on, cause = turned
        at = envelope.at_ms * SAMPLE_RATE_HZ // 1_000
        if goes_on:
            self._recording.resume(at, cause)
        else:
            self._recording.pause(at, cause)


def allowed(archive: Archive | None, rules: RecordingRules) -> Archive | None:
    """Where the call is recorded; None where it must not be."""
    return archive if rules.allowed else None


def make_recording(
    archive: Archive,
    claimed: ClaimedCall,
    history: CallHistory,
    conversation: ConversationStage,
    control: RecordingControl,
) -> tuple[ArchiveStage, RecordedConversation]:
    """The recording of a claimed call, and what the gate hands on to."""
    record, checkpoint = claimed.record, claimed.checkpoint or Checkpoint()
    plan = BeepPlan()
    stage = ArchiveStage(
        archive=archive,
        tenant=record.tenant,
        call_id=record.call_id,
        epoch=claimed.epoch,
        beeps=plan,
        restore=_restoring(plan, claimed, history, checkpoint),
        checkpoint=checkpoint,
        reporter=conversation,
        catch_up=conversation.catch_up,
    )
    control.steer(stage)
    if checkpoint.recorded is None:
        # A new call, or one that was not recorded so far: what comes from now on is not to be lost.
        conversation.note_recorded(checkpoint.resume.position if checkpoint.resume is not None else 0)
    return stage, RecordedConversation(conversation, plan, stage)


def _restoring(
    plan: BeepPlan, claimed: ClaimedCall, history: CallHistory, checkpoint: Checkpoint
) -> Callable[[], Awaitable[None]]:
    """Gives the plan what the workers before this one committed, as far as it tells of audio not yet recorded."""
    record = claimed.record
    from_ms = (checkpoint.recorded or 0) * 1_000 // SAMPLE_RATE_HZ - KEPT_MS

    async def restore() -> None:
        after = 0
        while True:
            page = await history.events(record.tenant, record.call_id, after=after, limit=HISTORY_PAGE)
            for envelope in page:
                after = envelope.sequence
                said = envelope.payload
                if isinstance(said, UtteranceCommitted) and said.ended_ms >= from_ms:
                    plan.add(
                        said.channel, started_ms=said.started_ms, ended_ms=said.ended_ms, words=said.words,
                        masks=said.masks,
                    )  # fmt: skip
            if len(page) < HISTORY_PAGE:
                return

    return restore
