"""A storm: clients write while servers and PostgreSQL are killed, wires cut, the partner fails.

Then the wind dies down, everything must come to rest, and the books must be right.
"""

import asyncio
import contextlib
import itertools
import os
import shutil
import signal
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import asyncpg

from connective.kit.embedded_postgres import Server
from connective.kit.testing.app_client import AppClient
from connective.kit.testing.people import sign_in
from connective.kit.testing.shop import Edge, Node, Shop
from tests.chaos import books, clients, fleet, wire
from tests.chaos.dice import Dice
from tests.chaos.partner import ASK, OUT, PAY, Partner

CALM_S = 90.0
CUT = 0.01
MOOD = 0.05


@dataclass(frozen=True)
class Weather:
    """How long, how many servers and chats, and the pauses between blows (seconds)."""

    seconds: float
    servers: int = 2
    chats: int = 8
    kills: tuple[float, float] = (1.0, 3.0)
    restarts: tuple[float, float] = (4.0, 7.0)


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


@dataclass(frozen=True)
class Outcome:
    """What a storm did; the books were right after it."""

    seed: int
    messages: int
    repeats: int
    requests: int
    kills: int
    restarts: int
    cuts: int

    def __str__(self) -> str:
        return (
            f"seed {self.seed}: {self.messages} messages taken, {self.repeats} had to be repeated; "
            f"{self.requests} requests at the partner; {self.kills} servers and {self.restarts} "
            f"times PostgreSQL killed, {self.cuts} wires cut"
        )


@dataclass
class Scene:
    """All that is on stage, and how often PostgreSQL was killed."""

    server: Server
    wire: wire.Wire
    fleet: fleet.Fleet
    partner: Partner
    shop: Shop
    db: Sql
    restarts: int = 0

    async def keep_restarting(self, dice: Dice, *, every: tuple[float, float]) -> None:
        """Until cancelled: PostgreSQL is killed; its keeper brings it back."""
        while True:
            await asyncio.sleep(dice.uniform(*every))
            if self.server.pid:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(self.server.pid, signal.SIGKILL)
                    self.restarts += 1


@contextlib.asynccontextmanager
async def stage(weather: Weather, dice: Dice) -> AsyncIterator[Scene]:
    """A durable PostgreSQL, servers behind the wire, a bot with its partner."""
    with tempfile.TemporaryDirectory(prefix="storm") as name:
        folder = Path(name)
        server = Server(folder)
        dsn = await server.start_async()
        socket = Path(parse_qs(urlsplit(dsn).query)["host"][0])
        try:
            async with contextlib.AsyncExitStack() as stack:
                laid = await stack.enter_async_context(wire.laid(folder, socket, dice.of("wire")))
                partner = await stack.enter_async_context(Partner(dice.of("partner")))
                wired = dsn.replace(str(socket), str(folder))
                ships = await stack.enter_async_context(
                    fleet.sailing(weather.servers, data_dir=folder, dsn=wired)
                )
                app = await stack.enter_async_context(AppClient(ships.urls[0]))
                db = Sql(dsn)
                admin = (await sign_in(db, app, is_root=True)).client  # type: ignore[arg-type]
                shop = await Shop.open(admin, app, partner)
                await shop.channel(custom_channel_url=partner.url + OUT)
                await shop.publish(*scenario(partner.url))
                try:
                    yield Scene(server, laid, ships, partner, shop, db)
                except BaseException:
                    keep_log(folder)
                    raise
        finally:
            await server.stop_async()


def keep_log(folder: Path) -> None:
    """What the servers wrote, for whoever looks for the cause."""
    shutil.copy(folder / "servers.log", Path(tempfile.gettempdir(), "storm-servers.log"))


async def run(weather: Weather, seed: int) -> Outcome:
    """One storm. What is wrong raises, with the seed."""
    dice = Dice(seed)
    async with stage(weather, dice) as scene:
        log = await blow(scene, weather, dice)
        try:
            await calm(scene.db)
            found = await books.check(
                *(scene.db, scene.partner, log), dsn=scene.server.dsn, secret=scene.shop.secret
            )
            assert not found, "\n".join(found)
        except AssertionError as wrong:
            raise AssertionError(f"seed {seed}: {wrong}") from None
        return Outcome(
            seed=seed,
            messages=sum(map(len, log.taken.values())),
            repeats=log.repeats,
            requests=len(scene.partner.requests),
            kills=scene.fleet.kills,
            restarts=scene.restarts,
            cuts=scene.wire.cuts,
        )


async def blow(scene: Scene, weather: Weather, dice: Dice) -> clients.Log:
    """Everything at once, for so long; the clients then finish what they began."""
    log, ids = clients.Log(), itertools.count(1)
    scene.wire.chance, scene.partner.mood = CUT, MOOD
    writing = [
        asyncio.create_task(
            clients.write(
                log,
                f"c{number}",
                urls=scene.fleet.urls,
                hook=scene.shop.hook,
                dice=dice.of(f"client {number}"),
                ids=ids,
            )
        )
        for number in range(weather.chats)
    ]
    blows = [
        asyncio.create_task(scene.fleet.keep_killing(dice.of("killer"), every=weather.kills)),
        asyncio.create_task(scene.keep_restarting(dice.of("restarts"), every=weather.restarts)),
    ]
    await asyncio.wait([*writing, *blows], timeout=weather.seconds, return_when="FIRST_EXCEPTION")
    scene.wire.chance = scene.partner.mood = 0.0
    for tasks in (blows, writing):
        for task in tasks:
            task.cancel()
        for outcome in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(outcome, Exception):
                raise outcome
    return log


async def calm(db: Sql) -> None:
    """Until nothing is on its way any more; what never comes to rest is stuck."""
    try:
        async with asyncio.timeout(CALM_S):
            while True:
                left = await books.on_the_way(db)
                if not left:
                    return
                await asyncio.sleep(0.2)
    except TimeoutError:
        raise AssertionError(f"stuck: {left}") from None
