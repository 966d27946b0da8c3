"""A stand-in for Viber: one bot, its subscribers, and what they were sent.

Source: Viber's REST API documentation for bots,
https://developers.viber.com/docs/api/rest-bot-api/ (set_webhook, get_account_info, send_message,
callbacks with their signature, keyboards, error codes).
"""

import hmac
import html
import itertools
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any, Final, Self
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from connective.kit import clock
from connective.kit.egress import Answer, Egress, EgressError, Policy

HELP: Final = (
    "Viber: one bot, token 445da6a000000000-da000000000000a0-e0fc500000000000; open / to chat."
)
TOKEN: Final = "445da6a000000000-da000000000000a0-e0fc500000000000"
USER: Final = "01234567890A="
TYPES: Final = frozenset(
    {"text", "picture", "video", "file", "contact", "location", "sticker", "url", "rich_media"}
)
NEEDS: Final[Mapping[str, tuple[str, ...]]] = {
    "text": ("text",),
    "picture": ("media",),
    "video": ("media", "size"),
    "file": ("media", "size", "file_name"),
    "contact": ("contact",),
    "location": ("location",),
    "sticker": ("sticker_id",),
    "url": ("media",),
    "rich_media": ("rich_media",),
}
ACTIONS: Final = frozenset({"reply", "open-url", "share-phone", "location-picker", "none"})
BODY_BYTES: Final = 30 * 1024
NAME: Final = 28
OK, BAD_URL, BAD_TOKEN, BAD_DATA, MISSING, NOT_REGISTERED, NOT_SUBSCRIBED = 0, 1, 2, 3, 4, 5, 6
_PAGE: Final = """<!doctype html><html lang="en"><meta charset="utf-8">
<title>Viber (stand-in)</title><body style="font:16px sans-serif;max-width:40rem;margin:2rem auto">
<h1>Viber (stand-in)</h1><p>{hook}</p>{said}
<form method="post" action="/say"><input name="text" autofocus> <button>Send</button></form>
<form method="post" action="/open"><input name="context" placeholder="context">
<button>Open the chat</button></form></body></html>"""


