"""Files of clients: given at once they are stored before the answer, named by address later."""

import asyncio
import base64
import binascii
import logging
from datetime import timedelta
from typing import Any

import msgspec
from sqlalchemy import Update, delete, update

from connective.contracts.inbound import AnyInbound, ClientMessage, Media
from connective.contracts.provider import Located
from connective.kit import egress, errors, wake
from connective.kit.context import Ctx, unit_of_work
from connective.kit.errors import FieldError
from connective.kit.loops import SWEEP_S, idle
from connective.modules.dialogs import service as dialogs
from connective.modules.files import service as files
from connective.modules.files.schemas import File, Limits
from connective.modules.turns import locate
from connective.modules.turns.models import inbound_media
from connective.modules.turns.queries import lines

MAX_BYTES = 50 * 1024 * 1024
TIMEOUT_S = 60
RETRY_S = (0, 30, 300)
LEASE_S = 90
AT_ONCE = 8
_LONGEST = timedelta(seconds=max(LEASE_S, *RETRY_S))
log = logging.getLogger(__name__)


async def keep(event: AnyInbound) -> None:
    """Store a file that came inside the event; refuse one that is not base64 or too large."""
    if not isinstance(event, ClientMessage) or event.media is None or not event.media.content:
        return
    try:
        content = base64.b64decode(event.media.content, validate=True)
    except (binascii.Error, ValueError):
        raise errors.invalid(FieldError("message.media.base64", "bad_base64")) from None
    async with unit_of_work() as ctx:
        stored = await _store(ctx, content, event.media.name)
    event.media = Media(
        file_id=stored.public_id, mime=stored.mime, name=stored.name, size=stored.size
    )


async def _store(ctx: Ctx, content: bytes, name: str) -> File:
    return await files.store(ctx, content, name=name or "file", limits=Limits(size=MAX_BYTES))


async def run(stop: asyncio.Event) -> None:
    """Fetch what waits until the stop."""
    with wake.waiter("media") as woken:
        while not stop.is_set():
            rows = await claim()
            await asyncio.gather(*(fetch(row) for row in rows))
            if len(rows) < AT_ONCE:
                await idle(stop, woken, SWEEP_S)


async def claim() -> list[Any]:
    """Files to fetch now; each is left alone by others for the length of a lease."""
    async with unit_of_work() as ctx:
        lease = ctx.now + timedelta(seconds=LEASE_S)
        return list(await lines.claim_media(await ctx.driver(), ctx.now, lease, AT_ONCE))


async def fetch(row: Any) -> None:
    """Fetch one file; after the last try the message says that it is unavailable."""
    try:
        there = await locate.located(row["url"])
        answer = await egress.default().request(
            "GET",
            there.url,
            headers=there.headers,
            timeout_s=TIMEOUT_S,
            max_bytes=MAX_BYTES,
            follow_redirects=True,
        )
        if answer.status >= 400:
            await _failed(row, f"http_{answer.status}")
            return
        await _ready(row, answer.body, there)
    except egress.EgressError as failure:
        await _failed(row, f"{failure.kind}: {failure}")
    except errors.Problem as refusal:
        await _failed(row, refusal.code)
    except locate.Lost as lost:
        await _failed(row, str(lost), for_good=True)


async def _ready(row: Any, content: bytes, there: Located) -> None:
    async with unit_of_work() as ctx:
        stored = await _store(ctx, content, row["name"] or there.name)
        media = {
            "status": "ready",
            "url": _shown(row["url"]),
            "file_id": stored.public_id,
            "mime": stored.mime,
            "name": stored.name,
            "size": stored.size,
        }
        await _tell(ctx, row, media)
        await ctx.db.execute(
            delete(inbound_media).where(inbound_media.c.message_id == row["message_id"])
        )


async def _failed(row: Any, error: str, *, for_good: bool = False) -> None:
    async with unit_of_work() as ctx:
        tries = row["attempts"]
        more = tries < len(RETRY_S) and not for_good
        again = ctx.now + timedelta(seconds=RETRY_S[tries]) if more else None
        await ctx.db.execute(_of(row["message_id"]).values(next_at=again, error=error))
        if more:
            return
        media = {
            "status": "unavailable",
            "url": _shown(row["url"]),
            "name": row["name"],
            "error": error,
        }
        await _tell(ctx, row, media)


def _shown(address: str) -> str:
    """What the provider keeps has no address of its own."""
    return "" if address.startswith(locate.SCHEME) else address


def _of(message_id: int) -> Update:
    return update(inbound_media).where(inbound_media.c.message_id == message_id)


async def _tell(ctx: Ctx, row: Any, media: dict[str, Any]) -> None:
    await dialogs.set_media(ctx, row["message_id"], msgspec.to_builtins(media))


async def begin_anew(ctx: Ctx) -> None:
    """After the clock was set back no file waits longer than the longest wait there is."""
    latest = ctx.now + _LONGEST
    far = update(inbound_media).where(inbound_media.c.next_at > latest)
    await ctx.db.execute(far.values(next_at=latest))


async def retry(ctx: Ctx, message_id: int) -> None:
    """Fetch an unavailable file again; 409 when there is nothing to fetch."""
    await dialogs.visible_message(ctx, message_id)
    again = _of(message_id).where(inbound_media.c.next_at.is_(None))
    done = await ctx.db.execute(again.values(next_at=ctx.now, attempts=0))
    if not done.rowcount:
        raise errors.Conflict("nothing_to_fetch")
    ctx.wakes("media")
