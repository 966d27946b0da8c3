"""Pictures and keys."""

from alembic import op

revision = "0004"
down_revision = "0003"

STATEMENTS = (
    """
CREATE TABLE own_hot_keys (
    user_id BIGINT NOT NULL,
    chosen JSONB NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_own_hot_keys PRIMARY KEY (user_id),
    CONSTRAINT fk_own_hot_keys_user_id FOREIGN KEY(user_id) REFERENCES users (id)
)
""",
    """
ALTER TABLE files ADD COLUMN public BOOLEAN DEFAULT 'false' NOT NULL
""",
    """
ALTER TABLE users ADD COLUMN picture TEXT
""",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
