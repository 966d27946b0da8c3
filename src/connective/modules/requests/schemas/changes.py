"""What is done with a request: taken, handed on, closed, put right."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from pydantic import Field

from connective.modules.requests.schemas.fields import BigInt, Body, Comment, TagIds


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


class Takeover(Body):
    """A dialog that the bot leads, from now on led by whoever asks."""

    subject_id: BigInt | None = None


class Block(Body):
    reason: Annotated[str, Field(min_length=1, max_length=500)]
    until: datetime | None = None


class SettableTopics(msgspec.Struct):
    """Ids of the topics that the reader may set; None: all that he sees."""

    topic_ids: list[int] | None
