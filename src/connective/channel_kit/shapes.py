"""The documented shapes of updates and envelopes, to hold against what the other side sends."""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

Id = str | int
Name = Annotated[str, Meta(max_length=64)] | None
MessageType = Literal[
    "text", "command", "reply", "image", "video", "audio", "voice", "document", "sticker",
    "location", "contact",
]  # fmt: skip
OutType = Literal[
    "text", "image", "video", "audio", "voice", "document", "sticker", "location", "contact",
    "card", "carousel",
]  # fmt: skip
OBJECTS = (
    "message", "callback_query", "edited_message", "deleted_message", "status", "typing", "user",
    "chat_closed",
)  # fmt: skip


class From(Struct):
    id: Id
    first_name: Name = None
    last_name: Name = None
    username: Name = None


class Chat(Struct):
    id: Id


class Media(Struct):
    url: Annotated[str, Meta(pattern="^https?://")] | UnsetType = UNSET
    base64: str | UnsetType = UNSET
    mime: str | None = None
    name: str | None = None
    size: Annotated[int, Meta(ge=0)] | None = None


class MessageIn(Struct):
    chat: Chat
    sender: From = msgspec.field(name="from")
    type: MessageType = "text"
    text: Annotated[str, Meta(max_length=10_000)] | None = None
    date: float | None = None
    media: Media | None = None
    message_id: Id | None = None


class Press(Struct):
    chat: Chat
    data: str


class Edited(Struct):
    message_id: Id
    text: str


class Deleted(Struct):
    message_id: Id


class Status(Struct):
    message_id: Id
    status: Literal["delivered", "read", "failed"]


class Update(Struct):
    """What a partner posts; unknown keys are let pass."""

    update_id: Id
    message: MessageIn | None = None
    callback_query: Press | None = None
    edited_message: Edited | None = None
    deleted_message: Deleted | None = None
    status: Status | None = None
    typing: dict[str, Any] | None = None
    user: dict[str, Any] | None = None
    chat_closed: dict[str, Any] | None = None


class Author(Struct):
    kind: Literal["bot", "operator", "broadcast", "system"]


class MessageOut(Struct):
    id: str
    type: OutType
    text: str
    sender: Author = msgspec.field(name="from")
    attachments: list[dict[str, Any]]
    meta: dict[str, Any]
    parse_mode: str | None
    reply_to: str | None


class Envelope(Struct):
    """What Connective posts."""

    delivery_id: str
    sequence: int | None
    event: str
    bot_id: int
    channel: Literal["custom_channel"]
    chat_id: str
    user_id: str
    date: int
    message: MessageOut | UnsetType = UNSET


def update_fault(given: Any) -> str:
    """The first thing that is not as documented, with its place; empty when all is well."""
    try:
        update = msgspec.convert(given, Update)
    except msgspec.ValidationError as failure:
        return str(failure)
    held = [name for name in OBJECTS if getattr(update, name) is not None]
    if len(held) != 1:
        return f"{len(held)} objects beside update_id: {', '.join(held)}"
    message = update.message
    if message is not None and message.type in ("text", "command") and message.text is None:
        return "text is missing at `$.message`"
    return ""


def envelope_fault(given: Any) -> str:
    """The same for an envelope."""
    try:
        envelope = msgspec.convert(given, Envelope)
    except msgspec.ValidationError as failure:
        return str(failure)
    if (envelope.event == "message") != (envelope.message is not UNSET):
        return "`message` belongs to the event `message` alone"
    return ""
