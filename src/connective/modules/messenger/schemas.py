"""Catchers, what they caught, and test chats as they come in and go out."""

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from connective.kit.db.storable import storable

# valid: signed by a secret of the endpoint that has this address. stale: so, but over 5 minutes
# ago. wrong: signed by something else. unsigned: no signature headers. unknown: no endpoint of
# ours has this address, so there is no secret to check with.
Signature = Literal["valid", "stale", "wrong", "unsigned", "unknown"]
Id = Annotated[int, Field(ge=1, le=9_223_372_036_854_775_807)]


def _kept(value: Any) -> Any:
    if not storable(value):
        raise PydanticCustomError("unstorable_text", "holds what cannot be stored")
    return value


class Catcher(msgspec.Struct, kw_only=True):
    """An address that keeps the last 50 requests made to it."""

    code: str
    name: str
    url: str
    bot_id: int | None
    answer_status: int
    answer_body: Any
    created_at: datetime


class Caught(msgspec.Struct, kw_only=True):
    """A request as it came; a body that is no text is given in base64 instead."""

    id: int
    method: str
    path: str
    headers: dict[str, str]
    body: str | None
    body_base64: str | None
    signature: Signature
    answer_status: int
    received_at: datetime


class CaughtList(msgspec.Struct):
    """Caught requests, oldest first; ask again with `last` as `since`."""

    items: list[Caught]
    last: int


class TestChat(msgspec.Struct, kw_only=True):
    """A chat to test a bot in. `connected`: the bot's answers come to the catcher."""

    bot_id: int
    chat_id: str
    input_url: str
    custom_channel_url: str
    connected: bool
    catcher: Catcher


class SentRequest(msgspec.Struct):
    """The request that was made to the bot's input_url; secrets are masked."""

    url: str
    headers: dict[str, str]
    body: str


class SentAnswer(msgspec.Struct):
    """What the input_url answered."""

    status: int
    body: str


class Sent(msgspec.Struct, kw_only=True):
    """A message sent as the outside system: the request, the answer or why there is none."""

    request: SentRequest
    answer: SentAnswer | None
    error: str | None
    ms: int


class CatcherIn(BaseModel):
    """Body of a new catcher that belongs to no bot."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[^\x00]*$")]


class AnswerIn(BaseModel):
    """What a catcher answers from now on; a body left out is `{"message_id": ...}`."""

    model_config = ConfigDict(extra="forbid")

    status: Annotated[int, Field(ge=200, le=599)] = 200
    body: Annotated[Any, AfterValidator(_kept)] = None


class ChatIn(BaseModel):
    """Body of a new test chat. `connect` agrees to lead the bot's custom channel to the catcher."""

    model_config = ConfigDict(extra="forbid")

    bot_id: Id
    chat_id: Annotated[str, Field(min_length=1, max_length=128, pattern=r"^[^\x00]*$")] | None = (
        None
    )
    connect: bool = False


class SendIn(BaseModel):
    """A text of the client in a chat, or a whole update as an outside system would send it."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"example": {"bot_id": 18, "chat_id": "u-77", "text": "Hello"}},
    )

    bot_id: Id
    chat_id: Annotated[str, Field(min_length=1, max_length=128)] | None = None
    text: Annotated[str, Field(max_length=10_000)] | None = None
    first_name: Annotated[str, Field(max_length=64)] = "Tester"
    update: dict[str, Any] | None = None

    @model_validator(mode="after")
    def _one_of_them(self) -> "SendIn":
        if (self.update is None) == (self.text is None or self.chat_id is None):
            raise PydanticCustomError("text_or_update", "give chat_id and text, or update")
        return self
