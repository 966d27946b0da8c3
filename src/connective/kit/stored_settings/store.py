"""Reads and changes stored settings; a change is audited and said to everyone."""

from typing import Any

import msgspec
from sqlalchemy.dialects.postgresql import insert

from connective.kit.context import Ctx
from connective.kit.stored_settings import queries
from connective.kit.stored_settings.models import settings


class SettingsChanged(msgspec.Struct, frozen=True):
    """Some settings have other values now: `fields` of the group `key`; values are not told."""

    key: str
    fields: list[str]
    version: int


async def read(ctx: Ctx, key: str) -> Any:
    """The stored value; None when nobody has set it."""
    return await queries.value(ctx.db, key)


async def write(ctx: Ctx, key: str, *, before: dict[str, Any], after: dict[str, Any]) -> None:
    """Store a whole value; one that is the same changes nothing."""
    fields = sorted(name for name in after if after[name] != before.get(name))
    if not fields:
        return
    by = ctx.actor.id if ctx.actor.kind == "user" else None
    given = {"value": after, "updated_at": ctx.now, "updated_by": by}
    stored = insert(settings).values(key=key, **given)
    upsert = stored.on_conflict_do_update(
        index_elements=["key"], set_=given | {"version": settings.c.version + 1}
    )
    version = (await ctx.db.execute(upsert.returning(settings.c.version))).scalar_one()
    ctx.audit(
        "settings.changed",
        "settings",
        key,
        before={name: before.get(name) for name in fields},
        after={name: after[name] for name in fields},
    )
    ctx.emit("settings.changed", SettingsChanged(key, fields, version))
