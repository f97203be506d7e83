"""Retention: when a call's words were deleted, quick ways to what is due, and legal holds that PostgreSQL keeps too."""

from alembic import op

revision = "0008"
down_revision = "0007"

_GUARDED = ("recordings", "recording_chunks", "utterances", "events", "notes", "verifications", "mask_reports")

_UP = (
    "ALTER TABLE calls ADD COLUMN text_deleted_at_ms bigint",
    "CREATE INDEX calls_ended_idx ON calls (tenant, ended_at_ms) WHERE ended_at_ms IS NOT NULL",
    """
CREATE INDEX calls_with_text_idx ON calls (tenant, ended_at_ms)
WHERE ended_at_ms IS NOT NULL AND text_deleted_at_ms IS NULL
""",
    "CREATE INDEX deletions_newest_idx ON deletions (tenant, deleted_at_ms DESC)",
    """
CREATE OR REPLACE FUNCTION keep_held_call() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.legal_hold THEN
        RAISE EXCEPTION 'the call is under legal hold' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN OLD;
END $$
""",
    "CREATE TRIGGER calls_legal_hold BEFORE DELETE ON calls FOR EACH ROW EXECUTE FUNCTION keep_held_call()",
    """
CREATE OR REPLACE FUNCTION keep_of_held_call() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM calls WHERE call_id = OLD.call_id AND legal_hold) THEN
        RAISE EXCEPTION 'the call is under legal hold' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$
""",
    *(
        f"CREATE TRIGGER {table}_legal_hold BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION keep_of_held_call()"
        for table in _GUARDED
    ),
    """
CREATE TRIGGER recordings_key_legal_hold BEFORE UPDATE ON recordings FOR EACH ROW
WHEN (NEW.state = 'deleted' AND OLD.state <> 'deleted' OR NEW.wrapped_key IS NULL AND OLD.wrapped_key IS NOT NULL)
EXECUTE FUNCTION keep_of_held_call()
""",
    """
CREATE TRIGGER utterances_text_legal_hold BEFORE UPDATE ON utterances FOR EACH ROW
WHEN (NEW.text = '' AND OLD.text <> '') EXECUTE FUNCTION keep_of_held_call()
""",
)


def upgrade() -> None:
    for statement in _UP:
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP TRIGGER utterances_text_legal_hold ON utterances")
    op.execute("DROP TRIGGER recordings_key_legal_hold ON recordings")
    for table in _GUARDED:
        op.execute(f"DROP TRIGGER {table}_legal_hold ON {table}")
    op.execute("DROP FUNCTION keep_of_held_call")
    op.execute("DROP TRIGGER calls_legal_hold ON calls")
    op.execute("DROP FUNCTION keep_held_call")
    op.execute("DROP INDEX deletions_newest_idx")
    op.execute("DROP INDEX calls_with_text_idx")
    op.execute("DROP INDEX calls_ended_idx")
    op.execute("ALTER TABLE calls DROP COLUMN text_deleted_at_ms")
