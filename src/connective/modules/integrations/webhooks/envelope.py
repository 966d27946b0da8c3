"""The body of a webhook call."""

import hashlib
from datetime import datetime
from typing import Any

import msgspec

from connective.kit import clock, crypto

_encode = msgspec.json.Encoder().encode


class Envelope(msgspec.Struct, kw_only=True):
    """What a receiver gets; what does not apply is null, never absent."""

    event_name: str
    event_id: str
    sequence: int | None = None
    created_at: str
    bot_id: int | None = None
    channel: str | None = None
    chat_id: str | None = None
    chat_room_id: int | None = None
    chat: dict[str, Any] | None = None
    client: dict[str, Any] | None = None
    operator: dict[str, Any] | None = None
    message: dict[str, Any] | None = None
    data: dict[str, Any] = {}

    def body(self, sequence: int | None, _delivery_id: str) -> bytes:
        return _encode(msgspec.structs.replace(self, sequence=sequence))


class ChatEnvelope(Envelope, kw_only=True):
    """What the address of one chat gets: `event` and `reason` are its words for scenarios."""

    event: str
    reason: str | None = None


# By their older names, which scenarios that handle operators' events are written for.
_EVENTS = {
    "message_from_operator": "operator_message",
    "message_from_client": "client_message",
}


def of_chat(envelope: Envelope) -> ChatEnvelope:
    """The same with the words for scenarios."""
    fields = {name: getattr(envelope, name) for name in Envelope.__struct_fields__}
    name = envelope.event_name
    return ChatEnvelope(**fields, event=_EVENTS.get(name, name), reason=envelope.data.get("reason"))


def event_id(instance_id: str, epoch: int, log_id: int, at: datetime, place: int = 0) -> str:
    """The same for the same event of the log, whoever asks and however often; sorts by time.

    `place` tells apart the events outside that one of the log stands for.
    """
    known = f"{instance_id}:{epoch}:{log_id}{f':{place}' if place else ''}".encode()
    tail = hashlib.sha256(known).digest()[:10]
    return f"ev_{crypto.timed_id(clock.epoch_ms(at), tail)}"


def digits(phone: str | None) -> str | None:
    """A phone as wire formats have it: without the plus."""
    return phone.removeprefix("+") if phone else None
