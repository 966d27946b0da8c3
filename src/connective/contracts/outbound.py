"""What goes out to a channel: messages and events of ours, and the calls they become."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, Protocol

from msgspec import Struct

from connective.contracts.inbound import MessageKind


class Author(Struct, frozen=True, kw_only=True):
    """On whose behalf a message goes out: bot, operator, broadcast or system."""

    kind: Literal["bot", "operator", "broadcast", "system"]
    id: int | None = None
    name: str = ""
    avatar: str | None = None


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
