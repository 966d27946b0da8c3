"""Live requests: from the commit of a message to the last of 500 sockets that may see it.

Operators, supervisors of groups, administrators and people of another bot listen to their lists,
each operator to an opened request of his as well. A message is what a reply writes: its row, the
request's, its event. Who has to hear of it is asked of the rule table itself.
"""

import asyncio
import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec
import uvloop
from websockets.client import ClientProtocol
from websockets.frames import Frame, Opcode
from websockets.uri import parse_uri

from bench import cpu, instance
from connective.app.asgi import fill_points
from connective.kit import auth_policy
from connective.kit.auth_policy import Actor
from connective.kit.embedded_postgres import Server
from connective.kit.testing.app_client import AppClient
from connective.kit.testing.people import sign_in
from connective.modules.accounts.permissions import ROLES

SOCKETS, PER_S = 500, 20
REQUESTS, TOPICS, GROUPS = 4_000, 20, 10
# Each tenth request waits for anybody: everyone of the bot sees it.
EVERYBODYS = 10
SETTLE_S = 3.0
AT_ONCE = 20
WITHIN_S = 60.0
# Of ten: six operators in two groups each, two of no group, a supervisor, an administrator or,
# every other time, an operator of another bot.
ROLE_OF = ("operator",) * 6 + ("loner", "loner", "supervisor", "administrator")
PONG = Frame(Opcode.TEXT, b'{"type":"pong"}').serialize(mask=True)
_FILL = """
SET session_replication_role = replica;
INSERT INTO topics (id, name, alias, created_at)
SELECT n, 'Topic ' || n, 'topic_' || n, now() FROM generate_series(1, {topics}) n;
INSERT INTO clients (id, first_name, last_name, created_at, updated_at)
SELECT n, 'Ann', 'Number ' || n, now(), now() FROM generate_series(1, {requests}) n;
INSERT INTO contacts (id, client_id, account_id, chat_id, user_id, created_at)
SELECT n, n, 1, n::text, n::text, now() FROM generate_series(1, {requests}) n;
INSERT INTO dialogs (id, contact_id, client_id, account_id, bot_id, channel, chat_id, owner,
                     request_id, seq, last_message_at, created_at)
SELECT n, n, n, 1, 1, 'custom_channel', n::text, 'operator', n, 0, now(), now()
FROM generate_series(1, {requests}) n;
INSERT INTO requests (id, state, bot_id, channel, account_id, dialog_id, contact_id, client_id,
                      subject_id, group_ids, assignee_id, participants, created_at,
                      last_message_at)
SELECT n, CASE WHEN who IS NULL THEN 'queue' ELSE 'in_progress' END, 1, 'custom_channel', 1,
       n, n, n, 1 + n % {topics}, CASE WHEN n % {everybodys} > 0 THEN array[1 + n % {groups}]
       ELSE '{{}}' END, who, array_remove(array[who], NULL), now(), now()
FROM generate_series(1, {requests}) n,
     LATERAL (SELECT CASE WHEN n % 5 > 0 THEN (array{people})[1 + n % {count}] END AS who) w;
RESET session_replication_role
"""
_SAY = """
WITH m AS (
  INSERT INTO messages (id, dialog_id, seq, direction, kind, author_kind, author_id, request_id,
                        text, status, created_at)
  SELECT nextval('message_ids'), r.id, r.last_seq + 1, 'in', 'text', 'client', r.id, r.id,
         'Where is my order? It was to come on Monday.', 'received', now()
  FROM requests r WHERE r.id = ANY($1) RETURNING id, seq, request_id
), r AS (
  UPDATE requests r SET last_seq = m.seq, unread = unread + 1, rev = rev + 1,
         last_text = 'Where is my order?', last_author = 'client', last_message_at = now()
  FROM m WHERE r.id = m.request_id
)
INSERT INTO events (at, kind, bot_id, dialog_id, request_id, client_id, actor, data)
SELECT now(), 'message.created', 1, request_id, request_id, request_id, '{}',
       jsonb_build_object('message_id', id, 'seq', seq, 'direction', 'in', 'author', 'client')
FROM m RETURNING id, request_id
"""
_ROWS = (
    "SELECT id, bot_id, subject_id, assignee_id, participants, group_ids, shown_to FROM requests"
)
_WAKE = "SELECT pg_notify('connective_wake', '0 events')"


class Found(msgspec.Struct):
    """Milliseconds from a commit to its last socket; sockets that heard of a message.

    `cpu` is the share of a processor that the server took for it.
    """

    last_ms: list[float]
    cpu: float
    heard: float
    most_per_s: float

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.last_ms, n=20)[-1]


