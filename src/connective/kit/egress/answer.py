"""The answer of an outgoing call."""

from __future__ import annotations

import msgspec


class Answer(msgspec.Struct, frozen=True):
    """`headers` have lower-case names, repeated ones joined by a comma.

    `url` is the address that answered last, after redirects; `ms` covers the whole call.
    """

    status: int
    headers: dict[str, str]
    body: bytes
    ms: int
    url: str
    truncated: bool = False
