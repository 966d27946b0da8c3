"""What scenarios do to the chats of their dialogs: ask who is there, say something, end them."""

from connective.kit.auth_policy import Actor
from connective.kit.context import Ctx
from connective.modules.dialogs import service as dialogs
from connective.modules.dialogs.service import MessageRow
from connective.modules.requests import queries
from connective.modules.requests.distribution import facts
from connective.modules.requests.distribution.choose import ALL_AT_LIMIT, Wanted, choose
from connective.modules.requests.service import closing, hearing, serving
from connective.modules.requests.service.chat import Chat
from connective.modules.requests.service.holding import hold_of_dialog, save


async def availability(ctx: Ctx, bot_id: int, channel: str, alias: str) -> str | None:
    """free | busy | off for a chat about this topic, or about none; None: no such topic."""
    topic = await queries.topic_by_alias(ctx.db, alias) if alias else None
    if alias and (topic is None or not topic.active):
        return None
    topic_id = topic.id if topic is not None else await serving.topic_of(ctx, bot_id)
    wanted = Wanted(
        id=0,
        bot_id=bot_id,
        channel=channel,
        subject_id=topic_id,
        group_ids=frozenset(await serving.groups_of(ctx, bot_id, topic_id)),
    )
    people = list((await facts.candidates(ctx)).values())
    choice = choose(wanted, people, method="by_default")
    if choice.chosen_id is not None:
        return "free"
    return "busy" if choice.reason == ALL_AT_LIMIT else "off"


async def say(ctx: Ctx, dialog_id: int, text: str, *, of_client: bool) -> bool:
    """A note of the bot to the operator, or a word of the client; False: there is no chat."""
    thread, chat = await hold_of_dialog(ctx, dialog_id)
    if chat is None:
        return False
    row = await _row(ctx, chat, text)
    if not of_client:
        dialogs.post_note(ctx, chat.page, thread, row)
        await save(ctx, chat)
        return True
    row.direction, row.kind, row.status = "in", "text", "received"
    row.author_kind, row.author_id = "client", thread.person.client_id
    row.author_name = ""
    dialogs.post_in(ctx, chat.page, thread, row)
    await dialogs.write(ctx, chat.page, [thread])
    await hearing.heard(ctx, [(thread, row)])
    return True


async def _row(ctx: Ctx, chat: Chat, text: str) -> MessageRow:
    (message_id,) = await dialogs.message_ids_for(ctx, 1)
    bot_id = chat.row.bot_id
    return MessageRow(
        id=message_id,
        dialog_id=chat.thread.id,
        seq=0,
        direction="note",
        kind="note",
        author_kind="bot",
        author_id=bot_id,
        author_name=await queries.bot_name(ctx.db, bot_id),
        created_at=ctx.now,
        status="sent",
        text=text,
    )


async def close(ctx: Ctx, dialog_id: int, reason: str | None) -> bool:
    """End the chat and go on in the scenario; False: there is none."""
    _, chat = await hold_of_dialog(ctx, dialog_id)
    if chat is None:
        return False
    bot_id = chat.row.bot_id
    chat.by = Actor(kind="bot", id=bot_id, name=await queries.bot_name(ctx.db, bot_id))
    await closing.end(ctx, chat, by="bot", reason=reason, stays=True, here=True)
    await save(ctx, chat)
    return True
