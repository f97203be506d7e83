"""Redaction policies, by tenant and profile."""

from alembic import op

revision = "0002"
down_revision = "0001"

_UP = """
CREATE TABLE redaction_policies (
    tenant text NOT NULL,
    profile text NOT NULL,
    version integer NOT NULL,
    policy jsonb NOT NULL,
    note text NOT NULL,
    changed_by text NOT NULL,
    changed_at_ms bigint NOT NULL,
    CONSTRAINT redaction_policies_pkey PRIMARY KEY (tenant, profile, version)
)
"""

_DOWN = "DROP TABLE redaction_policies"


def upgrade() -> None:
    op.execute(_UP)


def downgrade() -> None:
    op.execute(_DOWN)
