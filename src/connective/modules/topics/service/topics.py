"""Makes, changes and deletes topics; the only writer of their table."""

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
from sqlalchemy import delete, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError

from connective.kit import auth_policy, errors, latin
from connective.kit.context import Ctx
from connective.kit.db.rows import AnyRow
from connective.kit.paging import Page, PageQuery, page
from connective.kit.plugins import Point
from connective.modules.topics import queries
from connective.modules.topics.events import TopicChanged
from connective.modules.topics.models import topics
from connective.modules.topics.schemas import NewTopic, Topic, TopicPatch
from connective.modules.topics.service.shown import topic_out

ALIAS_LONGEST = 64
AUDITED = ("name", "alias", "parent_id", "color", "active")
SHOWN_USES = 10


class Use(msgspec.Struct, frozen=True):
    """A place that refers to a topic, in words that an administrator recognises."""

    place: str
    by_alias: bool = False


# Where a topic is in use. Features that refer to topics offer it: nobody here knows them.
USES: Point[Callable[[Ctx, Topic], Awaitable[list[Use]]]] = Point()


async def get_topic(ctx: Ctx, topic_id: int, *, action: str = "topics.view") -> Topic:
    return topic_out(auth_policy.find(ctx.actor, action, await queries.topic(ctx.db, topic_id)))


async def list_topics(
    ctx: Ctx, asked: PageQuery, *, search: str | None = None, active: bool | None = None
) -> Page[Topic]:
    rows = await queries.list_topics(ctx.db, ctx.actor, asked, search=search, active=active)
    cut = page(list(rows), asked.limit, "sort_key", "id")
    return Page([topic_out(row) for row in cut.items], cut.next_cursor)


async def create_topic(ctx: Ctx, new: NewTopic) -> Topic:
    """A new topic; an alias left out is made from the name."""
    if ctx.actor.topic_ids:
        raise errors.Forbidden("topics_limited")
    alias = new.alias or await _free_alias(ctx, new.name)
    if new.parent_id is not None:
        await _known_parent(ctx, new.parent_id)
    values = new.model_dump() | {"alias": alias, "created_at": ctx.now}
    added = insert(topics).values(values).on_conflict_do_nothing().returning(topics)
    row = (await ctx.db.execute(added)).one_or_none()
    if row is None:
        raise await _taken(ctx, alias)
    _note(ctx, "topic.created", row, before=None)
    return topic_out(row)


async def change_topic(ctx: Ctx, topic_id: int, patch: TopicPatch) -> Topic:
    """Change what the patch names."""
    before = await _locked(ctx, topic_id)
    values = patch.model_dump(exclude_unset=True)
    values = {k: v for k, v in values.items() if v is not None or k == "parent_id"}
    if values.get("parent_id") is not None:
        await _may_stand_below(ctx, topic_id, values["parent_id"])
    if values.get("alias", before.alias) != before.alias:
        await _unused(ctx, before, only_alias=True)
    if not values:
        return topic_out(before)
    return await _write(ctx, before, values)


async def delete_topic(ctx: Ctx, topic_id: int) -> None:
    """Delete a topic that nothing refers to; one in use can be made inactive."""
    row = await _locked(ctx, topic_id)
    await _unused(ctx, row)
    await ctx.db.execute(delete(topics).where(topics.c.id == topic_id))
    _note(ctx, "topic.deleted", row, before=row)


async def _locked(ctx: Ctx, topic_id: int) -> AnyRow:
    row = await queries.topic(ctx.db, topic_id, lock=True)
    found: AnyRow = auth_policy.find(ctx.actor, "topics.edit", row)
    return found


async def _write(ctx: Ctx, before: AnyRow, values: dict[str, Any]) -> Topic:
    changed = update(topics).where(topics.c.id == before.id).values(**values).returning(topics)
    try:
        async with ctx.db.begin_nested():
            row = (await ctx.db.execute(changed)).one()
    except IntegrityError:
        raise await _taken(ctx, values["alias"]) from None
    _note(ctx, "topic.updated", row, before=before)
    return topic_out(row)


async def _unused(ctx: Ctx, row: AnyRow, *, only_alias: bool = False) -> None:
    uses = [Use(name) for name in await queries.children(ctx.db, row.id)]
    for offered in USES:
        uses += await offered(ctx, topic_out(row))
    places = [use.place for use in uses if use.by_alias or not only_alias]
    if places:
        raise errors.Conflict("topic_in_use", topic=row.name, places=", ".join(places[:SHOWN_USES]))


async def _known_parent(ctx: Ctx, parent_id: int) -> None:
    row = await queries.topic(ctx.db, parent_id)
    if row is None or not auth_policy.can(ctx.actor, "topics.view", row):
        raise errors.Invalid("unknown_topic", field="parent_id", topic=parent_id)


async def _may_stand_below(ctx: Ctx, topic_id: int, parent_id: int) -> None:
    await _known_parent(ctx, parent_id)
    if topic_id in await queries.line_up(ctx.db, parent_id):
        raise errors.Invalid("topic_below_itself", field="parent_id")


async def _free_alias(ctx: Ctx, name: str) -> str:
    """An unused alias that resembles the name: `billing`, else `billing_2` ..."""
    start = latin.code(name, longest=ALIAS_LONGEST - 6)
    if not start[:1].isalpha():
        start = f"topic_{start}".rstrip("_")
    used = await queries.aliases_like(ctx.db, start)
    number, alias = 2, start
    while alias in used:
        alias, number = f"{start}_{number}", number + 1
    return alias


async def _taken(ctx: Ctx, alias: str) -> errors.Conflict:
    suggestion = await _free_alias(ctx, alias)
    return errors.Conflict("alias_taken", field="alias", alias=alias, suggestion=suggestion)


def _note(ctx: Ctx, kind: str, row: AnyRow, *, before: AnyRow | None) -> None:
    old = {name: getattr(before, name) for name in AUDITED} if before is not None else None
    new = None if kind == "topic.deleted" else {name: getattr(row, name) for name in AUDITED}
    ctx.audit(kind, "topic", row.id, old, new)
    ctx.emit(kind, TopicChanged(row.id, row.name, row.alias, row.active))