class Viber:
    """`subscribers` and `registered` are user ids; `sent` is what `send_message` took, in order.

    `refusals` are statuses with which the next calls of `send_message` are answered.
    """

    def __init__(self, token: str = TOKEN, egress: Egress | None = None) -> None:
        self.token, self.hook = token, ""
        self.events: list[str] = []
        self.registered, self.subscribers = {USER}, set[str]()
        self.sent: list[dict[str, Any]] = []
        self.said: list[tuple[str, str]] = []
        self.refusals: list[tuple[int, str]] = []
        self.asked: list[str] = []
        self._egress = egress or Egress(Policy(allow_private=True))
        self._tokens = itertools.count(5_741_311_803_571_721_087)

    def app(self) -> Starlette:
        """Its API below `/pa`, a page to chat by hand, and calls for scripts."""

        @asynccontextmanager
        async def lifespan(_: Starlette) -> AsyncIterator[None]:
            async with self:
                yield

        routes = [
            Route("/pa/{method}", self._call, methods=["POST"]),
            Route("/", self._page),
            Route("/say", self._say, methods=["POST"]),
            Route("/open", self._open, methods=["POST"]),
            Route("/sent", self._sent),
        ]
        return Starlette(routes=routes, lifespan=lifespan)

    async def __aenter__(self) -> Self:
        await self._egress.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._egress.close()

    async def tell(self, event: str, **parts: Any) -> Answer:
        """Send a signed callback to the hook and give its answer."""
        told = {
            "event": event,
            "timestamp": clock.epoch_ms(clock.now()),
            "message_token": next(self._tokens),
            **parts,
        }
        body = json.dumps(told).encode()
        headers = {"X-Viber-Content-Signature": self.signature(body)}
        headers["Content-Type"] = "application/json"
        return await self._egress.request("POST", self.hook, headers=headers, body=body)

    def signature(self, body: bytes) -> str:
        """What proves a callback: the hex HMAC-SHA256 of its body with the token."""
        return hmac.digest(self.token.encode(), body, "sha256").hex()

    async def says(self, text: str, user_id: str = USER, **message: Any) -> Answer:
        """A user writes; whoever writes is subscribed from then on."""
        self.registered.add(user_id)
        self.subscribers.add(user_id)
        self.said.append(("client", text or json.dumps(message)))
        sender = {"id": user_id, "name": "John McClane", "language": "en", "api_version": 10}
        content = {"type": "text", "text": text} | message
        return await self.tell("message", sender=sender, message=content)

    async def opens(self, context: str = "", user_id: str = USER) -> Answer:
        """A user opens the chat, perhaps by a link with a context; that subscribes nobody."""
        self.registered.add(user_id)
        user = {"id": user_id, "name": "John McClane", "language": "en", "api_version": 10}
        answer = await self.tell(
            "conversation_started",
            type="open",
            context=context,
            user=user,
            subscribed=user_id in self.subscribers,
        )
        if answer.body:
            self.said.append(("bot", answer.body.decode("utf-8", "replace")))
        return answer

    async def leaves(self, user_id: str = USER) -> Answer:
        """A user unsubscribes."""
        self.subscribers.discard(user_id)
        return await self.tell("unsubscribed", user_id=user_id)

    async def _call(self, request: Request) -> Response:
        method, body = request.path_params["method"], await request.body()
        self.asked.append(method)
        if not hmac.compare_digest(request.headers.get("X-Viber-Auth-Token", ""), self.token):
            return _refused(BAD_TOKEN, "invalidAuthToken")
        call = {
            "get_account_info": self._info,
            "set_webhook": self._set_webhook,
            "send_message": self._send,
        }.get(method)
        if call is None:
            return _refused(BAD_DATA, "badData")
        try:
            given = json.loads(body or b"{}")
        except ValueError:
            return _refused(BAD_DATA, "badData")
        return await call(given, len(body))

    async def _info(self, given: dict[str, Any], size: int) -> Response:
        del given, size
        return JSONResponse(
            {
                "status": OK,
                "status_message": "ok",
                "id": "pa:75346594275468546724",
                "name": "Shop of the stand-in",
                "uri": "standinshop",
                "icon": "https://media.example/icon.jpg",
                "category": "Companies, Brands & Products",
                "webhook": self.hook,
                "event_types": self.events,
                "subscribers_count": len(self.subscribers),
                "members": [],
            }
        )

    async def _set_webhook(self, given: dict[str, Any], size: int) -> Response:
        del size
        if "url" not in given:
            return _refused(MISSING, "missingData")
        before, self.hook = self.hook, str(given["url"])
        if self.hook:
            try:
                answer = await self.tell("webhook")
                reached = answer.status == 200
            except EgressError:
                reached = False
            if not reached:
                self.hook = before
                return _refused(BAD_URL, "invalidUrl")
        self.events = list(given.get("event_types", []))
        return JSONResponse({"status": OK, "status_message": "ok", "event_types": self.events})

    async def _send(self, given: dict[str, Any], size: int) -> Response:
        if self.refusals:
            return _refused(*self.refusals.pop(0))
        refusal = _unfit(given, size)
        if refusal:
            return refusal
        if given["receiver"] not in self.registered:
            return _refused(NOT_REGISTERED, "receiverNotRegistered")
        if given["receiver"] not in self.subscribers:
            return _refused(NOT_SUBSCRIBED, "receiverNotSubscribed")
        number = next(self._tokens)
        self.sent.append({**given, "message_token": number})
        self.said.append(("bot", str(given.get("text") or given["type"])))
        return JSONResponse(
            {"status": OK, "status_message": "ok", "message_token": number, "billing_status": 1}
        )

    async def _page(self, request: Request) -> Response:
        del request
        lines = "".join(
            f"<p><b>{html.escape(who)}</b>: {html.escape(text)}</p>" for who, text in self.said
        )
        return HTMLResponse(_PAGE.format(hook=html.escape(self.hook or "no webhook"), said=lines))

    async def _say(self, request: Request) -> Response:
        await self.says(_field(await request.body(), "text"))
        return RedirectResponse("/", 303)

    async def _open(self, request: Request) -> Response:
        await self.opens(_field(await request.body(), "context"))
        return RedirectResponse("/", 303)

    async def _sent(self, request: Request) -> Response:
        del request
        return JSONResponse(self.sent)


def _unfit(given: dict[str, Any], size: int) -> Response | None:
    if size > BODY_BYTES:
        return _refused(BAD_DATA, "badData: more than 30 KB")
    kind = given.get("type")
    sender = given.get("sender") or {}
    if kind not in TYPES or not given.get("receiver") or not sender.get("name"):
        return _refused(MISSING, "missingData")
    if any(not given.get(name) for name in NEEDS[kind]):
        return _refused(MISSING, "missingData")
    if len(sender["name"]) > NAME:
        return _refused(BAD_DATA, "badData: sender.name")
    for part, rows in (("keyboard", 2), ("rich_media", 7)):
        if part in given and not all(_fits(one, rows) for one in given[part].get("Buttons", [{}])):
            return _refused(BAD_DATA, f"badData: {part}.Buttons")
    return None


def _fits(button: dict[str, Any], rows: int) -> bool:
    """A button of the grid, which does something and shows something."""
    placed = 1 <= button.get("Columns", 6) <= 6 and 1 <= button.get("Rows", 1) <= rows
    acts = button.get("ActionType", "reply") in ACTIONS and bool(button.get("ActionBody"))
    return placed and acts and bool(button.get("Text") or button.get("Image"))


def _refused(status: int, message: str) -> Response:
    """Viber answers every call with HTTP 200."""
    return JSONResponse({"status": status, "status_message": message})


def _field(body: bytes, name: str) -> str:
    return parse_qs(body.decode()).get(name, [""])[0]


def create() -> Starlette:
    """A fresh one, for the command line."""
    return Viber().app()
