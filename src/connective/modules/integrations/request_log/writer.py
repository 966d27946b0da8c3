"""Writes what this process noted of requests: in batches, beside them, without their secrets."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import insert

from connective.kit import request_log as noted
from connective.kit.context import Ctx, unit_of_work
from connective.kit.http.problem import is_outage
from connective.kit.loops import pause
from connective.kit.masking import LOGGED, MASK, Masker, by_name
from connective.kit.request_log import Entry
from connective.kit.settings import Settings
from connective.modules.integrations.request_log.models import request_log
from connective.modules.settings import service as settings

AT_ONCE: Final = 100
EVERY_S: Final = 0.5
URL: Final = 2000
ERROR: Final = 500
log = logging.getLogger(__name__)


@contextlib.asynccontextmanager
async def keeper(_: Settings) -> AsyncIterator[None]:
    """Write while the process lives, and the rest of it at the end."""
    noted.take(noted.MOST)  # of a life before
    stop = asyncio.Event()
    writing = asyncio.create_task(_keep_writing(stop), name="request log")
    try:
        yield
    finally:
        stop.set()
        await asyncio.gather(writing, return_exceptions=True)


async def _keep_writing(stop: asyncio.Event) -> None:
    while not stop.is_set():
        await pause(stop, EVERY_S)
        await write_all()


async def write_all() -> None:
    """Everything noted so far; what the database cannot take now waits for the next time."""
    while entries := noted.take(AT_ONCE):
        try:
            async with unit_of_work() as ctx:
                await write(ctx, entries)
        except Exception as failure:
            if is_outage(failure):
                noted.give_back(entries)
            else:
                noted.dropped.labels("failed").inc(len(entries))
                log.exception("%s requests are missing in the log", len(entries))
            return


async def write(ctx: Ctx, entries: Sequence[Entry]) -> None:
    vault = Masker((await settings.all_values(ctx)).values())
    await ctx.db.execute(insert(request_log), [row(entry, vault) for entry in entries])


def row(entry: Entry, vault: Masker) -> dict[str, Any]:
    """The columns of an entry, with every secret replaced: those of the vault, the credentials
    that were shown, and whatever stands in a field with a telling name."""
    shown = Masker(entry.kept)

    def clean(text: str, most: int = LOGGED) -> str:
        return by_name(vault.text(shown.text(text.replace("\0", ""))))[:most]

    def headers(given: dict[str, str]) -> dict[str, str]:
        return {name: clean(value) for name, value in shown.headers(given).items()}

    actor = entry.actor
    return {
        "at": entry.at,
        "direction": entry.direction,
        "source": entry.source,
        "method": entry.method[:20],
        "url": clean(entry.url, URL),
        "status": entry.status,
        "ms": entry.ms,
        "caller_kind": actor and actor.kind,
        "caller_name": actor and actor.name.removeprefix("API: "),
        "key_id": actor.id if actor is not None and actor.kind == "key" else None,
        "bot_id": entry.bot_id,
        "run_id": entry.run_id,
        "request_headers": headers(entry.request_headers),
        "request_body": _body(entry, entry.request_body, clean),
        "response_headers": headers(entry.response_headers),
        "response_body": _body(entry, entry.response_body, clean),
        "error": _error(entry, clean),
        "request_id": entry.request_id,
        "address": entry.address,
    }


def _body(entry: Entry, body: str, clean: Any) -> str:
    shown: str = clean(body)
    return MASK if entry.private and shown else shown


def _error(entry: Entry, clean: Any) -> str | None:
    """What was said, else the code of our own refusal."""
    told = entry.error
    if told is None and entry.direction == "in" and (entry.status or 0) >= 400:
        try:
            refusal = msgspec.json.decode(entry.response_body)
            told = f"{refusal['code']}: {refusal.get('detail') or refusal.get('message')}"
        except (msgspec.DecodeError, KeyError, TypeError, AttributeError):
            return None
    return None if told is None else str(clean(told, ERROR))
