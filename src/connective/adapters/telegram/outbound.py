"""Messages and events of the product -> calls of the Bot API, frozen. Pure.

A frozen call: `method` and `params` as the API takes them; `files` are addresses that sending turns
into what the API takes; `plain` replaces parameters when the markup of a text is refused;
names of messages of ours (`m_12`) become the API's numbers when it is sent.
"""

import html
from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec

from connective.adapters.telegram import keyboards
from connective.contracts.channel import Shown
from connective.contracts.outbound import OutEvent, OutMessage, ProviderCall
from connective.kit import wording

TEXT: Final = 4096
CAPTION: Final = 1024
ALBUM: Final = 10
PHOTO_BYTES: Final = 10 * 1024 * 1024
FILE_BYTES: Final = 50 * 1024 * 1024
# A keyboard hangs on a text, and a text may not be empty.
POINTER: Final = "👇"
METHODS: Final = {
    "image": ("sendPhoto", "photo"),
    "video": ("sendVideo", "video"),
    "audio": ("sendAudio", "audio"),
    "voice": ("sendVoice", "voice"),
    "sticker": ("sendSticker", "sticker"),
    "document": ("sendDocument", "document"),
}
# What each method takes; anything else goes as a document.
SHOWN: Final = (
    Shown(kind="image", most=PHOTO_BYTES, mimes=("image/jpeg", "image/png", "image/webp")),
    Shown(kind="video", mimes=("video/mp4",)),
    Shown(kind="audio", mimes=("audio/mpeg", "audio/mp4", "audio/x-m4a", "audio/m4a")),
    Shown(kind="voice", mimes=("audio/ogg", "audio/mpeg", "audio/mp4")),
    Shown(kind="sticker"),
)
# Which files may stand in one album together.
FAMILIES: Final = {"image": "seen", "video": "seen", "audio": "heard", "document": "kept"}
_encode = msgspec.json.Encoder().encode
Call = dict[str, Any]


def message(out: OutMessage) -> list[ProviderCall]:
    """One message as calls, in order: files, then what is said, then cards."""
    alone = not out.chat_id.startswith("-")
    markup, lines = keyboards.markup(out.keyboard, alone=alone) if out.keyboard else (None, [])
    files = [part for part in out.attachments if not _is_too_large(part)]
    lines += [f"{part['name']}: {part['url']}" for part in out.attachments if _is_too_large(part)]
    if out.parse_mode == "HTML":
        lines = [html.escape(line, quote=False) for line in lines]
    text = "\n".join([part for part in (out.text, *lines) if part])
    calls = _with_files(out, files, text) if files else _said(out, text)
    if out.location:
        calls.append(_place(out.location))
    if out.contact:
        calls.append(_contact(out.contact))
    calls += [call for card in out.cards for call in _card(card, alone=alone)]
    if markup is not None:
        _hang(calls, markup)
    if out.reply_to and calls:
        calls[0]["params"]["reply_parameters"] = {
            "message_id": out.reply_to,
            "allow_sending_without_reply": True,
        }
    return [_frozen("message", out.chat_id, call) for call in calls]


def _hang(calls: list[Call], markup: dict[str, Any]) -> None:
    if not calls or calls[-1]["method"] == "sendMediaGroup":
        calls.append(_call("sendMessage", text=POINTER))
    calls[-1]["params"]["reply_markup"] = markup


def _call(method: str, **params: Any) -> Call:
    return {"method": method, "params": params}


def _said(out: OutMessage, text: str) -> list[Call]:
    if not text:
        return []
    if out.parse_mode != "HTML":
        return [_call("sendMessage", text=part) for part in wording.pieces(text, TEXT)]
    bare = wording.plain(text)
    if _fits(text, bare, TEXT):
        call = _call("sendMessage", text=text, parse_mode="HTML")
        return [call | {"plain": {"text": bare}}]
    # marks cut in two would be refused: a long text goes without them
    return [_call("sendMessage", text=part) for part in wording.pieces(bare, TEXT)]


def _fits(marked: str, bare: str, limit: int) -> bool:
    return len(bare) <= limit and len(marked) <= 4 * limit


def _is_too_large(part: Mapping[str, Any]) -> bool:
    """What Telegram takes from no bot goes as its address."""
    return (part.get("size") or 0) > FILE_BYTES


def _with_files(out: OutMessage, files: Sequence[Mapping[str, Any]], text: str) -> list[Call]:
    """Files with the text under the first of them where it fits there, else before them."""
    calls = [_files(group) for group in _groups(files)]
    bare = wording.plain(text) if out.parse_mode == "HTML" else text
    own = any(part.get("caption") for part in files)
    # stickers take no caption
    if own or not text or len(bare) > CAPTION or calls[0]["method"] == "sendSticker":
        return [*_said(out, text), *calls]
    caption: dict[str, Any] = {"caption": text}
    if out.parse_mode == "HTML":
        caption["parse_mode"] = "HTML"
        calls[0]["plain"] = {"caption": bare}
    holder = calls[0]["params"]
    (holder["media"][0] if "media" in holder else holder).update(caption)
    return calls


