"""Saved views of the history, and which alerts of a call are open."""

from alembic import op

revision = "0006"
down_revision = "0005"

_UP = (
    "ALTER TABLE calls ADD COLUMN open_alerts text[] NOT NULL DEFAULT '{}'",
    # So far an alert that was withdrawn counted as open for ever.
    """
UPDATE calls SET open_alerts = open.alerts, alerts = cardinality(open.alerts)
FROM (
    SELECT c.call_id, coalesce((
        SELECT array_agg(DISTINCT raised.payload ->> 'cueId')
        FROM events raised
        WHERE raised.call_id = c.call_id AND raised.kind = 'CueRaised' AND raised.payload ->> 'cueKind' = 'alert'
            AND NOT EXISTS (
                SELECT 1 FROM events settled
                WHERE settled.call_id = c.call_id AND settled.kind IN ('AlertAcknowledged', 'CueWithdrawn')
                    AND settled.payload ->> 'cueId' = raised.payload ->> 'cueId'
            )
    ), '{}') AS alerts
    FROM calls c WHERE c.alerts > 0
) AS open
WHERE open.call_id = calls.call_id
""",
    """
CREATE TABLE saved_views (
    tenant text NOT NULL,
    username text NOT NULL,
    name text NOT NULL,
    filters jsonb NOT NULL,
    changed_at_ms bigint NOT NULL,
    CONSTRAINT saved_views_pkey PRIMARY KEY (tenant, username, name)
)
""",
)


def upgrade() -> None:
    for statement in _UP:
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP TABLE saved_views")
    op.execute("ALTER TABLE calls DROP COLUMN open_alerts")
