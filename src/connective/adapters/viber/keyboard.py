"""Buttons of the product -> keyboards and rich media of Viber. Pure.

What a tap sends back is the button's label, because Viber shows it in the chat as what the client
said; scenarios take a label for its button.
"""

from collections.abc import Mapping, Sequence
from typing import Any

COLUMNS = 6
KEYBOARD_ROWS, RICH_MEDIA_ROWS = 2, 7
ACTIONS = {
    "open-url": "open-url",
    "payment": "open-url",
    "web_app": "open-url",
    "share-phone": "share-phone",
    "share-location": "location-picker",
    "none": "none",
}
# Of the style of a button: what Viber knows.
STYLES = frozenset({
    "BgColor", "BgMediaType", "BgMedia", "BgLoop", "Image", "TextVAlign", "TextHAlign",
    "TextOpacity", "TextSize", "Silent", "TextPaddings", "TextBgGradientColor", "Frame",
})  # fmt: skip
SHARES_API, SILENT_API = 3, 7


def keyboard(given: Mapping[str, Any]) -> dict[str, Any]:
    """A keyboard below the input line."""
    return {
        "Type": "keyboard",
        "DefaultHeight": False,
        "Buttons": _laid_out(given["buttons"], tallest=KEYBOARD_ROWS),
    }


def start_keyboard(label: str) -> dict[str, Any]:
    """One button that starts the conversation."""
    return keyboard({"buttons": [{"text": label, "action_body": "/start", "says": "/start"}]})


def rich_media(buttons: Sequence[Mapping[str, Any]], *, rows: int | None = None) -> dict[str, Any]:
    """Buttons that stay in the conversation, beside the message they belong to."""
    laid_out = _laid_out(buttons, tallest=RICH_MEDIA_ROWS)
    height = rows or max(
        1, min(RICH_MEDIA_ROWS, len({button["row"] for button in _placed(buttons)}))
    )
    return {
        "Type": "rich_media",
        "ButtonsGroupColumns": COLUMNS,
        "ButtonsGroupRows": height,
        "BgColor": "#FFFFFF",
        "Buttons": laid_out,
    }


def api_version(given: Mapping[str, Any]) -> int:
    """The oldest Viber that shows these buttons."""
    actions = {button.get("action_type") for button in given["buttons"]}
    if any("Silent" in (button.get("style") or {}) for button in given["buttons"]):
        return SILENT_API
    return SHARES_API if actions & {"share-phone", "share-location"} else 1


def _placed(buttons: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Each button with its row; one without is a row of its own."""
    return [
        {**button, "row": 1000 + at if button.get("row") is None else button["row"]}
        for at, button in enumerate(buttons)
    ]


def _laid_out(buttons: Sequence[Mapping[str, Any]], *, tallest: int) -> list[dict[str, Any]]:
    """Row after row; buttons of a row that name no width share it so that it is full."""
    rows: dict[int, list[dict[str, Any]]] = {}
    for button in _placed(buttons):
        rows.setdefault(button["row"], []).append(button)
    made = []
    for number in sorted(rows):
        row = rows[number]
        for start in range(0, len(row), COLUMNS):
            part = row[start : start + COLUMNS]
            widths = _widths(part)
            made += [_button(b, width, tallest) for b, width in zip(part, widths, strict=True)]
    return made


def _widths(row: Sequence[Mapping[str, Any]]) -> list[int]:
    if all(button.get("columns") for button in row):
        return [min(COLUMNS, max(1, int(button["columns"]))) for button in row]
    each, rest = divmod(COLUMNS, len(row))
    return [each + (at < rest) for at in range(len(row))]


def _button(given: Mapping[str, Any], width: int, tallest: int) -> dict[str, Any]:
    action = ACTIONS.get(given.get("action_type", "reply"), "reply")
    made: dict[str, Any] = {
        "Columns": width,
        "Rows": min(tallest, max(1, int(given.get("rows") or 1))),
        "ActionType": action,
        "ActionBody": _body(given, action),
        "Text": given["text"],
        "TextSize": "regular",
    }
    style = given.get("style") or {}
    return made | {name: value for name, value in style.items() if name in STYLES}


def _body(given: Mapping[str, Any], action: str) -> str:
    if action == "open-url":
        return str(given.get("action_body") or "")
    return str(given.get("says") or given["text"]) if action == "reply" else "reply"
