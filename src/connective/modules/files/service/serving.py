"""Serves a file by its link: whole or a range, and never as a page of our origin."""

import re
from collections.abc import AsyncIterator
from urllib.parse import quote

import msgspec

from connective.kit import errors
from connective.kit.context import Ctx
from connective.kit.storage import Missing, storage
from connective.modules.files import queries
from connective.modules.files.schemas import File
from connective.modules.files.service.links import LASTING, ends_at
from connective.modules.files.service.storing import key_of, shown_file

SHOWN = ("image/", "audio/", "video/", "application/pdf")
# what a browser would run as a document goes out as bytes only
NEVER_NAMED = frozenset(
    {"image/svg+xml", "text/html", "application/xml", "text/xml", "application/xhtml+xml"}
)
POLICY = (
    "sandbox; default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; "
    "frame-ancestors 'self'"
)
LASTING_CACHED_S = 86400
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


class Served(msgspec.Struct):
    """An answer: status, headers, and its bytes."""

    status: int
    headers: dict[str, str]
    parts: AsyncIterator[bytes]


async def serve(
    ctx: Ctx, public_id: str, seal: str, *, asked: dict[str, str], head: bool = False
) -> Served:
    """Answer a link. `asked` are the request's headers `range`, `if-range`, `if-none-match`."""
    ends = None if seal == LASTING else ends_at(public_id, seal, now=ctx.now)
    row = await queries.by_public_id(ctx.db, public_id)
    if row is None or (row.expires_at is not None and row.expires_at <= ctx.now):
        raise errors.NotFound("not_found")
    if ends is None and not row.public:
        raise errors.NotFound("not_found")
    file = shown_file(row)
    headers = _headers(file, None if ends is None else ends - int(ctx.now.timestamp()))
    if headers["ETag"] in asked.get("if-none-match", ""):
        return Served(304, headers, _none())
    part = None
    if asked.get("if-range") in (None, headers["ETag"]):
        part = requested(asked.get("range"), file.size)
    start, end = part or (0, file.size)
    headers["Content-Length"] = str(end - start)
    if part:
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{file.size}"
    parts = _none() if head else await _opened(file, start, end)
    return Served(206 if part else 200, headers, parts)


def requested(value: str | None, size: int) -> tuple[int, int] | None:
    """(start, end) of a single range, the end not included; None for the whole file; or 416."""
    match = _RANGE.fullmatch((value or "").strip().replace(" ", ""))
    if match is None or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    if not first:
        start, end = max(0, size - int(last)), size
    else:
        start, end = int(first), min(size, int(last) + 1 if last else size)
        if last and int(last) < int(first):
            return None
    if start >= size or start >= end:
        raise Unsatisfiable(size)
    return start, end


class Unsatisfiable(errors.Problem):
    """The range lies outside the file."""

    status = 416

    def __init__(self, size: int) -> None:
        super().__init__("range_outside", headers={"Content-Range": f"bytes */{size}"}, size=size)


def _headers(file: File, lives_s: int | None) -> dict[str, str]:
    shown = file.mime.startswith(SHOWN) and file.mime not in NEVER_NAMED
    mime = "application/octet-stream" if file.mime in NEVER_NAMED else file.mime
    charset = "; charset=utf-8" if mime.startswith("text/") else ""
    how = "inline" if shown else "attachment"
    kept = (
        f"public, max-age={LASTING_CACHED_S}" if lives_s is None else f"private, max-age={lives_s}"
    )
    return {
        "Content-Type": mime + charset,
        "Content-Disposition": f"{how}; filename*=UTF-8''{quote(file.name, safe='')}",
        "Content-Security-Policy": POLICY,
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Cache-Control": f"{kept}, immutable",
        "Accept-Ranges": "bytes",
        "ETag": f'"{file.sha256[:32]}"',
    }


async def _opened(file: File, start: int, end: int) -> AsyncIterator[bytes]:
    try:
        return await storage().open(key_of(file.public_id), start, end)
    except Missing:
        raise errors.NotFound("not_found") from None


async def _none() -> AsyncIterator[bytes]:
    nothing: tuple[bytes, ...] = ()
    for part in nothing:
        yield part
