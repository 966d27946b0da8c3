"""Messages that wait before they are sent, as they come in and go out."""

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from pydantic import AwareDatetime, Field

from connective.modules.requests.schemas.fields import BigInt, Body, Uuid
from connective.modules.requests.schemas.talk import FileRef, Quoted

ScheduledState = Literal["waiting", "refused", "sent", "cancelled"]


class NewScheduled(Body):
    """A reply that is sent at `send_at`; without one, after the delay that the instance has."""

    client_msg_id: Uuid
    text: Annotated[str, Field(max_length=20_000)] = ""
    parse_mode: Literal["HTML"] | None = None
    attachments: Annotated[list[FileRef], Field(max_length=10)] = Field(default=[])
    reply_to: BigInt | None = None
    send_at: AwareDatetime | None = None


class ScheduledPatch(Body):
    """Another moment; a message that was refused waits for it again."""

    send_at: AwareDatetime


class ScheduledMessage(msgspec.Struct, kw_only=True):
    """A reply that waits. `delayed`: only as long as it can be taken back.

    `error` says why it was not sent when its time had come. Once it is sent, its words stand in the
    message `message_id`.
    """

    id: int
    request_id: int
    client_msg_id: str
    state: ScheduledState
    author_id: int
    author_name: str
    text: str
    content: dict[str, Any] | None
    reply_to: Quoted | None
    delayed: bool
    send_at: datetime
    error: str | None
    message_id: int | None
    created_at: datetime


class ScheduledMessages(msgspec.Struct):
    """What waits in a request, and what was not sent, by the moments they were meant for."""

    items: list[ScheduledMessage]
