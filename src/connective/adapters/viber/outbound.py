"""Messages of the product -> calls of `send_message`. Pure.

https://developers.viber.com/docs/api/rest-bot-api/#send-message
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from connective.adapters.viber.keyboard import api_version, keyboard, rich_media
from connective.contracts.channel import Shown
from connective.contracts.outbound import OutMessage, ProviderCall
from connective.kit.wording import pieces, plain, shortened

TEXT = 7000
CAPTION = 768
NAME = 28
MB = 1024 * 1024
PICTURE_BYTES, VIDEO_BYTES, FILE_BYTES = MB, 26 * MB, 50 * MB
PICTURES = Shown(kind="image", most=PICTURE_BYTES, mimes=("image/jpeg", "image/png"))
VIDEOS = Shown(kind="video", most=VIDEO_BYTES, mimes=("video/mp4",))
CARDS = 10
# A text that is nothing but an address; Viber shows what it leads to.
LINK = re.compile(r"https?://\S{1,1990}")
RICH_MEDIA_API = 7
_encode = msgspec.json.Encoder().encode


def message(out: OutMessage) -> list[ProviderCall]:
    """The calls of one message in order; its keyboard hangs on the last of them."""
    parts = list(_parts(out))
    board = out.keyboard
    if board and board.get("inline"):
        parts.append(_rich(board["buttons"]))
    elif board:
        parts = parts or [_part("text", text=" ")]
        parts[-1] |= {"keyboard": keyboard(board)}
        parts[-1]["min_api_version"] = max(parts[-1]["min_api_version"], api_version(board))
    # Viber gives it back with what the client answers: the event log then shows to which message
    frame = {"receiver": out.chat_id, "sender": _sender(out), "tracking_data": f"m_{out.id}"}
    return [_call(frame | part) for part in parts]


def _call(content: dict[str, Any]) -> ProviderCall:
    frozen = _encode(content)

    def body(sequence: int | None, delivery_id: str) -> bytes:
        del sequence, delivery_id
        return frozen

    return ProviderCall("message", body)


def _sender(out: OutMessage) -> dict[str, Any]:
    """Viber shows pictures that it can fetch, over https alone."""
    name, avatar = shortened(out.author.name, NAME), out.author.avatar or ""
    return {"name": name} | ({"avatar": avatar} if avatar.startswith("https://") else {})


def _parts(out: OutMessage) -> Iterator[dict[str, Any]]:
    text = plain(out.text) if out.parse_mode else out.text
    caption = ""
    if (
        len(out.attachments) == 1
        and len(text) <= CAPTION
        and _shown_as(out.attachments[0]) == "picture"
    ):
        text, caption = "", text
    for piece in pieces(text, TEXT):
        is_link = LINK.fullmatch(piece)
        yield _part("url", media=piece) if is_link else _part("text", text=piece)
    for given in out.attachments:
        yield _attachment(given, caption)
    if out.location:
        place = {"lat": out.location["latitude"], "lon": out.location["longitude"]}
        yield _part("location", location=place)
    if out.contact:
        person = {
            "name": shortened(str(out.contact.get("name") or ""), NAME),
            "phone_number": str(out.contact.get("phone") or "")[:18],
        }
        yield _part("contact", contact=person)
    if out.cards:
        yield _cards(out.cards[:CARDS])


def _part(kind: str, **content: Any) -> dict[str, Any]:
    return {"type": kind, "min_api_version": 1, **content}


def _shown_as(given: Mapping[str, Any]) -> str:
    """What Viber takes it as: pictures and videos have their formats and sizes, a file has any."""
    mime, size = given.get("mime"), given.get("size") or 0
    if mime in PICTURES.mimes and PICTURES.takes(mime, size):
        return "picture"
    # of a video or a file Viber wants to know the size
    if mime in VIDEOS.mimes and size and VIDEOS.takes(mime, size):
        return "video"
    return "file" if 0 < size <= FILE_BYTES else "url"


def _attachment(given: Mapping[str, Any], caption: str) -> dict[str, Any]:
    url, name = given["url"], str(given.get("name") or "file")
    kind = _shown_as(given)
    if kind == "picture":
        return _part("picture", media=url, text=caption)
    if kind == "video":
        return _part("video", media=url, size=given["size"])
    if kind == "file":
        return _part("file", media=url, size=given["size"], file_name=name[-256:])
    return _part("text", text=f"{name}: {url}")


def _rich(buttons: Any) -> dict[str, Any]:
    part = _part("rich_media", rich_media=rich_media(buttons))
    return part | {"min_api_version": RICH_MEDIA_API}


def _cards(cards: Any) -> dict[str, Any]:
    """Cards side by side: a picture, a text, and its buttons, in as many rows as the fullest."""
    tall = max(len(card.get("buttons") or ()) for card in cards)
    rows = min(7, 5 + min(tall, 2))
    buttons: list[dict[str, Any]] = []
    for card in cards:
        buttons += _card(card, min(tall, 2))
    content = {
        "Type": "rich_media",
        "ButtonsGroupColumns": 6,
        "ButtonsGroupRows": rows,
        "BgColor": "#FFFFFF",
        "Buttons": buttons,
    }
    alt = "\n".join(str(card.get("title") or "") for card in cards)
    part = _part("rich_media", rich_media=content, alt_text=alt[:TEXT])
    return part | {"min_api_version": RICH_MEDIA_API}


def _card(card: Mapping[str, Any], places: int) -> list[dict[str, Any]]:
    quiet = {"Columns": 6, "ActionType": "none", "ActionBody": "none"}
    title, subtitle = str(card.get("title") or ""), str(card.get("subtitle") or "")
    words = "\n".join(part for part in (title, subtitle) if part)
    shown: list[dict[str, Any]] = []
    if card.get("image"):
        shown.append({**quiet, "Rows": 3, "Image": card["image"]})
    shown.append(
        {**quiet, "Rows": 2 if card.get("image") else 5, "Text": words, "TextHAlign": "left"}
    )
    own = rich_media(list(card.get("buttons") or ())[:places])["Buttons"] if places else []
    own = [{**button, "Columns": 6} for button in own]
    missing = places - len(own)
    return [*shown, *own, *([{**quiet, "Rows": missing, "Text": " "}] if missing else [])]
