"""The tables as SQLAlchemy Core sees them. The migrations make them; a test compares the two.

Times named ``*_at_ms`` are epoch milliseconds, the others media time in the call. Utterance text stands in
``utterances`` and nowhere else: an event row of kind ``UtteranceCommitted`` only points there.
"""

from sqlalchemy import (
    REAL,
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TSVECTOR

metadata = MetaData(
    naming_convention={
        "pk": "%(table_name)s_pkey",
        "fk": "%(table_name)s_%(column_0_name)s_fkey",
        "uq": "%(table_name)s_%(column_0_N_name)s_key",
        "ix": "%(table_name)s_%(column_0_N_name)s_idx",
    }
)

_ZERO = text("0")
_NOW_MS = text("((EXTRACT(epoch FROM clock_timestamp()) * (1000)::numeric))::bigint")

calls = Table(
    "calls",
    metadata,
    Column("call_id", Text, primary_key=True),
    Column("tenant", Text, nullable=False),
    Column("contact_id", Text, nullable=False),
    Column("stream_arn", Text, nullable=False),
    Column("start_fragment_number", Text),
    Column("start_timestamp_ms", BigInteger, nullable=False),
    Column("customer_endpoint", Text),
    Column("system_endpoint", Text),
    Column("attributes", JSONB, nullable=False),
    Column("profile", Text, nullable=False),
    Column("phase", Text, nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Column("created_at_ms", BigInteger, nullable=False),
    Column("agent_id", Text),
    Column("disconnected_at_ms", BigInteger),
    Column("ended_at_ms", BigInteger),
    Column("ended_ms", BigInteger),
    Column("end_reason", Text),
    Column("recogniser", Text),
    Column("recogniser_source", Text),
    Column("utterances", Integer, nullable=False, server_default=_ZERO),
    Column("warnings", Integer, nullable=False, server_default=_ZERO),
    Column("masks", Integer, nullable=False, server_default=_ZERO),
    # Who works on the call. The epoch fences every commit of the ``call`` role; the counter is the holder's pulse.
    Column("lease_owner", Text),
    Column("lease_epoch", BigInteger, nullable=False, server_default=_ZERO),
    Column("lease_counter", BigInteger, nullable=False, server_default=_ZERO),
    Column("commit_number", BigInteger, nullable=False, server_default=_ZERO),
    Column("checkpoint", JSONB),
    # What guidance makes of the call, for lists and for the floor.
    Column("reason", Text),
    Column("disposition", Text),
    Column("labels", ARRAY(Text), nullable=False, server_default=text("'{}'::text[]")),
    Column("sentiment", REAL),
    Column("alerts", Integer, nullable=False, server_default=_ZERO),
    Column("cues", Integer, nullable=False, server_default=_ZERO),
    Column("hand_raised", Boolean, nullable=False, server_default=text("false")),
    # The cue ids of the alerts that ``alerts`` counts: raised, not acknowledged, not withdrawn.
    Column("open_alerts", ARRAY(Text), nullable=False, server_default=text("'{}'::text[]")),
    # What the verification after the call came to, and whether nothing of the call may be deleted.
    Column("verification", Text),
    Column("legal_hold", Boolean, nullable=False, server_default=text("false")),
    # When what was said and written in the call was deleted.
    Column("text_deleted_at_ms", BigInteger),
    UniqueConstraint("tenant", "contact_id"),
    Index("calls_newest_idx", "tenant", text("created_at_ms DESC")),
    Index("calls_live_idx", "tenant", "created_at_ms", postgresql_where=text("phase <> 'ended'::text")),
    # For retention: the call that ended longest ago first.
    Index("calls_ended_idx", "tenant", "ended_at_ms", postgresql_where=text("ended_at_ms IS NOT NULL")),
    Index(
        "calls_with_text_idx",
        "tenant",
        "ended_at_ms",
        postgresql_where=text("ended_at_ms IS NOT NULL AND text_deleted_at_ms IS NULL"),
    ),
    # Every commit and heartbeat rewrites the row, hardly one an indexed column: with room in the page they are cheap.
    postgresql_with={"fillfactor": "50"},
)

utterances = Table(
    "utterances",
    metadata,
    Column("utterance_id", Text, primary_key=True),
    Column("call_id", Text, ForeignKey("calls.call_id", ondelete="CASCADE"), nullable=False),
    Column("channel", Text, nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("speaker", Text, nullable=False),
    Column("started_ms", BigInteger, nullable=False),
    Column("ended_ms", BigInteger, nullable=False),
    Column("text", Text, nullable=False),
    Column("words", JSONB, nullable=False),
    Column("masks", JSONB, nullable=False),
    Column("version", SmallInteger, nullable=False, server_default=text("1")),
    Column("loudness_db", REAL),
    # The last line against a final that is committed twice.
    UniqueConstraint("call_id", "channel", "ordinal"),
    # The configuration without stems and stop words: calls are held in several languages.
    Index("utterances_search_idx", text("to_tsvector('simple'::regconfig, text)"), postgresql_using="gin"),
)

events = Table(
    "events",
    metadata,
    Column("call_id", Text, ForeignKey("calls.call_id", ondelete="CASCADE"), primary_key=True),
    Column("sequence", BigInteger, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    # Null for UtteranceCommitted, which is rendered from its utterance.
    Column("payload", JSONB),
    Column("utterance_id", Text, ForeignKey("utterances.utterance_id", ondelete="CASCADE")),
    # Both null for what other roles committed.
    Column("lease_epoch", BigInteger),
    Column("commit_number", BigInteger),
    # Hash of kind, time and payload of an event from outside: such a one is committed once.
    Column("fingerprint", Text),
    Index("events_utterance_id_idx", "utterance_id", postgresql_where=text("utterance_id IS NOT NULL")),
    Index(
        "events_fingerprint_idx",
        "call_id",
        "fingerprint",
        unique=True,
        postgresql_where=text("fingerprint IS NOT NULL"),
    ),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("call_id", Text, ForeignKey("calls.call_id", ondelete="CASCADE"), nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Column("created_at_ms", BigInteger, nullable=False, server_default=_NOW_MS),
    UniqueConstraint("call_id", "sequence"),
)

utterance_times = Table(
    "utterance_times",
    metadata,
    Column("utterance_id", Text, primary_key=True),
    Column("call_id", Text, ForeignKey("calls.call_id", ondelete="CASCADE"), nullable=False),
    Column("stages", JSONB, nullable=False),
    Index("utterance_times_call_id_idx", "call_id"),
)

# Rows are inserted and never changed: a call names the version that it began under.
redaction_policies = Table(
    "redaction_policies",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("profile", Text, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("policy", JSONB, nullable=False),
    Column("note", Text, nullable=False),
    Column("changed_by", Text, nullable=False),
    Column("changed_at_ms", BigInteger, nullable=False),
)

# Rows are inserted and never changed, but for version 0: the draft.
rule_sets = Table(
    "rule_sets",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("document", JSONB, nullable=False),
    Column("note", Text, nullable=False),
    Column("changed_by", Text, nullable=False),
    Column("changed_at_ms", BigInteger, nullable=False),
)

knowledge_documents = Table(
    "knowledge_documents",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("document_id", Text, primary_key=True),
    Column("title", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("modified_at_ms", BigInteger, nullable=False),
    Column("loaded_at_ms", BigInteger, nullable=False),
)

knowledge_passages = Table(
    "knowledge_passages",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("passage_id", Text, primary_key=True),
    Column("document_id", Text, nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("heading", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("search", TSVECTOR, nullable=False),
    ForeignKeyConstraint(
        ["tenant", "document_id"],
        ["knowledge_documents.tenant", "knowledge_documents.document_id"],
        name="knowledge_passages_tenant_document_id_fkey",
        ondelete="CASCADE",
    ),
    Index("knowledge_passages_search_idx", "search", postgresql_using="gin"),
)

notes = Table(
    "notes",
    metadata,
    Column("call_id", Text, ForeignKey("calls.call_id", ondelete="CASCADE"), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("fields", JSONB, nullable=False),
    Column("changed_by", Text),
    Column("changed_at_ms", BigInteger, nullable=False),
)

people = Table(
    "people",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("username", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("team", Text),
)

# What somebody looks for in the history, under a name of his own.
saved_views = Table(
    "saved_views",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("username", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("filters", JSONB, nullable=False),
    Column("changed_at_ms", BigInteger, nullable=False),
)

webhook_deliveries = Table(
    "webhook_deliveries",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("tenant", Text, nullable=False),
    Column("call_id", Text, ForeignKey("calls.call_id", ondelete="CASCADE"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("body", JSONB, nullable=False),
    Column("attempts", Integer, nullable=False, server_default=_ZERO),
    Column("next_at_ms", BigInteger, nullable=False),
    Column("delivered_at_ms", BigInteger),
)

recordings = Table(
    "recordings",
    metadata,
    Column("call_id", Text, ForeignKey("calls.call_id", ondelete="CASCADE"), primary_key=True),
    Column("tenant", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("codec", Text, nullable=False),
    # The call's data key under the tenant's key; both null once it was destroyed.
    Column("key_id", Text),
    Column("wrapped_key", LargeBinary),
    Column("chunks", Integer, nullable=False, server_default=_ZERO),
    Column("position", BigInteger, nullable=False, server_default=_ZERO),
    Column("manifest_revision", Integer),
    Column("sealed_at_ms", BigInteger),
    Column("deleted_at_ms", BigInteger),
)

recording_chunks = Table(
    "recording_chunks",
    metadata,
    Column("call_id", Text, ForeignKey("recordings.call_id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("revision", Integer, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("samples", Integer, nullable=False),
    Column("bytes", Integer, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("beeps", JSONB, nullable=False),
    Column("gaps", JSONB, nullable=False),
)

# compared: what the ``call`` process found when it compared what it had masked with what is stored.
# rules: the version of the rules that read it last.
verifications = Table(
    "verifications",
    metadata,
    Column("call_id", Text, ForeignKey("calls.call_id", ondelete="CASCADE"), primary_key=True),
    Column("tenant", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("compared", Text, nullable=False),
    Column("rules", Text),
    Column("results", JSONB, nullable=False),
    Column("changed_at_ms", BigInteger, nullable=False),
    Index("verifications_state_idx", "tenant", "state"),
)

# Rows are inserted and never changed.
retention_policies = Table(
    "retention_policies",
    metadata,
    Column("tenant", Text, primary_key=True),
    Column("profile", Text, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("policy", JSONB, nullable=False),
    Column("note", Text, nullable=False),
    Column("changed_by", Text, nullable=False),
    Column("changed_at_ms", BigInteger, nullable=False),
)

# What was deleted, and how that was made sure. It outlives the call.
deletions = Table(
    "deletions",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("tenant", Text, nullable=False),
    Column("call_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("proof", JSONB, nullable=False),
    Column("deleted_by", Text, nullable=False),
    Column("deleted_at_ms", BigInteger, nullable=False),
    Index("deletions_call_id_idx", "tenant", "call_id"),
    Index("deletions_newest_idx", "tenant", text("deleted_at_ms DESC")),
)

# Rows are inserted and never changed.
audit_log = Table(
    "audit_log",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("tenant", Text, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("call_id", Text),
    Column("details", JSONB, nullable=False),
    Index("audit_log_call_id_idx", "tenant", "call_id"),
)

mask_reports = Table(
    "mask_reports",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("tenant", Text, nullable=False),
    Column("call_id", Text, ForeignKey("calls.call_id", ondelete="CASCADE"), nullable=False),
    Column("report", JSONB, nullable=False),
    Column("reported_by", Text, nullable=False),
    Column("reported_at_ms", BigInteger, nullable=False),
    Column("reviewed_by", Text),
    Column("verdict", Text),
    Index("mask_reports_call_id_idx", "call_id"),
)

# Names under which processes run workflows, one process each at a time: the counter is the holder's pulse.
executors = Table(
    "executors",
    metadata,
    Column("name", Text, primary_key=True),
    Column("owner", Text),
    Column("counter", BigInteger, nullable=False, server_default=_ZERO),
)
