"""The journal tells what changed a dialog beside its scenario, too: that is of no version."""

from alembic import op

revision = "0005"
down_revision = "0004"

STATEMENTS = (
    """
ALTER TABLE journal ALTER COLUMN version_id DROP NOT NULL
""",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
