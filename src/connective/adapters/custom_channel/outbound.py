"""Messages and events of the product -> the documented envelope. Pure."""

from collections.abc import Mapping
from typing import Any

import msgspec

from connective.contracts.outbound import OutEvent, OutMessage, ProviderCall

_encode = msgspec.json.Encoder().encode
# Told once and never again: a late "is typing" would be untrue.
UNORDERED = frozenset({"typing", "thinking"})
BUTTON_TYPES = {
    "reply": "text",
    "none": "text",
    "alias": "callback",
    "payment": "url",
    "open-url": "url",
    "share-phone": "request_contact",
    "share-location": "request_location",
    "web_app": "web_app",
}


def message(out: OutMessage) -> list[ProviderCall]:
    """The one call that carries a message."""
    head = _head("message", out)
    content = _encode(_message(out))

    def body(sequence: int | None, delivery_id: str) -> bytes:
        return _envelope(head, sequence, delivery_id, b',"message":' + content)

    return [ProviderCall("message", body)]


def event(out: OutEvent) -> list[ProviderCall]:
    """The one call that tells an event; its data stands beside the envelope's fields."""
    head = _head(out.name, out)
    extra = _encode(dict(out.data))[1:-1]

    def body(sequence: int | None, delivery_id: str) -> bytes:
        return _envelope(head, sequence, delivery_id, b"," + extra if extra else b"")

    return [ProviderCall(out.name, body, ordered=out.name not in UNORDERED)]


def _head(name: str, out: OutMessage | OutEvent) -> bytes:
    """The fields of every envelope but the two that the ledger gives."""
    return _encode(
        {
            "event": name,
            "bot_id": out.bot_id,
            "channel": "custom_channel",
            "chat_id": out.chat_id,
            "user_id": out.user_id,
            "date": out.at,
        }
    )[1:-1]


def _envelope(head: bytes, sequence: int | None, delivery_id: str, tail: bytes) -> bytes:
    number = b"null" if sequence is None else str(sequence).encode()
    start = b'{"delivery_id":"' + delivery_id.encode() + b'","sequence":' + number
    return start + b"," + head + tail + b"}"


def _message(out: OutMessage) -> dict[str, Any]:
    content: dict[str, Any] = {
        "id": f"m_{out.id}",
        "type": out.kind,
        "text": out.text,
        "parse_mode": out.parse_mode,
        "from": _author(out),
        "reply_to": out.reply_to,
    }
    if out.keyboard:
        content["keyboard"] = _keyboard(out.keyboard)
    content["attachments"] = [dict(part) for part in out.attachments]
    if out.location:
        content["location"] = dict(out.location)
    if out.contact:
        content["contact"] = dict(out.contact)
    if out.cards:
        content["cards"] = [dict(card) for card in out.cards]
    content["meta"] = {"node_id": out.node_id, "run_id": out.run_id}
    return {**out.extra, **content}


def _author(out: OutMessage) -> dict[str, Any]:
    author: dict[str, Any] = {"kind": out.author.kind, "name": out.author.name}
    if out.author.id is not None:
        author["broadcast_id" if out.author.kind == "broadcast" else "id"] = out.author.id
    if out.author.avatar:
        author["avatar"] = out.author.avatar
    return author


def _keyboard(keyboard: Mapping[str, Any]) -> dict[str, Any]:
    rows: dict[int, list[dict[str, Any]]] = {}
    inline = bool(keyboard.get("inline"))
    for index, button in enumerate(keyboard["buttons"]):
        place = button.get("row")
        rows.setdefault(index + 1000 if place is None else place, []).append(
            _button(button, inline=inline)
        )
    return {"inline": inline, "one_time": not inline, "rows": [rows[key] for key in sorted(rows)]}


def _button(button: Mapping[str, Any], *, inline: bool) -> dict[str, Any]:
    action = button.get("action_type", "reply")
    kind = BUTTON_TYPES.get(action, "text")
    made: dict[str, Any] = {"id": button["token"], "text": button["text"]}
    made["type"] = "callback" if kind == "text" and inline else kind
    made["data"] = button["token"]
    if kind in ("url", "web_app"):
        made["url"] = button.get("action_body", "")
    if button.get("style"):
        made["style"] = button["style"]
    return made
