"""The promise of a channel: what an adapter takes from the outside and gives to it."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final, Literal, Protocol

from msgspec import Struct

from connective.kit.errors import FieldError
from connective.kit.plugins import Point

MediaKind = Literal["image", "video", "audio", "voice", "document", "sticker"]
MessageKind = Literal[
    "text", "image", "video", "audio", "voice", "document", "sticker", "location", "contact",
    "card", "carousel", "press",
]  # fmt: skip
DeliveryState = Literal["delivered", "read", "failed"]
Limits = Mapping[str, int]


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


class HookCall(Struct, frozen=True, kw_only=True):
    """A call of a provider to our hook, as it came. Names of headers are in lower case."""

    method: str = "POST"
    headers: Mapping[str, str] = {}
    query: Mapping[str, str] = {}
    body: bytes = b""


class Refused(Struct, frozen=True):
    """An item of a batch that cannot be taken, field by field."""

    errors: list[FieldError]
    echo: Any = None


class Parsed(Struct, frozen=True):
    """An item of a batch that can be taken; `echo` is its id as it was sent."""

    event: AnyInbound
    echo: Any


class Author(Struct, frozen=True, kw_only=True):
    """On whose behalf a message goes out: bot, operator, broadcast or system."""

    kind: Literal["bot", "operator", "broadcast", "system"]
    id: int | None = None
    name: str = ""
    avatar: str | None = None


class Shown(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Files that a channel shows for what they are; others of their kind go as plain files.

    `most`: up to so many bytes, 0 for any. `mimes`: of these types, empty for any.
    """

    kind: MediaKind
    most: int = 0
    mimes: Sequence[str] = ()

    def takes(self, mime: str | None, size: int | None) -> bool:
        """What nobody knows of a file counts for it."""
        fits = not self.most or (size or 0) <= self.most
        return fits and (not self.mimes or mime in self.mimes or mime in UNKNOWN)


# Types of files that say nothing.
UNKNOWN: Final = (None, "", "application/octet-stream")


class OutMessage(Struct, frozen=True, kw_only=True):
    """A message of ours on its way to a channel, in the product's own words.

    `keyboard`, `location`, `contact`, `cards` and `attachments` are those of the engine's Say;
    every attachment already has an address that the outside can read.
    """

    id: int
    bot_id: int
    chat_id: str
    user_id: str
    at: int
    kind: MessageKind
    author: Author
    text: str = ""
    parse_mode: str | None = None
    attachments: Sequence[Mapping[str, Any]] = ()
    keyboard: Mapping[str, Any] | None = None
    location: Mapping[str, Any] | None = None
    contact: Mapping[str, Any] | None = None
    cards: Sequence[Mapping[str, Any]] = ()
    reply_to: str | None = None
    node_id: int | None = None
    run_id: int | None = None
    extra: Mapping[str, Any] = {}


class OutEvent(Struct, frozen=True, kw_only=True):
    """Something other than a message that a channel is told: typing, an edit, a deletion."""

    name: str
    bot_id: int
    chat_id: str
    user_id: str
    at: int
    data: Mapping[str, Any] = {}


class ProviderCall(Struct, frozen=True):
    """One call to the provider: `body(sequence, delivery_id)` gives its frozen bytes."""

    event_name: str
    body: "Body"
    ordered: bool = True


class Body(Protocol):
    def __call__(self, sequence: int | None, delivery_id: str) -> bytes: ...


class Unverified(Exception):
    """The inbound call is not from whom it says: wrong or missing token or signature."""


class Channel(Protocol):
    """A channel adapter: pure translation, no network and no database.

    `shows`: which files it shows for what they are. `limits` has `window_hours` where messages are
    taken only so long after the client's own words.

    One that speaks to a provider's API is a `contracts.provider.Provider` besides; its `account`
    is a `contracts.provider.Connection`.
    """

    key: ClassVar[str]
    title: ClassVar[str]
    features: ClassVar[frozenset[str]]
    limits: ClassVar[Limits]
    shows: ClassVar[Sequence[Shown]]

    def verify(self, account: Any, call: HookCall) -> None:
        """Raise Unverified unless the call is genuine."""

    def parse(
        self, account: Any, call: HookCall, *, now: int
    ) -> "tuple[list[Parsed | Refused], bool]":
        """The events of a call, and whether it was a batch. Raises BadRequest for no JSON."""

    def render(self, message: OutMessage) -> list[ProviderCall]:
        """One message as provider calls, in order."""

    def render_event(self, event: OutEvent) -> list[ProviderCall]:
        """An event as provider calls; none where the channel has no such thing."""


# Every channel there is, by its key; filled by the composition root from the adapters' folders.
CHANNELS: Point[Channel] = Point()


def text_limit(channel: str) -> int | None:
    """How much may be said at once; a channel that sends a long text in parts takes more.

    `limits`: `text` is what one of its messages holds, `text_in_parts` what it sends as several.
    """
    limits = CHANNELS[channel].limits
    return limits.get("text_in_parts", limits.get("text"))
