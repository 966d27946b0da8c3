"""People and roles as the compat API reads them."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Text, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.modules.accounts.models import roles, users

_NAME = func.trim(func.concat(users.c.first_name, " ", users.c.last_name), type_=Text)
_OWN = (
    *("id", "first_name", "last_name", "email", "is_root", "language", "timezone", "active"),
    *("bot_ids", "topic_ids", "must_change_password", "last_login_at", "created_at"),
    "deactivated_at",
)
people = (
    select(*(users.c[name] for name in _OWN), _NAME.label("name"), users.c.role_id, roles.c.alias)
    .join(roles, roles.c.id == users.c.role_id)
    .subquery("people")
)
USER_COLUMNS: dict[str, ColumnElement[Any]] = {
    **{name: people.c[name] for name in ("id", "name", "first_name", "last_name", "email")},
    "role": people.c.alias,
    **{name: people.c[name] for name in _OWN if name not in ("id", "first_name", "last_name")},
}
ROLE_COLUMNS: dict[str, ColumnElement[Any]] = {
    name: roles.c[name] for name in ("id", "alias", "name", "permissions", "is_system")
}


async def roles_of(db: AsyncConnection, user_ids: Sequence[int]) -> Mapping[int, Any]:
    """The role of each user."""
    shown = func.jsonb_build_object("id", roles.c.id, "alias", roles.c.alias, "name", roles.c.name)
    query = select(users.c.id, shown).join(roles, roles.c.id == users.c.role_id)
    return {row[0]: row[1] for row in await db.execute(query.where(users.c.id.in_(user_ids)))}


async def held_by(db: AsyncConnection, role_ids: Sequence[int]) -> Mapping[int, int]:
    """How many active users have each role; one that nobody has is missing."""
    query = select(users.c.role_id, func.count()).where(users.c.active)
    query = query.where(users.c.role_id.in_(role_ids)).group_by(users.c.role_id)
    return {row[0]: row[1] for row in await db.execute(query)}
