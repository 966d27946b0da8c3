"""Marks of a text: those that the channel shows stay, the others go."""

from connective.contracts.channel import CHANNELS
from connective.kit import wording
from connective.modules.requests.schemas.talk import NewMessage


def dressed(channel: str, new: NewMessage) -> NewMessage:
    """The message as it can be said: marks are for clients, and for channels that show them."""
    if new.parse_mode is None:
        return new
    shown = () if new.kind == "note" else CHANNELS[channel].marks
    text = wording.tidy(new.text, shown) if shown else ""
    if "<" not in text:
        return new.model_copy(update={"text": wording.plain(new.text), "parse_mode": None})
    return new.model_copy(update={"text": text})
