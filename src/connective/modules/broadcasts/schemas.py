"""Templates and messages by template as they come in and go out."""

from datetime import datetime
from typing import Annotated, Any, Final, Literal, Self

import msgspec
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from connective.contracts.channel import CHANNELS
from connective.kit.http.params import BIGINT

Name = Annotated[str, Field(min_length=1, max_length=120)]
Words = Annotated[str, Field(max_length=10_000)]
Language = Annotated[str, Field(min_length=2, max_length=35)]
Key = Annotated[str, Field(min_length=1, max_length=64)]
BotIds = Annotated[list[Annotated[int, Field(ge=1, le=BIGINT)]], Field(max_length=100)]
Channels = Annotated[list[Key], Field(max_length=20)]
Tag = Annotated[str, Field(max_length=256)]
Host = Annotated[str, Field(min_length=1, max_length=253)]
ButtonKind = Literal["reply", "url", "phone"]
# Calls may name these before a bot can have them: such a channel is passed over.
TO_COME: Final = frozenset({"sms"})


def _known(name: str) -> str:
    known = TO_COME.union(channel.key for channel in CHANNELS)
    if name not in known:
        told = {"channel": name, "known": ", ".join(sorted(known))}
        raise PydanticCustomError("unknown_channel", "channel", told)
    return name


ChannelName = Annotated[Key, AfterValidator(_known)]


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Button(Body):
    """Below the message: a word of the client, a page, or a request for the phone number."""

    text: Annotated[str, Field(min_length=1, max_length=64)]
    kind: ButtonKind = "reply"
    url: Annotated[str, Field(max_length=2000)] = ""

    @model_validator(mode="after")
    def _page_has_address(self) -> Self:
        if self.kind == "url" and not self.url.startswith(("https://", "http://", "{{")):
            raise PydanticCustomError("button_url", "url")
        return self


class BroadcastFile(Body):
    """A file of ours by its public id."""

    file_id: Annotated[str, Field(min_length=1, max_length=64)]
    name: Annotated[str, Field(max_length=255)] = ""


class AddUtm(Body):
    """Campaign tags for links to the hosts of `domains`, their subdomains included."""

    domains: Annotated[list[Host], Field(max_length=50)] = []
    utm_source: Tag = ""
    utm_medium: Tag = ""
    utm_campaign: Tag = ""
    utm_term: Tag = ""
    utm_content: Tag = ""


class Content(Body):
    """What a template says: `texts` by language; `channels` has other texts for some channels.

    `add_utm` puts campaign tags into the links of texts and of buttons.
    """

    texts: Annotated[dict[Language, Words], Field(max_length=50)]
    channels: Annotated[dict[Key, dict[Language, Words]], Field(max_length=20)] = {}
    parse_mode: Literal["HTML"] | None = None
    attachments: Annotated[list[BroadcastFile], Field(max_length=10)] = []
    buttons: Annotated[list[Button], Field(max_length=10)] = []
    add_utm: AddUtm | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.attachments and not any(text.strip() for text in self.texts.values()):
            raise PydanticCustomError("template_empty", "texts")
        return self


class NewTemplate(Body):
    """Body of POST. `bot_ids` and `channels` empty: any; channels are tried in their order."""

    name: Name
    bot_ids: BotIds = []
    channels: Channels = []
    content: Content
    active: bool = True


class TemplatePatch(Body):
    name: Name | None = None
    bot_ids: BotIds | None = None
    channels: Channels | None = None
    content: Content | None = None
    active: bool | None = None


class TemplatePreviewIn(Body):
    """Body of a preview: in which language and channel, with which values."""

    content: Content
    language: Language = "en"
    channel: Key = "custom_channel"
    variables: dict[str, Any] = {}


class RouteIn(Body):
    """Body of the route: a template to a phone number. Names of the first three are documented."""

    phone: Annotated[str, Field(min_length=1, max_length=40)]
    bot_id: Annotated[int, Field(ge=1, le=BIGINT)]
    template_id: Annotated[int, Field(ge=1, le=BIGINT)]
    variables: dict[str, Any] = {}
    channel: ChannelName | None = None
    fallback: Annotated[list[ChannelName], Field(max_length=20)] = []
    send_at: AwareDatetime | None = None
    dedupe: Annotated[str, Field(min_length=1, max_length=255)] | None = None


class BroadcastRulesIn(Body):
    """How fast and when messages by template go out; 0 a minute: no limit.

    Between `quiet_from` and `quiet_to` (HH:MM in the time zone of the bot) they wait.
    """

    limit_per_minute: Annotated[int, Field(ge=0, le=100_000)] = 600
    quiet_from: Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")] | None = None
    quiet_to: Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")] | None = None

    @model_validator(mode="after")
    def _both_or_none(self) -> Self:
        if (self.quiet_from is None) != (self.quiet_to is None):
            raise PydanticCustomError("quiet_needs_both", "quiet_to")
        return self


class BroadcastRules(msgspec.Struct, frozen=True, kw_only=True):
    """The rules as they are; see BroadcastRulesIn."""

    limit_per_minute: int = 600
    quiet_from: str | None = None
    quiet_to: str | None = None


class MessageTemplate(msgspec.Struct, kw_only=True):
    """A template; `used` counts the messages that were made from it, up to ten thousand."""

    id: int
    name: str
    bot_ids: list[int]
    channels: list[str]
    content: dict[str, Any]
    active: bool
    version: int
    used: int
    created_at: datetime
    updated_at: datetime


class TemplatePreview(msgspec.Struct):
    """The text as this client would read it, and the variables that found nothing."""

    text: str
    missing: list[str]


class BroadcastScheduled(msgspec.Struct, kw_only=True):
    """The answer of the route."""

    broadcast_id: int
    message_id: int
    message: str
    status: str = "success"


class TemplateMessage(msgspec.Struct, kw_only=True):
    """A message by template and what became of it."""

    id: int
    broadcast_id: int
    bot_id: int
    template_id: int
    template_name: str
    phone: str
    channel: str
    status: str
    error: str | None
    send_at: datetime | None
    created_at: datetime
