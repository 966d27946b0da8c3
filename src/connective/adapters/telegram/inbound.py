"""Updates of the Bot API -> events of the product. Pure.

Source: https://core.telegram.org/bots/api#update and the objects below it.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

import msgspec

from connective.contracts.channel import Parsed, Refused
from connective.contracts.inbound import (
    AnyInbound,
    ButtonPress,
    ChatMoved,
    ClientMessage,
    Media,
    MessageEdited,
    MessageKind,
    Reaction,
    Sender,
    SubscriptionChanged,
)
from connective.contracts.provider import Identity
from connective.kit import errors, outside_json
from connective.kit.errors import FieldError

Raw = Mapping[str, Any]
# Parts of a message with a file, and what we call them; the first that is there counts.
FILES: Final[tuple[tuple[str, MessageKind], ...]] = (
    ("photo", "image"),
    ("animation", "video"),
    ("video", "video"),
    ("video_note", "video"),
    ("voice", "voice"),
    ("audio", "audio"),
    ("sticker", "sticker"),
    ("document", "document"),
)
MIMES: Final = {"image": "image/jpeg", "voice": "audio/ogg", "sticker": "image/webp"}
GONE: Final = ("kicked", "left")


def parse(identity: Identity | None, body: bytes) -> list[Parsed | Refused]:
    """The event of an update; none for what concerns no chat of ours."""
    try:
        update = outside_json.read(body)
    except outside_json.NotJson as failure:
        raise errors.BadRequest("bad_json", reason=str(failure)) from None
    if not isinstance(update, dict) or not isinstance(update.get("update_id"), int):
        raise errors.BadRequest("bad_json", reason="update_id")
    number = update["update_id"]
    own = identity or Identity(id="")
    try:
        for name, read in _READ.items():
            if name in update:
                event = read(update[name], own, f"{own.id}:{number}")
                return [Parsed(event, number)] if event is not None else []
    except (LookupError, TypeError, ValueError, AttributeError) as failure:
        return [Refused([FieldError(str(failure)[:100], "bad_form")], number)]
    return []


def _frame(part: Raw, external_id: str, sender: Raw | None) -> dict[str, Any]:
    chat = part["chat"]
    return {
        "external_id": external_id,
        "chat_id": str(chat["id"]),
        "at": int(part.get("edit_date") or part.get("date") or 0) * 1000,
        "sender": _sender(chat, sender),
    }


def _sender(chat: Raw, person: Raw | None) -> Sender | None:
    """A person in a chat of two; in a group the group itself, which is whom we talk to."""
    if chat.get("type", "private") != "private":
        return Sender(
            id=str(chat["id"]),
            username=str(chat.get("username", "")),
            dialog_name=str(chat.get("title", ""))[:130],
            is_bot=bool(person and person.get("is_bot")),
        )
    if person is None:
        return None
    return Sender(
        id=str(person["id"]),
        first_name=str(person.get("first_name", "")),
        last_name=str(person.get("last_name", "")),
        username=str(person.get("username", "")),
        language=str(person.get("language_code", "")),
        is_bot=bool(person.get("is_bot")),
    )


def _message(part: Raw, own: Identity, external_id: str) -> AnyInbound | None:
    frame = _frame(part, external_id, part.get("from"))
    if "migrate_to_chat_id" in part:
        return ChatMoved(**(frame | {"sender": None}), to=str(part["migrate_to_chat_id"]))
    content = _content(part)
    if content is None:
        return None
    text = str(part.get("text") or part.get("caption") or content.pop("text", ""))
    if part["chat"].get("type", "private") != "private":
        addressed, text = _addressed(part, text, own)
        content |= {"aside": not addressed, "author": _name(part.get("from") or {})}
    contact = content.get("contact")
    if contact is not None and contact["own"] and frame["sender"] is not None:
        frame["sender"] = msgspec.structs.replace(frame["sender"], phone=contact["phone"])
    answered = part.get("reply_to_message")
    return ClientMessage(
        **frame,
        **content,
        message_id=str(part["message_id"]),
        text=text,
        reply_to=str(answered["message_id"]) if answered else "",
    )


def _content(part: Raw) -> dict[str, Any] | None:
    """What a message holds besides its text; None for a line of the system (somebody joined)."""
    for name, kind in FILES:
        if name in part:
            return {"message_kind": kind, "media": _media(part[name], kind)}
    if "location" in part:
        place = part.get("venue", {})
        where = part["location"]
        at = {"latitude": where["latitude"], "longitude": where["longitude"]}
        title = place.get("title")
        return {"message_kind": "location", "location": at | ({"title": title} if title else {})}
    if "contact" in part:
        return {"message_kind": "contact", "contact": _contact(part)}
    if "web_app_data" in part:
        return {"text": str(part["web_app_data"]["data"])}
    return {} if "text" in part else None


def _name(person: Raw) -> str:
    return f"{person.get('first_name', '')} {person.get('last_name', '')}".strip()


def _contact(part: Raw) -> dict[str, Any]:
    """A shared contact; `own` when it is the sender's, as only then the number is his."""
    shared = part["contact"]
    person = part.get("from") or {}
    mine = shared.get("user_id") is not None and shared.get("user_id") == person.get("id")
    return {"phone": str(shared["phone_number"]), "name": _name(shared), "own": mine}


