"""What a request is about: its topic, tags, comment and weight."""

from collections.abc import Sequence

from connective.kit import errors
from connective.kit.context import Ctx
from connective.modules.requests import queries
from connective.modules.requests.events import CommentAdded
from connective.modules.requests.service.holding import Chat, emit, line
from connective.modules.topics import service as topics

MOST_TAGS = 20


async def set_topic(ctx: Ctx, chat: Chat, topic_id: int | None, *, field: str) -> None:
    """Another topic, and with it other skill groups; one in use that the actor may see."""
    row = chat.row
    if topic_id == row.subject_id:
        return
    if topic_id is not None:
        await topics.usable_topic(ctx, topic_id, field=field)
    line(ctx, chat, "topic", field="subject_id", old=row.subject_id, new=topic_id)
    row.subject_id = topic_id
    row.group_ids = await queries.groups_of_topic(ctx.db, topic_id) if topic_id else []
    ctx.wakes("distribution")


async def topic_name(ctx: Ctx, topic_id: int | None) -> str:
    found = await queries.topic(ctx.db, topic_id) if topic_id is not None else None
    return "" if found is None else str(found.name)


async def set_tags(ctx: Ctx, chat: Chat, tag_ids: Sequence[int]) -> None:
    """These tags and no others."""
    wanted = sorted(set(tag_ids))
    if len(wanted) > MOST_TAGS:
        raise errors.Invalid("too_many_tags", field="tag_ids", most=MOST_TAGS)
    known = await queries.known_tags(ctx.db, wanted)
    unknown = [tag_id for tag_id in wanted if tag_id not in known | set(chat.row.tag_ids)]
    if unknown:
        raise errors.Invalid("unknown_tags", field="tag_ids", ids=", ".join(map(str, unknown)))
    if wanted != sorted(chat.row.tag_ids):
        line(ctx, chat, "tags", field="tag_ids", old=chat.row.tag_ids, new=wanted)
        chat.row.tag_ids = wanted


def set_comment(ctx: Ctx, chat: Chat, comment: str) -> None:
    if comment != chat.row.comment:
        line(ctx, chat, "comment", field="comment", old=chat.row.comment, new=comment)
        chat.row.comment = comment
        emit(ctx, chat, "request.commented", CommentAdded(chat.id))


def set_weight(ctx: Ctx, chat: Chat, weight: int) -> None:
    """How much earlier than others it is served."""
    if weight != chat.row.weight:
        line(ctx, chat, "weight", field="weight", old=chat.row.weight, new=weight)
        chat.row.weight = weight
        ctx.wakes("distribution")
