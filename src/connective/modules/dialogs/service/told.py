"""What providers tell beside outcomes: an account that fails, a client who left, a chat that moved,
a reaction to a message."""

from collections.abc import Sequence

from sqlalchemy import update

from connective.kit.context import Ctx
from connective.kit.senders.delivery import News, Settled
from connective.modules.channels import service as channels
from connective.modules.clients import service as clients
from connective.modules.clients.service import Consent
from connective.modules.dialogs.events import MessageChanged
from connective.modules.dialogs.models import dialogs, messages
from connective.modules.dialogs.queries import threads
from connective.modules.dialogs.service.reading import find_message
from connective.modules.dialogs.thread import Thread


async def hear(ctx: Ctx, settled: Sequence[Settled]) -> None:
    """Told by the senders, in the transaction that writes their outcomes."""
    for item in settled:
        news = item.outcome.news
        if news is None:
            continue
        if news.account_error:
            await channels.fail_of_endpoint(ctx, item.delivery.endpoint_id, news.account_error)
        if item.delivery.chat_id and (news.unsubscribed or news.moved_to):
            await _of_chat(ctx, item.delivery.endpoint_id, item.delivery.chat_id, news)


async def _of_chat(ctx: Ctx, endpoint_id: int, chat_id: str, news: News) -> None:
    driver = await ctx.driver()
    account_id = await threads.account_of_endpoint(driver, endpoint_id)
    if account_id is None:
        return
    thread = await threads.read(driver, (account_id, chat_id))
    if thread is None:
        return
    if news.moved_to:
        await move(ctx, thread, news.moved_to)
    if news.unsubscribed:
        thread.person.consent(Consent(subscribed=False, why="blocked"))
        await clients.save(ctx, [thread.person])


async def move(ctx: Ctx, thread: Thread, chat_id: str) -> None:
    """The channel gave the chat another id. A chat that has it already stays another one."""
    if not await clients.rename_chat(ctx, thread.person, thread.account_id, chat_id):
        return
    moved = update(dialogs).where(dialogs.c.id == thread.id).values(chat_id=chat_id)
    await ctx.db.execute(moved)
    thread.chat_id = chat_id


async def set_reactions(ctx: Ctx, thread: Thread, message_id: str, emoji: Sequence[str]) -> None:
    """What the client's reactions to a message are now."""
    found = await find_message(ctx, thread, message_id)
    if found is None:
        return
    content = {k: v for k, v in (found.content or {}).items() if k != "reactions"}
    if emoji:
        content["reactions"] = list(emoji)
    changed = update(messages).where(messages.c.id == found.id)
    await ctx.db.execute(changed.values(content=content or None))
    ctx.emit(
        "message.media_changed",
        MessageChanged(found.id, found.direction),
        bot_id=thread.bot_id,
        dialog_id=thread.id,
        client_id=thread.person.client_id,
        request_id=found.request_id or thread.request_id,
    )
