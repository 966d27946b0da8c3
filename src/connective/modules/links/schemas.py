"""Links as they come in and go out."""

from datetime import date, datetime
from typing import Annotated, Any

import msgspec
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

BigInt = Annotated[int, Field(ge=1, le=2**63 - 1)]
Node = Annotated[int, Field(ge=1, le=2_147_483_647)]
Label = Annotated[str, Field(max_length=100)]
Line = Annotated[str, Field(max_length=200)]
# One longer than is kept is cut, see `utm.LONGEST`.
Tag = Annotated[str, Field(max_length=4096)]


class LinkAddresses(msgspec.Struct, kw_only=True):
    """Where a link leads: `start_text` is what the client's messenger sends for it.

    `url` is None where the channel is not connected or has no addresses; `group_url` adds the bot
    to a group. `page_url` counts clicks and works from any device.
    """

    start_text: str
    url: str | None
    group_url: str | None
    page_url: str | None = None


class Link(msgspec.Struct, kw_only=True):
    """A link. `entry`: it stands for the address of an entry point and only counts its starts."""

    code: str
    entry: bool
    bot_id: int
    channel: str
    node_id: int | None
    payload: dict[str, Any]
    utm: dict[str, str]
    label: str
    text: str
    starts: int
    clicks: int
    last_start_at: datetime | None
    expires_at: datetime | None
    expired: bool
    created_by: int | None
    created_by_name: str
    created_at: datetime
    addresses: LinkAddresses


class LinkDay(msgspec.Struct):
    """How often a link's page was visited on a day, and how many clients pressed Start."""

    day: date
    clicks: int = 0
    starts: int = 0


class LinkDays(msgspec.Struct):
    """The days of a period, each with its counts; a day is one where the bot is."""

    items: list[LinkDay]


class LinkChannel(msgspec.Struct, kw_only=True):
    """A channel of a bot that links can be made for; `with_text`: it takes a text as well."""

    channel: str
    title: str
    name: str
    with_text: bool
    group: bool


class LinkPreview(msgspec.Struct, kw_only=True):
    """What an address without a Link would be; `why_code` says why only a Link will do.

    too_long | illegal | reserved: of the value; payload, tags, expiry, label: an address cannot
    carry them.
    """

    param: str
    addresses: LinkAddresses | None
    qr_svg: str | None
    why_code: str | None


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Carried(Body):
    """What a link carries and where it leads."""

    node_id: Node | None = None
    payload: dict[str, Any] = {}
    utm: dict[str, Tag] = {}
    text: Line = ""


class NewLink(Carried):
    bot_id: BigInt
    channel: Annotated[str, Field(max_length=64)]
    label: Label = ""
    expires_at: AwareDatetime | None = None


class LinkPatch(Body):
    """Only what is named changes; `node_id` and `expires_at` null take them away."""

    node_id: Node | None = None
    payload: dict[str, Any] | None = None
    utm: dict[str, Tag] | None = None
    text: Line | None = None
    label: Label | None = None
    expires_at: AwareDatetime | None = None


class LinkPreviewIn(Carried):
    bot_id: BigInt
    channel: Annotated[str, Field(max_length=64)]
    value: Annotated[str, Field(max_length=4096)] = ""
    label: Label = ""
    expires_at: AwareDatetime | None = None
