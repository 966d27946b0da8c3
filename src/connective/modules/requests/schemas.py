"""Requests as they go out, and what is asked of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from pydantic import BaseModel, ConfigDict, Field

from connective.contracts.channel import Shown

Folder = Literal["my", "unassigned", "queue", "closed", "all"]
State = Literal["new", "queue", "open", "in_progress", "on_pause", "resolved", "closed"]
Uuid = Annotated[str, Field(min_length=1, max_length=64)]
BigInt = Annotated[int, Field(ge=1, le=2**63 - 1)]
TagIds = Annotated[list[BigInt], Field(max_length=20)]
Comment = Annotated[str, Field(max_length=4000)]


class Named(msgspec.Struct, kw_only=True):
    """Something with a name and a colour: a topic, a tag, a person."""

    id: int
    name: str
    color: str = ""


class RequestOut(msgspec.Struct, kw_only=True):
    """A request as lists show it; its id is its number."""

    id: int
    rev: int
    type: str
    direction: str
    state: str
    bot_id: int
    channel: str
    dialog_id: int
    client_id: int
    client_name: str
    client_phone: str | None
    origin: str
    subject: Named | None
    assignee: Named | None
    tags: list[Named]
    weight: int
    unread: int
    comment: str
    last_text: str
    last_author: str
    last_seq: int
    last_message_at: datetime | None
    last_client_at: datetime | None
    last_reply_at: datetime | None
    waits_because: str | None
    close_reason: str | None
    closed_by: str | None
    created_at: datetime
    queued_at: datetime | None
    assigned_at: datetime | None
    first_reply_at: datetime | None
    paused_until: datetime | None
    closed_at: datetime | None
    blocked: bool


class ClientCard(msgspec.Struct, kw_only=True):
    """Whom the request is with; `record_url` is his page in another system, e.g. the CRM."""

    id: int
    name: str
    first_name: str
    last_name: str
    username: str
    phone: str | None
    email: str | None
    external_id: str | None
    language: str | None
    origin: str
    chat_id: str
    blocked_at: datetime | None
    blocked_until: datetime | None
    block_reason: str
    contact_id: int
    subscribed: bool
    subscription_why: str
    source: "ClientSource"
    record_url: str | None
    requests: list["EarlierRequest"]


class ClientSource(msgspec.Struct, kw_only=True):
    """Campaign tags and the like: what the client first came by, last came by, came here by."""

    first: dict[str, str]
    last: dict[str, str]
    here: dict[str, str]


class EarlierRequest(msgspec.Struct, kw_only=True):
    """Another request of the same client."""

    id: int
    state: str
    subject: Named | None
    assignee: Named | None
    first_seq: int
    last_seq: int
    created_at: datetime
    closed_at: datetime | None


class RequestDetails(msgspec.Struct, kw_only=True):
    """One request, opened. `may` names what the reader may do now (reply, take, close ...).

    `text_limit`: the longest text that the channel takes, in characters; None for any.
    `channel_can`: what the channel can do with a single message, of reply, edit and delete.
    `channel_shows`: which files it shows for what they are; others go as plain files.
    """

    request: RequestOut
    client: ClientCard
    participants: list[Named]
    aliases: list[str]
    may: list[str]
    text_limit: int | None
    channel_can: list[str]
    channel_shows: Sequence[Shown]


class Counters(msgspec.Struct, kw_only=True):
    """How many unclosed requests each folder holds, and how many of them have unread messages.

    `queue` None: chats are not connected by themselves and none waits; there is no such folder.
    """

    my: int
    my_unread: int
    unassigned: int
    queue: int | None
    with_bot: int
    all: int


class Quoted(msgspec.Struct, kw_only=True):
    """A message that is answered; without words when they were deleted, or belong elsewhere."""

    id: int
    seq: int
    kind: str
    author_kind: str
    author_name: str
    text: str


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


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Take(Body):
    """Nothing is asked: whoever calls takes the request."""


class Assign(Body):
    """To an operator; without one, back to the queue. `over_limit` confirms that he has enough."""

    operator_id: BigInt | None = None
    over_limit: bool = False


class Transfer(Body):
    """On to somebody: an operator, the operators of a topic, or back to the bot at an alias."""

    to: Literal["operator", "topic", "bot"]
    operator_id: BigInt | None = None
    subject_id: BigInt | None = None
    alias: Annotated[str | None, Field(max_length=128)] = None
    note: Annotated[str, Field(max_length=4000)] = ""


class Close(Body):
    reason: Annotated[str | None, Field(max_length=255)] = None
    comment: Comment | None = None
    topic_id: BigInt | None = None
    tag_ids: TagIds | None = None


class ClosingRules(Body):
    """What has to be there before an operator may close a chat.

    `reopen_window_h`: so many hours a closed chat is reopened by its client's words; 0: never.
    """

    topic_required: bool = False
    tags_required: bool = False
    reason_required: bool = False
    comment_required: bool = False
    reopen_window_h: Annotated[int, Field(ge=0, le=8760)] = 0


class ClosingRulesOut(msgspec.Struct):
    """What has to be there before an operator may close a chat, and for how long it reopens."""

    topic_required: bool = False
    tags_required: bool = False
    reason_required: bool = False
    comment_required: bool = False
    reopen_window_h: int = 0


class Reopen(Body):
    """The request goes on with whoever asks for it."""


class RequestPatch(Body):
    """Only what is sent changes. `status` and `operator_id` are the words of the public API."""

    subject_id: BigInt | None = None
    tag_ids: TagIds | None = None
    comment: Comment | None = None
    weight: Annotated[int | None, Field(ge=-1000, le=1000)] = None
    status: Literal["in_progress", "on_pause", "resolved", "closed"] | None = None
    paused_until: datetime | None = None
    operator_id: BigInt | None = None
    redistribute: bool = False


class FileRef(Body):
    """A file that was uploaded."""

    file_id: Annotated[str, Field(min_length=1, max_length=64)]
    name: Annotated[str, Field(max_length=255)] = ""


class NewMessage(Body):
    """What an operator says; a `note` stays in the panel."""

    client_msg_id: Uuid
    text: Annotated[str, Field(max_length=20_000)] = ""
    kind: Literal["text", "note"] = "text"
    attachments: Annotated[list[FileRef], Field(max_length=10)] = []
    reply_to: BigInt | None = None


class EditMessage(Body):
    text: Annotated[str, Field(min_length=1, max_length=20_000)]


class Typing(Body):
    """Whether the operator writes now."""

    on: bool = True


class ReadUpTo(Body):
    """Everything up to this place was seen."""

    seq: Annotated[int, Field(ge=0, le=2**63 - 1)]


class Takeover(Body):
    """A dialog that the bot leads, from now on led by whoever asks."""

    subject_id: BigInt | None = None


class Block(Body):
    reason: Annotated[str, Field(min_length=1, max_length=500)]
    until: datetime | None = None


class SettableTopics(msgspec.Struct):
    """Ids of the topics that the reader may set; None: all that he sees."""

    topic_ids: list[int] | None