class Room:
    """All sockets; tells when the last of those who may has heard of an event."""

    def __init__(self) -> None:
        self.open = self.counted = 0
        self.left: dict[int, int] = {}
        self.done: dict[int, float] = {}
        self.all_done = asyncio.Event()

    def expect(self, event_id: int, count: int) -> None:
        self.left[event_id] = count
        self.all_done.clear()

    def heard(self, event_id: int) -> None:
        if event_id not in self.left:
            return
        self.left[event_id] -= 1
        if self.left[event_id] == 0:
            del self.left[event_id]
            self.done[event_id] = time.perf_counter()
            if not self.left:
                self.all_done.set()

    async def settled(self) -> None:
        async with asyncio.timeout(WITHIN_S):
            await self.all_done.wait()


class Listener(asyncio.Protocol):
    """One socket: notes the id of each event that it hears."""

    def __init__(self, room: Room, hello: bytes, first: bytes) -> None:
        self._room, self._hello, self._first = room, hello, first
        self._rest = b""
        self._shaken = self._counted = False

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        transport.write(self._hello)

    def data_received(self, data: bytes) -> None:
        data = self._rest + data if self._rest else data
        if not self._shaken:
            head, end, data = data.partition(b"\r\n\r\n")
            if not end or b" 101 " not in head:
                raise RuntimeError(f"no handshake: {head!r}")
            self._shaken = True
            self._room.open += 1
            self.transport.write(self._first)
        place = 0
        while (end_of := _frame_end(data, place)) is not None:
            start, stop = end_of
            self._take(data[start : start + 64])
            place = stop
        self._rest = data[place:]

    def _take(self, head: bytes) -> None:
        if head.startswith(b'{"type":"event","id":'):
            self._room.heard(int(head[21 : head.index(b",", 21)]))
        elif head.startswith(b'{"type":"ping"'):
            self.transport.write(PONG)
        elif not self._counted and head.startswith(b'{"type":"counters"'):
            self._counted = True
            self._room.counted += 1

    def connection_lost(self, _: Exception | None) -> None:
        self._room.open -= 1


def _frame_end(data: bytes, place: int) -> tuple[int, int] | None:
    """Where the body of the next whole frame begins and ends."""
    if len(data) < place + 4:
        return None
    size, head = data[place + 1], 2
    if size == 126:
        size, head = int.from_bytes(data[place + 2 : place + 4], "big"), 4
    start = place + head
    return (start, start + size) if len(data) >= start + size else None


class Crowd:
    """People of every role, each with a socket."""

    def __init__(self, url: str, port: int) -> None:
        self._url, self._port = url, port
        self.actors: list[tuple[Actor, str]] = []

    async def hire(self, db: Any, count: int) -> None:
        async with AppClient(self._url) as client:
            for number in range(count):
                name = ROLE_OF[number % len(ROLE_OF)]
                role = "operator" if name == "loner" else name
                foreign = name == "administrator" and number % 20 > 10
                role = "operator" if foreign else role
                bots = [999] if foreign else []
                who = await sign_in(db, client, role, bot_ids=bots, email=f"{number}@example.com")
                groups = _groups(name, number)
                await db.execute("UPDATE users SET group_ids = $2 WHERE id = $1", who.id, groups)
                actor = Actor(
                    kind="user",
                    id=who.id,
                    name="",
                    permissions=frozenset(ROLES[role][1]),
                    bot_ids=frozenset(bots),
                    group_ids=frozenset(groups),
                )
                self.actors.append((actor, who.client.headers["Cookie"]))

    async def come(self, room: Room, rows: list[Any]) -> None:
        """Everyone listens to the list and the team, and to a request that he sees."""
        loop = asyncio.get_running_loop()
        for actor, cookie in self.actors:
            wire = ClientProtocol(parse_uri(f"ws://127.0.0.1:{self._port}/api/v1/ws"))
            asked = wire.connect()
            asked.headers["Cookie"], asked.headers["Origin"] = cookie, self._url
            wire.send_request(asked)
            hello = b"".join(wire.data_to_send())
            seen = [row.id for row in rows if auth_policy.can(actor, "requests.view", row)][:1]
            topics = ["requests", "team", *(f"request:{number}" for number in seen)]
            said = msgspec.json.encode({"type": "subscribe", "topics": topics})
            first = Frame(Opcode.TEXT, said).serialize(mask=True)
            await loop.create_connection(
                lambda h=hello, f=first: Listener(room, h, f),  # type: ignore[misc]
                "127.0.0.1",
                self._port,
            )


