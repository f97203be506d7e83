"""Retention, put together: for the web side, for the keeper, and for the command line."""

from dataclasses import asdict
from typing import Protocol

from cueline.archive.ports import ObjectStore
from cueline.delivery.ports_guidance import Directory
from cueline.kernel.ids import TenantId
from cueline.ops.metrics import Metrics
from cueline.ops.system_clock import SystemClock
from cueline.redaction.verify import RULES
from cueline.roles.erasing import Eraser
from cueline.roles.retention import Retention, RetentionBook
from cueline.roles.retention_keeper import RetentionCounters, RetentionKeeper
from cueline.roles.reverification import Reverification
from cueline.roles.settings import Settings
from cueline.security.proofs import DataKeys, ProofSigner
from cueline.storage.audit import PostgresAudit
from cueline.storage.deletions import PostgresDeletions
from cueline.storage.engine import Database
from cueline.storage.outbox import Outbox
from cueline.storage.people import PostgresPeople
from cueline.storage.policies import PostgresPolicies
from cueline.storage.retention import PostgresRetention
from cueline.storage.tables import retention_policies
from cueline.storage.verifications import PostgresVerifications


class Parts(Protocol):
    """As much of a process (``roles.assemble.Process``) as retention needs."""

    @property
    def settings(self) -> Settings: ...
    @property
    def clock(self) -> SystemClock: ...
    @property
    def database(self) -> Database: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def objects(self) -> ObjectStore: ...
    @property
    def keys(self) -> DataKeys: ...
    @property
    def metrics(self) -> Metrics: ...
    @property
    def tenant(self) -> TenantId: ...


def _book(process: Parts) -> RetentionBook:
    return RetentionBook(PostgresPolicies(process.database, clock=process.clock, table=retention_policies))


def _eraser(process: Parts, signer: ProofSigner) -> Eraser:
    store = PostgresDeletions(process.database, process.outbox)
    return Eraser(store, process.objects, signer, clock=process.clock)


def make_retention(process: Parts, people: Directory | None = None) -> Retention:
    """What pages and the command line ask."""
    signer = ProofSigner(process.keys)
    return Retention(
        _book(process),
        PostgresRetention(process.database, clock=process.clock),
        eraser=_eraser(process, signer),
        signer=signer,
        audit=PostgresAudit(process.database),
        people=people or PostgresPeople(process.database),
        clock=process.clock,
        hour=process.settings.retention_hour,
    )


def make_retention_keeper(process: Parts) -> RetentionKeeper:
    """The ``retention`` part of a process; after it, verification is asked to read again what older rules read."""
    counters = RetentionCounters()
    book = PostgresVerifications(process.database, process.outbox, clock=process.clock)
    again = Reverification(book, tenant=process.tenant, rules=RULES)
    process.metrics.export("retention", lambda: asdict(counters))
    return RetentionKeeper(
        process.tenant,
        _book(process),
        PostgresRetention(process.database, clock=process.clock),
        _eraser(process, ProofSigner(process.keys)),
        clock=process.clock,
        hour=process.settings.retention_hour,
        counters=counters,
        afterwards=again.turn,
    )
