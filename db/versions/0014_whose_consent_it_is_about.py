"""Whose consent an act is about, and how many withdrawals it deals with."""

from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.execute("ALTER TABLE consent_events ADD COLUMN narrator TEXT DEFAULT '' NOT NULL")
    op.execute("ALTER TABLE consent_events ADD COLUMN settles INTEGER DEFAULT 0 NOT NULL")
    op.execute(
        """UPDATE consent_events SET settles = (
            SELECT count(*) FROM withdrawals
            WHERE withdrawals.interview_id = consent_events.interview_id AND withdrawals.requested_on <= consent_events.day
        ) WHERE act = 'carried_out'"""
    )
