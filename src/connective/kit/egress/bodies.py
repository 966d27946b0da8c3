"""Bodies of outgoing calls: bytes, a stream, or parts of a multipart form."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterable, Sequence

import msgspec


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """One field of a multipart form; with `filename` it is a file."""

    name: str
    content: bytes
    filename: str | None = None
    content_type: str | None = None


Body = bytes | AsyncIterable[bytes] | Sequence[Part] | None


def encode_multipart(parts: Sequence[Part], boundary: str | None = None) -> tuple[str, bytes]:
    """Gives the content type with its boundary, and the bytes (RFC 7578)."""
    boundary = boundary or f"connective-{secrets.token_hex(16)}"
    lines: list[bytes] = []
    for part in parts:
        lines += [f"--{boundary}".encode(), _disposition(part).encode()]
        if part.content_type:
            lines.append(f"Content-Type: {_escape(part.content_type)}".encode())
        lines += [b"", part.content]
    lines += [f"--{boundary}--".encode(), b""]
    return f"multipart/form-data; boundary={boundary}", b"\r\n".join(lines)


def _disposition(part: Part) -> str:
    text = f'Content-Disposition: form-data; name="{_escape(part.name)}"'
    if part.filename is not None:
        text += f'; filename="{_escape(part.filename)}"'
    return text


def _escape(text: str) -> str:
    """A quote or line break in a name would start another header; browsers escape the same way."""
    return text.replace("\r", "%0D").replace("\n", "%0A").replace('"', "%22")
