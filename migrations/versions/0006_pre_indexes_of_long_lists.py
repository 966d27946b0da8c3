"""Indexes of long lists."""

from alembic import op

revision = "0006"
down_revision = "0005"

STATEMENTS = (
    """
CREATE INDEX ix_broadcast_messages_phone ON broadcast_messages (phone, id)
""",
    """
CREATE INDEX ix_links_clicks ON links (clicks, code)
""",
    """
CREATE INDEX ix_links_last_start ON links (bot_id, last_start_at)
""",
    """
CREATE INDEX ix_links_starts ON links (starts, code)
""",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
