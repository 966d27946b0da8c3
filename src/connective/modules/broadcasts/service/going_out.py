"""Puts one message by template into its client's dialog, and so into the ledger."""

from typing import Any, Final

from sqlalchemy import update

from connective.contracts.channel import CHANNELS
from connective.contracts.inbound import MessageKind
from connective.contracts.outbound import Author, OutMessage
from connective.kit import clock
from connective.kit.context import Ctx
from connective.kit.db.rows import AnyRow
from connective.modules.broadcasts import queries
from connective.modules.broadcasts.models import broadcast_messages
from connective.modules.broadcasts.schemas import Content
from connective.modules.broadcasts.service import wording
from connective.modules.clients import service as clients
from connective.modules.dialogs import service as dialogs
from connective.modules.dialogs.service import MessageRow, Page, Thread
from connective.modules.files import service as files

_KINDS: Final[tuple[MessageKind, ...]] = ("image", "video", "audio")
_ACTIONS: Final = {"reply": "reply", "url": "open-url", "phone": "share-phone"}


async def go(ctx: Ctx, row: AnyRow) -> None:
    """Write the message where its client is; one who left meanwhile gets nothing."""
    there = await queries.contact(ctx.db, row.contact_id)
    key = (there.account_id, there.chat_id)
    thread = (await dialogs.hold(ctx, {key: None}, wait=True)).get(key)
    if thread is None:
        await note(ctx, row.id, status="failed", error="chat_not_found")
        return
    refused = _refused(thread)
    if refused:
        await note(ctx, row.id, status="failed", error=refused)
        return
    content = Content.model_validate(row.content)
    message_id = await _post(ctx, thread, row, content, there)
    await note(ctx, row.id, status="queued", error=None, message_id=message_id)


async def note(ctx: Ctx, number: int, **values: Any) -> None:
    """Say what became of it."""
    changed = update(broadcast_messages).where(broadcast_messages.c.id == number)
    await ctx.db.execute(changed.values(updated_at=ctx.now, **values))


def _refused(thread: Thread) -> str | None:
    if thread.person.blocked:
        return "blocked"
    return None if thread.person.subscribed else "unsubscribed"


async def _post(ctx: Ctx, thread: Thread, row: AnyRow, content: Content, bot: AnyRow) -> int:
    (message_id,) = await dialogs.message_ids_for(ctx, 1)
    filler = _filler(thread, row, content)
    languages = filter(None, [thread.language, thread.person.language or "", *bot.languages])
    text = filler.text(wording.text_for(content, channel=thread.channel, languages=languages))
    attached = await _attached(ctx, content)
    keyboard = _keyboard(filler, row, content)
    parse_mode = content.parse_mode if "parse_mode" in CHANNELS[thread.channel].features else None
    kept = {"parse_mode": parse_mode, "attachments": attached, "keyboard": keyboard}
    said = MessageRow(
        id=message_id,
        dialog_id=thread.id,
        seq=0,
        direction="out",
        kind=_kind(attached),
        author_kind="broadcast",
        author_id=row.broadcast_id,
        author_name=bot.name,
        created_at=ctx.now,
        status="queued",
        text=text,
        content={name: value for name, value in kept.items() if value} or None,
    )
    out = OutMessage(
        id=message_id,
        bot_id=thread.bot_id,
        chat_id=thread.chat_id,
        user_id=thread.person.user_id,
        at=clock.epoch_ms(ctx.now),
        kind=_kind(attached),
        author=Author(kind="broadcast", id=row.broadcast_id, name=bot.name),
        text=text,
        parse_mode=parse_mode,
        attachments=attached,
        keyboard=keyboard,
    )
    page = Page([])
    dialogs.post_out(ctx, page, thread, said, out, allowed_always=True)
    await dialogs.write(ctx, page, [thread])
    return message_id


def _filler(thread: Thread, row: AnyRow, content: Content) -> wording.Filler:
    person = thread.person
    client = {name: getattr(person, name) for name in wording.CLIENT_FIELDS}
    client = {name: value for name, value in client.items() if value}
    page = clients.unsubscribe_url(person.contact_id)
    return wording.Filler(content, client, row.variables, page)


async def _attached(ctx: Ctx, content: Content) -> list[dict[str, Any]]:
    names = [ref.file_id for ref in content.attachments]
    found = await files.find_public(ctx, names) if names else {}
    made = []
    for ref in content.attachments:
        file = found.get(ref.file_id)
        if file is None:
            continue
        sent = files.sent_out(file, name=ref.name, now=ctx.now)
        made.append({"type": _kind_of(file.mime), **sent})
    return made


def _kind_of(mime: str) -> MessageKind:
    kind = mime.partition("/")[0]
    return next((known for known in _KINDS if known == kind), "document")


def _kind(attached: list[dict[str, Any]]) -> MessageKind:
    kinds: set[MessageKind] = {part["type"] for part in attached}
    if not kinds:
        return "text"
    return kinds.pop() if len(kinds) == 1 else "document"


def _keyboard(filler: wording.Filler, row: AnyRow, content: Content) -> dict[str, Any] | None:
    if not content.buttons:
        return None
    buttons = [
        {
            "token": f"br{row.template_id}_{at}",
            "text": filler.label(button.text),
            "action_type": _ACTIONS[button.kind],
            "action_body": filler.address(button.url),
        }
        for at, button in enumerate(content.buttons)
    ]
    return {"inline": all(b.kind == "url" for b in content.buttons), "buttons": buttons}
