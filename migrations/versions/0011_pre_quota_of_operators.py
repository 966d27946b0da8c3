"""Quota of operators."""

from alembic import op

revision = "0011"
down_revision = "0010"

STATEMENTS = (
    """
CREATE TABLE operator_touches (
    user_id BIGINT NOT NULL,
    day DATE NOT NULL,
    client_id BIGINT NOT NULL,
    CONSTRAINT pk_operator_touches PRIMARY KEY (user_id, day, client_id),
    CONSTRAINT fk_operator_touches_user_id FOREIGN KEY(user_id) REFERENCES users (id)
)
""",
    """
CREATE INDEX ix_operator_touches_day ON operator_touches (day)
""",
    """
ALTER TABLE operators ADD COLUMN limit_today INTEGER
""",
    """
ALTER TABLE operators ADD COLUMN limit_until TIMESTAMP WITH TIME ZONE
""",
    """
ALTER TABLE operators ADD COLUMN touch_quota INTEGER
""",
    """
ALTER TABLE operators ADD COLUMN touched INTEGER DEFAULT '0' NOT NULL
""",
    """
ALTER TABLE operators ADD COLUMN touched_on DATE
""",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
