"""Files of a message on its way out: our own get a signed address that the outside can read."""

import mimetypes
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from connective.engine.model import Attachment
from connective.kit import clock
from connective.kit.context import Ctx
from connective.modules.files import service as files

READABLE_FOR_S = 7 * 86400


async def resolved(ctx: Ctx, parts: Sequence[Attachment]) -> list[dict[str, Any]]:
    """`{type, url, mime, name, size, expires_at, caption}` of each; a lost file is left out."""
    found: list[dict[str, Any]] = []
    for part in parts:
        known = await _own(ctx, part) if part.file_id else _foreign(part)
        if known is not None:
            extra = {"type": part.type, "caption": part.caption, "alt": part.alt}
            found.append(known | {name: value for name, value in extra.items() if value})
    return found


def _foreign(part: Attachment) -> dict[str, Any]:
    name = part.name or urlsplit(part.url).path.rpartition("/")[2]
    mime = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return {"url": part.url, "mime": mime, "name": name, "size": None, "expires_at": None}


async def _own(ctx: Ctx, part: Attachment) -> dict[str, Any] | None:
    file = await files.find(ctx, part.file_id)
    if file is None:
        return None
    link = files.link(file, now=ctx.now, ttl_s=READABLE_FOR_S)
    return {
        "url": link.url,
        "mime": file.mime,
        "name": part.name or file.name,
        "size": file.size,
        "expires_at": clock.rfc3339(link.expires_at),
    }
