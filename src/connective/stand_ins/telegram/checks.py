"""What the Bot API refuses in a call, in its own words."""

import json
import re
from collections.abc import Container, Mapping
from html.parser import HTMLParser
from typing import Any, Final

TAGS: Final = frozenset(
    {"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "a", "code", "pre", "span",
     "tg-spoiler", "tg-emoji", "blockquote"}
)  # fmt: skip
TEXT: Final = 4096
CAPTION: Final = 1024
DATA_BYTES: Final = 64
PHOTO_BYTES: Final = 10 * 1024 * 1024
KINDS: Final = ("photo", "video", "audio", "voice", "sticker", "document")
FILE_BYTES: Final = 50 * 1024 * 1024


class Refusal(Exception):
    """An error of the API."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters


class _Marks(HTMLParser):
    """Open tags, innermost last; anything unknown or unclosed is refused."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            raise Refusal(400, f'Bad Request: can\'t parse entities: Unsupported start tag "{tag}"')
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            raise Refusal(400, f"Bad Request: can't parse entities: Unexpected end tag {tag}")

    def handle_data(self, data: str) -> None:
        self.text += data


def bare(text: str, parse_mode: str | None) -> str:
    """The text without its marks; refuses marks that are not well formed."""
    if parse_mode != "HTML":
        return text
    marks = _Marks()
    marks.feed(text)
    marks.close()
    if marks.open:
        tag = marks.open[-1]
        raise Refusal(400, f"Bad Request: can't parse entities: Can't find end tag for {tag}")
    return marks.text


def _named(params: Mapping[str, Any]) -> list[str]:
    """Files that a call gives by name or address."""
    single = [str(params[kind]) for kind in KINDS if kind in params]
    return single + [str(one["media"]) for one in params.get("media", ())]


def check(
    method: str, params: Mapping[str, Any], files: Mapping[str, bytes], known: Container[str]
) -> None:
    """Raise the refusal that a call deserves; `known` are the names of files that it may use."""
    if method in ("sendMessage", "editMessageText"):
        text = bare(str(params.get("text", "")), params.get("parse_mode"))
        if not text.strip():
            raise Refusal(400, "Bad Request: message text is empty")
        if len(text) > TEXT:
            raise Refusal(400, "Bad Request: message is too long")
    caption = bare(str(params.get("caption", "")), params.get("parse_mode"))
    if len(caption) > CAPTION:
        raise Refusal(400, "Bad Request: message caption is too long")
    for name, content in files.items():
        if len(content) > (PHOTO_BYTES if name == "photo" else FILE_BYTES):
            raise Refusal(413, "Request Entity Too Large")
    for named in _named(params):
        if not named.startswith(("attach://", "http")) and named not in known:
            raise Refusal(400, "Bad Request: wrong file identifier/HTTP URL specified")
    if method == "sendMediaGroup" and not 2 <= len(params.get("media", [])) <= 10:
        raise Refusal(400, "Bad Request: wrong number of media in the album")
    _check_markup(params.get("reply_markup") or {})


def _check_markup(markup: Mapping[str, Any]) -> None:
    for row in markup.get("inline_keyboard", ()):
        for button in row:
            data = button.get("callback_data")
            if data is not None and not 1 <= len(str(data).encode()) <= DATA_BYTES:
                raise Refusal(400, "Bad Request: BUTTON_DATA_INVALID")
            if sum(key in button for key in ("callback_data", "url", "web_app")) != 1:
                raise Refusal(400, "Bad Request: inline keyboard button type is unallowed")


def params_of(given: Mapping[str, Any]) -> dict[str, Any]:
    """Fields of a form hold JSON where they are no plain texts."""
    return {name: _value(value) for name, value in given.items()}


def _value(text: str) -> Any:
    if re.fullmatch(r"-?\d{1,18}", text) or text[:1] in ("{", "["):
        try:
            return json.loads(text)
        except ValueError:
            return text
    return text
