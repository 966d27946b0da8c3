"""Message parts."""

from alembic import op

revision = "0007"
down_revision = "0006"

STATEMENTS = (
    """
CREATE TABLE message_parts (
    external_id TEXT NOT NULL,
    dialog_id BIGINT NOT NULL,
    message_id BIGINT NOT NULL,
    CONSTRAINT pk_message_parts PRIMARY KEY (external_id, dialog_id)
)
""",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
