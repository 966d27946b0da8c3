"""What each event of a channel does to its dialog."""

import msgspec

from connective.contracts.inbound import (
    AnyInbound,
    ButtonPress,
    ChatEnded,
    ChatMoved,
    ClientMessage,
    Media,
    MessageDeleted,
    MessageEdited,
    MessageStatus,
    Opened,
    ProfileChanged,
    Reaction,
    Sender,
    SubscriptionChanged,
    TypingSeen,
)
from connective.engine import model
from connective.engine.triggers import start_param
from connective.kit import realtime
from connective.kit.realtime import Who
from connective.modules.dialogs import service as dialogs
from connective.modules.dialogs.events import DialogEnded
from connective.modules.dialogs.service import MessageRow, Thread
from connective.modules.requests.service import LED_BY_BOT
from connective.modules.turns import endings, locate, parking, steps, visits
from connective.modules.turns.turn import Turn
from connective.modules.turns.work import Arrived, Work


async def take(turn: Turn, work: Work) -> None:
    """Store what came and, where a bot owns the dialog, let its scenario answer."""
    assert isinstance(work.what, Arrived)  # noqa: S101 - the group dispatches by this type
    event, thread = work.what.event, turn.threads[work.key]
    if event.sender is not None:
        thread.person.learn(told_by(event.sender))
    match event:
        case ClientMessage():
            await _message(turn, thread, event)
        case ButtonPress():
            await _press(turn, thread, event)
        case MessageEdited():
            await _edited(turn, thread, event.message_id, event.text)
        case MessageDeleted():
            await _edited(turn, thread, event.message_id, None)
        case MessageStatus():
            await _status(turn, thread, event)
        case _:
            await _beside(turn, thread, event)


async def _beside(turn: Turn, thread: Thread, event: AnyInbound) -> None:
    """What is no message and says nothing of one."""
    match event:
        case ProfileChanged():
            thread.person.learn(event.fields)
        case ChatEnded():
            await _ended(turn, thread, event)
        case TypingSeen():
            _typing(turn, thread, on=event.on)
        case SubscriptionChanged():
            visits.subscription(thread, event)
        case Opened():
            await _opened(turn, thread, event)
        case ChatMoved():
            await dialogs.move(turn.ctx, thread, event.to)
        case Reaction():
            await dialogs.set_reactions(turn.ctx, thread, event.message_id, event.emoji)


def _typing(turn: Turn, thread: Thread, *, on: bool) -> None:
    """Shown to those who look at the dialog now, and kept nowhere."""
    topics = [f"dialog:{thread.id}"]
    if thread.request_id is not None:
        topics.append(f"request:{thread.request_id}")
    who = Who("client", thread.person.client_id, thread.person.name)
    turn.ctx.after_commit(lambda: realtime.typing(topics, who, on=on))


async def _ended(turn: Turn, thread: Thread, event: ChatEnded) -> None:
    told = DialogEnded(event.reason)
    turn.ctx.emit("dialog.ended_by_client", told, bot_id=thread.bot_id, dialog_id=thread.id)
    if thread.request_id is not None:
        await endings.end(turn, thread, reason=event.reason or "left")


def told_by(sender: Sender) -> dict[str, str]:
    """A sender as facts about the client."""
    return {
        "user_id": sender.id,
        "first_name": sender.first_name,
        "last_name": sender.last_name,
        "username": sender.username,
        "phone": sender.phone,
        "email": sender.email,
        "language": sender.language,
        "display_name": sender.dialog_name,
        "origin": sender.origin,
    }


