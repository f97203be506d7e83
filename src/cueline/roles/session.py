"""One call in this process: the stages of its journey, wired."""

import asyncio
import resource
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import msgspec

from cueline.archive.stage import Archive, ArchiveStage
from cueline.archive.tee import AudioTee, speech_from
from cueline.bus.ports import EventLog
from cueline.conversation.ports import CallHistory, CallWriter
from cueline.conversation.stage import ConversationStage
from cueline.events.catalogue import RecogniserStarted
from cueline.events.checkpoint import Checkpoint
from cueline.events.recording_switch import CONSENT_ATTRIBUTE, RECORD_ATTRIBUTE, recording_rules
from cueline.events.records import ClaimedCall
from cueline.ingest.counters import IngestCounters
from cueline.ingest.ports import CallMedia, MediaSource
from cueline.ingest.settings import IngestSettings
from cueline.ingest.stage import IngestStage
from cueline.kernel.ids import TenantId
from cueline.ops.metrics import Metrics
from cueline.ops.system_clock import SystemClock, working_ms
from cueline.ops.trace import CallTrace, Deliverable
from cueline.redaction.compared import Comparison
from cueline.redaction.detector import no_time
from cueline.redaction.guarded import GuardedDetector
from cueline.redaction.ports import RedactedSink
from cueline.redaction.redactor import Redactor
from cueline.redaction.stage import RedactionStage
from cueline.roles.archiving import RecordedConversation, RecordingControl, allowed, make_recording
from cueline.roles.closing import Closing
from cueline.roles.policies import CallPolicy
from cueline.security.tokens import new_key
from cueline.speech.ports import Opening, Recogniser
from cueline.speech.profiles import SpeechProfiles
from cueline.speech.stage import SpeechStage


class CallPolicies(Protocol):
    """Where a call's redaction policy comes from."""

    async def for_call(self, tenant: TenantId, profile: str, version: int | None) -> CallPolicy:
        """The version that the call began under; None: the one in force, under which it begins now.

        Raises UnavailableError when the store is away. A policy that cannot be read is replaced by the strictest.
        """


@dataclass(frozen=True, slots=True)
class CallParts:
    """What the sessions of one process share.

    lockstep: a block's results are all committed before the next block is taken; recorded calls then give the same
    events on every run. model: finds names in finals, beside the gate's rules. archive: None records nothing.
    record_attribute, consent_attribute: names of the contact's attributes that say what may be recorded.
    closing: None compares nothing at the end.
    """

    source: MediaSource
    recogniser: Recogniser
    make_writer: Callable[[ClaimedCall], CallWriter]
    history: CallHistory
    policies: CallPolicies
    bus: EventLog
    deliverable: Deliverable
    metrics: Metrics
    clock: SystemClock
    speech: SpeechProfiles
    ingest: IngestSettings
    ingest_counters: IngestCounters
    lockstep: bool = False
    model: GuardedDetector | None = None
    archive: Archive | None = None
    record_attribute: str = RECORD_ATTRIBUTE
    consent_attribute: str = CONSENT_ATTRIBUTE
    closing: Closing | None = None


async def run_session(claimed: ClaimedCall, parts: CallParts) -> None:
    """Runs a claimed call to its end. Raises LeaseLostError, or what a stage could not mend, as an exception group."""
    # A core dump of a process that holds a call would hold what the caller said.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    comparison = Comparison(new_key()) if parts.closing is not None else None
    from_the_start = claimed.checkpoint is None
    claimed, policy = await _pinned(claimed, parts.policies)
    trace = CallTrace()
    rules = recording_rules(claimed.record.attributes, record=parts.record_attribute, consent=parts.consent_attribute)
    archive, control = allowed(parts.archive, rules), RecordingControl(rules)
    conversation = ConversationStage(
        claimed=claimed,
        writer=parts.make_writer(claimed),
        history=parts.history,
        bus=parts.bus,
        trace=trace,
        deliverable=parts.deliverable,
        metrics=parts.metrics,
        clock=parts.clock,
        listener=control.hear,
    )
    recording: ArchiveStage | None = None
    committed: ConversationStage | RecordedConversation = conversation
    if archive is None:
        conversation.note_recorded(None)
    else:
        recording, committed = make_recording(archive, claimed, parts.history, conversation, control)
    gate = _gate(claimed, parts, policy, conversation, committed, comparison=comparison)
    speech = _speech(claimed, parts, gate, conversation, trace)
    audio = AudioTee(speech, recording, claimed.checkpoint or Checkpoint())
    ingest = _ingest(claimed, parts, audio, conversation)
    facts = parts.recogniser.capabilities
    await conversation.begin(
        RecogniserStarted(recogniser=facts.name, label=facts.label, source=facts.source, epoch=claimed.epoch)
    )
    async with asyncio.TaskGroup() as tasks:
        watching = tasks.create_task(conversation.watch())
        tasks.create_task(gate.run())
        if recording is not None:
            tasks.create_task(recording.run())
        recognising = tasks.create_task(speech.run())
        try:
            await ingest.run()
            await recognising
        finally:
            watching.cancel()
    if parts.closing is not None and comparison is not None:
        await parts.closing.compare(claimed.record, comparison, from_the_start=from_the_start)


