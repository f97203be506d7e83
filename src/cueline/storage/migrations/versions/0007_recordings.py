"""Recordings, what verification found, retention, deletions with their proof, and who listened to what."""

from alembic import op

revision = "0007"
down_revision = "0006"

_UP = (
    "ALTER TABLE calls ADD COLUMN verification text",
    "ALTER TABLE calls ADD COLUMN legal_hold boolean NOT NULL DEFAULT false",
    """
CREATE TABLE recordings (
    call_id text NOT NULL CONSTRAINT recordings_pkey PRIMARY KEY
        CONSTRAINT recordings_call_id_fkey REFERENCES calls ON DELETE CASCADE,
    tenant text NOT NULL,
    state text NOT NULL,
    codec text NOT NULL,
    key_id text,
    wrapped_key bytea,
    chunks integer NOT NULL DEFAULT 0,
    position bigint NOT NULL DEFAULT 0,
    manifest_revision integer,
    sealed_at_ms bigint,
    deleted_at_ms bigint
)
""",
    """
CREATE TABLE recording_chunks (
    call_id text NOT NULL CONSTRAINT recording_chunks_call_id_fkey REFERENCES recordings ON DELETE CASCADE,
    number integer NOT NULL,
    revision integer NOT NULL,
    position bigint NOT NULL,
    samples integer NOT NULL,
    bytes integer NOT NULL,
    sha256 text NOT NULL,
    beeps jsonb NOT NULL,
    gaps jsonb NOT NULL,
    CONSTRAINT recording_chunks_pkey PRIMARY KEY (call_id, number)
)
""",
    """
CREATE TABLE verifications (
    call_id text NOT NULL CONSTRAINT verifications_pkey PRIMARY KEY
        CONSTRAINT verifications_call_id_fkey REFERENCES calls ON DELETE CASCADE,
    tenant text NOT NULL,
    state text NOT NULL,
    compared text NOT NULL,
    rules text,
    results jsonb NOT NULL,
    changed_at_ms bigint NOT NULL
)
""",
    "CREATE INDEX verifications_state_idx ON verifications (tenant, state)",
    """
CREATE TABLE retention_policies (
    tenant text NOT NULL,
    profile text NOT NULL,
    version integer NOT NULL,
    policy jsonb NOT NULL,
    note text NOT NULL,
    changed_by text NOT NULL,
    changed_at_ms bigint NOT NULL,
    CONSTRAINT retention_policies_pkey PRIMARY KEY (tenant, profile, version)
)
""",
    """
CREATE TABLE deletions (
    id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT deletions_pkey PRIMARY KEY,
    tenant text NOT NULL,
    call_id text NOT NULL,
    kind text NOT NULL,
    proof jsonb NOT NULL,
    deleted_by text NOT NULL,
    deleted_at_ms bigint NOT NULL
)
""",
    "CREATE INDEX deletions_call_id_idx ON deletions (tenant, call_id)",
    """
CREATE TABLE audit_log (
    id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT audit_log_pkey PRIMARY KEY,
    tenant text NOT NULL,
    at_ms bigint NOT NULL,
    actor text NOT NULL,
    action text NOT NULL,
    call_id text,
    details jsonb NOT NULL
)
""",
    "CREATE INDEX audit_log_call_id_idx ON audit_log (tenant, call_id)",
    """
CREATE TABLE mask_reports (
    id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT mask_reports_pkey PRIMARY KEY,
    tenant text NOT NULL,
    call_id text NOT NULL CONSTRAINT mask_reports_call_id_fkey REFERENCES calls ON DELETE CASCADE,
    report jsonb NOT NULL,
    reported_by text NOT NULL,
    reported_at_ms bigint NOT NULL,
    reviewed_by text,
    verdict text
)
""",
    "CREATE INDEX mask_reports_call_id_idx ON mask_reports (call_id)",
    """
CREATE TABLE executors (
    name text NOT NULL CONSTRAINT executors_pkey PRIMARY KEY,
    owner text,
    counter bigint NOT NULL DEFAULT 0
)
""",
)


def upgrade() -> None:
    for statement in _UP:
        op.execute(statement)


def downgrade() -> None:
    for table in (
        "executors",
        "mask_reports",
        "audit_log",
        "deletions",
        "retention_policies",
        "verifications",
        "recording_chunks",
        "recordings",
    ):
        op.execute(f"DROP TABLE {table}")
    op.execute("ALTER TABLE calls DROP COLUMN legal_hold, DROP COLUMN verification")
