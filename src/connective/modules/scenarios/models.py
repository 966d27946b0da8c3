"""Tables of scenarios: the draft and what is active, versions, entry points, node ids used."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY

from connective.kit.db.metadata import SEALED, Json, Moment, id_column, metadata

scenario_versions = Table(
    "scenario_versions",
    metadata,
    id_column(),
    Column("bot_id", BigInteger, ForeignKey("bots.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("author_id", BigInteger),
    Column("author", Text, nullable=False),
    Column("comment", Text, nullable=False, server_default=""),
    # values of secret constants stand sealed inside
    Column("graph", Json, nullable=False, info=SEALED),
    Column("sha256", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("restored_from", Integer),
    Column("pinned", Boolean, nullable=False, server_default=text("false")),
    # when it stopped being the active one
    Column("retired_at", Moment),
    UniqueConstraint("bot_id", "number"),
)

scenarios = Table(
    "scenarios",
    metadata,
    Column("bot_id", BigInteger, ForeignKey("bots.id"), primary_key=True, autoincrement=False),
    Column("draft", Json, nullable=False, info=SEALED),
    Column("draft_rev", Integer, nullable=False),
    Column("active_version_id", BigInteger, ForeignKey("scenario_versions.id")),
    Column("last_number", Integer, nullable=False, server_default="0"),
    Column("updated_at", Moment, nullable=False),
    Column("updated_by", Text, nullable=False),
)

# A row stays when its node leaves the active version (`published` false), so that an address
# given to an outside system keeps its switches when the node comes back.
entry_points = Table(
    "entry_points",
    metadata,
    Column("bot_id", BigInteger, ForeignKey("bots.id"), primary_key=True, autoincrement=False),
    Column("node_id", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False, server_default=""),
    Column("alias", Text),
    Column("trigger", Text, nullable=False),
    Column("require_key", Boolean, nullable=False, server_default=text("true")),
    Column("allowed_methods", ARRAY(Text), nullable=False, server_default="{GET,POST}"),
    # addresses with a key in them end up in logs and histories
    Column("key_in_query", Boolean, nullable=False, server_default=text("false")),
    Column("enabled", Boolean, nullable=False, server_default=text("true")),
    Column("published", Boolean, nullable=False, server_default=text("true")),
    # name, description and parameters, where the author offers it to AI agents
    Column("agent", Json),
    Index(
        "uq_entry_points_alias",
        "bot_id",
        "alias",
        unique=True,
        postgresql_where=text("published AND alias IS NOT NULL"),
    ),
)

# What begins the active version by itself: events it listens to, and its timetables with the next
# moment of each, worked out at `planned_at` for the bot's time zone of then.
start_triggers = Table(
    "start_triggers",
    metadata,
    Column("bot_id", BigInteger, ForeignKey("bots.id"), primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("type", Text, nullable=False),  # event | cron
    Column("value", Text, nullable=False),
    Column("alias", Text, nullable=False),
    Column("conditions", Json, nullable=False),
    Column("timezone", Text),
    Column("next_at", Moment),
    Column("planned_at", Moment),
)

# Every node id that was ever published, and as what: it may not come back as something else.
published_nodes = Table(
    "published_nodes",
    metadata,
    Column("bot_id", BigInteger, ForeignKey("bots.id"), primary_key=True, autoincrement=False),
    Column("node_id", Integer, primary_key=True, autoincrement=False),
    Column("type", Text, nullable=False),
)
