"""One event to a hundred webhooks, beside the same calls made directly, unsigned and kept nowhere.

Timed from the request that makes the event until the last address has it: the commit, the listener
of the log, a hundred rows of the ledger with their signatures, and a hundred calls.
"""

import asyncio
import itertools
import statistics
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import msgspec
from aiohttp import web

from bench import instance
from connective.kit.embedded_postgres import Server
from connective.kit.testing.app_client import AppClient

ENDPOINTS = 100
PATIENCE_S = 60
EVENTS = ["bot_activated", "bot_deactivated"]


class Found(msgspec.Struct):
    """Milliseconds until the last address had it, pair by pair."""

    ours: list[float] = msgspec.field(default_factory=list)
    direct: list[float] = msgspec.field(default_factory=list)

    def ratio(self) -> float:
        return statistics.median(o / d for o, d in zip(self.ours, self.direct, strict=True))

    @property
    def worst(self) -> float:
        return max(self.ours)


class Sink:
    """A hundred addresses that wake who waits when the last of them was called."""

    def __init__(self) -> None:
        self.url = ""
        self.body = b""
        self._called: set[str] = set()
        self._all = asyncio.Event()

    async def time(self, cause: Any) -> float:
        """Milliseconds from the beginning of what causes the calls until the last of them."""
        self._called.clear()
        self._all.clear()
        began = time.perf_counter()
        await cause
        await asyncio.wait_for(self._all.wait(), PATIENCE_S)
        return (time.perf_counter() - began) * 1000

    async def _take(self, request: web.Request) -> web.Response:
        self.body = await request.read()
        self._called.add(request.path)
        if len(self._called) == ENDPOINTS:
            self._all.set()
        return web.Response()

    @asynccontextmanager
    async def listening(self) -> AsyncIterator["Sink"]:
        app = web.Application()
        app.router.add_post("/{number}", self._take)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0, backlog=1000)
        await site.start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield self
        finally:
            await runner.cleanup()


async def measure(*, pairs: int) -> Found:
    """Alternating rounds in a running instance whose bot is switched on and off."""
    found = Found()
    with (
        tempfile.TemporaryDirectory() as folder,
        Server(Path(folder)) as server,
        instance.serving(Path(folder)) as serving,
    ):
        async with (
            Sink().listening() as sink,
            instance.sql(server.dsn) as db,
            instance.administrator(serving.url, db) as admin,
            aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=0), trust_env=False
            ) as session,
        ):
            bot = await _bot(admin)
            await _webhooks(admin, sink)
            switches = itertools.cycle(("activate", "deactivate"))
            for number in range(pairs + 1):
                ours = await sink.time(_switched(admin, bot, next(switches)))
                direct = await sink.time(_called(session, sink))
                if number:  # the first of each opens the connections
                    found.ours.append(ours)
                    found.direct.append(direct)
    return found


async def _bot(admin: AppClient) -> int:
    made = await admin.post("/api/v1/bots", {"name": "Shop"})
    number: int = made.json["id"]
    return number


async def _webhooks(admin: AppClient, sink: Sink) -> None:
    for number in range(ENDPOINTS):
        asked = {"name": f"Partner {number}", "url": f"{sink.url}/{number}", "events": EVENTS}
        made = await admin.post("/api/v1/webhooks", asked)
        if made.status != 201:
            raise RuntimeError(made.text)


async def _switched(admin: AppClient, bot: int, how: str) -> None:
    answer = await admin.post(f"/api/v1/bots/{bot}/{how}")
    if answer.status != 200:
        raise RuntimeError(answer.text)


async def _called(session: aiohttp.ClientSession, sink: Sink) -> None:
    async def one(number: int) -> None:
        async with session.post(f"{sink.url}/{number}", data=sink.body) as response:
            await response.read()

    await asyncio.gather(*(one(number) for number in range(ENDPOINTS)))
