"""The last calls of providers to us: kept beside their processing, shown where faults are sought.

Noted in memory and written in batches: a log must not slow a hook. Calls that prove nothing are
counted only.
"""

import asyncio
import contextlib
import logging
from collections import Counter, deque
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any, Final

import prometheus_client
from msgspec import Struct
from sqlalchemy import delete, insert, update

from connective.contracts.provider import Connection
from connective.kit import clock, metrics
from connective.kit.context import Ctx, unit_of_work
from connective.kit.loops import pause
from connective.kit.masking import LOGGED, Masker, by_name
from connective.kit.settings import Settings
from connective.modules.channels.accounts import queries
from connective.modules.channels.models import channel_accounts, channel_events

KEPT: Final = 200
EVERY_S: Final = 0.5
MOST: Final = 2000
AT_ONCE: Final = 200
log = logging.getLogger(__name__)
refused_calls = prometheus_client.Counter(
    "connective_hook_refused",
    "Calls to hooks of providers that did not prove where they come from",
    ["channel"],
    registry=metrics.registry,
)


class Note(Struct, frozen=True):
    """One call as it is kept."""

    account_id: int
    at: datetime
    chat_id: str
    kind: str
    outcome: str
    body: str


_waiting: deque[Note] = deque(maxlen=MOST)
_refused: Counter[int] = Counter()
_writing = asyncio.Lock()


def note(
    connection: Connection, body: bytes, *, kind: str, chat_id: str = "", outcome: str = "ok"
) -> None:
    """Keep a call for the event log, its secrets masked."""
    masker = Masker([*connection.credentials.values(), connection.secret])
    text = by_name(masker.body(body))[:LOGGED].replace("\0", "")
    number = connection.account_id
    _waiting.append(Note(number, clock.now(), chat_id[:128], kind[:40], outcome[:200], text))


def refused(connection: Connection) -> None:
    """Count a call that nobody has to believe; nothing of it is kept."""
    refused_calls.labels(connection.channel).inc()
    _refused[connection.account_id] += 1


@contextlib.asynccontextmanager
async def keeper(_: Settings) -> AsyncIterator[None]:
    """Write while the process lives, and the rest of it at the end."""
    _waiting.clear()
    _refused.clear()
    stop = asyncio.Event()
    writing = asyncio.create_task(_keep_writing(stop), name="channel events")
    try:
        yield
    finally:
        stop.set()
        await asyncio.gather(writing, return_exceptions=True)


async def _keep_writing(stop: asyncio.Event) -> None:
    while not stop.is_set():
        await pause(stop, EVERY_S)
        try:
            await write_all()
        except Exception:
            log.exception("calls of providers are missing in the event log")


async def write_all() -> None:
    """Everything noted so far; what another call is writing now is waited for."""
    async with _writing:
        while _waiting or _refused:
            notes = [_waiting.popleft() for _ in range(min(AT_ONCE, len(_waiting)))]
            counts = dict(_refused)
            _refused.clear()
            async with unit_of_work() as ctx:
                await _write(ctx, notes, counts)


async def _write(ctx: Ctx, notes: list[Note], counts: dict[int, int]) -> None:
    if notes:
        await ctx.db.execute(insert(channel_events), [_row(one) for one in notes])
    latest = {one.account_id: one.at for one in notes}
    for number in sorted(latest.keys() | counts.keys()):
        values: dict[str, Any] = {}
        if number in latest:
            values["last_inbound_at"] = latest[number]
        if number in counts:
            values["refused"] = channel_accounts.c.refused + counts[number]
        changed = update(channel_accounts).where(channel_accounts.c.id == number)
        await ctx.db.execute(changed.values(**values))


def _row(one: Note) -> dict[str, Any]:
    return {name: getattr(one, name) for name in Note.__struct_fields__}


async def forget_old(ctx: Ctx) -> None:
    """Keep the last calls of each account."""
    for number, last in (await queries.beyond(await ctx.driver(), KEPT)).items():
        old = delete(channel_events).where(
            channel_events.c.account_id == number, channel_events.c.id <= last
        )
        await ctx.db.execute(old)
