"""Everyone around an instance: clients who write, a partner, watching operators, one who answers.

Of fifty messages forty-four are answered by the scenario alone, five make it ask the partner first,
one asks for an operator, who takes it, answers and closes. A webhook hears of every event.
"""

import asyncio
import contextlib
import itertools
import statistics
import time
from collections import deque
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
from aiohttp import web

from bench.instance import Sql
from connective.kit.testing.app_client import AppClient
from connective.kit.testing.shop import Edge, Node, Shop

CHATS = 1000
SOCKETS = 20
AT_WORK_S = 0.5
READS_S = 0.5
TIMES = 2000
NODES: list[Node] = [
    (1, "start", {}),
    (2, "action", {"template_id": "increment", "values": {"name": "turns"}}),
    (3, "router", {"rules": [
        {"port": word, "conditions": [{"left": "{{last_message}}", "op": "starts", "right": word}]}
        for word in ("ask", "human")]}),
    (4, "action", {"template_id": "action_send_request", "values": {"method": "GET"}}),
    (5, "message", {"text": "The shop says {{answer}}"}),
    (6, "message", {"text": "Turn {{turns}}: you wrote {{last_message}}"}),
    (7, "operator", {"values": {"subject_alias": "support"}}),
]  # fmt: skip
EDGES: list[Edge] = [
    (1, "next", 2), (2, "success", 3), (3, "ask", 4), (3, "human", 7), (3, "else", 6), (4, "ok", 5),
]  # fmt: skip


class Partner:
    """Takes whatever comes and says ok."""

    def __init__(self) -> None:
        self.url = ""
        self.got = 0

    async def _take(self, request: web.Request) -> web.Response:
        await request.read()
        self.got += 1
        return web.json_response({"answer": "yes"})

    @contextlib.asynccontextmanager
    async def listening(self) -> AsyncIterator["Partner"]:
        app = web.Application()
        app.router.add_route("*", "/{rest:.*}", self._take)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0, backlog=1000).start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield self
        finally:
            await runner.cleanup()


class Town:
    """A bot in work at a running server."""

    def __init__(self, url: str, admin: AppClient, shop: Shop) -> None:
        self._url, self._admin, self._shop = url, admin, shop
        self._numbers = itertools.count(1)
        self.sent = self.refused = self.closed = 0
        self.took: deque[float] = deque(maxlen=TIMES)

    @classmethod
    async def settled(cls, url: str, admin: AppClient, partner: Partner) -> "Town":
        """A bot with its scenario, a topic, a webhook that hears of everything."""
        shop = await Shop.open(admin, admin, partner)  # type: ignore[arg-type]
        await shop.channel(custom_channel_url=f"{partner.url}/out", rate_per_s=0)
        nodes = [_asking(node, partner.url) for node in NODES]
        await _made(admin, "/api/v1/topics", {"name": "Support", "alias": "support"})
        await shop.publish(nodes, EDGES)
        hook = {"name": "Everything", "url": f"{partner.url}/hook", "events": ["*"]}
        await _made(admin, "/api/v1/webhooks", hook)
        return cls(url, admin, shop)

    @contextlib.asynccontextmanager
    async def awake(self) -> AsyncIterator[None]:
        """Operators watch, one answers, somebody reads lists, while the block runs."""
        doing = [self._watch() for _ in range(SOCKETS)] + [self._answer(), self._read()]
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(one) for one in doing]
            try:
                yield
            finally:
                for task in tasks:
                    task.cancel()

    async def write(self, session: aiohttp.ClientSession) -> None:
        """One message of the next chat."""
        number = next(self._numbers)
        word = "human" if number % 50 == 0 else "ask" if number % 10 == 5 else "hello"
        update = self._shop.update(f"c{number % CHATS}", text=f"{word} {number}")
        began = time.perf_counter()
        self.sent += 1
        async with session.post(self._url + self._shop.hook, json=update) as answer:
            self._note(answer.status)
            await answer.read()
        self.took.append((time.perf_counter() - began) * 1000)

    @property
    def hook(self) -> str:
        """Where messages are posted."""
        return self._shop.hook

    def p99(self) -> float:
        """Of the last messages, in milliseconds."""
        return statistics.quantiles(self.took, n=100)[98] if len(self.took) > 1 else 0.0

    async def steadily(self, per_s: float, *, seconds: float) -> None:
        """Messages that come on time, whether or not those before them are answered."""
        began = time.monotonic()
        async with _session() as session, asyncio.TaskGroup() as group:
            for number in range(int(per_s * seconds)):
                await asyncio.sleep(max(0.0, began + number / per_s - time.monotonic()))
                group.create_task(self.write(session))

    async def hurriedly(self, hands: int, *, seconds: float) -> None:
        """Each hand sends again when it has its answer."""
        until = time.monotonic() + seconds

        async def one(session: aiohttp.ClientSession) -> None:
            while time.monotonic() < until:
                await self.write(session)

        async with _session() as session:
            await asyncio.gather(*(one(session) for _ in range(hands)))

    async def _watch(self) -> None:
        """A socket that hears of all requests; after an end it resumes where it was."""
        while True:
            socket = await self._admin.ws("/api/v1/ws")
            await socket.send_json({"type": "subscribe", "topics": ["requests", "team"]})
            async for frame in socket:
                if frame.data == '{"type":"ping"}':
                    await socket.send_str('{"type":"pong"}')

    async def _answer(self) -> None:
        """Take what waits, answer it, close it."""
        for state in itertools.cycle(("new", "queue")):
            await asyncio.sleep(AT_WORK_S)
            asked = await self._admin.get(f"/api/v1/requests?state={state}&limit=50")
            self._note(asked.status)
            for request in asked.json.get("items", ()):
                path = f"/api/v1/requests/{request['id']}"
                said = {"text": "At once", "client_msg_id": f"m{request['id']}"}
                for verb, body in (("take", {}), ("messages", said), ("close", {})):
                    status = (await self._admin.post(f"{path}/{verb}", body)).status
                    self._note(status)
                self.closed += status == 200

    async def _read(self) -> None:
        for path in itertools.cycle(("requests", "dialogs", "deliveries", "clients")):
            await asyncio.sleep(READS_S)
            self._note((await self._admin.get(f"/api/v1/{path}?limit=50")).status)

    def _note(self, status: int) -> None:
        self.refused += status not in (200, 201)


async def at_rest(db: Sql, *, within_s: float) -> bool:
    """Whether everything that was on its way has arrived in time."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(within_s):
            while await db.value(_OPEN):  # noqa: ASYNC110 - nothing tells
                await asyncio.sleep(0.2)
            return True
    return False


_OPEN = """
SELECT EXISTS (SELECT FROM deliveries WHERE status IN ('pending', 'retrying'))
    OR EXISTS (SELECT FROM calls WHERE status IN ('waiting', 'running'))
    OR EXISTS (SELECT FROM inbound_backlog WHERE status = 'waiting')
"""


def _asking(node: Node, url: str) -> Node:
    number, kind, data = node
    if data.get("template_id") != "action_send_request":
        return node
    values = {**data["values"], "url": f"{url}/ask", "response_mapping": {"answer": "answer"}}
    return number, kind, {**data, "values": values}


async def _made(admin: AppClient, path: str, given: dict[str, Any]) -> None:
    answer = await admin.post(path, given)
    if answer.status != 201:
        raise RuntimeError(answer.text)


def _session() -> aiohttp.ClientSession:
    connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=60)
    return aiohttp.ClientSession(connector=connector, trust_env=False)
