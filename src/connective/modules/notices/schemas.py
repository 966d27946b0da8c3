"""Notices as they go out, and how they are put away."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from pydantic import BaseModel, ConfigDict, Field

# What it is: the app words each kind in its own way.
Kind = Literal["message", "mention"]


class OwnNotice(msgspec.Struct, kw_only=True):
    """What somebody is told. `from_name` is empty where the product itself says it.

    `request_id` is the request that it is about; `read_at` None: not read yet.
    """

    id: int
    kind: Kind
    from_id: int | None
    from_name: str
    text: str
    request_id: int | None
    at: datetime
    read_at: datetime | None


class Notices(msgspec.Struct, kw_only=True):
    """The newest first, and how many are unread in all."""

    unread: int
    items: list[OwnNotice]
    next_cursor: str | None


class NoticesReadUpTo(BaseModel):
    """Everything up to this notice has been read."""

    model_config = ConfigDict(extra="forbid")

    up_to: Annotated[int, Field(ge=1, le=2**63 - 1)]
