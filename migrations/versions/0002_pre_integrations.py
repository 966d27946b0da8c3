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
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