def _groups(name: str, number: int) -> list[int]:
    if name not in ("operator", "supervisor"):
        return []
    return sorted({1 + number % GROUPS, 1 + number // 10 % GROUPS})


class Talk:
    """Clients write; it is known who has to hear of it."""

    def __init__(self, db: Any, room: Room, crowd: Crowd, rows: list[Any]) -> None:
        self._db, self._room, self._crowd = db, room, crowd
        self._rows = {row.id: row for row in rows}
        self._seen: dict[int, int] = {}
        self.began: dict[int, float] = {}

    def listeners(self, number: int) -> int:
        if number not in self._seen:
            row = self._rows[number]
            self._seen[number] = sum(
                auth_policy.can(actor, "requests.view", row) for actor, _ in self._crowd.actors
            )
        return self._seen[number]

    async def say(self, numbers: list[int]) -> int:
        """Write in requests in one transaction; how many frames that makes."""
        await self._db.execute("BEGIN")
        frames = 0
        for event in await self._db.fetch(_SAY, numbers):
            count = self.listeners(event["request_id"])
            self._room.expect(event["id"], count)
            self.began[event["id"]] = time.perf_counter()
            frames += count
        await self._db.execute("COMMIT")
        await self._db.execute(_WAKE)
        return frames


async def _paced(talk: Talk, room: Room, dice: random.Random, seconds: float) -> list[float]:
    """So many messages a second, one commit each."""
    began = time.perf_counter()
    for number in range(int(PER_S * seconds)):
        await asyncio.sleep(max(0.0, began + number / PER_S - time.perf_counter()))
        await talk.say([dice.randrange(1, REQUESTS + 1)])
    await room.settled()
    return [(done - talk.began[number]) * 1000 for number, done in room.done.items()]


async def _most(talk: Talk, room: Room, dice: random.Random, commits: int) -> float:
    """Frames a second when messages that everyone sees come as fast as they can be written."""
    everybodys = range(EVERYBODYS, REQUESTS + 1, EVERYBODYS)
    began, frames = time.perf_counter(), 0
    for _ in range(commits):
        frames += await talk.say(dice.sample(everybodys, AT_ONCE))
    await room.settled()
    return frames / (time.perf_counter() - began)


async def _prepared(db: Any, serving: instance.Serving, sockets: int) -> tuple[Room, Crowd, Talk]:
    crowd, room = Crowd(serving.url, serving.port), Room()
    async with instance.administrator(serving.url, db) as admin:
        bot = await admin.post("/api/v1/bots", {"name": "Shop"})
        given = {"enabled": True, "custom_channel_url": "http://127.0.0.1:9/"}
        await admin.put(f"/api/v1/bots/{bot.json['id']}/custom-channel", given)
    await crowd.hire(db, sockets)
    people = [actor.id for actor, _ in crowd.actors if not actor.bot_ids]
    values: dict[str, Any] = {"requests": REQUESTS, "topics": TOPICS, "groups": GROUPS}
    values |= {"people": people, "count": len(people), "everybodys": EVERYBODYS}
    await db.execute(_FILL.format(**values))
    await db.execute("ANALYZE")
    rows = [SimpleNamespace(**row) for row in await db.fetch(_ROWS)]
    await crowd.come(room, rows)
    while room.counted < sockets:  # noqa: ASYNC110 - whoever has his counters listens
        await asyncio.sleep(0.1)
    await asyncio.sleep(SETTLE_S)
    return room, crowd, Talk(db, room, crowd, rows)


async def measure(*, sockets: int, seconds: float, commits: int) -> Found:
    """The server on the first processor, all clients on the last."""
    fill_points()
    dice = random.Random(1)
    with (
        tempfile.TemporaryDirectory() as folder,
        Server(Path(folder)) as server,
        instance.serving(Path(folder), role="web") as serving,
    ):
        first, *_, last = sorted(os.sched_getaffinity(0)) * 2
        os.sched_setaffinity(serving.pid, {first})
        os.sched_setaffinity(0, {last})
        async with instance.sql(server.dsn) as db:
            room, _, talk = await _prepared(db, serving, sockets)
            for _ in range(PER_S):
                await talk.say([dice.randrange(1, REQUESTS + 1)])
            await room.settled()
            room.done.clear()
            spent, began = cpu.spent(serving.pid), time.perf_counter()
            last_ms = await _paced(talk, room, dice, seconds)
            share = (cpu.spent(serving.pid) - spent) / (time.perf_counter() - began)
            heard = statistics.mean(talk.listeners(n) for n in range(1, REQUESTS + 1))
            most = await _most(talk, room, dice, commits)
            if room.open < sockets:
                raise RuntimeError(f"{sockets - room.open} sockets were cut off")
    return Found(last_ms, share, heard, most)


def main() -> None:
    sockets = int(sys.argv[1]) if len(sys.argv) > 1 else SOCKETS
    found = uvloop.run(measure(sockets=sockets, seconds=30.0, commits=100))
    p50, worst = statistics.median(found.last_ms), max(found.last_ms)
    sys.stdout.write(
        f"{sockets} sockets, {PER_S} messages/s, heard by {found.heard:.0f} on average: the last "
        f"after {p50:.0f} ms, p95 {found.p95:.0f} ms, worst {worst:.0f} ms, by {found.cpu:.0%} of "
        f"a processor; at most {found.most_per_s:,.0f} frames/s\n"
    )


if __name__ == "__main__":
    main()
