"""What a request is about: its topic, tags, comment and weight."""

from collections.abc import Sequence

from connective.kit import auth_policy, errors
from connective.kit.context import Ctx
from connective.modules.requests import queries
from connective.modules.requests.authors import rules
from connective.modules.requests.events import CommentAdded
from connective.modules.requests.permissions import REACH
from connective.modules.requests.service import serving
from connective.modules.requests.service.chat import Chat
from connective.modules.requests.service.telling import emit, line
from connective.modules.topics import service as topics

MOST_TAGS = 20


async def settable_topics(ctx: Ctx) -> set[int] | None:
    """Topics that the actor may set; None: all that he may see."""
    chosen = await rules.current(ctx)
    if not chosen.topics_by_skill_group or auth_policy.sees_all(ctx.actor, REACH):
        return None
    return await queries.topics_of_groups(ctx.db, ctx.actor.group_ids)


async def set_topic(
    ctx: Ctx, chat: Chat, topic_id: int | None, *, field: str, hands_on: bool = False
) -> None:
    """Another topic, and with it other skill groups; one in use that the actor may see.

    `hands_on`: the chat goes to those of the topic, so it may be one of other groups.
    """
    row = chat.row
    if topic_id == row.subject_id:
        return
    if topic_id is not None:
        topic = await topics.usable_topic(ctx, topic_id, field=field)
        own = None if hands_on else await settable_topics(ctx)
        if own is not None and topic_id not in own:
            raise errors.Invalid("topic_of_others", field=field, topic=topic.name)
    line(ctx, chat, "topic", field="subject_id", old=row.subject_id, new=topic_id)
    row.subject_id = topic_id
    row.group_ids = await serving.groups_of(ctx, row.bot_id, topic_id)
    ctx.wakes("distribution")


async def set_first_topic(ctx: Ctx, chat: Chat, topic_id: int | None) -> None:
    """The topic of a chat that begins: the one that was named, else the bot's."""
    if topic_id is not None:
        await set_topic(ctx, chat, topic_id, field="subject_id")
        return
    row = chat.row
    row.subject_id = await serving.topic_of(ctx, row.bot_id)
    row.group_ids = await serving.groups_of(ctx, row.bot_id, row.subject_id)


async def topic_name(ctx: Ctx, topic_id: int | None) -> str:
    found = await queries.topic(ctx.db, topic_id) if topic_id is not None else None
    return "" if found is None else str(found.name)


async def set_tags(ctx: Ctx, chat: Chat, tag_ids: Sequence[int]) -> None:
    """These tags and no others."""
    wanted = sorted(set(tag_ids))
    if len(wanted) > MOST_TAGS:
        raise errors.Invalid("too_many_tags", field="tag_ids", most=MOST_TAGS)
    await topics.known_tags(ctx, wanted, kept=chat.row.tag_ids)
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
