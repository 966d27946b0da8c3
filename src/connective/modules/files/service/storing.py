"""Takes a file in, gives it back to the server's own code, removes it when its time ends."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, update

from connective.kit import crypto, errors
from connective.kit.context import Ctx
from connective.kit.http.reply import moment
from connective.kit.storage import Missing, storage
from connective.modules.files import queries
from connective.modules.files.models import files
from connective.modules.files.schemas import File, Limits
from connective.modules.files.service.content import Content, examine
from connective.modules.files.service.links import Link, link

NAME_LONGEST = 200


async def store(
    ctx: Ctx,
    content: bytes | AsyncIterator[bytes],
    *,
    name: str,
    limits: Limits | None = None,
    expires_at: datetime | None = None,
    public: bool = False,
) -> File:
    """Keep a file under a random name; raises TooLarge or Invalid when it breaks the limits.

    A `public` one has a lasting address besides (see links.lasting).
    """
    bounds = limits or Limits()
    whole = await bounded(content, bounds.size)
    shown = clean_name(name)
    found, digest = await asyncio.to_thread(_looked_at, whole, shown, bounds)
    public_id = crypto.token(192)
    await storage().put(key_of(public_id), whole)
    values = {
        "public_id": public_id,
        "name": shown,
        "mime": found.mime,
        "size": len(whole),
        "sha256": digest,
        "width": found.width,
        "height": found.height,
        "created_at": ctx.now,
        "expires_at": expires_at,
        "public": public,
    }
    return shown_file((await ctx.db.execute(insert(files).values(values).returning(files))).one())


def _looked_at(content: bytes, name: str, limits: Limits) -> tuple[Content, str]:
    return examine(content, name, limits), hashlib.sha256(content).hexdigest()


async def bounded(content: bytes | AsyncIterator[bytes], limit: int) -> bytes:
    """The whole content; raises TooLarge as soon as there is more than the limit."""
    taken = bytearray()
    if isinstance(content, bytes):
        taken.extend(content[: limit + 1])
    else:
        async for part in content:
            taken.extend(part)
            if len(taken) > limit:
                break
    if len(taken) > limit:
        raise errors.TooLarge("file_too_large", field="file", limit=limit // (1024 * 1024))
    return bytes(taken)


def clean_name(name: str) -> str:
    """A file name without folders and control characters."""
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(letter for letter in last if letter.isprintable()).strip(". ")
    stem, dot, ending = kept.rpartition(".")
    if dot and len(ending) <= 16:
        return f"{stem[: NAME_LONGEST - len(ending) - 1]}.{ending}"
    return kept[:NAME_LONGEST] or "file"


def key_of(public_id: str) -> str:
    """Where an object stands; two letters of folder keep local folders small."""
    return f"{public_id[:2].lower()}/{public_id}"


async def find(ctx: Ctx, public_id: str) -> File | None:
    """A file that a scenario, a variable or a link names; None when it is gone."""
    return (await find_public(ctx, [public_id])).get(public_id)


async def find_all(ctx: Ctx, names: Sequence[str]) -> dict[str, File]:
    """Files that stored messages name, by their ids or public ids; what is gone is not there."""
    ids = [int(name) for name in names if name.isascii() and name.isdecimal() and len(name) < 19]
    rows = [shown_file(row) for row in await queries.by_names(ctx.db, ids, names)]
    known = {row.public_id: row for row in rows} | {str(row.id): row for row in rows}
    return {name: known[name] for name in names if name in known}


async def find_public(ctx: Ctx, public_ids: Sequence[str]) -> dict[str, File]:
    """Files by their public ids alone: a number that somebody wrote could be anybody's file."""
    rows = await queries.by_names(ctx.db, [], public_ids)
    return {row.public_id: shown_file(row) for row in rows}


async def addresses(ctx: Ctx, names: Sequence[str]) -> dict[str, Link]:
    """Addresses of files by their ids or public ids, good for an hour at least."""
    found = await find_all(ctx, names)
    return {name: link(file, now=ctx.now) for name, file in found.items()}


async def read(file: File) -> bytes:
    """The file's bytes."""
    try:
        return await storage().get(key_of(file.public_id))
    except Missing:
        raise errors.NotFound("not_found") from None


async def forget(ctx: Ctx, public_id: str) -> None:
    """No address of the file works any more; the file itself goes with the next sweep."""
    gone = update(files).where(files.c.public_id == public_id).values(expires_at=ctx.now)
    await ctx.db.execute(gone)


async def expire(ctx: Ctx, *, limit: int = 200) -> list[str]:
    """Forget files past their time; gives the public ids whose objects must go after commit."""
    rows = await queries.expired(ctx.db, ctx.now, limit=limit)
    await ctx.db.execute(delete(files).where(files.c.id.in_([row.id for row in rows])))
    return [row.public_id for row in rows]


async def remove_objects(public_ids: Sequence[str]) -> None:
    for public_id in public_ids:
        await storage().delete(key_of(public_id))


def shown_file(row: Row[Any]) -> File:
    fields = {name: getattr(row, name) for name in File.__struct_fields__}
    times = {name: moment(fields[name]) for name in ("created_at", "expires_at")}
    return File(**fields | times)