def _groups(parts: Sequence[Mapping[str, Any]]) -> list[list[Mapping[str, Any]]]:
    """Neighbours that may stand in one album."""
    groups: list[list[Mapping[str, Any]]] = []
    for part in parts:
        family = FAMILIES.get(_kind(part))
        last = groups[-1] if groups else []
        together = last and family and FAMILIES.get(_kind(last[0])) == family
        if together and len(last) < ALBUM:
            last.append(part)
        else:
            groups.append([part])
    return groups


def _kind(part: Mapping[str, Any]) -> str:
    """What Telegram does not show goes as a document."""
    kind = str(part.get("type", "document"))
    rule = next((one for one in SHOWN if one.kind == kind), None)
    return (
        kind if rule is not None and rule.takes(part.get("mime"), part.get("size")) else "document"
    )


def _files(group: list[Mapping[str, Any]]) -> Call:
    if len(group) == 1:
        return _file(group[0])
    media = []
    for index, part in enumerate(group):
        kind = "photo" if _kind(part) == "image" else _kind(part)
        one = {"type": kind, "media": f"attach://file{index}"}
        media.append(one | ({"caption": part["caption"][:CAPTION]} if part.get("caption") else {}))
    named = [{"field": f"file{index}", **_address(part)} for index, part in enumerate(group)]
    return _call("sendMediaGroup", media=media) | {"files": named}


def _file(part: Mapping[str, Any]) -> Call:
    method, field = METHODS[_kind(part)]
    call = _call(method) | {"files": [{"field": field, **_address(part)}]}
    if part.get("caption") and method != "sendSticker":
        call["params"]["caption"] = part["caption"][:CAPTION]
    return call


def _address(part: Mapping[str, Any]) -> dict[str, str]:
    return {"url": str(part["url"]), "name": str(part.get("name") or "file")}


def _place(place: Mapping[str, Any]) -> Call:
    where = {"latitude": place["latitude"], "longitude": place["longitude"]}
    title = place.get("title")
    if title:
        return _call("sendVenue", **where, title=title, address=place.get("address") or title)
    return _call("sendLocation", **where)


def _contact(contact: Mapping[str, Any]) -> Call:
    first, _, last = str(contact.get("name") or contact["phone"]).partition(" ")
    named = {"first_name": first, "last_name": last} if last else {"first_name": first}
    return _call("sendContact", phone_number=str(contact["phone"]), **named)


def _card(card: Mapping[str, Any], *, alone: bool) -> list[Call]:
    """A card is a photo with its words below, and its buttons under them."""
    words = [card.get("title"), card.get("subtitle") or card.get("text")]
    text = "\n".join(str(word) for word in words if word)
    image = card.get("image") or card.get("image_url") or card.get("url")
    if image:
        part = {"type": "image", "url": image, "caption": text[:CAPTION]}
        calls = [_file(part)]
    else:
        calls = [_call("sendMessage", text=piece) for piece in wording.pieces(text, TEXT)]
    buttons = card.get("buttons")
    if buttons and calls:
        shown, _ = keyboards.markup({"inline": True, "buttons": buttons}, alone=alone)
        calls[-1]["params"]["reply_markup"] = shown
    return calls


def event(out: OutEvent) -> list[ProviderCall]:
    """Typing, an edit, a deletion, the answer to a tap."""
    if out.name in ("typing", "thinking"):
        if not out.data.get("on", True):
            return []
        call = _call("sendChatAction", action="typing")
        return [_frozen(out.name, out.chat_id, call, ordered=False)]
    if out.name == "press_taken":
        call = _call("answerCallbackQuery", callback_query_id=out.data["answer_to"])
        return [_frozen(out.name, "", call, ordered=False)]
    if out.name == "message_edited":
        call = _call("editMessageText", message_id=out.data["message_id"], text=out.data["text"])
        return [_frozen(out.name, out.chat_id, call)]
    if out.name == "message_deleted":
        call = _call("deleteMessage", message_id=out.data["message_id"])
        return [_frozen(out.name, out.chat_id, call)]
    return []


def _frozen(name: str, chat_id: str, call: Call, *, ordered: bool = True) -> ProviderCall:
    chat = {"chat_id": _number(chat_id)} if chat_id else {}
    content = _encode(call | {"params": chat | call["params"]})

    def body(sequence: int | None, delivery_id: str) -> bytes:
        return content

    return ProviderCall(name, body, ordered=ordered)


def _number(chat_id: str) -> int | str:
    digits = chat_id.removeprefix("-")
    return int(chat_id) if digits.isascii() and digits.isdigit() else chat_id
