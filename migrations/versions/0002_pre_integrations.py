"""Integrations."""

from alembic import op

revision = "0002"
down_revision = "0001"

STATEMENTS = (
    """
ALTER TABLE parked ADD COLUMN start JSONB
""",
    """
ALTER TABLE parked ALTER COLUMN event DROP NOT NULL
""",
    """
ALTER TABLE requests ADD COLUMN shown_to TEXT DEFAULT 'own' NOT NULL
""",
    """
CREATE INDEX ix_requests_shown_to ON requests (shown_to) WHERE shown_to <> 'own'
""",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
