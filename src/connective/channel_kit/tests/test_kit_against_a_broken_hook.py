"""A hook of the test's own, right or with one mistake, which the kit sees as Connective's."""

import asyncio
import itertools
import json
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from connective.channel_kit import shapes, signatures
from connective.channel_kit.options import Options
from connective.channel_kit.report import Report
from connective.channel_kit.run import chosen, run
from connective.kit import crypto
from connective.kit.testing.polling import polled

SECRET = crypto.webhook_secret()
MB = 1024 * 1024
# Each mistake, and the check that has to see it.
MISTAKES = {
    "new-each-time": "hook.duplicate",
    "races": "hook.parallel",
    "ids-as-text": "hook.ids",
    "no-stickers": "hook.types",
    "no-emoji": "hook.emoji",
    "spoiled-batch": "hook.batch",
    "waits-for-files": "hook.file_by_url",
    "any-json": "refused.json",
    "no-fields": "refused.shape",
    "any-token": "refused.token",
    "any-signature": "refused.signature",
    "stores-first": "refused.token",
    "any-bot": "refused.bot",
    "any-size": "hook.too_large",
    "other-words": "call.envelope",
    "unsigned": "call.signature",
    "tokenless": "call.token",
    "gaps": "call.sequence",
    "answers-repeats": "call.duplicate",
    "renames": "call.retry",
    "overtakes": "call.retry",
    "insists": "call.refused",
    "deaf": "call.error",
}


class Hook:
    """What the guide asks of Connective, in memory, with second tries that come at once."""

    def __init__(self, broken: str) -> None:
        self.broken = broken
        self.calls_to = ""
        self._seen: set[str] = set()
        self._sequences: dict[str, int] = defaultdict(int)
        self._served: dict[str, int] = defaultdict(int)
        self._lanes: dict[str, asyncio.Queue[dict[str, Any]]] = {}
        self._numbers = itertools.count(1)
        self._tasks: list[asyncio.Task[None]] = []
        self.session: aiohttp.ClientSession

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[str]:
        app = web.Application(client_max_size=64 * MB)
        app.router.add_post("/messengers_host/{bot}/custom_channel/hooks", self._take)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.01)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        async with aiohttp.ClientSession() as self.session:
            try:
                port = runner.addresses[0][1]
                yield f"http://127.0.0.1:{port}/messengers_host/1/custom_channel/hooks"
            finally:
                for task in self._tasks:
                    task.cancel()
                await asyncio.gather(*self._tasks, return_exceptions=True)
                await runner.cleanup()

    def _refused(self, request: web.Request, body: bytes) -> web.Response | None:
        headers = request.headers
        if len(body) > 5 * MB and self.broken != "any-size":
            return _refusal(413, "body_too_large")
        if request.match_info["bot"] != "1" and self.broken != "any-bot":
            return _refusal(404, "bot_not_found")
        if self.broken == "stores-first" and body.startswith(b"{"):
            self._seen.add(str(json.loads(body).get("update_id")))
        if headers.get("x-access-token") != "I" and self.broken != "any-token":
            return _refusal(401, "hook_unverified")
        wrong = "webhook-signature" in headers and signatures.fault(SECRET, headers, body)
        if wrong and self.broken != "any-signature":
            return _refusal(401, "hook_unverified")
        return None

    async def _take(self, request: web.Request) -> web.Response:
        body = await request.read()
        if refusal := self._refused(request, body):
            return refusal
        try:
            content = json.loads(body)
        except ValueError:
            fits = self.broken == "any-json"
            return web.json_response({"status": "success"}) if fits else _refusal(400, "bad_json")
        if not isinstance(content, list):
            status, said = await self._one(content)
            return web.json_response(said, status=status)
        if len(content) > 100:
            return _refusal(422, "batch_too_long")
        results = [await self._one(item) for item in content]
        if self.broken == "spoiled-batch" and any(status != 200 for status, _ in results):
            return _refusal(422, "validation")
        return web.json_response({"status": "success", "results": [said for _, said in results]})

    async def _one(self, update: Any) -> tuple[int, dict[str, Any]]:
        fault = shapes.update_fault(update)
        if fault:
            errors = [] if self.broken == "no-fields" else [{"field": "update", "message": fault}]
            return 422, {"status": "error", "code": "validation", "errors": errors}
        name, message = update["update_id"], update.get("message") or {}
        text = message.get("text") or ""
        if self.broken == "no-stickers" and message.get("type") == "sticker":
            return 422, {"status": "error", "code": "validation"}
        if self.broken == "no-emoji" and any(ord(letter) > 0xFFFF for letter in text):
            return 500, {"status": "error", "code": "internal"}
        url = (message.get("media") or {}).get("url")
        if url and self.broken == "waits-for-files":
            async with self.session.get(url) as answer:
                await answer.read()
        elif url:
            self._tasks.append(asyncio.create_task(self._fetch(url)))
        known = str(name) in self._seen
        if self.broken == "races":
            await asyncio.sleep(0.01)
        self._seen.add(str(name))
        if text == "/start" and (not known or self.broken == "answers-repeats"):
            self._answer(str(message["chat"]["id"]))
        said = str(name) if self.broken == "ids-as-text" else name
        duplicate = known and self.broken != "new-each-time"
        return 200, {"status": "success", "update_id": said, "duplicate": duplicate}

    async def _fetch(self, url: str) -> None:
        async with self.session.get(url) as answer:
            await answer.read()

    def _answer(self, chat: str) -> None:
        if chat not in self._lanes:
            self._lanes[chat] = asyncio.Queue()
            self._tasks.append(asyncio.create_task(self._deliver(self._lanes[chat])))
        self._sequences[chat] += 2 if self.broken == "gaps" else 1
        number = next(self._numbers)
        message: dict[str, Any] = {
            "id": f"m_{number}", "type": "text", "text": "Hello", "parse_mode": None,
            "from": {"kind": "bot"}, "reply_to": None, "attachments": [], "meta": {},
        }  # fmt: skip
        self._lanes[chat].put_nowait(
            {
                "delivery_id": f"d_{number}",
                "sequence": self._sequences[chat],
                "event": "Message" if self.broken == "other-words" else "message",
                "bot_id": 1,
                "channel": "custom_channel",
                "chat_id": chat,
                "user_id": chat,
                "date": 1,
                "message": message,
            }
        )

    async def _deliver(self, lane: "asyncio.Queue[dict[str, Any]]") -> None:
        while True:
            envelope = await lane.get()
            others = self._served_but(envelope["chat_id"])
            while status := await self._again(envelope):
                if status >= 500:  # as long as the real one waits, another chat is served
                    await polled(partial(self._served_more, envelope["chat_id"], others))
                if self.broken == "renames":
                    envelope["delivery_id"] += "x"
                if self.broken == "overtakes":
                    lane.put_nowait(envelope)
                    break
            self._served[envelope["chat_id"]] += 1

    async def _served_more(self, chat: str, before: int) -> bool:
        return self._served_but(chat) > before

    def _served_but(self, chat: str) -> int:
        return sum(count for one, count in self._served.items() if one != chat)

    async def _again(self, envelope: dict[str, Any]) -> int:
        """Post it; the status for which it has to be posted again, or 0."""
        body = json.dumps(envelope).encode()
        headers = {"Content-Type": "application/json"}
        if self.broken != "unsigned":
            headers |= signatures.headers(SECRET, envelope["delivery_id"], body)
        if self.broken != "tokenless":
            headers["x-access-token"] = "T"
        async with self.session.post(self.calls_to, data=body, headers=headers) as answer:
            said = await answer.json()
        insists = self.broken == "insists" and answer.status == 400
        deaf = self.broken == "deaf" and said.get("status") == "error"
        return answer.status if insists or deaf or answer.status >= 500 else 0


