"""The shapes of an inbound update as the outside sends them. Unknown keys are let pass."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError


def _as_text(value: Any) -> Any:
    """Ids and phones come as numbers or texts; we compare and give them back as texts."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Id = Annotated[str, BeforeValidator(_as_text), Field(min_length=1, max_length=128)]
UpdateId = Annotated[str, BeforeValidator(_as_text), Field(min_length=1, max_length=64)]
Name = Annotated[str, Field(max_length=64)]
Language = Annotated[str, Field(max_length=35)]
Phone = Annotated[str, BeforeValidator(_as_text), Field(max_length=32)]
Email = Annotated[str, Field(max_length=254)]
Text = Annotated[str, Field(max_length=10_000)]
Moment = Annotated[float, Field(ge=0, le=1e14)]
MEDIA = ("image", "video", "audio", "voice", "document", "sticker")
MAX_MEDIA = 50 * 1024 * 1024


class Part(BaseModel):
    model_config = ConfigDict(extra="ignore", protected_namespaces=())


class From(Part):
    id: Id
    first_name: Name | None = None
    last_name: Name | None = None
    username: Name | None = None
    language_code: Language | None = None
    phone: Phone | None = None
    email: Email | None = None
    channel: Name | None = None
    dialog_name: Annotated[str, Field(max_length=130)] | None = None
    is_bot: bool = False


class Chat(Part):
    id: Id


class MediaIn(Part):
    url: Annotated[str, Field(max_length=4000, pattern="^https?://")] | None = None
    base64: str | None = None
    mime: Annotated[str, Field(max_length=128)] | None = None
    name: Annotated[str, Field(max_length=255)] | None = None
    size: Annotated[int, Field(ge=0, le=MAX_MEDIA)] | None = None

    @model_validator(mode="after")
    def _one_source(self) -> "MediaIn":
        if (self.url is None) == (self.base64 is None):
            raise PydanticCustomError("media_source", "url or base64")
        return self


class LocationIn(Part):
    latitude: Annotated[float, Field(ge=-90, le=90)]
    longitude: Annotated[float, Field(ge=-180, le=180)]
    title: Annotated[str, Field(max_length=255)] | None = None


class ContactIn(Part):
    phone: Annotated[str, Field(min_length=3, max_length=32)]
    name: Annotated[str, Field(max_length=130)] | None = None


class Dated(Part):
    date: Moment | None = None
    sender: From | None = Field(None, alias="from")


class MessageIn(Dated):
    chat: Chat
    message_id: Id | None = None
    type: Literal[
        "text", "command", "image", "video", "audio", "voice", "document", "sticker", "location",
        "contact", "reply",
    ] = "text"  # fmt: skip
    text: Text | None = None
    caption: Text | None = None
    media: MediaIn | None = None
    location: LocationIn | None = None
    contact: ContactIn | None = None
    reply_to: Id | None = None

    @model_validator(mode="after")
    def _has_its_content(self) -> "MessageIn":
        needed = {"location": "location", "contact": "contact"}.get(self.type, "text")
        needed = "media" if self.type in MEDIA else needed
        if getattr(self, needed) is None:
            raise PydanticCustomError("content_missing", "{part}", {"part": needed})
        return self


class PressIn(Dated):
    chat: Chat
    data: Annotated[str, Field(max_length=4096)]
    id: Id | None = None
    message_id: Id | None = None


class EditedIn(Dated):
    chat: Chat | None = None
    message_id: Id
    text: Text


class DeletedIn(Dated):
    chat: Chat | None = None
    message_id: Id


class StatusIn(Dated):
    chat: Chat | None = None
    message_id: Id
    status: Literal["delivered", "read", "failed"]
    error: Annotated[str, Field(max_length=1000)] | None = None


class TypingIn(Dated):
    chat: Chat
    on: bool = True


class UserIn(Dated):
    chat: Chat | None = None
    id: Id
    first_name: Name | None = None
    last_name: Name | None = None
    username: Name | None = None
    language_code: Language | None = None
    phone: Phone | None = None
    email: Email | None = None


class EndedIn(Dated):
    chat: Chat
    reason: Annotated[str, Field(max_length=255)] | None = None


class Update(Part):
    """An update: its id and the first of the known objects that it has."""

    update_id: UpdateId
    message: MessageIn | None = None
    callback_query: PressIn | None = None
    edited_message: EditedIn | None = None
    deleted_message: DeletedIn | None = None
    status: StatusIn | None = None
    typing: TypingIn | None = None
    user: UserIn | None = None
    chat_closed: EndedIn | None = None

    @model_validator(mode="after")
    def _has_an_object(self) -> "Update":
        if all(getattr(self, name) is None for name in OBJECTS):
            raise PydanticCustomError("no_known_object", "no known object")
        return self


OBJECTS = tuple(name for name in Update.model_fields if name != "update_id")
