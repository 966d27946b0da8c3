"""Releases of processes."""

from alembic import op

revision = "0008"
down_revision = "0007"

STATEMENTS = (
    """
ALTER TABLE processes ADD COLUMN schema TEXT
""",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