def _refusal(status: int, code: str) -> web.Response:
    return web.json_response({"status": "error", "code": code}, status=status)


async def played(broken: str, *only: str) -> Report:
    """The kit as the partner of such a hook."""
    hook = Hook(broken)

    async def listening(url: str) -> None:
        hook.calls_to = f"{url}/channel"

    # these two make the kit wait to the end, for an answer or for another chat to hear as much
    within_s = 2 if broken in ("waits-for-files", "answers-repeats") else 20
    async with hook.listening() as url:
        options = Options(
            url=url,
            side="connective",
            secret=SECRET,
            token="T",
            input_token="I",
            listens=True,
            allow_private=True,
            timeout_s=within_s,
            patience_s=within_s,
            settle_s=1 if broken in ("insists", "deaf") else 0.05,
            only=only,
        )
        return await run(options, listening=listening)


async def test_a_hook_as_documented_passes_every_check() -> None:
    report = await played("")
    assert {r.id: r.came for r in report.results if r.state != "passed"} == {}
    assert len(report.results) == len(chosen(Options(url="", side="connective")))


@pytest.mark.proves("INT-06", part="channel kit")
async def test_each_mistake_of_a_hook_is_seen_by_its_check() -> None:
    reports = await asyncio.gather(*(played(name, check) for name, check in MISTAKES.items()))
    states = {name: report.results[0].state for name, report in zip(MISTAKES, reports, strict=True)}
    assert states == dict.fromkeys(MISTAKES, "failed")
