"""Calls, their utterances and events, the outbox and measured times."""

from alembic import op

revision = "0001"
down_revision = None

_UP = """
CREATE TABLE calls (
    call_id text NOT NULL,
    tenant text NOT NULL,
    contact_id text NOT NULL,
    stream_arn text NOT NULL,
    start_fragment_number text,
    start_timestamp_ms bigint NOT NULL,
    customer_endpoint text,
    system_endpoint text,
    attributes jsonb NOT NULL,
    profile text NOT NULL,
    phase text NOT NULL,
    sequence bigint NOT NULL,
    created_at_ms bigint NOT NULL,
    agent_id text,
    disconnected_at_ms bigint,
    ended_at_ms bigint,
    ended_ms bigint,
    end_reason text,
    recogniser text,
    recogniser_source text,
    utterances integer DEFAULT 0 NOT NULL,
    warnings integer DEFAULT 0 NOT NULL,
    masks integer DEFAULT 0 NOT NULL,
    lease_owner text,
    lease_epoch bigint DEFAULT 0 NOT NULL,
    lease_counter bigint DEFAULT 0 NOT NULL,
    commit_number bigint DEFAULT 0 NOT NULL,
    checkpoint jsonb,
    CONSTRAINT calls_pkey PRIMARY KEY (call_id),
    CONSTRAINT calls_tenant_contact_id_key UNIQUE (tenant, contact_id)
) WITH (fillfactor = 50);
CREATE INDEX calls_newest_idx ON calls (tenant, created_at_ms DESC);
CREATE INDEX calls_live_idx ON calls (tenant, created_at_ms) WHERE phase <> 'ended';

CREATE TABLE utterances (
    utterance_id text NOT NULL,
    call_id text NOT NULL,
    channel text NOT NULL,
    ordinal integer NOT NULL,
    speaker text NOT NULL,
    started_ms bigint NOT NULL,
    ended_ms bigint NOT NULL,
    text text NOT NULL,
    words jsonb NOT NULL,
    masks jsonb NOT NULL,
    version smallint DEFAULT 1 NOT NULL,
    CONSTRAINT utterances_pkey PRIMARY KEY (utterance_id),
    CONSTRAINT utterances_call_id_fkey FOREIGN KEY (call_id) REFERENCES calls (call_id) ON DELETE CASCADE,
    CONSTRAINT utterances_call_id_channel_ordinal_key UNIQUE (call_id, channel, ordinal)
);

CREATE TABLE events (
    call_id text NOT NULL,
    sequence bigint NOT NULL,
    kind text NOT NULL,
    at_ms bigint NOT NULL,
    payload jsonb,
    utterance_id text,
    lease_epoch bigint,
    commit_number bigint,
    fingerprint text,
    CONSTRAINT events_pkey PRIMARY KEY (call_id, sequence),
    CONSTRAINT events_call_id_fkey FOREIGN KEY (call_id) REFERENCES calls (call_id) ON DELETE CASCADE,
    CONSTRAINT events_utterance_id_fkey FOREIGN KEY (utterance_id) REFERENCES utterances (utterance_id)
        ON DELETE CASCADE
);
CREATE INDEX events_utterance_id_idx ON events (utterance_id) WHERE utterance_id IS NOT NULL;
CREATE UNIQUE INDEX events_fingerprint_idx ON events (call_id, fingerprint) WHERE fingerprint IS NOT NULL;

CREATE TABLE outbox (
    id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
    call_id text NOT NULL,
    sequence bigint NOT NULL,
    created_at_ms bigint DEFAULT (EXTRACT(epoch FROM clock_timestamp()) * 1000)::bigint NOT NULL,
    CONSTRAINT outbox_pkey PRIMARY KEY (id),
    CONSTRAINT outbox_call_id_fkey FOREIGN KEY (call_id) REFERENCES calls (call_id) ON DELETE CASCADE,
    CONSTRAINT outbox_call_id_sequence_key UNIQUE (call_id, sequence)
);

CREATE TABLE utterance_times (
    utterance_id text NOT NULL,
    call_id text NOT NULL,
    stages jsonb NOT NULL,
    CONSTRAINT utterance_times_pkey PRIMARY KEY (utterance_id),
    CONSTRAINT utterance_times_call_id_fkey FOREIGN KEY (call_id) REFERENCES calls (call_id) ON DELETE CASCADE
);
CREATE INDEX utterance_times_call_id_idx ON utterance_times (call_id);
"""

_DOWN = "DROP TABLE utterance_times, outbox, events, utterances, calls"


def upgrade() -> None:
    for statement in _UP.split(";\n"):
        if statement.strip():
            op.execute(statement)


def downgrade() -> None:
    op.execute(_DOWN)
