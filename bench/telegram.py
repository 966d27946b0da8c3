"""From an update at Telegram's hook to the answer at the Bot API, at a steady rate.

Updates come on time whether or not those before them are answered, each of another chat; the time
counts from the moment at which the update was due.
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
from connective.kit.testing.shop import graph_of

PER_S = 200
PATIENCE_S = 20
TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
SECRET = "X-Telegram-Bot-Api-Secret-Token"
_encode = msgspec.json.Encoder().encode


class Found(msgspec.Struct):
    """Milliseconds from update to answer, and from update to the hook's 200."""

    answered: list[float] = msgspec.field(default_factory=list)
    taken: list[float] = msgspec.field(default_factory=list)

    def percentile(self, of: str, hundredth: int) -> float:
        times: list[float] = getattr(self, of)
        return statistics.quantiles(times, n=100)[hundredth - 1]


class BotApi:
    """As much of Telegram as a bot that only answers needs."""

    def __init__(self) -> None:
        self.url = self.secret = self.hook = ""
        self.came: dict[int, float] = {}
        self.all_came = asyncio.Event()
        self.awaited = 0

    async def _call(self, request: web.Request) -> web.Response:
        method, given = request.match_info["method"], msgspec.json.decode(await request.read())
        result: Any = True
        if method == "getMe":
            result = {"id": 110201543, "is_bot": True, "first_name": "Bench", "username": "bench"}
        elif method == "getUserProfilePhotos":
            result = {"total_count": 0, "photos": []}
        elif method == "setWebhook":
            self.hook, self.secret = given["url"], given["secret_token"]
        elif method == "sendMessage":
            self.came[given["chat_id"]] = time.perf_counter()
            result = {"message_id": len(self.came)}
            if len(self.came) == self.awaited:
                self.all_came.set()
        return web.json_response({"ok": True, "result": result})

    @asynccontextmanager
    async def listening(self) -> AsyncIterator["BotApi"]:
        app = web.Application()
        app.router.add_post("/bot{token}/{method}", self._call)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield self
        finally:
            await runner.cleanup()


async def connected(admin: AppClient, there: BotApi) -> None:
    """An active bot that greets, its account at the Bot API."""
    bot = (await admin.post("/api/v1/bots", {"name": "Bench", "languages": ["en"]})).json
    path = f"/api/v1/bots/{bot['id']}/scenario"
    greeting = [(1, "start", {}), (2, "message", {"text": "Hello {{first_name}}"})]
    rev = (await admin.get(path)).json["draft"]["rev"]
    draft = {"rev": rev, "graph": graph_of(greeting, [(1, "next", 2)])}
    saved = await admin.put(f"{path}/draft", draft)
    made = await admin.post(f"{path}/versions", {"rev": saved.json["rev"]})
    active = await admin.post(f"/api/v1/bots/{bot['id']}/activate")
    account = {
        "bot_id": bot["id"],
        "type": "telegram",
        "credentials": {"token": TOKEN},
        "settings": {"messages_per_second": 10 * PER_S},
        "api_base": there.url,
    }
    done = await admin.post("/api/v1/channels", account)
    if (made.status, active.status, done.status) != (201, 200, 201):
        raise RuntimeError(made.text + active.text + done.text)


async def measure(*, seconds: float) -> Found:
    """So many seconds of updates, after one second that does not count."""
    async with BotApi().listening() as there:
        with (
            tempfile.TemporaryDirectory() as folder,
            Server(Path(folder)) as server,
            instance.serving(Path(folder)) as serving,
        ):
            async with (
                instance.sql(server.dsn) as db,
                instance.administrator(serving.url, db) as admin,
            ):
                await connected(admin, there)
                await _updates(there, first=1, count=PER_S)
                return await _updates(there, first=10_000, count=int(PER_S * seconds))


async def _updates(there: BotApi, *, first: int, count: int) -> Found:
    there.came.clear()
    there.all_came.clear()
    there.awaited = count
    due: dict[int, float] = {}
    found = Found()
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(trust_env=False, connector=connector) as session:
        began = time.perf_counter()
        async with asyncio.TaskGroup() as group:
            for number in range(count):
                chat = first + number
                due[chat] = began + number / PER_S
                await asyncio.sleep(max(0.0, due[chat] - time.perf_counter()))
                group.create_task(_post(there, session, chat, due[chat], found))
        await asyncio.wait_for(there.all_came.wait(), PATIENCE_S)
    found.answered = [(there.came[chat] - at) * 1000 for chat, at in due.items()]
    return found


async def _post(
    there: BotApi, session: aiohttp.ClientSession, chat: int, due: float, found: Found
) -> None:
    body = _encode(_update(chat))
    headers = {SECRET: there.secret, "Content-Type": "application/json"}
    async with session.post(there.hook, data=body, headers=headers) as response:
        if response.status != 200:
            raise RuntimeError(await response.text())
    found.taken.append((time.perf_counter() - due) * 1000)


def _update(chat: int) -> dict[str, Any]:
    person = {"id": chat, "first_name": "Ann"}
    message = {
        "message_id": chat,
        "from": {**person, "is_bot": False},
        "chat": {**person, "type": "private"},
        "date": int(time.time()),
        "text": "/start",
    }
    return {"update_id": chat, "message": message}
