"""Adapters are put into ports here, and nowhere else."""

import os
import shutil
import socket
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from litestar import Litestar

from cueline import __version__
from cueline.archive.ports import ObjectStore
from cueline.archive.stage import Archive, ArchiveCounters
from cueline.bus.memory import MemoryEventLog
from cueline.bus.ports import EventLog
from cueline.connect.attributes import ConnectAttributes
from cueline.conversation.ports import CallWriter
from cueline.delivery.adapters.dependencies import WebDependencies
from cueline.delivery.adapters.web import create_app
from cueline.delivery.floor_stage import FloorKeeper
from cueline.delivery.ports_check import SystemChecks
from cueline.delivery.rest import RecogniserFacts, SystemFacts
from cueline.events.catalogue import CallEnded, CallWarned, Envelope, UtteranceTimed
from cueline.events.checkpoint import Checkpoint
from cueline.events.notes import DeliveryKind
from cueline.events.records import CallCommit, ClaimedCall, NewEvent, UtteranceTimes
from cueline.guidance.stage import GuidanceCounters, GuidanceStage
from cueline.ingest.adapters.kinesis_video import AwsCredentials, KinesisVideoSource
from cueline.ingest.counters import IngestCounters
from cueline.ingest.settings import IngestSettings
from cueline.kernel.errors import ConfigurationError, CuelineError
from cueline.kernel.ids import CallId, TenantId, UtteranceId, WorkerId
from cueline.ops.health import Health
from cueline.ops.logs import logger
from cueline.ops.metrics import Metrics
from cueline.ops.system_clock import SystemClock
from cueline.ops.trace import Deliverable
from cueline.redaction.adapters.presidio import PresidioDetector
from cueline.redaction.guarded import GuardedDetector
from cueline.roles.closing import Closing
from cueline.roles.guidance import GuideParts
from cueline.roles.knowledge import Knowledge
from cueline.roles.notes import Notes, announced, read_shapes
from cueline.roles.policies import Policies, Trials
from cueline.roles.recording_parts import ListedKeys, make_keys, make_objects
from cueline.roles.recordings import make_recordings
from cueline.roles.retention_parts import make_retention
from cueline.roles.rule_trials import RuleTrials
from cueline.roles.rules import Rules
from cueline.roles.session import CallParts, run_session
from cueline.roles.settings import Settings, user_home
from cueline.roles.shadow import PeoplesTeams, make_shadows
from cueline.roles.speech_profiles import read_speech_profiles
from cueline.roles.verification_desk import make_desk
from cueline.roles.webhooks import DeliveryCounters, DeliveryKeeper, Sender, Webhook, to_contact
from cueline.roles.worker import CallWorker
from cueline.security.tokens import AccessToken, LiveTokens, new_secret
from cueline.speech.ports import Recogniser
from cueline.storage.audit import PostgresAudit
from cueline.storage.calls import PostgresCalls
from cueline.storage.counters import StorageCounters
from cueline.storage.embedded import EmbeddedPostgres, default_data_dir
from cueline.storage.engine import Database
from cueline.storage.knowledge import PostgresKnowledge
from cueline.storage.leases import PostgresLeaseBook
from cueline.storage.migrate import migrate
from cueline.storage.notes import PostgresNotes
from cueline.storage.outbox import STEP_TIMEOUT_S, Outbox
from cueline.storage.people import PostgresPeople
from cueline.storage.policies import PostgresPolicies
from cueline.storage.recordings import PostgresRecordings
from cueline.storage.rules import PostgresRules
from cueline.storage.verifications import PostgresVerifications
from cueline.storage.views import PostgresViews
from cueline.storage.webhooks import PostgresDeliveries
from cueline.storage.writer import PostgresCallWriter, save_times
from cueline.tenancy.directory import DEFAULT_TENANT, SingleTenantDirectory, Tenant, TenantDirectory

WEB_FOLDER = Path(__file__).parent.parent / "delivery" / "web"

_TEMPORARY = "cueline-once-"

_THROW_AWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}
"""For a PostgreSQL that is gone with the command that started it: nothing is to survive a power cut."""

EMULATOR_CREDENTIALS = AwsCredentials(access_key_id="emulator", secret_access_key="emulator")  # noqa: S106
"""The emulator checks no signature, but the client insists on signing."""