async def _pinned(claimed: ClaimedCall, policies: CallPolicies) -> tuple[ClaimedCall, CallPolicy]:
    """The call with its policy's version in its checkpoint: from the first commit on, whoever takes it over has it."""
    record, checkpoint = claimed.record, claimed.checkpoint or Checkpoint()
    policy = await policies.for_call(record.tenant, record.profile, checkpoint.redactor.policy_version)
    snapshot = msgspec.structs.replace(checkpoint.redactor, policy_version=policy.version)
    checkpoint = msgspec.structs.replace(checkpoint, redactor=snapshot)
    return msgspec.structs.replace(claimed, checkpoint=checkpoint), policy


def _gate(
    claimed: ClaimedCall,
    parts: CallParts,
    policy: CallPolicy,
    conversation: ConversationStage,
    committed: RedactedSink,
    *,
    comparison: Comparison | None,
) -> RedactionStage:
    """What every word passes. In lockstep nothing depends on how fast this machine is."""
    checkpoint = claimed.checkpoint or Checkpoint()
    redactor = Redactor(
        checkpoint.redactor,
        customer_settled=checkpoint.customer.settled,
        agent_settled=checkpoint.agent.settled,
        on_failure=lambda code: parts.metrics.gate_failures.labels(code).inc(),
        policy=policy.policy,
        policy_version=policy.version,
        stopwatch=no_time if parts.lockstep else working_ms,
        comparison=comparison,
    )
    return RedactionStage(
        redactor,
        committed,
        model=parts.model,
        reporter=conversation,
        warned="redaction_failed" in checkpoint.warned,
        lockstep=parts.lockstep,
    )


def _speech(
    claimed: ClaimedCall, parts: CallParts, gate: RedactionStage, conversation: ConversationStage, trace: CallTrace
) -> SpeechStage:
    """Recognition, before the gate."""
    record, checkpoint = claimed.record, claimed.checkpoint or Checkpoint()
    profile = parts.speech.of(record.profile)
    return SpeechStage(
        recogniser=parts.recogniser,
        opening=Opening(
            call_id=record.call_id,
            contact_id=record.contact_id,
            language=profile.language,
            position=speech_from(checkpoint),
            languages=profile.languages,
            vocabulary=profile.vocabulary,
        ),
        sink=gate,
        reporter=conversation,
        checkpoint=checkpoint,
        trace=trace,
        clock=parts.clock,
        lockstep=parts.lockstep,
    )


def _ingest(claimed: ClaimedCall, parts: CallParts, audio: AudioTee, conversation: ConversationStage) -> IngestStage:
    """The call's audio, from its stream."""
    record = claimed.record
    return IngestStage(
        media=CallMedia(
            contact_id=record.contact_id,
            stream_arn=record.stream_arn,
            start_fragment_number=record.start_fragment_number,
            start_timestamp_ms=record.start_timestamp_ms,
        ),
        source=parts.source,
        sink=audio,
        reporter=conversation,
        clock=parts.clock,
        checkpoint=claimed.checkpoint,
        settings=parts.ingest,
        counters=parts.ingest_counters,
    )
