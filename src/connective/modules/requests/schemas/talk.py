"""What is said in a request: messages shown, found, written and changed; its log."""

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from pydantic import Field

from connective.modules.requests.schemas.fields import BigInt, Body, Uuid


class Quoted(msgspec.Struct, kw_only=True):
    """A message that is answered; without words when they were deleted, or belong elsewhere."""

    id: int
    seq: int
    kind: str
    author_kind: str
    author_name: str
    text: str


class Forwarded(msgspec.Struct, kw_only=True):
    """A message that was said before, elsewhere, by whom; its request is read by one's rights."""

    message_id: int
    request_id: int
    author_kind: str
    author_name: str


class Mentioned(msgspec.Struct, kw_only=True):
    """A colleague who is named in a note, by the name he had then."""

    id: int
    name: str


class RequestMessage(msgspec.Struct, kw_only=True):
    """A message as the panel shows it; `kind` of the author tells its side. Notes are `note`."""

    id: int
    seq: int
    request_id: int | None
    direction: str
    kind: str
    author_kind: str
    author_id: int | None
    author_name: str
    text: str
    content: dict[str, Any] | None
    status: str
    error: str | None
    client_msg_id: str | None
    reply_to: Quoted | None
    forwarded: Forwarded | None
    mentions: list[Mentioned]
    created_at: datetime
    edited_at: datetime | None
    deleted_at: datetime | None


class RequestMessages(msgspec.Struct):
    """A piece of the conversation by rising `seq`; whether there is more before and after it."""

    items: list[RequestMessage]
    older: bool
    newer: bool


class MessageHit(msgspec.Struct, kw_only=True):
    """A message that holds what was looked for."""

    id: int
    seq: int
    author_kind: str
    author_name: str
    excerpt: str
    created_at: datetime


class MessageHits(msgspec.Struct):
    """Places in a conversation, the latest first; `more`: there are others before them."""

    items: list[MessageHit]
    more: bool


class LogLine(msgspec.Struct, kw_only=True):
    """What was done to a request."""

    id: int
    at: datetime
    actor_kind: str
    actor_id: int | None
    actor_name: str
    type: str
    field: str | None
    old: Any
    new: Any
    text: str


class FileRef(Body):
    """A file that was uploaded."""

    file_id: Annotated[str, Field(min_length=1, max_length=64)]
    name: Annotated[str, Field(max_length=255)] = ""


class ForwardRef(Body):
    """A message, and the request in which whoever forwards it reads it."""

    request_id: BigInt
    message_id: BigInt


class NewMessage(Body):
    """What an operator says; a `note` stays in the panel.

    With `parse_mode` the text has marks (b, i, u, s, code, pre, a): those that the channel shows
    stay, of the others the text. `forward` says another message again, and goes without a text.
    `mentions`: colleagues whom a note names, and who are told of it.
    """

    client_msg_id: Uuid
    text: Annotated[str, Field(max_length=20_000)] = ""
    parse_mode: Literal["HTML"] | None = None
    kind: Literal["text", "note"] = "text"
    attachments: Annotated[list[FileRef], Field(max_length=10)] = Field(default=[])
    reply_to: BigInt | None = None
    forward: ForwardRef | None = None
    mentions: Annotated[set[BigInt], Field(max_length=20)] = Field(default=set())


class EditMessage(Body):
    text: Annotated[str, Field(min_length=1, max_length=20_000)]


class Typing(Body):
    """Whether the operator writes now."""

    on: bool = True


class ReadUpTo(Body):
    """Everything up to this place was seen."""

    seq: Annotated[int, Field(ge=0, le=2**63 - 1)]