@dataclass(frozen=True, slots=True)
class Process:
    """What the parts of one process share."""

    settings: Settings
    clock: SystemClock
    metrics: Metrics
    health: Health
    deliverable: Deliverable
    database: Database
    bus: EventLog
    outbox: Outbox
    calls: PostgresCalls
    policies: Policies
    knowledge: Knowledge
    notes: Notes
    rules: Rules
    counters: StorageCounters
    tenants: TenantDirectory
    objects: ObjectStore
    keys: ListedKeys

    @property
    def tenant(self) -> TenantId:
        """The tenant that this process serves; one so far."""
        return self.tenants.all()[0].tenant_id

    def writer(self, claimed: ClaimedCall) -> CallWriter:
        """The fenced writer of a claimed call."""
        return PostgresCallWriter(
            self.database,
            self.outbox,
            tenant=self.tenant,
            call_id=claimed.record.call_id,
            epoch=claimed.epoch,
            clock=self.clock,
            counters=self.counters,
            retry_s=self.settings.commit_patience_s,
        )

    async def save_times(self, times: list[UtteranceTimes]) -> None:
        """Keeps measured stages; best effort."""
        await save_times(self.database, self.counters, times)


def data_dir(settings: Settings) -> Path:
    """Where local data lies. Raises ConfigurationError where that cannot be told."""
    if settings.data_dir is not None:
        try:
            return settings.data_dir.expanduser().absolute()
        except (FileNotFoundError, RuntimeError):  # the folder that we stand in was removed; ~ of an unknown user
            raise ConfigurationError(
                f"the data directory {settings.data_dir} cannot be found from here, as the working folder or the home"
                " folder is gone: change to another folder, or give an absolute path with --data-dir"
            ) from None
    return default_data_dir(effective_user_id=os.geteuid(), home=user_home(), xdg_data_home=None)


def _remove_left_over() -> None:
    """Stops and removes the temporary servers of processes that were killed."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_TEMPORARY}*"):
        owner = folder.name.removeprefix(_TEMPORARY).partition("-")[0]
        if owner.isdigit() and not Path(f"/proc/{owner}").exists() and folder.stat().st_uid == os.geteuid():
            with suppress(CuelineError):
                EmbeddedPostgres(folder).stop_left_over()
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _temporary_folder() -> Iterator[Path]:
    """A folder that is gone with this process; ``_remove_left_over`` finds it where the process was killed."""
    prefix = f"{_TEMPORARY}{os.getpid()}-"
    with tempfile.TemporaryDirectory(prefix=prefix, ignore_cleanup_errors=True) as name:
        yield Path(name)


@asynccontextmanager
async def embedded_url(folder: Path | None) -> AsyncIterator[str]:
    """An embedded PostgreSQL for as long as the context lasts; without a folder, one that leaves nothing behind."""
    async with AsyncExitStack() as stack:
        if folder is None:
            _remove_left_over()
            server = EmbeddedPostgres(stack.enter_context(_temporary_folder()), settings=_THROW_AWAY)
        else:
            server = EmbeddedPostgres(folder)
        url = server.start()
        stack.callback(server.stop)
        yield url


@asynccontextmanager
async def open_process(
    settings: Settings,
    *,
    migrations: bool,
    temporary: bool = False,
    wrap_bus: Callable[[EventLog], EventLog] | None = None,
    spare: int = 0,
    publish_s: float | None = STEP_TIMEOUT_S,
) -> AsyncIterator[Process]:
    """PostgreSQL (embedded unless a URL is set), the bus, and what is made of them.

    publish_s: what publishing one event may take; None: as long as its readers need.
    spare: how many of the process's connections to PostgreSQL are left to others.
    """
    async with AsyncExitStack() as stack:
        if temporary or settings.database_url is None:
            url = await stack.enter_async_context(embedded_url(None if temporary else data_dir(settings)))
        else:
            url = settings.database_url.get_secret_value()
        if migrations:
            await migrate(url)
        clock, counters = SystemClock(), StorageCounters()
        tenants = SingleTenantDirectory(Tenant(DEFAULT_TENANT, database_url=url))
        pool_size = settings.database_connections - spare
        database = Database(tenants.by_id(DEFAULT_TENANT).database_url, pool_size=pool_size)
        stack.push_async_callback(database.close)
        memory = MemoryEventLog()
        stack.push_async_callback(memory.close)
        bus = memory if wrap_bus is None else wrap_bus(memory)
        outbox = Outbox(database, bus, counters, publish_s=publish_s)
        health = Health()
        health.add("postgresql", database.ping)
        metrics = Metrics()
        metrics.export("storage", lambda: asdict(counters))
        calls = PostgresCalls(database, outbox, clock=clock)
        local = stack.enter_context(_temporary_folder()) if temporary else data_dir(settings)
        objects = make_objects(settings, data_dir=local, clock=clock)
        stack.push_async_callback(objects.aclose)
        keys = make_keys(settings, data_dir=local, clock=clock)
        stack.push_async_callback(keys.aclose)
        notes = PostgresNotes(database, clock=clock, announce=announced(settings))
        yield Process(
            settings=settings,
            clock=clock,
            metrics=metrics,
            health=health,
            deliverable=Deliverable(),
            database=database,
            bus=bus,
            outbox=outbox,
            calls=calls,
            policies=Policies(PostgresPolicies(database, clock=clock), metrics),
            knowledge=Knowledge(PostgresKnowledge(database, clock=clock)),
            notes=Notes(notes, calls, read_shapes(settings.notes_shapes)),
            rules=Rules(PostgresRules(database, clock=clock)),
            counters=counters,
            tenants=tenants,
            objects=objects,
            keys=keys,
        )


async def migrate_database(settings: Settings) -> str:
    """Brings the configured database to this version's revision and gives it."""
    if settings.database_url is not None:
        return await migrate(settings.database_url.get_secret_value())
    async with embedded_url(data_dir(settings)) as url:
        return await migrate(url)


