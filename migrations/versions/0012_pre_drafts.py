"""Drafts."""

from alembic import op

revision = "0012"
down_revision = "0011"

STATEMENTS = (
    """
CREATE TABLE drafts (
    user_id BIGINT NOT NULL,
    request_id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    written_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_drafts PRIMARY KEY (user_id, request_id, kind),
    CONSTRAINT fk_drafts_request_id FOREIGN KEY(request_id) REFERENCES requests (id) ON DELETE CASCADE,
    CONSTRAINT fk_drafts_user_id FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE
)
""",
    """
CREATE INDEX ix_drafts_request_id ON drafts (request_id)
""",
    """
CREATE INDEX ix_drafts_written_at ON drafts (written_at)
""",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
