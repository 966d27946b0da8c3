"""An answer as a value: JSON, XML as an object, or text."""

from typing import Any, Final

import xmltodict  # type: ignore[import-untyped]
from msgspec import Struct

from connective.engine.values import MISSING
from connective.kit import outside_json
from connective.kit.egress import Answer
from connective.modules.actions.send_request import paths

_XML_REFUSED: Final = ("<!DOCTYPE", "<!ENTITY")


class Parsed(Struct, frozen=True):
    """`value` is MISSING where the body is neither JSON nor XML."""

    answer: Answer
    text: str
    value: Any

    @property
    def media_type(self) -> str:
        given = self.answer.headers.get("content-type", "")
        return given.partition(";")[0].strip().lower() or "no content type"

    def find(self, path: str) -> Any:
        """What a path of the mapping names, `$status` and `$headers.x` included."""
        if path == "$status":
            return self.answer.status
        if path.startswith("$headers."):
            name = path.removeprefix("$headers.").lower()
            return self.answer.headers.get(name, MISSING)
        if path == "$" and self.value is MISSING:
            return self.text
        return paths.find(self.value, path)


def parse(answer: Answer) -> Parsed:
    text = _decoded(answer)
    media_type = answer.headers.get("content-type", "").lower()
    if "xml" in media_type and "html" not in media_type:
        return Parsed(answer, text, _xml(text))
    return Parsed(answer, text, _json(text))


def _decoded(answer: Answer) -> str:
    charset = answer.headers.get("content-type", "").lower().partition("charset=")[2]
    charset = charset.partition(";")[0].strip(" \"'") or "utf-8-sig"
    try:
        return answer.body.decode(charset, "replace")
    except (LookupError, UnicodeError):
        return answer.body.decode("utf-8", "replace")


def _json(text: str) -> Any:
    try:
        return outside_json.read(text)
    except outside_json.NotJson:
        return MISSING


def _xml(text: str) -> Any:
    """A document type could name entities and outside files, so it is refused, not read."""
    if any(mark in text for mark in _XML_REFUSED):
        return MISSING
    try:
        found = xmltodict.parse(text.encode(), encoding="utf-8", disable_entities=True)
    except Exception:  # noqa: BLE001 - expat and xmltodict raise classes of their own
        return MISSING
    return MISSING if outside_json.is_deep(found) else found