async def _message(turn: Turn, thread: Thread, event: ClientMessage) -> None:
    content = {
        "media": _media(event.media) if event.media else None,
        "location": event.location,
        "contact": event.contact,
        "reply_to": event.reply_to,
    }
    await dialogs.heard(turn.ctx, thread)
    await endings.reopen(turn, thread, event.text)
    row = await _store(turn, thread, event, kind=event.message_kind, text=event.text)
    row.content = {name: value for name, value in content.items() if value} or None
    row.external_id = event.message_id
    row.author_name = event.author or row.author_name
    if event.media is not None and (event.media.url or event.media.ref):
        address = event.media.url or locate.address(thread.account_id, event.media)
        turn.rows.media.append((row.id, address, event.media.name))
    if event.aside or (event.sender is not None and event.sender.is_bot):
        return
    text = event.text if event.message_kind == "text" else ""
    message = model.Message(
        text=text,
        kind=event.message_kind,
        message_id=f"m_{row.id}",
        file=_file_of(event, row),
        location=event.location,
        contact=event.contact,
    )
    await _to_scenario(turn, thread, message)


def _media(media: Media) -> dict[str, object]:
    status = "fetching" if media.url or media.ref else "ready"
    return {"status": status, **msgspec.to_builtins(media)}


def _file_of(event: ClientMessage, row: MessageRow) -> dict[str, object] | None:
    if event.media is None:
        return None
    return {
        "type": event.message_kind,
        "url": event.media.url,
        "file_id": event.media.file_id,
        "mime": event.media.mime,
        "name": event.media.name,
        "size": event.media.size,
        "message_id": f"m_{row.id}",
        "caption": event.text,
    }


async def _press(turn: Turn, thread: Thread, event: ButtonPress) -> None:
    if event.answer_to:
        dialogs.tell(turn.ctx, thread, "press_taken", {"answer_to": event.answer_to})
    row = await _store(turn, thread, event, kind="press", text=event.data)
    row.content = {"button": event.data, "message_id": event.message_id}
    press = model.Press(data=event.data, message_id=event.message_id or None)
    await _to_scenario(turn, thread, press)


async def _store(
    turn: Turn, thread: Thread, event: AnyInbound, *, kind: str, text: str
) -> MessageRow:
    (message_id,) = await turn.message_ids(1)
    bot = turn.bots[thread.bot_id]
    row = MessageRow(
        id=message_id,
        dialog_id=thread.id,
        seq=0,
        direction="in",
        kind=kind,
        author_kind="client",
        author_id=thread.person.client_id,
        author_name=thread.person.name,
        created_at=turn.ctx.now,
        status="received",
        run_id=thread.run_id,
        text=text.replace("\x00", ""),
        while_inactive=not bot.active,
    )
    dialogs.post_in(turn.ctx, turn.page, thread, row)
    return row


async def _to_scenario(turn: Turn, thread: Thread, event: model.Event) -> None:
    """The bot answers only while it is active, the dialog its own and the client not blocked."""
    if thread.person.blocked:
        return
    if isinstance(event, model.Message):
        met = await visits.met(turn, thread, event)
        if met is None:
            return
        event = met
    if thread.request_id is not None and await endings.left(turn, thread, event):
        return
    if not turn.bots[thread.bot_id].active or thread.owner not in LED_BY_BOT:
        return
    if thread.call_id is not None:
        if not _begins(event):
            parking.park_event(turn, thread, event)
            return
        thread.epoch += 1
    await steps.feed(turn, thread, event)


def _begins(event: model.Event) -> bool:
    """Whether the scenario begins anew, whatever it is doing."""
    if isinstance(event, model.Message):
        return start_param(event.text) is not None
    return isinstance(event, model.Visit)


async def _opened(turn: Turn, thread: Thread, event: Opened) -> None:
    """The link's value is kept; the scenario begins where the client may be answered."""
    found = None if thread.person.blocked else await visits.opened(turn, thread, event)
    if found is not None:
        await _to_scenario(turn, thread, found)


async def _edited(turn: Turn, thread: Thread, message_id: str, text: str | None) -> None:
    found = await dialogs.find_message(turn.ctx, thread, message_id)
    if found is not None and found.direction == "in":
        await dialogs.change(turn.ctx, thread, found.id, "in", text=text)


async def _status(turn: Turn, thread: Thread, event: MessageStatus) -> None:
    found = await dialogs.find_message(turn.ctx, thread, event.message_id)
    if found is not None and found.direction == "out":
        await dialogs.set_status(turn.ctx, found.id, event.status, event.error or None)