def make_model(process: Process) -> GuardedDetector | None:
    """The model that finds names, as set up; its ``run`` must run beside the calls."""
    settings = process.settings
    if settings.name_detector == "none":
        return None
    return GuardedDetector(
        PresidioDetector(model=settings.name_model, workers=settings.name_workers),
        budget_s=settings.name_budget_ms / 1_000,
        optional=settings.name_optional,
        on_failure=lambda code: process.metrics.gate_failures.labels(code).inc(),
    )


def make_source(settings: Settings, *, emulator_url: str | None = None) -> KinesisVideoSource:
    """Kinesis Video Streams, or an emulator of it."""
    endpoint = emulator_url or settings.kinesis_endpoint_url
    credentials = EMULATOR_CREDENTIALS if emulator_url else None
    return KinesisVideoSource(region=settings.aws_region, endpoint_url=endpoint, credentials=credentials)


def make_archive(process: Process) -> Archive | None:
    """What records the calls of this process; None where recording is off."""
    if process.settings.recording == "off":
        return None
    counters = ArchiveCounters()
    process.metrics.export("archive", lambda: asdict(counters))
    return Archive(
        objects=process.objects,
        keys=process.keys,
        book=PostgresRecordings(process.database),
        codec=process.settings.recording_codec,
        counters=counters,
        clock=process.clock,
    )


def make_verifications(process: Process) -> PostgresVerifications:
    """The book of verifications of a process."""
    announce = () if process.settings.webhook_url is None else ("quarantine_webhook",)
    return PostgresVerifications(process.database, process.outbox, clock=process.clock, announce=announce)


def make_worker(
    process: Process,
    *,
    recogniser: Recogniser,
    source: KinesisVideoSource,
    model: GuardedDetector | None = None,
    archive: Archive | None = None,
    lockstep: bool = False,
) -> CallWorker:
    """The ``calls`` part of a process. archive: None records nothing."""
    settings = process.settings
    ingest_counters = IngestCounters()
    process.metrics.export("ingest", ingest_counters.totals)
    parts = CallParts(
        source=source,
        recogniser=recogniser,
        make_writer=process.writer,
        history=process.calls,
        policies=process.policies,
        bus=process.bus,
        deliverable=process.deliverable,
        metrics=process.metrics,
        clock=process.clock,
        speech=read_speech_profiles(settings),
        ingest=IngestSettings(no_audio_timeout_ms=int(settings.no_audio_timeout_s * 1_000)),
        ingest_counters=ingest_counters,
        lockstep=lockstep,
        model=model,
        archive=archive,
        closing=Closing(process.calls, make_verifications(process)),
        record_attribute=settings.record_attribute,
        consent_attribute=settings.consent_attribute,
    )
    worker_id = WorkerId(f"{socket.gethostname()}-{os.getpid()}-{process.clock.epoch_ms():x}")
    leases = PostgresLeaseBook(
        process.database,
        tenant=process.tenant,
        worker=worker_id,
        clock=process.clock,
        timeout_s=settings.lease_timeout_s,
    )

    async def session(claimed: ClaimedCall) -> None:
        await run_session(claimed, parts)

    async def give_up(claimed: ClaimedCall) -> None:
        await _give_up(process, claimed)

    return CallWorker(
        tenant=process.tenant,
        leases=leases,
        session=session,
        give_up=give_up,
        bus=process.bus,
        metrics=process.metrics,
        calls_max=settings.calls_max,
    )


async def _give_up(process: Process, claimed: ClaimedCall) -> None:
    """Ends a call whose sessions kept failing, saying so on it."""
    checkpoint = claimed.checkpoint or Checkpoint()
    at_ms = max(checkpoint.customer.settled, checkpoint.agent.settled) // 8
    warned = CallWarned(
        code="recogniser_failed",
        message="This call could not be processed: its sessions kept failing. What was said up to here is kept. "
        "See the log of the worker for the cause.",
    )
    writer = process.writer(claimed)
    events = (NewEvent(at_ms=at_ms, item=warned), NewEvent(at_ms=at_ms, item=CallEnded(reason="failed")))
    commit = CallCommit(number=1, events=events, checkpoint=checkpoint)
    await writer.clear(await writer.publish(await writer.commit(commit)))


