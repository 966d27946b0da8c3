"""Buttons under what operators and the system say, as the scenario's node asked for them."""

from collections.abc import Mapping
from typing import Any, Final

from connective.kit import i18n

CLOSE: Final = "operator_chat_close"
RETURN: Final = "operator_chat_return"
# what the node asks with, and where its own words for the button stand
_ASKED: Final = {
    CLOSE: ("add_button", "close_button_text"),
    RETURN: ("add_return_button", "return_button_text"),
}


def keyboard(source: Mapping[str, Any], language: str = "") -> dict[str, Any] | None:
    """The buttons of a chat; None where the node wanted none."""
    found = [
        {"token": token, "text": label, "row": place, "action_type": "reply"}
        for place, (token, label) in enumerate(labels(source, language).items())
    ]
    return {"inline": False, "buttons": found} if found else None


def labels(source: Mapping[str, Any], language: str = "") -> dict[str, str]:
    """The buttons that the chat has, by token."""
    return {
        token: str(source.get(words) or "") or i18n.text(language, f"chat_buttons.{token}")
        for token, (asked, words) in _ASKED.items()
        if source.get(asked)
    }


def pressed(source: Mapping[str, Any], said: str, language: str = "") -> str | None:
    """Which button the client pressed: channels give its token, its label, or both."""
    return next(
        (token for token, label in labels(source, language).items() if said in (token, label)),
        None,
    )
