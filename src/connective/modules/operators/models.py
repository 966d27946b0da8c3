"""Statuses, operators, skill groups, and the log of statuses."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY

from connective.kit.db.metadata import Json, Moment, id_column, metadata
from connective.kit.db.seeds import Seed, seeds

# `kind` is work | pause | offline. `can_receive` and `count_after_closed` exclude each other.
# `idle_minutes`: it sets itself for whoever receives chats and has been gone for so long.
operator_statuses = Table(
    "operator_statuses",
    metadata,
    id_column(),
    Column("alias", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("color", Text, nullable=False, server_default=""),
    Column("can_receive", Boolean, nullable=False, server_default="false"),
    Column("count_after_closed", Boolean, nullable=False, server_default="false"),
    Column("position", Integer, nullable=False, server_default="0"),
    Column("max_minutes", Integer),
    Column("idle_minutes", Integer),
    Column("is_system", Boolean, nullable=False, server_default="false"),
    Column("deleted_at", Moment),
    Index(
        "uq_operator_statuses_idle",
        text("(true)"),
        unique=True,
        postgresql_where=text("idle_minutes IS NOT NULL AND deleted_at IS NULL"),
    ),
)


def _seeded(alias: str, name: str, kind: str, color: str, position: int) -> dict[str, object]:
    return {
        "alias": alias,
        "name": name,
        "kind": kind,
        "color": color,
        "can_receive": kind == "work",
        "position": position,
        "is_system": True,
    }


seeds.append(
    Seed(
        operator_statuses,
        "alias",
        [
            _seeded("online", "Online", "work", "green", 1),
            _seeded("on_break", "On break", "pause", "yellow", 2),
            _seeded("offline", "Offline", "offline", "gray", 3),
        ],
    )
)

# A row for everyone who has ever worked in the panel. `active` counts the unclosed chats that
# somebody has; `seen_at` is the last sign of life of his sockets. `limit_today` stands in for
# `dialog_limit` until `limit_until`. `touched` counts the clients of the day `touched_on`;
# `touch_quota` is how many should be his, None: as many as everybody's, 0: no quota.
operators = Table(
    "operators",
    metadata,
    Column("user_id", BigInteger, ForeignKey("users.id"), primary_key=True, autoincrement=False),
    Column("status_id", BigInteger, ForeignKey("operator_statuses.id"), nullable=False),
    Column("status_since", Moment, nullable=False),
    Column("dialog_limit", Integer, nullable=False, server_default="5"),
    Column("channel_limits", Json, nullable=False, server_default="{}"),
    Column("paused", Boolean, nullable=False, server_default="false"),
    Column("public_name", Text, nullable=False, server_default=""),
    Column("active", Integer, nullable=False, server_default="0"),
    Column("limit_today", Integer),
    Column("limit_until", Moment),
    Column("touch_quota", Integer),
    Column("touched", Integer, nullable=False, server_default="0"),
    Column("touched_on", Date),
    Column("last_assigned_at", Moment),
    Column("last_closed_at", Moment),
    Column("seen_at", Moment),
)

# Which clients somebody was given on a day: what keeps `touched` from counting one of them twice.
operator_touches = Table(
    "operator_touches",
    metadata,
    Column("user_id", BigInteger, ForeignKey("users.id"), primary_key=True, autoincrement=False),
    Column("day", Date, primary_key=True),
    Column("client_id", BigInteger, primary_key=True, autoincrement=False),
    Index("ix_operator_touches_day", "day"),
)

# The stay counts from `counted_from`: its beginning, or the end of the last chat where the status
# counts after closing (None: he still has chats). `overstayed_at`: when it was told to last too
# long. `auto`: nobody chose it.
operator_intervals = Table(
    "operator_intervals",
    metadata,
    id_column(),
    Column("user_id", BigInteger, ForeignKey("users.id"), nullable=False),
    Column("status_id", BigInteger, ForeignKey("operator_statuses.id"), nullable=False),
    Column("set_by", BigInteger),
    Column("from_at", Moment, nullable=False),
    Column("counted_from", Moment),
    Column("overstayed_at", Moment),
    Column("auto", Boolean, nullable=False, server_default="false"),
    Column("to_at", Moment),
    Index("ix_operator_intervals_user_id_from_at", "user_id", "from_at"),
    Index(
        "uq_operator_intervals_open",
        "user_id",
        unique=True,
        postgresql_where=text("to_at IS NULL"),
    ),
)

# Who answers the clients of a bot where nothing else says it: the topic of chats that have none of
# their own, and the group of those whose topic is in no group.
bot_operators = Table(
    "bot_operators",
    metadata,
    Column("bot_id", BigInteger, ForeignKey("bots.id"), primary_key=True, autoincrement=False),
    Column("subject_id", BigInteger, ForeignKey("topics.id", ondelete="SET NULL")),
    Column("group_id", BigInteger, ForeignKey("skill_groups.id", ondelete="SET NULL")),
    Column("updated_at", Moment, nullable=False),
)

# Who belongs to a group stands in `users.group_ids`.
skill_groups = Table(
    "skill_groups",
    metadata,
    id_column(),
    Column("name", Text, nullable=False, unique=True),
    Column("topic_ids", ARRAY(BigInteger), nullable=False, server_default="{}"),
    Column("active", Boolean, nullable=False, server_default="true"),
    Column("created_at", Moment, nullable=False),
)
