"""All that is on stage: a durable PostgreSQL, servers behind the wire, a bot with its partner."""

import asyncio
import contextlib
import itertools
import os
import shutil
import signal
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import asyncpg

from connective.app import database
from connective.kit.embedded_postgres import Server
from connective.kit.testing.app_client import AppClient
from connective.kit.testing.people import sign_in
from connective.kit.testing.shop import Edge, Node, Shop
from tests.chaos import books, clients, fleet, wire
from tests.chaos.dice import Dice
from tests.chaos.partner import ASK, OUT, PAY, Partner

CALM_S = 150.0
Place = Callable[[], AbstractContextManager[Path]]


def scenario(partner: str) -> tuple[list[Node], list[Edge]]:
    """Answers twice, or asks the partner, who may be asked again, or pays, which may not."""

    def call(node_id: int, path: str, **values: object) -> Node:
        url = f"{partner}{path}?n={{{{last_message}}}}"
        values = {"url": url, **values}
        return (node_id, "action", {"template_id": "action_send_request", "values": values})

    def begins(word: str) -> dict[str, object]:
        condition = {"left": "{{last_message}}", "op": "starts", "right": word}
        return {"port": word, "conditions": [condition]}

    nodes: list[Node] = [
        (1, "start", {}),
        (2, "router", {"rules": [begins("ask"), begins("pay")]}),
        call(3, ASK, method="GET"),
        call(4, PAY, method="POST", retry={"attempts": 0}),
        (5, "message", {"text": "echo {{last_message}}"}),
        (6, "message", {"text": "again {{last_message}}"}),
        (7, "message", {"text": "asked {{last_message}}"}),
        (8, "message", {"text": "paid {{last_message}}"}),
        (9, "message", {"text": "unsure {{last_message}}: {{last_error.code}}"}),
    ]
    edges: list[Edge] = [
        (1, "next", 2), (2, "ask", 3), (2, "pay", 4), (2, "else", 5), (5, "next", 6),
        (3, "ok", 7), (4, "ok", 8), (3, "not_ok", 9), (4, "not_ok", 9),
    ]  # fmt: skip
    return nodes, edges


class Sql:
    """Looks into the database, past the wire; comes back after a restart."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn

    async def value(self, query: str, *values: object) -> object:
        rows = await self.fetch(query, *values)
        return next(iter(rows[0].values())) if rows else None

    async def fetch(self, query: str, *values: object) -> list[dict[str, Any]]:
        connection = await asyncpg.connect(self._dsn)
        try:
            return [dict(row) for row in await connection.fetch(query, *values)]
        finally:
            await connection.close()

    async def execute(self, query: str, *values: object) -> str:
        await self.fetch(query, *values)
        return ""


@dataclass
class Scene:
    """Who is on stage, and how often PostgreSQL was killed."""

    folder: Path
    server: Server
    wire: wire.Wire
    fleet: fleet.Fleet
    partner: Partner
    shop: Shop
    db: Sql
    stack: contextlib.AsyncExitStack
    restarts: int = 0

    def kill_postgres(self) -> None:
        """The hard way; its keeper brings it back."""
        if self.server.pid:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.server.pid, signal.SIGKILL)
                self.restarts += 1

    async def keep_restarting(self, dice: Dice, *, every: tuple[float, float]) -> None:
        """Until cancelled: PostgreSQL is killed at moments that the dice choose."""
        while True:
            await asyncio.sleep(dice.uniform(*every))
            self.kill_postgres()


@contextlib.contextmanager
def anywhere() -> Iterator[Path]:
    """A new folder."""
    with tempfile.TemporaryDirectory(prefix="storm") as name:
        yield Path(name)


@contextlib.asynccontextmanager
async def stage(
    servers: int, dice: Dice, *, place: Place = anywhere, partner_host: str = ""
) -> AsyncIterator[Scene]:
    """Everything ready, in the folder that the place gives; the partner may have a name."""
    with place() as folder:
        server = Server(folder)
        dsn = await server.start_async()
        socket = Path(parse_qs(urlsplit(dsn).query)["host"][0])
        try:
            async with contextlib.AsyncExitStack() as stack:
                stack.enter_context(database.kept(server))
                laid = await stack.enter_async_context(wire.laid(folder, socket, dice.of("wire")))
                partner = await stack.enter_async_context(Partner(dice.of("partner")))
                partner.host = partner_host or partner.host
                wired = dsn.replace(str(socket), str(folder))
                ships = await stack.enter_async_context(
                    fleet.sailing(servers, data_dir=folder, dsn=wired)
                )
                app = await stack.enter_async_context(AppClient(ships.urls[0]))
                db = Sql(dsn)
                admin = (await sign_in(db, app, is_root=True)).client  # type: ignore[arg-type]
                shop = await Shop.open(admin, app, partner)
                await shop.channel(custom_channel_url=partner.url + OUT)
                await shop.publish(*scenario(partner.url))
                try:
                    yield Scene(folder, server, laid, ships, partner, shop, db, stack)
                except BaseException:
                    keep_log(folder)
                    raise
        finally:
            await server.stop_async()


def keep_log(folder: Path) -> None:
    """What the servers wrote, for whoever looks for the cause."""
    with contextlib.suppress(OSError):
        shutil.copy(folder / "servers.log", Path(tempfile.gettempdir(), "storm-servers.log"))


@contextlib.asynccontextmanager
async def writing(
    scene: Scene, chats: int, dice: Dice, *, words: Sequence[str] = clients.WORDS
) -> AsyncIterator[clients.Log]:
    """Clients who write while the block runs; then they finish what they began.

    One of them who meets what must not be ends the block.
    """
    log, ids = clients.Log(), itertools.count(1)
    async with asyncio.TaskGroup() as group:
        tasks = [
            group.create_task(
                clients.write(
                    *(log, f"c{number}"),
                    urls=scene.fleet.urls,
                    hook=scene.shop.hook,
                    dice=dice.of(f"client {number}"),
                    ids=ids,
                    words=words,
                )
            )
            for number in range(chats)
        ]
        yield log
        for task in tasks:
            task.cancel()


async def at_rest(db: Sql) -> list[str]:
    """Wait until nothing is on its way any more; what is, if that lasts too long."""
    left: dict[str, int] = {}
    try:
        async with asyncio.timeout(CALM_S):
            while left := await books.on_the_way(db):  # noqa: ASYNC110 - nothing tells
                await asyncio.sleep(0.2)
    except TimeoutError:
        return [f"stuck: {left}"]
    return []


async def settled(scene: Scene, log: clients.Log) -> list[str]:
    """Everything that is wrong when nothing is on its way any more, in words."""
    return await at_rest(scene.db) or await books.check(
        *(scene.db, scene.partner, log), dsn=scene.server.dsn, secret=scene.shop.secret
    )
