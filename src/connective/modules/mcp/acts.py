"""The tools that do: answer, note, assign, change and close chats."""

from typing import Annotated, Any

from pydantic import Field

from connective.kit import crypto
from connective.kit.context import Ctx
from connective.modules.mcp.arguments import Arguments
from connective.modules.mcp.reads import Id
from connective.modules.mcp.tools import act
from connective.modules.requests import service as requests
from connective.modules.requests.schemas.changes import Assign, Close, RequestPatch
from connective.modules.requests.schemas.fields import Uuid
from connective.modules.requests.schemas.talk import NewMessage

_OUTSIDE = frozenset(("chat_id",))


class Say(Arguments):
    """`message_id`: the agent's own id of the message, so that a repeat is not said twice."""

    chat_id: Id
    text: Annotated[str, Field(min_length=1, max_length=20_000)]
    message_id: Uuid | None = None


class AssignChat(Assign):
    chat_id: Id


class ChangeChat(RequestPatch):
    chat_id: Id


class CloseChat(Close):
    chat_id: Id


async def _say(ctx: Ctx, given: Say, *, kind: Any = "text") -> Any:
    own_id = given.message_id or crypto.token(128)
    new = NewMessage(client_msg_id=own_id, text=given.text, kind=kind)
    message, _ = await requests.reply(ctx, given.chat_id, new)
    return message


async def _note(ctx: Ctx, given: Say) -> Any:
    return await _say(ctx, given, kind="note")


async def _assign(ctx: Ctx, given: AssignChat) -> Any:
    await requests.assign(ctx, given.chat_id, Assign(**_of(given)))
    return await requests.changed(ctx, given.chat_id)


async def _change(ctx: Ctx, given: ChangeChat) -> Any:
    await requests.change(ctx, given.chat_id, RequestPatch(**_of(given)))
    return await requests.changed(ctx, given.chat_id)


async def _close(ctx: Ctx, given: CloseChat) -> Any:
    await requests.close(ctx, given.chat_id, Close(**_of(given)))
    return await requests.changed(ctx, given.chat_id)


def _of(given: Any) -> dict[str, Any]:
    """What was sent, without the chat that it is about."""
    return {name: getattr(given, name) for name in given.model_fields_set - _OUTSIDE}


TOOLS = [
    act("reply_to_chat", "requests.reply", Say, _say),
    act("add_note", "requests.note", Say, _note),
    act("assign_chat", "requests.assign_any", AssignChat, _assign),
    act("change_chat", "requests.edit", ChangeChat, _change),
    act("close_chat", "requests.close", CloseChat, _close, ends=True),
]
