"""What is said of a request: events, lines of its history, lines in its conversation."""

from typing import Any

from connective.kit import i18n
from connective.kit.context import Ctx
from connective.modules.dialogs import service as dialogs
from connective.modules.requests.events import RequestCreated
from connective.modules.requests.service import visitors
from connective.modules.requests.service.chat import Chat


def announce(ctx: Ctx, chat: Chat) -> None:
    """Say that a new request has begun, once, before anything else is said of it."""
    if chat.was is not None or chat.announced:
        return
    chat.announced = True
    row = chat.row
    emit(
        ctx,
        chat,
        "request.created",
        RequestCreated(row.id, row.state, row.subject_id, row.assignee_id),
    )
    line(ctx, chat, "created", new=row.state)
    dialogs.tell(ctx, chat.thread, "chat_created", {"chat_room_id": row.id})


def emit(ctx: Ctx, chat: Chat, kind: str, data: Any) -> None:
    """Say something of the request."""
    row = chat.row
    ctx.emit(
        kind,
        data,
        bot_id=row.bot_id,
        dialog_id=row.dialog_id,
        client_id=row.client_id,
        request_id=row.id,
    )


def line(
    ctx: Ctx,
    chat: Chat,
    type: str,
    *,
    field: str | None = None,
    old: Any = None,
    new: Any = None,
    text: str = "",
) -> None:
    """A line of the request's history, written when it is saved."""
    actor = chat.by or ctx.actor
    chat.lines.append(
        {
            "request_id": chat.id,
            "at": ctx.now,
            "actor_kind": actor.kind,
            "actor_id": actor.id,
            "actor_name": actor.name,
            "type": type,
            "field": field,
            "old": old,
            "new": new,
            "text": text,
        }
    )


def state(ctx: Ctx, chat: Chat, to: str) -> None:
    """Another state, with its line of history."""
    if chat.row.state != to:
        line(ctx, chat, "status", field="state", old=chat.row.state, new=to)
        chat.row.state = to


async def system_line(ctx: Ctx, chat: Chat, code: str, **params: Any) -> None:
    """A line of the system in the conversation: its sentence is `request_lines.CODE`."""
    sentence = i18n.text(ctx.actor.language, f"request_lines.{code}", **params)
    await system_note(ctx, chat, sentence, {"line": code, "params": params})


async def system_note(ctx: Ctx, chat: Chat, text: str, content: dict[str, Any]) -> None:
    """A block of the system in the conversation, as it stands."""
    row = await visitors.note(ctx, chat.page, chat.thread, text, content)
    row.request_id = chat.id
