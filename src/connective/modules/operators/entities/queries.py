"""Operators, statuses and skill groups as the compat API reads them."""

from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Text, any_, func, null, select
from sqlalchemy.dialects.postgresql import ARRAY, array
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit.db.rows import AnyRow
from connective.modules.accounts.models import users
from connective.modules.operators.models import operator_statuses, skill_groups
from connective.modules.operators.queries import everybody

_people = everybody().subquery()
# The name is trimmed, so that somebody with one name only has no blank at its end.
_NAME = func.trim(func.concat(_people.c.first_name, " ", _people.c.last_name), type_=Text)
team = (
    select(
        _people,
        _people.c.user_id.label("id"),
        _NAME.label("name"),
        users.c.email,
        operator_statuses.c.alias.label("status"),
        operator_statuses.c.can_receive,
    )
    .join(users, users.c.id == _people.c.user_id)
    .join(operator_statuses, operator_statuses.c.id == _people.c.status_id)
    .subquery("team")
)
COLUMNS: dict[str, ColumnElement[Any]] = {
    **{name: team.c[name] for name in ("id", "name", "first_name", "last_name", "email", "role")},
    **{name: team.c[name] for name in ("public_name", "status", "status_since", "can_receive")},
    **{name: team.c[name] for name in ("paused", "dialog_limit", "group_ids")},
    "active_chats": team.c.active,
    **{name: team.c[name] for name in ("last_assigned_at", "last_closed_at")},
}

statuses = operator_statuses
STATUSES: dict[str, ColumnElement[Any]] = {
    name: statuses.c[name]
    for name in (
        *("id", "alias", "name", "kind", "color", "can_receive", "count_after_closed"),
        *("position", "max_minutes", "idle_minutes", "is_system"),
    )
}
# Of people who are shut out nobody is a member any more.
_members = func.array(
    select(users.c.id)
    .where(users.c.active, skill_groups.c.id == any_(users.c.group_ids))
    .order_by(users.c.id)
    .scalar_subquery(),
    type_=ARRAY(BigInteger),
)
groups_with_people = select(
    skill_groups,
    _members.label("member_ids"),
    # what decides who sees a group: that it is one of his
    array([skill_groups.c.id]).label("group_ids"),
    null().cast(BigInteger).label("assignee_id"),
).subquery("groups")
GROUPS: dict[str, ColumnElement[Any]] = {
    name: groups_with_people.c[name]
    for name in ("id", "name", "topic_ids", "member_ids", "active", "created_at")
}


async def groups(db: AsyncConnection) -> list[AnyRow]:
    """Every skill group by name."""
    query = select(skill_groups.c.id, skill_groups.c.name).order_by(skill_groups.c.name)
    return list((await db.execute(query)).all())


async def groups_held(db: AsyncConnection, user_ids: list[int]) -> dict[int, list[int]]:
    """The skill groups of people."""
    query = select(users.c.id, users.c.group_ids).where(users.c.id.in_(user_ids))
    return {row[0]: row[1] for row in await db.execute(query)}
