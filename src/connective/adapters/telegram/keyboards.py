"""Buttons of the product -> keyboards of the Bot API. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

DATA_BYTES: Final = 64
LINKS: Final = ("open-url", "payment")
IN_GROUPS: Final[Mapping[Any, dict[str, str]]] = {
    "web_app": {"action_type": "open-url"},
    "share-phone": {"action_type": "reply"},
    "share-location": {"action_type": "reply"},
}
# Sent back by buttons that mean nothing; the scenario knows no such token.
MUTE: Final = "-"
Button = Mapping[str, Any]


def markup(keyboard: Mapping[str, Any], *, alone: bool) -> tuple[dict[str, Any] | None, list[str]]:
    """The `reply_markup`, and lines for the text: what such a keyboard cannot hold.

    `alone`: in a chat of two; a group has neither web apps nor phones and places to share.
    """
    buttons: Sequence[Button] = keyboard.get("buttons", ())
    if not alone:
        buttons = [{**button, **IN_GROUPS.get(button.get("action_type"), {})} for button in buttons]
    if keyboard.get("inline"):
        return {"inline_keyboard": _rows(buttons, _inline)}, []
    lines = [f"{b['text']}: {b['action_body']}" for b in buttons if _is_link(b)]
    kept = [b for b in buttons if not _is_link(b)]
    if not kept:
        return None, lines
    shown = {"keyboard": _rows(kept, _plain), "resize_keyboard": True, "one_time_keyboard": True}
    return shown, lines


def _is_link(button: Button) -> bool:
    return button.get("action_type") in LINKS and bool(button.get("action_body"))


def _rows(buttons: Sequence[Button], made: Any) -> list[list[dict[str, Any]]]:
    """Buttons of one row stand side by side; one without a row has its own."""
    rows: dict[int, list[dict[str, Any]]] = {}
    for index, button in enumerate(buttons):
        place = button.get("row")
        rows.setdefault(index + 1000 if place is None else place, []).append(made(button))
    return [rows[place] for place in sorted(rows)]


def _inline(button: Button) -> dict[str, Any]:
    text, body = button["text"] or MUTE, button.get("action_body", "")
    if button.get("action_type") == "web_app" and body:
        return {"text": text, "web_app": {"url": body}}
    if _is_link(button):
        return {"text": text, "url": body}
    return {"text": text, "callback_data": data(button.get("token", ""))}


def data(token: str) -> str:
    """What a tap sends back, as many bytes as the API takes."""
    return token.encode()[:DATA_BYTES].decode("utf-8", "ignore") or MUTE


def _plain(button: Button) -> dict[str, Any]:
    shown: dict[str, Any] = {"text": button["text"] or MUTE}
    kind = button.get("action_type")
    if kind == "share-phone":
        shown["request_contact"] = True
    elif kind == "share-location":
        shown["request_location"] = True
    elif kind == "web_app" and button.get("action_body"):
        shown["web_app"] = {"url": button["action_body"]}
    return shown
