"""Keeps secrets out of every log: in their own spelling and in those a request gives them."""

import base64
import json
from collections.abc import Iterable, Mapping
from typing import Final
from urllib.parse import quote, quote_plus

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


class Masker:
    """Replaces what it was told to keep."""

    def __init__(self, kept: Iterable[str] = ()) -> None:
        self._spellings: list[str] = []
        self.keep(*kept)

    def keep(self, *secrets: str) -> None:
        found = set(self._spellings)
        for secret in filter(None, secrets):
            found |= {secret, quote(secret, safe=""), quote_plus(secret)}
            found |= {json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1]}
            found.add(base64.b64encode(secret.encode()).decode())
        # The longest first, so that no part of a longer one stays behind.
        self._spellings = sorted(found, key=len, reverse=True)

    def text(self, value: str) -> str:
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
        return {
            name: MASK if name.lower() in _SECRET_HEADERS else self.text(value)
            for name, value in headers.items()
        }