def _media(given: Any, kind: MessageKind) -> Media:
    file = max(given, key=lambda size: size["width"]) if isinstance(given, list) else given
    return Media(
        ref=str(file["file_id"]),
        mime=str(file.get("mime_type") or MIMES.get(kind, "")),
        name=str(file.get("file_name", "")),
        size=int(file.get("file_size") or 0),
    )


def _addressed(part: Raw, text: str, own: Identity) -> tuple[bool, str]:
    """Whether words in a group are meant for the bot, and the words without its name."""
    name = own.username.lower()
    command = re.match(r"/[A-Za-z0-9_]+(?:@(\w+))?", text)
    if command:
        other = command.group(1)
        mine = other is None or other.lower() == name
        return mine, text.replace(f"@{other}", "", 1) if other and mine else text
    mention = re.compile(rf"@{re.escape(name)}\b", re.IGNORECASE) if name else None
    if mention is not None and mention.search(text):
        return True, " ".join(mention.sub("", text).split())
    answered = (part.get("reply_to_message") or {}).get("from") or {}
    return str(answered.get("id", "")) == own.id, text


def _edited(part: Raw, own: Identity, external_id: str) -> AnyInbound | None:
    """Other words; a place that moves along is no edit of any."""
    if "location" in part:
        return None
    frame = _frame(part, external_id, part.get("from"))
    text = str(part.get("text") or part.get("caption") or "")
    return MessageEdited(**frame, message_id=str(part["message_id"]), text=text)


def _pressed(part: Raw, own: Identity, external_id: str) -> AnyInbound | None:
    """A tap under a message; what comes from inline mode has no chat."""
    message = part.get("message")
    if message is None or "data" not in part:
        return None
    frame = _frame(message, external_id, part["from"]) | {"at": 0}
    return ButtonPress(
        **frame,
        data=str(part["data"]),
        message_id=str(message["message_id"]),
        answer_to=str(part["id"]),
    )


def _member(part: Raw, own: Identity, external_id: str) -> AnyInbound:
    frame = _frame(part, external_id, part.get("from"))
    status = part["new_chat_member"]["status"]
    return SubscriptionChanged(**frame, on=status not in GONE, reason=str(status))


def _reacted(part: Raw, own: Identity, external_id: str) -> AnyInbound:
    frame = _frame(part, external_id, part.get("user"))
    emoji = [str(one.get("emoji", "")) for one in part["new_reaction"]]
    return Reaction(
        **frame, message_id=str(part["message_id"]), emoji=[one for one in emoji if one]
    )


_READ: Final[dict[str, Callable[[Raw, Identity, str], AnyInbound | None]]] = {
    "message": _message,
    "edited_message": _edited,
    "callback_query": _pressed,
    "my_chat_member": _member,
    "message_reaction": _reacted,
}
