"""Connects a client with an operator, as the scenario's node asks for it."""

from typing import Any

import msgspec
from msgspec import Struct

from connective.engine.model import Keyboard
from connective.kit.auth_policy import Actor
from connective.kit.context import Ctx
from connective.kit.db.rows import AnyRow
from connective.modules.dialogs.service import Thread
from connective.modules.requests import queries
from connective.modules.requests.service import buttons, capacity, choices, serving, steps_shown
from connective.modules.requests.service.asked import Wanted
from connective.modules.requests.service.assigning import assign_now
from connective.modules.requests.service.chat import Chat
from connective.modules.requests.service.giving import give
from connective.modules.requests.service.holding import hold_of_dialog, save
from connective.modules.requests.service.taking_over import opened
from connective.modules.requests.service.telling import line
from connective.modules.topics import service as topics

EXAMPLES = 20
QUEUE_TEXT = "queue_text"


class Connected(Struct, frozen=True):
    """The branch, why it is an error, what is said, and what the scenario may say of the queue."""

    event: str
    error: str = ""
    say: str = ""
    keyboard: Keyboard | None = None
    writes: dict[str, Any] = {}


async def connect(ctx: Ctx, dialog_id: int, call_id: str, wanted: Wanted) -> Connected:
    """A chat for the dialog. One that is open goes on; the same call never makes two."""
    thread, chat = await hold_of_dialog(ctx, dialog_id)
    if thread.call_id != call_id:
        return Connected("error", "superseded")
    if thread.person.blocked:
        return Connected("banned")
    topic = await _topic(ctx, thread.bot_id, wanted.subject_alias)
    if topic is None or not topic.active:
        return Connected("error", "unknown_subject_alias")
    latest = await queries.latest_of_dialog(ctx.db, dialog_id)
    if latest is not None and latest.source.get("call_id") == call_id:
        return Connected("success")
    if chat is not None:
        chat.row.continues = wanted.continues
        await save(ctx, chat)
        return Connected("success")
    return await _new(ctx, thread, topic, wanted, call_id=call_id)


async def _topic(ctx: Ctx, bot_id: int, alias: str) -> AnyRow | None:
    """The topic of an alias; without an alias that of the bot."""
    if alias:
        return await queries.topic_by_alias(ctx.db, alias)
    own = await serving.topic_of(ctx, bot_id)
    return await queries.topic(ctx.db, own) if own is not None else None


async def _new(
    ctx: Ctx, thread: Thread, topic: AnyRow, wanted: Wanted, *, call_id: str
) -> Connected:
    auto = await choices.auto_connects(ctx) if wanted.auto is None else wanted.auto
    waits = wanted.to_queue or auto
    source = wanted.source | {"call_id": call_id}
    chat = await opened(ctx, thread, state="queue" if waits else "new", source=source)
    row = chat.row
    chat.by = Actor(kind="bot", id=row.bot_id, name=await queries.bot_name(ctx.db, row.bot_id))
    row.subject_id, row.weight, row.continues = topic.id, wanted.weight, wanted.continues
    row.group_ids = await serving.groups_of(ctx, row.bot_id, topic.id)
    row.queued_at = ctx.now if waits else None
    if auto and not wanted.to_queue and not await assign_now(ctx, chat):
        if wanted.limit_is_wired:
            thread.request_id = None
            return Connected("limit")
        return await _queued(ctx, chat, wanted)
    if not waits and wanted.operator:
        await _to_chosen(ctx, chat, wanted.operator)
    await _settled(ctx, chat, wanted)
    return Connected("success")


async def _queued(ctx: Ctx, chat: Chat, wanted: Wanted) -> Connected:
    """Nobody is free: the client learns his place, and goes on waiting."""
    writes = {
        "queue_position": await queries.place_in_queue(ctx.db, chat.row.weight),
        "estimated_wait": await _estimated_min(ctx, chat.row.subject_id),
    }
    await _settled(ctx, chat, wanted)
    given = buttons.keyboard(chat.row.source, chat.thread.language)
    keyboard = msgspec.convert(given, Keyboard) if given else None
    return Connected("success", say=QUEUE_TEXT, keyboard=keyboard, writes=writes)


async def _estimated_min(ctx: Ctx, subject_id: int | None) -> int:
    """How long the last ones of the topic waited, in minutes; one where nobody has waited yet."""
    waits = await queries.recent_waits(ctx.db, subject_id, EXAMPLES)
    seconds = [(assigned - queued).total_seconds() for queued, assigned in waits]
    return max(1, round(sum(seconds) / len(seconds) / 60)) if seconds else 1


async def _to_chosen(ctx: Ctx, chat: Chat, name: str) -> None:
    """To the operator that the node names by id or e-mail; the queue where he cannot have it."""
    number = int(name) if name.isdecimal() and len(name) < 19 else None
    user_id = number or await queries.user_by_email(ctx.db, name)
    who = await capacity.operator(ctx, user_id) if user_id is not None else None
    if who is not None and capacity.serves(who, chat, skilled=False):
        await give(ctx, chat, who.id, auto=True)
        return
    chat.row.state, chat.row.queued_at = "queue", ctx.now
    line(ctx, chat, "operator_unavailable", field="assignee_id", new=name)


async def _settled(ctx: Ctx, chat: Chat, wanted: Wanted) -> None:
    """Tags, the block of history at the top, and the row itself."""
    named = await topics.named_tags(ctx, wanted.tag_ids)
    chat.row.tag_ids = sorted(tag_id for tag_id, tag in named.items() if tag.active)
    lost = sorted(set(wanted.tag_ids).difference(chat.row.tag_ids))
    if lost:
        line(ctx, chat, "unknown_tags", field="tag_ids", new=lost)
    await steps_shown.add(ctx, chat, steps=wanted.steps, private_text=wanted.private_text)
    await save(ctx, chat)
    if chat.row.state == "queue":
        ctx.wakes("distribution")