def make_guide(process: Process) -> GuidanceStage:
    """The ``guides`` part of a process."""
    counters = GuidanceCounters()
    process.metrics.export("guidance", lambda: asdict(counters))
    rules = Rules(PostgresRules(process.database, clock=process.clock))
    parts = GuideParts(rules, PostgresPeople(process.database), process.notes, counters)

    async def cue_ready(call: CallId, utterance: UtteranceId) -> None:
        since_ms = process.deliverable.since_arrival(utterance, process.clock.precise_ms())
        if since_ms is None:
            return
        stages = {"cueReady": since_ms}
        process.metrics.observe_stages(stages)
        await process.save_times([UtteranceTimes(call_id=call, utterance_id=utterance, stages=stages)])
        timed = UtteranceTimed(utterance_id=utterance, stages=stages)
        await process.bus.publish(Envelope(process.tenant, call, 0, 0, timed))

    def on_failure(call: CallId, code: str) -> None:
        logger("guide").warning("guide_failed", call=call, code=code)

    return GuidanceStage(
        tenant=process.tenant,
        calls=process.calls,
        bus=process.bus,
        guides=parts,
        knowledge=process.knowledge,
        notes=parts,
        language=process.settings.language.partition("-")[0],
        counters=counters,
        cue_ready=cue_ready,
        on_failure=on_failure,
    )


def make_web(
    process: Process, *, access_token: str, recogniser: Recogniser | None, checks: SystemChecks, demo: bool
) -> Litestar:
    """The ``web`` part of a process."""
    facts = None
    if recogniser is not None:
        capabilities = recogniser.capabilities
        facts = RecogniserFacts(name=capabilities.name, label=capabilities.label, source=capabilities.source)
    people = PostgresPeople(process.database)
    floor = FloorKeeper(
        tenant=process.tenant, archive=process.calls, people=people, bus=process.bus, clock=process.clock
    )
    return create_app(
        WebDependencies(
            tenant=process.tenant,
            archive=process.calls,
            policies=process.policies,
            trial=Trials(),
            knowledge=process.knowledge,
            notes=process.notes,
            rules=process.rules,
            rule_trials=RuleTrials(
                calls=process.calls,
                policies=process.policies,
                gate=Trials(),
                teams=PeoplesTeams(people),
                language=process.settings.language.partition("-")[0],
            ),
            shadows=make_shadows(
                process.database, process.calls, process.clock, language=process.settings.language.partition("-")[0]
            ),
            people=people,
            views=PostgresViews(process.database, clock=process.clock),
            retention=make_retention(process, people),
            verification=make_desk(process, people, make_verifications(process)),
            recordings=make_recordings(process, people),
            audit=PostgresAudit(process.database),
            floor=floor,
            checks=checks,
            bus=process.bus,
            times=process,
            deliverable=process.deliverable,
            clock=process.clock,
            access=AccessToken(access_token),
            live_tokens=LiveTokens(new_secret().encode(), process.clock),
            health=process.health,
            metrics=process.metrics,
            facts=SystemFacts(version=__version__, demo=demo, recogniser=facts),
            static=WEB_FOLDER if (WEB_FOLDER / "index.html").is_file() else None,
        )
    )


def make_deliveries(process: Process) -> DeliveryKeeper | None:
    """The ``deliveries`` part of a process; None where nobody is to be told anything. Raises ConfigurationError."""
    settings = process.settings
    senders: dict[DeliveryKind, Sender] = {}
    close = None
    if settings.webhook_url is not None:
        secret = settings.webhook_secret.get_secret_value() if settings.webhook_secret else ""
        webhook = Webhook(settings.webhook_url.get_secret_value(), secret, clock=process.clock)
        senders["notes_webhook"] = senders["quarantine_webhook"] = webhook.send
    if settings.connect_instance_id is not None:
        attributes = ConnectAttributes(
            instance_id=settings.connect_instance_id,
            region=settings.aws_region,
            endpoint_url=settings.connect_endpoint_url,
        )
        senders["contact_attributes"], close = to_contact(attributes), attributes.aclose
    if not senders:
        return None
    counters = DeliveryCounters()
    process.metrics.export("deliveries", lambda: asdict(counters))
    store = PostgresDeliveries(process.database, clock=process.clock)
    return DeliveryKeeper(store, senders, counters=counters, close=close)
