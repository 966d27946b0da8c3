"""The greeting that Viber shows to whoever opens the chat, given in the answer to its call."""

from typing import Any

import msgspec

from connective.adapters.viber.keyboard import start_keyboard
from connective.adapters.viber.outbound import CAPTION, NAME
from connective.contracts.provider import Connection, Identity
from connective.kit import outside_json
from connective.kit.wording import shortened


class _Started(msgspec.Struct):
    event: str
    subscribed: bool = False


_started = msgspec.json.Decoder(_Started)


def greeting(account: Connection, body: bytes) -> dict[str, Any] | None:
    """The account's own start message; None where nothing is set up or nobody has opened a chat."""
    try:
        started = _started.decode(body)
    except outside_json.FAULTS:
        return None
    text = str(account.settings.get("welcome_text") or "")
    image = str(account.settings.get("welcome_image") or "")
    if started.event != "conversation_started" or not (text or image):
        return None
    made: dict[str, Any] = {"sender": _sender(account), "min_api_version": 1}
    made |= {"type": "picture", "media": image} if image else {"type": "text"}
    made["text"] = shortened(text, CAPTION) if image else text
    button = str(account.settings.get("welcome_button") or "")
    if button:
        made["keyboard"] = start_keyboard(button)
    return made


def _sender(account: Connection) -> dict[str, Any]:
    who = account.identity or Identity(id="")
    sender = {"name": shortened(who.name, NAME)}
    return sender | ({"avatar": who.picture} if who.picture else {})
