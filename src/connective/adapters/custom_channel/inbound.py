"""Bytes of the hook -> events of the product. Pure."""

from typing import Any

from pydantic import ValidationError

from connective.adapters.custom_channel import wire
from connective.contracts.channel import Parsed, Refused
from connective.contracts.inbound import (
    AnyInbound,
    ButtonPress,
    ChatEnded,
    ClientMessage,
    Media,
    MessageDeleted,
    MessageEdited,
    MessageStatus,
    ProfileChanged,
    Sender,
    TypingSeen,
)
from connective.kit import errors, outside_json
from connective.kit.errors import FieldError
from connective.kit.http.problem import validation_errors

MAX_BATCH = 100
# Times before 2001 in milliseconds are read as seconds.
SECONDS_BELOW = 10**12
# Means nothing in a text, and no database keeps it.
ZERO = b"\\u0000"


def parse(body: bytes, *, now: int) -> tuple[list[Parsed | Refused], bool]:
    """The items of a body in their order, and whether the body was a batch."""
    try:
        content = outside_json.read(body)
    except outside_json.NotJson as failure:
        raise errors.BadRequest("bad_json", reason=str(failure)) from None
    if ZERO in body:
        content = _without_zeros(content)
    if not isinstance(content, list):
        return [_item(content, now)], False
    if len(content) > MAX_BATCH:
        raise errors.Invalid("batch_too_long", field="", limit=MAX_BATCH)
    return [_item(entry, now) for entry in content], True


def _without_zeros(content: Any) -> Any:
    if isinstance(content, str):
        return content.replace("\0", "")
    if isinstance(content, list):
        return [_without_zeros(item) for item in content]
    if isinstance(content, dict):
        return {_without_zeros(name): _without_zeros(item) for name, item in content.items()}
    return content


def _item(content: Any, now: int) -> Parsed | Refused:
    echo = content.get("update_id") if isinstance(content, dict) else None
    try:
        update = wire.Update.model_validate(content)
    except ValidationError as failure:
        return Refused(_errors(failure), echo)
    return Parsed(_event(update, now), echo)


def _errors(failure: ValidationError) -> list[FieldError]:
    return validation_errors(failure.errors(include_url=False))


def _event(update: wire.Update, now: int) -> AnyInbound:
    for name in wire.OBJECTS:
        part = getattr(update, name)
        if part is not None:
            frame = {
                "external_id": str(update.update_id),
                "chat_id": str(part.chat.id) if part.chat else "",
                "at": _moment(part.date, now),
                "sender": _sender(part.sender),
            }
            made: AnyInbound = _MAKE[name](part, frame)
            return made
    raise AssertionError("an update has one of its objects")


def _moment(date: float | None, now: int) -> int:
    if not date:
        return now
    return int(date * 1000) if date < SECONDS_BELOW else int(date)


def _sender(given: wire.From | None) -> Sender | None:
    if given is None:
        return None
    return Sender(
        id=str(given.id),
        first_name=given.first_name or "",
        last_name=given.last_name or "",
        username=given.username or "",
        phone=str(given.phone or ""),
        email=given.email or "",
        language=given.language_code or "",
        dialog_name=given.dialog_name or "",
        origin=given.channel or "",
        is_bot=given.is_bot,
    )


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _message(part: wire.MessageIn, frame: dict[str, Any]) -> AnyInbound:
    kind: Any = "text" if part.type in ("command", "reply") else part.type
    return ClientMessage(
        **frame,
        message_kind=kind,
        message_id=_text(part.message_id) or frame["external_id"],
        text=part.text or part.caption or "",
        media=_media(part.media) if part.media and kind in wire.MEDIA else None,
        location=part.location.model_dump() if part.location and kind == "location" else None,
        contact=part.contact.model_dump() if part.contact and kind == "contact" else None,
        reply_to=_text(part.reply_to),
    )


def _media(part: wire.MediaIn) -> Media:
    return Media(
        url=part.url or "",
        content=part.base64 or "",
        mime=part.mime or "",
        name=part.name or "",
        size=part.size or 0,
    )


def _press(part: wire.PressIn, frame: dict[str, Any]) -> AnyInbound:
    return ButtonPress(**frame, data=part.data, message_id=_text(part.message_id))


def _edited(part: wire.EditedIn, frame: dict[str, Any]) -> AnyInbound:
    return MessageEdited(**frame, message_id=str(part.message_id), text=part.text)


def _deleted(part: wire.DeletedIn, frame: dict[str, Any]) -> AnyInbound:
    return MessageDeleted(**frame, message_id=str(part.message_id))


def _status(part: wire.StatusIn, frame: dict[str, Any]) -> AnyInbound:
    return MessageStatus(
        **frame, message_id=str(part.message_id), status=part.status, error=part.error or ""
    )


def _typing(part: wire.TypingIn, frame: dict[str, Any]) -> AnyInbound:
    return TypingSeen(**frame, on=part.on)


def _user(part: wire.UserIn, frame: dict[str, Any]) -> AnyInbound:
    fields = part.model_dump(exclude={"chat", "date", "sender"}, exclude_none=True)
    if "language_code" in fields:
        fields["language"] = fields.pop("language_code")
    return ProfileChanged(**frame, fields={name: str(value) for name, value in fields.items()})


def _ended(part: wire.EndedIn, frame: dict[str, Any]) -> AnyInbound:
    return ChatEnded(**frame, reason=part.reason or "")


_MAKE: dict[str, Any] = {
    "message": _message,
    "callback_query": _press,
    "edited_message": _edited,
    "deleted_message": _deleted,
    "status": _status,
    "typing": _typing,
    "user": _user,
    "chat_closed": _ended,
}
