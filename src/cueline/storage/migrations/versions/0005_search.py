"""Searching what was said."""

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.execute("CREATE INDEX utterances_search_idx ON utterances USING gin (to_tsvector('simple'::regconfig, text))")


def downgrade() -> None:
    op.execute("DROP INDEX utterances_search_idx")
