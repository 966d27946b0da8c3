"""Takes what Connective sends: proves it, stores it, answers, and only then does the slow part."""

import asyncio
import hmac
import json
from typing import Any

import aiohttp
from aiohttp import web

from examples.partner import signing
from examples.partner.settings import Settings
from examples.partner.store import Store

MEGABYTE = 1024 * 1024
MAX_FILE = 50 * MEGABYTE
PIECE = 64 * 1024
BETWEEN_S = 0.01
Envelope = dict[str, Any]


class Envelopes:
    """The handler of `custom_channel_url`."""

    def __init__(self, settings: Settings, store: Store, session: aiohttp.ClientSession) -> None:
        self._settings = settings
        self._store = store
        self._session = session
        self._fetching: set[asyncio.Task[None]] = set()
        self._later: asyncio.Queue[tuple[str, Envelope]] = asyncio.Queue()

    async def post(self, request: web.Request) -> web.Response:
        """401 for what is not proven, 400 for what cannot be read, else 200 once it is stored."""
        broken = self._settings.broken
        name = request.headers.get("webhook-id", "")
        if broken == "marks-first":
            if self._store.seen(name):
                return self._answer(name)
            self._store.mark(name)
        try:
            body = await request.read()
        except (ConnectionError, web.RequestPayloadError):
            return web.json_response({"status": "error"}, status=400)
        if not self._proven(request, body):
            return web.json_response({"status": "error", "message": "not proven"}, status=401)
        envelope: Envelope = json.loads(body)
        attachments = (envelope.get("message") or {}).get("attachments") or []
        if broken == "large-file" and any(a.get("size", 0) > MEGABYTE for a in attachments):
            return web.json_response({"status": "error", "message": "too large"}, status=413)
        name = name or envelope["delivery_id"]
        if broken == "answers-first":
            self._later.put_nowait((name, envelope))
        elif broken == "lost-updates":
            await self._read_change_write(name, envelope)
        else:
            self._take(name, envelope)
            self._begin_fetching(envelope)
        if broken == "slow-answer":
            await asyncio.gather(*self._fetching)
        return self._answer(name)

    async def work(self) -> None:
        """The mistake of `answers-first`: files before messages, and no file, no message."""
        while True:
            name, envelope = await self._later.get()
            kept = await self._copies(envelope)
            if all(part["size"] is not None for part in kept):
                self._take(name, envelope)
                self._fetched(envelope, kept)

    async def close(self) -> None:
        for task in self._fetching:
            task.cancel()
        await asyncio.gather(*self._fetching, return_exceptions=True)

    def _proven(self, request: web.Request, body: bytes) -> bool:
        given, broken = self._settings, self._settings.broken
        token = request.headers.get("x-access-token", "").encode()
        if broken != "any-token" and not hmac.compare_digest(token, given.token.encode()):
            return False
        if broken == "any-signature":
            return signing.recent(request.headers)
        if not given.secret:
            return True
        stale = broken == "stale-timestamp"
        return signing.verified(given.secret, request.headers, body, stale=stale)

    def _answer(self, name: str) -> web.Response:
        if self._settings.broken == "html-answer":
            return web.Response(text="<h1>OK</h1>", content_type="text/html")
        if self._settings.broken == "error-in-200":
            return web.json_response({"status": "error", "message": "sorry"})
        return web.json_response({"message_id": f"partner-{name}"})

    def _take(self, name: str, envelope: Envelope) -> None:
        broken, chat = self._settings.broken, envelope["chat_id"]
        if broken == "no-emoji" and "message" in envelope:
            text = envelope["message"].get("text") or ""
            short = "".join(letter if ord(letter) < 0x10000 else "?" for letter in text)
            envelope = envelope | {"message": envelope["message"] | {"text": short}}
        self._store.take(name, envelope, always=broken in ("duplicates", "marks-first"))
        if envelope["event"] == "message_edited" and broken != "forgets-edits":
            self._store.edit(chat, envelope["message_id"], envelope["text"])
        if envelope["event"] == "message_deleted" and broken != "forgets-deletes":
            self._store.delete(chat, envelope["message_id"])

    async def _read_change_write(self, name: str, envelope: Envelope) -> None:
        """The mistake of `lost-updates`: what others wrote in between is gone."""
        known = self._store.last(envelope["chat_id"])
        await asyncio.sleep(BETWEEN_S)
        self._take(name, envelope)
        if "message" in envelope:
            self._store.overwrite(envelope["chat_id"], known, envelope["message"]["id"])
        self._begin_fetching(envelope)

    def _begin_fetching(self, envelope: Envelope) -> None:
        if (envelope.get("message") or {}).get("attachments"):
            task = asyncio.create_task(self._fetch(envelope))
            self._fetching.add(task)
            task.add_done_callback(self._fetching.discard)

    async def _fetch(self, envelope: Envelope) -> None:
        """Keep a copy of each file: the links of Connective end."""
        self._fetched(envelope, await self._copies(envelope))

    async def _copies(self, envelope: Envelope) -> list[dict[str, Any]]:
        message = envelope.get("message") or {}
        kept = []
        for index, part in enumerate(message.get("attachments") or []):
            copy = f"{message['id']}-{index}"
            size = await self._copy(part["url"], copy)
            kept.append({"name": part.get("name"), "url": f"/files/{copy}", "size": size})
        return kept

    def _fetched(self, envelope: Envelope, kept: list[dict[str, Any]]) -> None:
        if kept:
            self._store.fetched(envelope["chat_id"], envelope["message"]["id"], kept)

    async def _copy(self, url: str, name: str) -> int | None:
        size = 0
        try:
            async with self._session.get(url) as response:
                with (self._settings.folder / name).open("wb") as file:
                    async for piece in response.content.iter_chunked(PIECE):
                        size += len(piece)
                        if size > MAX_FILE:
                            return None
                        file.write(piece)
        except (aiohttp.ClientError, TimeoutError):
            return None
        return size if response.status == 200 else None
