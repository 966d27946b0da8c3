"""Count links by day."""

from alembic import op

revision = "0003"
down_revision = "0002"

STATEMENTS = (
    """
CREATE TABLE link_days (
    code TEXT NOT NULL,
    day DATE NOT NULL,
    clicks BIGINT DEFAULT '0' NOT NULL,
    starts BIGINT DEFAULT '0' NOT NULL,
    CONSTRAINT pk_link_days PRIMARY KEY (code, day),
    CONSTRAINT fk_link_days_code FOREIGN KEY(code) REFERENCES links (code) ON DELETE CASCADE
)
""",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
