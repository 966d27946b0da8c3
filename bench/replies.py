"""From an operator's reply to the partner's address, beside the same call made directly.

Twenty chats are answered at once by one operator, each time when the last answer has arrived. The
way of a reply is long on purpose: policy, ownership, history, the ledger, its signature.
"""

import asyncio
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
from connective.kit.testing.chats import Chats
from connective.kit.testing.people import Person
from connective.kit.testing.shop import Shop

CHATS = 20
LIMIT = 2 * CHATS
PATIENCE_S = 10


class Found(msgspec.Struct):
    """Milliseconds of each reply, and of each direct call."""

    ours: list[float] = msgspec.field(default_factory=list)
    direct: list[float] = msgspec.field(default_factory=list)

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.ours, n=20)[-1]


class Sink:
    """The partner: wakes whoever waits for a text."""

    def __init__(self) -> None:
        self.url = ""
        self._awaited: dict[str, asyncio.Event] = {}

    @asynccontextmanager
    async def arrival(self, text: str) -> AsyncIterator[None]:
        """What the block sends has arrived when it ends."""
        arrived = self._awaited[text] = asyncio.Event()
        yield
        await asyncio.wait_for(arrived.wait(), PATIENCE_S)

    async def _take(self, request: web.Request) -> web.Response:
        message = msgspec.json.decode(await request.read()).get("message") or {}
        if arrived := self._awaited.pop(message.get("text", ""), None):
            arrived.set()
        return web.json_response({})

    @asynccontextmanager
    async def listening(self) -> AsyncIterator["Sink"]:
        app = web.Application()
        app.router.add_post("/", self._take)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
        try:
            yield self
        finally:
            await runner.cleanup()


@asynccontextmanager
async def place(sink: Sink) -> AsyncIterator[tuple[Person, list[int]]]:
    """An operator who has so many chats, in a running instance."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Server(Path(folder)) as server,
        instance.serving(Path(folder)) as serving,
    ):
        async with (
            instance.sql(server.dsn) as db,
            instance.administrator(serving.url, db) as admin,
            AppClient(serving.url) as client,
        ):
            shop = await Shop.open(admin, client, sink)  # type: ignore[arg-type]
            chats = await Chats.open(db, client, shop)  # type: ignore[arg-type]
            await chats.publish()
            person = await chats.operator("Maria", limit=LIMIT)
            requests = [await chats.connected(f"c{number}") for number in range(CHATS)]
            ids = [int(request["id"]) for request in requests]
            for number in ids:
                await chats.done(person, number, "take")
            yield person, ids


async def measure(*, each: int) -> Found:
    """So many replies in each chat; then as many direct calls of as many hands."""
    found = Found()
    async with Sink().listening() as sink, place(sink) as (person, ids):
        await asyncio.gather(*(_replies(sink, person, number, each, found.ours) for number in ids))
        async with aiohttp.ClientSession(trust_env=False) as session:
            hands = (_calls(sink, session, number, each, found.direct) for number in ids)
            await asyncio.gather(*hands)
    return found


async def _replies(
    sink: Sink, person: Person, request_id: int, each: int, took: list[float]
) -> None:
    path = f"/api/v1/requests/{request_id}/messages"
    for number in range(each):
        text = f"Answer {number} in {request_id}"
        began = time.perf_counter()
        async with sink.arrival(text):
            answer = await person.client.post(path, {"client_msg_id": text, "text": text})
            if answer.status != 201:
                raise RuntimeError(answer.text)
        took.append((time.perf_counter() - began) * 1000)


async def _calls(
    sink: Sink, session: aiohttp.ClientSession, request_id: int, each: int, took: list[float]
) -> None:
    for number in range(each):
        body: dict[str, Any] = {"message": {"text": f"Answer {number} in {request_id}"}}
        began = time.perf_counter()
        async with session.post(sink.url, json=body) as response:
            await response.read()
        took.append((time.perf_counter() - began) * 1000)
