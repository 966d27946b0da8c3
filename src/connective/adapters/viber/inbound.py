"""Callbacks of Viber -> events of the product. Pure.

https://developers.viber.com/docs/api/rest-bot-api/#callbacks
"""

from collections.abc import Callable
from typing import Any

import msgspec

from connective.contracts.channel import Parsed, Refused
from connective.contracts.inbound import (
    AnyInbound,
    ClientMessage,
    Media,
    MessageStatus,
    Opened,
    Sender,
    SubscriptionChanged,
)
from connective.kit import errors, outside_json
from connective.kit.errors import FieldError

KINDS: dict[str, Any] = {
    "text": "text",
    "url": "text",
    "picture": "image",
    "video": "video",
    "file": "document",
    "sticker": "sticker",
    "location": "location",
    "contact": "contact",
}


class User(msgspec.Struct):
    id: str
    name: str = ""
    avatar: str = ""
    language: str = ""
    country: str = ""


class Location(msgspec.Struct):
    lat: float
    lon: float


class Contact(msgspec.Struct):
    phone_number: str = ""
    name: str = ""


class Message(msgspec.Struct):
    type: str
    text: str | None = ""
    media: str | None = ""
    location: Location | None = None
    contact: Contact | None = None
    file_name: str | None = ""
    file_size: int | None = 0
    size: int | None = 0
    sticker_id: int | str | None = None


class Callback(msgspec.Struct, kw_only=True):
    event: str
    timestamp: int = 0
    message_token: int = 0
    sender: User | None = None
    user: User | None = None
    user_id: str = ""
    message: Message | None = None
    context: str | None = ""
    subscribed: bool = False
    desc: str = ""


_callback = msgspec.json.Decoder(Callback)


def parse(body: bytes, *, now: int) -> list[Parsed | Refused]:
    """The event of a body; none for what says nothing of a chat."""
    try:
        told = _callback.decode(body)
    except msgspec.ValidationError as failure:
        return [Refused([FieldError("event", "bad_update", {"reason": str(failure)})])]
    except outside_json.FAULTS as failure:
        raise errors.BadRequest("bad_json", reason=str(failure)) from None
    make = _MAKE.get(told.event)
    event = make(told, now) if make else None
    return [Parsed(event, told.message_token)] if event else []


def _message(told: Callback, now: int) -> AnyInbound | None:
    if told.sender is None or told.message is None:
        return None
    given = told.message
    kind = KINDS.get(given.type, "text")
    return ClientMessage(
        **_frame(told, told.sender.id, now, told.sender),
        message_kind=kind,
        message_id=str(told.message_token),
        text=given.text or (given.media or "" if given.type == "url" else ""),
        media=_media(given) if kind in ("image", "video", "document", "sticker") else None,
        location=_location(given.location),
        contact=_contact(given.contact),
    )


def _media(given: Message) -> Media | None:
    if not given.media:
        return None
    return Media(
        url=given.media, name=given.file_name or "", size=given.file_size or given.size or 0
    )


def _location(given: Location | None) -> dict[str, Any] | None:
    return {"latitude": given.lat, "longitude": given.lon} if given else None


def _contact(given: Contact | None) -> dict[str, Any] | None:
    return {"phone": given.phone_number, "name": given.name} if given else None


def _opened(told: Callback, now: int) -> AnyInbound | None:
    if told.user is None:
        return None
    return Opened(
        **_frame(told, told.user.id, now, told.user),
        param=told.context or "",
        subscribed=told.subscribed,
    )


def _subscribed(told: Callback, now: int) -> AnyInbound | None:
    if told.user is None:
        return None
    return SubscriptionChanged(**_frame(told, told.user.id, now, told.user), on=True)


def _unsubscribed(told: Callback, now: int) -> AnyInbound | None:
    if not told.user_id:
        return None
    frame = _frame(told, told.user_id, now, None)
    return SubscriptionChanged(**frame, on=False, reason="unsubscribed")


def _status(told: Callback, now: int) -> AnyInbound | None:
    status: Any = {"delivered": "delivered", "seen": "read", "failed": "failed"}[told.event]
    if not told.user_id:
        return None
    return MessageStatus(
        **_frame(told, told.user_id, now, None),
        message_id=str(told.message_token),
        status=status,
        error=told.desc,
    )


def _frame(told: Callback, user_id: str, now: int, user: User | None) -> dict[str, Any]:
    """One user is one chat; the token of a message is shared by the news of it."""
    return {
        "external_id": f"{told.event}:{told.message_token}:{user_id}"[:200],
        "chat_id": user_id,
        "at": told.timestamp or now,
        "sender": None if user is None else _sender(user),
    }


def _sender(user: User) -> Sender:
    return Sender(id=user.id, dialog_name=user.name, language=user.language[:2])


_MAKE: dict[str, Callable[[Callback, int], AnyInbound | None]] = {
    "message": _message,
    "conversation_started": _opened,
    "subscribed": _subscribed,
    "unsubscribed": _unsubscribed,
    "delivered": _status,
    "seen": _status,
    "failed": _status,
}
