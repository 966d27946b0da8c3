"""Keeps secrets out of every log: by their value in any spelling, and by their field's name."""

import base64
import json
from collections.abc import Iterable, Mapping
from typing import Any, Final
from urllib.parse import quote, quote_plus

import re2  # type: ignore[import-untyped]

MASK: Final = "***"
LOGGED: Final = 8 * 1024
_SECRET_HEADERS: Final = frozenset(
    {
        "api-key",
        "authorization",
        "cookie",
        "proxy-authorization",
        "set-cookie",
        "x-access-token",
        "x-api-key",
        "x-auth-token",
    }
)
_NAME: Final = (
    r"[\w-]*(?:password|passwd|secret|token|otp|recovery_code|api_?key|signature|authorization"
    r"|cookie)[\w-]*|key"
)
# A text, closed or cut off; a plain value; of an object or a list, all that follows.
_VALUE: Final = r'"(?:[^"\\]|\\.)*"?|[^\s",{}\[\]]+|(?s:[\[{].*)'
_IN_JSON: Final = re2.compile(rf'(?i)("(?:{_NAME})"\s*:\s*)(?:{_VALUE})')
_IN_QUERY: Final = re2.compile(rf"(?i)((?:^|[?&])(?:{_NAME})=)[^&\s]*")
_PLAIN: Final = frozenset({"true", "false", "null"})


class Masker:
    """Replaces what it was told to keep."""

    def __init__(self, kept: Iterable[str] = ()) -> None:
        self._spellings: list[str] = []
        self.keep(*kept)

    def keep(self, *secrets: str) -> None:
        """From now on hide these, in every spelling that a URL or JSON gives them."""
        found = set(self._spellings)
        for secret in filter(None, secrets):
            found |= {secret, quote(secret, safe=""), quote_plus(secret)}
            found |= {json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1]}
            found.add(base64.b64encode(secret.encode()).decode())
        # The longest first, so that no part of a longer one stays behind.
        self._spellings = sorted(found, key=len, reverse=True)

    def text(self, value: str) -> str:
        """A text with everything hidden that is kept."""
        for spelling in self._spellings:
            value = value.replace(spelling, MASK)
        return value

    def body(self, value: bytes | None) -> str:
        """The beginning of a body as text; masked before it is cut, so that no half is left."""
        if not value:
            return ""
        reach = LOGGED + max(map(len, self._spellings), default=0) * 4
        return self.text(value[:reach].decode("utf-8", "replace"))[:LOGGED]

    def headers(self, headers: Mapping[str, str]) -> dict[str, str]:
        """Headers with credentials hidden, by their names and by what is kept."""
        return {
            name: MASK if name.lower() in _SECRET_HEADERS else self.text(value)
            for name, value in headers.items()
        }


def by_name(text: str) -> str:
    """A JSON or a form, whole or cut off, without the values of fields that hold secrets."""
    hidden: str = _IN_JSON.sub(_hide, text)
    return str(_IN_QUERY.sub(rf"\g<1>{MASK}", hidden))


def _hide(found: Any) -> str:
    whole, name = str(found.group(0)), str(found.group(1))
    # `"token_set": true` tells nothing
    return whole if whole[len(name) :] in _PLAIN else f'{name}"{MASK}"'
