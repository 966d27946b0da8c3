"""Frames as bytes: what the server says, encoded once, and what clients may say."""

from typing import Annotated, Any, Literal

import msgspec
from websockets.frames import Frame, Opcode

from connective.kit.http.reply import encode

UNAUTHORIZED, FORBIDDEN, BAD_FRAME = 4401, 4403, 4400
GOING_AWAY, TEXT_ONLY, TOO_MUCH = 1001, 1003, 1008


def text(body: Any) -> bytes:
    """A whole text frame of the server."""
    return Frame(Opcode.TEXT, encode(body)).serialize(mask=False)


def event(number: int, kind: str, data: Any) -> bytes:
    """The frame of an event, ready to be sent to everyone alike."""
    return text({"type": "event", "id": number, "kind": kind, "data": data})


RESYNC = text({"type": "resync"})
# Pages see no protocol pings, other clients may answer nothing else: both are sent.
PING = text({"type": "ping"}) + Frame(Opcode.PING, b"").serialize(mask=False)

TopicName = Annotated[str, msgspec.Meta(max_length=100)]
Topics = Annotated[list[TopicName], msgspec.Meta(min_length=1, max_length=100)]
EventId = Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)]


class Auth(msgspec.Struct, tag_field="type", tag="auth"):
    """An access token or an API key."""

    token: Annotated[str, msgspec.Meta(max_length=12_000)]


class Subscribe(msgspec.Struct, tag_field="type", tag="subscribe"):
    """From now on, or from behind the event `since`."""

    topics: Topics
    since: EventId | None = None


class Unsubscribe(msgspec.Struct, tag_field="type", tag="unsubscribe"):
    topics: Topics


class Pong(msgspec.Struct, tag_field="type", tag="pong"):
    """Taken and not needed: whatever comes shows that the client lives."""


class Typing(msgspec.Struct, tag_field="type", tag="typing"):
    """Whoever says it writes there, or stopped."""

    topic: TopicName
    on: bool = True


class Presence(msgspec.Struct, tag_field="type", tag="presence"):
    """Whoever says it looks at something, or writes there, or has gone."""

    topic: TopicName
    on: bool = True
    how: Literal["viewing", "typing"] = msgspec.field(name="as", default="viewing")


Said = Auth | Subscribe | Unsubscribe | Pong | Typing | Presence
decode = msgspec.json.Decoder(Said).decode
