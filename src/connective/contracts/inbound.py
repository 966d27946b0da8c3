"""What comes in from a channel: the events of a chat, in the product's own words."""

from typing import Any, Literal

from msgspec import Struct

MediaKind = Literal["image", "video", "audio", "voice", "document", "sticker"]
MessageKind = Literal[
    "text", "image", "video", "audio", "voice", "document", "sticker", "location", "contact",
    "card", "carousel", "press",
]  # fmt: skip
DeliveryState = Literal["delivered", "read", "failed"]


class Sender(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Who writes, as the channel tells it; empty where it does not."""

    id: str
    first_name: str = ""
    last_name: str = ""
    username: str = ""
    phone: str = ""
    email: str = ""
    language: str = ""
    dialog_name: str = ""
    origin: str = ""
    is_bot: bool = False


class Media(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A file of the client: fetched later from `url`, or given at once as base64 `content`.

    `ref` is the provider's own name of it, where an address has to be asked for first (see
    Provider.locate). `file_id` names it once it is stored.
    """

    url: str = ""
    ref: str = ""
    content: str = ""
    file_id: str = ""
    mime: str = ""
    name: str = ""
    size: int = 0


class Inbound(Struct, kw_only=True, tag_field="kind", omit_defaults=True):
    """One event of a chat. `external_id` names it for ever; `at` is ms since the epoch."""

    external_id: str
    chat_id: str
    at: int
    sender: Sender | None = None


class ClientMessage(Inbound, kw_only=True, tag="message", omit_defaults=True):
    """The client wrote. `reply_to` is our or the channel's id of an earlier message.

    In a group `author` says who of it wrote. `aside`: people talk to each other; it is kept and
    shown, the bot does not answer.
    """

    message_kind: MessageKind = "text"
    message_id: str = ""
    text: str = ""
    media: Media | None = None
    location: dict[str, Any] | None = None
    contact: dict[str, Any] | None = None
    reply_to: str = ""
    author: str = ""
    aside: bool = False


class ButtonPress(Inbound, kw_only=True, tag="press", omit_defaults=True):
    """The client tapped a button; `data` is its token.

    With `answer_to` the channel wants to be told that the tap was taken: it gets the event
    `press_taken` with it, at once.
    """

    data: str
    message_id: str = ""
    answer_to: str = ""


class MessageEdited(Inbound, kw_only=True, tag="edited", omit_defaults=True):
    """The client changed a message."""

    message_id: str
    text: str


class MessageDeleted(Inbound, kw_only=True, tag="deleted", omit_defaults=True):
    """The client took a message back."""

    message_id: str


class MessageStatus(Inbound, kw_only=True, tag="status", omit_defaults=True):
    """What became of a message of ours."""

    message_id: str
    status: DeliveryState
    error: str = ""


class TypingSeen(Inbound, kw_only=True, tag="typing", omit_defaults=True):
    """The client is writing, or stopped."""

    on: bool = True


class ProfileChanged(Inbound, kw_only=True, tag="profile", omit_defaults=True):
    """The channel tells new facts about the client."""

    fields: dict[str, Any]


class ChatEnded(Inbound, kw_only=True, tag="ended", omit_defaults=True):
    """The client left the chat."""

    reason: str = ""


class SubscriptionChanged(Inbound, kw_only=True, tag="subscription", omit_defaults=True):
    """From now on we may write to this chat, or may not; `reason` in the channel's words."""

    on: bool = True
    reason: str = ""


class Opened(Inbound, kw_only=True, tag="opened", omit_defaults=True):
    """The client opened the chat, perhaps by a link with `param`, and has said nothing yet.

    Not `subscribed`: nothing may be sent but the answer to this very call (see Provider.reply).
    """

    param: str = ""
    subscribed: bool = False


class ChatMoved(Inbound, kw_only=True, tag="moved", omit_defaults=True):
    """The channel gave the chat another id; it is the same chat."""

    to: str


class Reaction(Inbound, kw_only=True, tag="reaction", omit_defaults=True):
    """What the client's reactions to a message are now; an empty list takes them back."""

    message_id: str
    emoji: list[str] = []


AnyInbound = (
    ClientMessage
    | ButtonPress
    | MessageEdited
    | MessageDeleted
    | MessageStatus
    | TypingSeen
    | ProfileChanged
    | ChatEnded
    | SubscriptionChanged
    | Opened
    | ChatMoved
    | Reaction
)
