"""What the node that connects an operator asks for, read from its values."""

from collections.abc import Mapping
from typing import Any, Final

from msgspec import Struct

from connective.engine.values import empty, number, text

ALIASES: Final = (
    "chat_closed_alias",
    "chat_closed_by_timeout_alias",
    "chat_closed_by_client_alias",
    "connection_timeout_alias",
)
TIMEOUTS: Final = ("connection_timeout_min", "client_timeout_min", "operator_timeout_min")
AUTO: Final = "auto_connect_operator"
HISTORY: Final = 10
MOST_HISTORY: Final = 100
MOST_WEIGHT: Final = 1000
CLOSE_TEXT: Final = "close_chat_button_text"
RETURN_TEXT: Final = "return_to_bot_button_text"
_TRUE: Final = frozenset({"true", "1", "yes", "on"})


class Wanted(Struct, frozen=True, kw_only=True):
    """The values of one call; `auto` None: as the instance has it. `steps` is never negative."""

    subject_alias: str
    auto: bool | None
    operator: str
    tag_ids: list[int]
    steps: int
    private_text: str
    continues: bool
    weight: int
    to_queue: bool
    limit_is_wired: bool
    source: dict[str, Any]


def wanted(values: Mapping[str, Any]) -> Wanted:
    """Tolerant: values come from placeholders as often as from the form."""
    node = values.get("node") or {}
    source: dict[str, Any] = {name: text(values[name]) for name in ALIASES if values.get(name)}
    if not empty(values.get("event_webhook_url")):
        source["event_webhook_url"] = text(values["event_webhook_url"])
    source |= {name: found for name in TIMEOUTS if (found := _whole(values.get(name), 0))}
    source |= _buttons(values, node.get("texts", {}))
    asked = _whole(values.get("history_count"), HISTORY)
    steps = min(max(asked, 0), MOST_HISTORY)
    return Wanted(
        subject_alias=text(values.get("subject_alias")).strip(),
        auto=None if empty(values.get(AUTO)) else _on(values, AUTO),
        operator=text(values.get("assigned_operator")).strip(),
        tag_ids=_ids(values.get("tag_ids")),
        steps=steps,
        private_text=text(values.get("customTextToOperator")),
        continues=_on(values, "continue"),
        weight=min(max(_whole(values.get("weight"), 0), -MOST_WEIGHT), MOST_WEIGHT),
        to_queue=text(values.get("status")) == "queue",
        limit_is_wired="limit" in node.get("wired", ()),
        source=source | {"history_count": asked},
    )


def _buttons(values: Mapping[str, Any], texts: Mapping[str, str]) -> dict[str, Any]:
    """The buttons that hang on what is said in the chat, with the bot's words for them."""
    found: dict[str, Any] = {}
    if _on(values, "add_button"):
        found |= {"add_button": True, "close_button_text": texts.get(CLOSE_TEXT, "")}
    if _on(values, "add_return_button"):
        found |= {"add_return_button": True, "return_button_text": texts.get(RETURN_TEXT, "")}
    return found


def _on(values: Mapping[str, Any], name: str) -> bool:
    found = values.get(name)
    return found is True or text(found).strip().lower() in _TRUE


def _whole(given: Any, otherwise: int) -> int:
    found = None if empty(given) else number(given)
    return otherwise if found is None else int(found)


def _ids(given: Any) -> list[int]:
    """A list, or ids parted by commas."""
    parts = given if isinstance(given, list) else text(given).replace(";", ",").split(",")
    found = (number(part) for part in parts if not empty(part))
    return [int(value) for value in found if value is not None and 0 < value < 2**63]
