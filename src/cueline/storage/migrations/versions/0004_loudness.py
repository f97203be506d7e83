"""How loud an utterance was, below full scale; null where it was not measured."""

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.execute("ALTER TABLE utterances ADD COLUMN loudness_db real")


def downgrade() -> None:
    op.execute("ALTER TABLE utterances DROP COLUMN loudness_db")
