"""Guidance: rule sets, knowledge, notes, people, what is sent to others, and what a call came to."""

from alembic import op

revision = "0003"
down_revision = "0002"

_UP = (
    """
ALTER TABLE calls
    ADD COLUMN reason text,
    ADD COLUMN disposition text,
    ADD COLUMN labels text[] NOT NULL DEFAULT '{}',
    ADD COLUMN sentiment real,
    ADD COLUMN alerts integer NOT NULL DEFAULT 0,
    ADD COLUMN cues integer NOT NULL DEFAULT 0,
    ADD COLUMN hand_raised boolean NOT NULL DEFAULT false
""",
    """
CREATE TABLE rule_sets (
    tenant text NOT NULL,
    name text NOT NULL,
    version integer NOT NULL,
    document jsonb NOT NULL,
    note text NOT NULL,
    changed_by text NOT NULL,
    changed_at_ms bigint NOT NULL,
    CONSTRAINT rule_sets_pkey PRIMARY KEY (tenant, name, version)
)
""",
    """
CREATE TABLE knowledge_documents (
    tenant text NOT NULL,
    document_id text NOT NULL,
    title text NOT NULL,
    source text NOT NULL,
    fingerprint text NOT NULL,
    modified_at_ms bigint NOT NULL,
    loaded_at_ms bigint NOT NULL,
    CONSTRAINT knowledge_documents_pkey PRIMARY KEY (tenant, document_id)
)
""",
    """
CREATE TABLE knowledge_passages (
    tenant text NOT NULL,
    passage_id text NOT NULL,
    document_id text NOT NULL,
    ordinal integer NOT NULL,
    heading text NOT NULL,
    text text NOT NULL,
    search tsvector NOT NULL,
    CONSTRAINT knowledge_passages_pkey PRIMARY KEY (tenant, passage_id),
    CONSTRAINT knowledge_passages_tenant_document_id_fkey FOREIGN KEY (tenant, document_id)
        REFERENCES knowledge_documents (tenant, document_id) ON DELETE CASCADE
)
""",
    "CREATE INDEX knowledge_passages_search_idx ON knowledge_passages USING gin (search)",
    """
CREATE TABLE notes (
    call_id text NOT NULL REFERENCES calls (call_id) ON DELETE CASCADE,
    version integer NOT NULL,
    fields jsonb NOT NULL,
    changed_by text,
    changed_at_ms bigint NOT NULL,
    CONSTRAINT notes_pkey PRIMARY KEY (call_id, version)
)
""",
    """
CREATE TABLE people (
    tenant text NOT NULL,
    username text NOT NULL,
    name text NOT NULL,
    role text NOT NULL,
    team text,
    CONSTRAINT people_pkey PRIMARY KEY (tenant, username)
)
""",
    """
CREATE TABLE webhook_deliveries (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant text NOT NULL,
    call_id text NOT NULL REFERENCES calls (call_id) ON DELETE CASCADE,
    kind text NOT NULL,
    body jsonb NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    next_at_ms bigint NOT NULL,
    delivered_at_ms bigint
)
""",
)

_DOWN = (
    "DROP TABLE webhook_deliveries",
    "DROP TABLE people",
    "DROP TABLE notes",
    "DROP TABLE knowledge_passages",
    "DROP TABLE knowledge_documents",
    "DROP TABLE rule_sets",
    """
ALTER TABLE calls DROP COLUMN reason, DROP COLUMN disposition, DROP COLUMN labels, DROP COLUMN sentiment,
    DROP COLUMN alerts, DROP COLUMN cues, DROP COLUMN hand_raised
""",
)


def upgrade() -> None:
    for statement in _UP:
        op.execute(statement)


def downgrade() -> None:
    for statement in _DOWN:
        op.execute(statement)
