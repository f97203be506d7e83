"""What the web app is made of; put together by ``roles/assemble.py``."""

from dataclasses import dataclass
from pathlib import Path

from cueline.bus.ports import EventLog
from cueline.delivery.floor_stage import FloorKeeper
from cueline.delivery.ports import CallArchive, PolicyBook, RedactionTrial
from cueline.delivery.ports_check import SystemChecks
from cueline.delivery.ports_guidance import Directory
from cueline.delivery.ports_knowledge import KnowledgeBook
from cueline.delivery.ports_notes import NoteBook
from cueline.delivery.ports_recording import AuditBook, Recordings
from cueline.delivery.ports_retention import RetentionDesk
from cueline.delivery.ports_rules import RuleDesk, RuleTrials
from cueline.delivery.ports_shadow import ShadowRuns
from cueline.delivery.ports_verification import VerificationDesk
from cueline.delivery.ports_views import ViewBook
from cueline.delivery.rest import SystemFacts
from cueline.delivery.stage import TimesKeeper
from cueline.kernel.ids import TenantId
from cueline.ops.health import Health
from cueline.ops.metrics import Metrics
from cueline.ops.system_clock import SystemClock
from cueline.ops.trace import Deliverable
from cueline.security.tokens import AccessToken, LiveTokens

MAX_SOCKETS = 1_000


@dataclass(frozen=True, slots=True)
class WebDependencies:
    """Ports and settings of the web side.

    static: folder of the built web app; None where it was not built (the REST interface works all the same).
    """

    tenant: TenantId
    archive: CallArchive
    policies: PolicyBook
    trial: RedactionTrial
    knowledge: KnowledgeBook
    notes: NoteBook
    rules: RuleDesk
    rule_trials: RuleTrials
    shadows: ShadowRuns
    people: Directory
    views: ViewBook
    recordings: Recordings
    audit: AuditBook
    retention: RetentionDesk
    verification: VerificationDesk
    floor: FloorKeeper
    checks: SystemChecks
    bus: EventLog
    times: TimesKeeper
    deliverable: Deliverable
    clock: SystemClock
    access: AccessToken
    live_tokens: LiveTokens
    health: Health
    metrics: Metrics
    facts: SystemFacts
    static: Path | None
    max_sockets: int = MAX_SOCKETS
