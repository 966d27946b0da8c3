"""Topics and tags for other features: found by id or alias, named, checked."""

from collections.abc import Iterable, Sequence

from connective.kit import errors
from connective.kit.context import Ctx
from connective.modules.topics import queries
from connective.modules.topics.schemas import Tag, Topic
from connective.modules.topics.service.shown import tag_out, topic_out


async def topic_by_alias(ctx: Ctx, alias: str) -> Topic | None:
    """The active topic of an alias; whoever asks has decided who may use it."""
    row = await queries.topic_by_alias(ctx.db, alias)
    return topic_out(row) if row is not None and row.active else None


async def topic_by_id(ctx: Ctx, topic_id: int) -> Topic | None:
    row = await queries.topic(ctx.db, topic_id)
    return None if row is None else topic_out(row)


async def usable_topic(ctx: Ctx, topic_id: int, *, field: str = "subject_id") -> Topic:
    """The topic, when a request may get it now; else 422 naming the field."""
    row = await queries.topic(ctx.db, topic_id)
    hidden = ctx.actor.topic_ids and topic_id not in ctx.actor.topic_ids
    if row is None or hidden:
        raise errors.Invalid("unknown_topic", field=field, topic=topic_id)
    if not row.active:
        raise errors.Invalid("topic_inactive", field=field, topic=row.name)
    return topic_out(row)


async def known_tags(
    ctx: Ctx, ids: Sequence[int], *, kept: Iterable[int] = (), field: str = "tag_ids"
) -> list[int]:
    """The ids once each, when all may be put on; else 422 listing those that may not.

    `kept` are on already and may stay though they were archived since.
    """
    wanted = list(dict.fromkeys(ids))
    found = {row.id for row in await queries.tags_by_id(ctx.db, wanted) if row.active}
    unknown = [tag_id for tag_id in wanted if tag_id not in found | set(kept)]
    if unknown:
        raise errors.Invalid("unknown_tags", field=field, tags=", ".join(map(str, unknown)))
    return wanted


async def named_topics(ctx: Ctx, ids: Iterable[int | None]) -> dict[int, Topic]:
    """Topics by id, the inactive ones too."""
    wanted = sorted({topic_id for topic_id in ids if topic_id is not None})
    rows = await queries.topics_by_id(ctx.db, wanted) if wanted else []
    return {row.id: topic_out(row) for row in rows}


async def named_tags(ctx: Ctx, ids: Iterable[int]) -> dict[int, Tag]:
    """Tags by id, the archived ones too."""
    wanted = sorted(set(ids))
    rows = await queries.tags_by_id(ctx.db, wanted) if wanted else []
    return {row.id: tag_out(row) for row in rows}
