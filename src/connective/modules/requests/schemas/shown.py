"""Requests as lists, cards and counters show them."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from connective.contracts.channel import Shown


class Named(msgspec.Struct, kw_only=True):
    """Something with a name and a colour: a topic, a tag, a person."""

    id: int
    name: str
    color: str = ""


class RequestOut(msgspec.Struct, kw_only=True):
    """A request as lists show it; its id is its number.

    `blocked`: by us. `client_left`: he blocked us in the channel, which takes nothing for him.
    """

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
    client_left: bool


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
    `window_until`: until then the channel takes messages for the client, unless he writes again.
    `channel_can`: what the channel can do with a single message, of reply, edit and delete.
    `channel_marks`: which marks (tags of HTML) it shows in a text; none where a text is plain.
    `channel_shows`: which files it shows for what they are; others go as plain files.
    `send_delay_s`: so long a reply can be taken back before it is sent; 0: it is sent at once.
    """

    request: RequestOut
    client: ClientCard
    participants: list[Named]
    aliases: list[str]
    may: list[str]
    text_limit: int | None
    window_until: datetime | None
    channel_can: list[str]
    channel_marks: Sequence[str]
    channel_shows: Sequence[Shown]
    send_delay_s: int


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
