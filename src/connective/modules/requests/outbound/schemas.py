"""What is asked to begin a chat with a client, and whom one may write to."""

from typing import Annotated, Literal, Self

import msgspec
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from connective.modules.requests.schemas.fields import BigInt, Body, Uuid
from connective.modules.requests.schemas.talk import FileRef, ForwardRef

# Ways to name a client; exactly one of them.
BY = ("contact_id", "client_id", "phone", "external_id", "chat_id")
Refusal = Literal["blocked", "unsubscribed", "channel_off", "has_open_chat"]


class NewChat(Body):
    """The first words of a chat with a client whom a bot knows.

    Exactly one of `contact_id`, `client_id`, `phone`, `external_id` and `chat_id` (with its
    `channel`) names him; `bot_id` and `channel` say where, when he is known in several places.
    `forward`: the first words are those of another message. `operator_id`: who leads the chat,
    when it is not the caller.
    """

    contact_id: BigInt | None = None
    client_id: BigInt | None = None
    phone: Annotated[str | None, Field(min_length=3, max_length=32)] = None
    external_id: Annotated[str | None, Field(min_length=1, max_length=255)] = None
    chat_id: Annotated[str | None, Field(min_length=1, max_length=255)] = None
    bot_id: BigInt | None = None
    channel: Annotated[str | None, Field(min_length=1, max_length=64)] = None
    text: Annotated[str, Field(max_length=20_000)] = ""
    attachments: Annotated[list[FileRef], Field(max_length=10, default_factory=list)]
    forward: ForwardRef | None = None
    subject_id: BigInt | None = None
    operator_id: BigInt | None = None
    client_msg_id: Uuid | None = None

    @model_validator(mode="after")
    def _names_one(self) -> Self:
        named = [name for name in BY if getattr(self, name) is not None]
        if len(named) != 1:
            raise PydanticCustomError("names_one_client", "one", {"known": ", ".join(BY)})
        if self.chat_id is not None and self.channel is None:
            raise PydanticCustomError("channel_needed", "channel")
        return self


class Addressee(msgspec.Struct, kw_only=True):
    """A contact of a client; `refusal` says why nobody can write there now.

    `request_id`: the chat that goes on there, when the reader sees it.
    """

    contact_id: int
    client_id: int
    name: str
    phone: str | None
    username: str
    bot_id: int
    bot_name: str
    channel: str
    chat_id: str
    refusal: Refusal | None
    request_id: int | None


class Addressees(msgspec.Struct):
    """Those spoken with last come first."""

    items: list[Addressee]


class OutboundRules(msgspec.Struct):
    """Whether whoever asks begins chats, and whether they need a topic."""

    allowed: bool
    topic_required: bool
