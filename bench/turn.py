"""The durable turn: a client's message in, 200 after the commit, the reply in the outbox.

A scenario of five steps with a counter, a condition and a variable; 64 keep-alive connections,
1,000 chats in rotation, one server process, senders off. Every round of ours is next to a round of
each baseline: Node-RED, which keeps nothing, and a bare ASGI echo.
"""

import asyncio
import itertools
import statistics
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec

from bench import fill, instance, load, peers, writes
from connective.kit.embedded_postgres import Server
from connective.kit.testing.shop import Shop

CHATS = 1000
COUNTED_S = 2.0  # connections tell what they wrote when they have rested for a second
NODES: list[Any] = [
    (1, "start", {}),
    (2, "action", {"template_id": "increment", "values": {"name": "turns"}}),
    (3, "router", {"rules": [{"port": "order", "conditions": [
        {"left": "{{last_message}}", "op": "starts", "right": "order"}]}]}),
    (4, "action", {"template_id": "set", "values": {"name": "topic", "value": "order"}}),
    (5, "action", {"template_id": "set", "values": {"name": "topic", "value": "hello"}}),
    (6, "message", {"text": "Turn {{turns}}: {{topic}}, you wrote {{last_message}}"}),
]  # fmt: skip
EDGES = [
    (1, "next", 2), (2, "success", 3), (3, "order", 4), (3, "else", 5),
    (4, "success", 6), (5, "success", 6),
]  # fmt: skip


class Found(msgspec.Struct):
    """The rounds of ours and of the baselines, pair by pair, and what one turn writes."""

    ours: list[load.Round] = msgspec.field(default_factory=list)
    node_red: list[load.Round] = msgspec.field(default_factory=list)
    echo: list[load.Round] = msgspec.field(default_factory=list)
    written: list[str] = msgspec.field(default_factory=list)

    def ratio(self, baseline: list[load.Round]) -> float:
        """The median ratio of ours to a baseline's."""
        pairs = zip(self.ours, baseline, strict=True)
        return statistics.median(ours.per_s / other.per_s for ours, other in pairs)


class Place:
    """A running server with a bot, and where to post."""

    def __init__(
        self, serving: instance.Serving, db: instance.Sql, path: str, *, postgres: int, every: int
    ) -> None:
        self.serving, self.db, self.path, self.every = serving, db, path, every
        self.postgres = postgres
        self._ids = itertools.count(1_000_000_000, 10_000_000)

    def round(self, seconds: float) -> load.Round:
        """A round of turns with new update ids."""
        return load.run(
            load.Wanted(
                self.serving.port,
                self.path,
                next(self._ids),
                seconds,
                chats=CHATS,
                every=self.every,
                watched=[self.serving.pid, self.postgres],
            )
        )


@asynccontextmanager
async def place(*, dialogs: int, messages: int) -> AsyncIterator[Place]:
    """A server over a filled database that keeps its promises about the disk."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Server(Path(folder)) as server,
        instance.serving(Path(folder), role="web") as serving,
    ):
        async with (
            instance.sql(server.dsn) as db,
            instance.administrator(serving.url, db) as admin,
        ):
            shop = await Shop.open(admin, admin, Nowhere())  # type: ignore[arg-type]
            await shop.publish(NODES, EDGES)
            await db.execute("UPDATE channel_accounts SET rate_per_s = 0")
            account = await db.value("SELECT id FROM channel_accounts")
            await fill.fill(db, bot=shop.id, account=account, dialogs=dialogs, messages=messages)
            every = dialogs // CHATS
            yield Place(serving, db, shop.hook, postgres=server.pid, every=every)


class Nowhere:
    """The partner's address: nobody is called while turns are measured."""

    url = "http://127.0.0.1:9/none"


async def measure(*, pairs: int, seconds: float, dialogs: int, messages: int) -> Found:
    """Alternating rounds."""
    found = Found()
    async with place(dialogs=dialogs, messages=messages) as ours:
        with peers.node_red() as red, peers.bare_echo() as echo:
            for _ in range(pairs):
                found.echo.append(peer(echo, "/", seconds))
                found.node_red.append(peer(red, "/turn", seconds))
                found.ours.append(ours.round(seconds))
        found.written = await written(ours, seconds)
        refused = sum(r.refused for r in (*found.ours, *found.node_red, *found.echo))
        if refused:
            raise RuntimeError(f"{refused} requests were refused: the figures say nothing")
    return found


def peer(at: peers.Peer, path: str, seconds: float) -> load.Round:
    return load.run(load.Wanted(at.port, path, 0, seconds, watched=[at.pid]))


async def written(ours: Place, seconds: float) -> list[str]:
    """What one turn writes, by the database's own count."""
    await fill.settle(ours.db)
    await asyncio.sleep(COUNTED_S)
    before = await writes.look(ours.db)
    started = await ours.db.value("SELECT count(*) FROM journal")
    ours.round(seconds)
    turns = await ours.db.value("SELECT count(*) FROM journal") - started
    await asyncio.sleep(COUNTED_S)
    return await writes.since(ours.db, before, turns)
