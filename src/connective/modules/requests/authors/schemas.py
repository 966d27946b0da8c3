"""How clients see who writes to them, and who else sees what an operator began."""

from typing import Annotated, Literal

import msgspec
from pydantic import Field

from connective.modules.requests.schemas.fields import BigInt, Body

Visibility = Literal["own", "group", "all"]
Template = Annotated[str, Field(max_length=200)]


class ChannelNamesIn(Body):
    """What a channel has otherwise; `limit` bounds the characters of a name."""

    display_name: bool | None = None
    display_picture: bool | None = None
    template: Template | None = None
    limit: Annotated[int | None, Field(ge=1, le=200)] = None


class OperatorNames(Body):
    """How clients see who writes to them, which topics operators choose from, who sees what.

    `display_picture`: whether they see the operator's picture, where a channel can show one.
    `topics_by_skill_group`: those of their skill groups, and those of no group.
    `outbound_visibility`: who sees a chat that an operator began, beside him and those who see
    all chats of its skill groups: nobody (`own`), the other operators of its skill groups, or all.
    `allow_outbound`: whether operators begin chats; programs may in any case.
    `outbound_topic_required`: a chat that is begun needs a topic, its own or the bot's.
    `send_delay_s`: so long what an operator sends can still be taken back; 0: not at all.
    """

    display_name: bool = True
    display_picture: bool = True
    template: Template = "{{first_name}} {{last_name}}"
    channels: Annotated[dict[str, ChannelNamesIn], Field(max_length=50, default_factory=dict)]
    topics_by_skill_group: bool = False
    outbound_visibility: Visibility = "own"
    allow_outbound: bool = True
    outbound_topic_required: bool = False
    send_delay_s: Annotated[int, Field(ge=0, le=30)] = 0


class ChannelNames(msgspec.Struct):
    """What a channel has otherwise."""

    display_name: bool | None = None
    display_picture: bool | None = None
    template: str | None = None
    limit: int | None = None


class OperatorNamesOut(msgspec.Struct):
    """How clients see who writes to them; without a name they see the bot's."""

    display_name: bool = True
    display_picture: bool = True
    template: str = "{{first_name}} {{last_name}}"
    channels: dict[str, ChannelNames] = {}
    topics_by_skill_group: bool = False
    outbound_visibility: Visibility = "own"
    allow_outbound: bool = True
    outbound_topic_required: bool = False
    send_delay_s: int = 0


class NamePreviewOf(Body):
    """Names as they would be by these settings, for one operator."""

    operator_id: BigInt
    settings: OperatorNames


class NamePreview(msgspec.Struct):
    """The name by channel; empty where clients would see the bot's. `picture`: null for none."""

    names: dict[str, str]
    pictures: dict[str, str | None]
