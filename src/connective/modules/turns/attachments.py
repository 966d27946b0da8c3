"""Files of a message on its way out: our own get a signed address that the outside can read."""

import mimetypes
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from connective.contracts.provider import FileContent
from connective.engine.effects import Attachment
from connective.kit.context import Ctx, unit_of_work
from connective.modules.channels import service as channels
from connective.modules.files import service as files


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
    return None if file is None else files.sent_out(file, name=part.name, now=ctx.now)


async def opened(url: str) -> FileContent | None:
    """The file behind a link of ours, for channels that take bytes instead of addresses."""
    async with unit_of_work() as ctx:
        name = files.named(url, now=ctx.now)
        file = await files.find(ctx, name) if name else None
    if file is None:
        return None
    return FileContent(content=await files.read(file), name=file.name, mime=file.mime)


channels.own_files.offer("turns", opened)
