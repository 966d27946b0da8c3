"""Tells the request log of calls from other systems; features say which of their routes those are.

Stands around everything, so that it sees what really came and went. The hooks of channels are not
its matter: an accepted message is a record itself, and of refused ones the hook tells the log.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final, Literal

from msgspec import Struct
from starlette.requests import Request

from connective.kit import clock, request_log
from connective.kit.auth_policy import Actor
from connective.kit.errors import Problem
from connective.kit.http.address import client_address
from connective.kit.http.middleware import App, Message, Receive, Scope, Send, judged
from connective.kit.request_log import CAPTURED, Entry

_CREDENTIALS: Final = (b"authorization", b"x-auth-token", b"x-access-token")
_TEXT: Final = ("json", "text/", "xml", "urlencoded")
BIGINTS: Final = 2**63


class Recorded(Struct, frozen=True):
    """How calls of a path prefix are logged: `source` is the kind of call that they are.

    With a `credential` only calls that show a key or a token are of other systems; what the web app
    asks with its session is not. Of `private` ones no body is kept.
    """

    source: str = "api"
    when: Literal["always", "credential", "never"] = "credential"
    private: bool = False


class Recorder:
    """Pure ASGI middleware; of the prefixes in `paths` the longest that fits decides."""

    def __init__(self, app: App, paths: Mapping[str, Recorded]) -> None:
        self.app = app
        self._paths = sorted(paths.items(), key=lambda pair: -len(pair[0]))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        how = self._how(scope) if scope["type"] == "http" else None
        if how is None:
            await self.app(scope, receive, send)
            return
        seen = _Seen(scope, receive, send, how)
        try:
            await self.app(scope, seen.receive, seen.send)
        finally:
            request_log.note(seen.entry())

    def _how(self, scope: Scope) -> Recorded | None:
        """How this call is to be logged; None when it is not."""
        path: str = scope["path"]
        how = next((how for prefix, how in self._paths if path.startswith(prefix)), None)
        if how is None or how.when == "never":
            return None
        shown = any(name in _CREDENTIALS for name, _ in scope["headers"])
        return how if shown or how.when == "always" else None


def refused(request: Request, refusal: Problem) -> None:
    """A channel's hook tells of an update that it did not take."""
    scope, headers = request.scope, _named(request.scope["headers"])
    # read by the hook, unless it refused before that
    body: bytes = getattr(request, "_body", b"")
    request_log.note(
        Entry(
            at=clock.now(),
            direction="in",
            source="hook",
            method=scope["method"],
            url=_url(scope),
            status=refusal.status,
            bot_id=_bot(scope, None),
            request_headers=headers,
            request_body=text_of(body[:CAPTURED], headers),
            error=_told(refusal),
            request_id=getattr(request.state, "request_id", None),
            address=client_address(request),
            kept=credentials(scope),
        )
    )


def _told(refusal: Problem) -> str:
    return ", ".join([refusal.code, *(f"{e.field}: {e.code}" for e in refusal.errors)])


class _Seen:
    """One call as it passes by."""

    def __init__(self, scope: Scope, receive: Receive, send: Send, how: Recorded) -> None:
        self._scope, self._receive, self._send = scope, receive, send
        self._how = how
        self._at, self._began = clock.now(), clock.monotonic()
        self._asked, self._given = bytearray(), bytearray()
        self._status: int | None = None
        self._headers: dict[str, str] = {}

    async def receive(self) -> Message:
        message = await self._receive()
        _keep(self._asked, message)
        return message

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._status, self._headers = message["status"], _named(message["headers"])
        else:
            _keep(self._given, message)
        await self._send(message)

    def entry(self) -> Entry:
        scope, headers = self._scope, _named(self._scope["headers"])
        state: dict[str, Any] = scope.get("state", {})
        actor = _actor(state)
        inner: Problem | None = state.get("refusal")
        return Entry(
            at=self._at,
            direction="in",
            source=self._how.source,
            method=scope["method"],
            url=_url(scope),
            status=self._status and judged(scope, self._status),
            error=None if inner is None else _told(inner),
            ms=round((clock.monotonic() - self._began) * 1000),
            actor=actor,
            bot_id=state.get("bot_id") or _bot(scope, actor),
            run_id=state.get("run_id"),
            request_headers=headers,
            request_body=text_of(self._asked, headers),
            response_headers=self._headers,
            response_body=text_of(self._given, self._headers),
            request_id=state.get("request_id"),
            address=client_address(Request(scope)),
            kept=credentials(scope),
            private=self._how.private,
        )


def _keep(body: bytearray, message: Message) -> None:
    room = CAPTURED - len(body)
    if room > 0:
        body += message.get("body", b"")[:room]


def _named(headers: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    return {name.decode("latin-1"): value.decode("latin-1") for name, value in headers}


def text_of(body: bytes | bytearray, headers: dict[str, str]) -> str:
    """A body that is text; files and pictures stay out of the log."""
    kind = headers.get("content-type", "")
    return body.decode("utf-8", "replace") if not kind or any(x in kind for x in _TEXT) else ""


def _url(scope: Scope) -> str:
    query = scope["query_string"].decode("latin-1")
    return f"{scope['path']}?{query}" if query else str(scope["path"])


def credentials(scope: Scope) -> tuple[str, ...]:
    """What the caller showed to be let in, without the word before it."""
    found = [
        value.decode("latin-1").rpartition(" ")[2]
        for name, value in scope["headers"]
        if name in _CREDENTIALS
    ]
    return tuple(value for value in found if value)


def _actor(state: dict[str, Any]) -> Actor | None:
    """Who the call turned out to be from, whichever part of the app asked."""
    ctx = state.get("ctx")
    actor: Actor | None = state.get("caller") or (ctx and ctx.actor)
    return actor if actor is not None and actor.kind != "system" else None


def _bot(scope: Scope, actor: Actor | None) -> int | None:
    """The bot of the address; else the only one that the caller has."""
    given = str(scope.get("path_params", {}).get("bot_id", ""))
    if given.isascii() and given.isdigit() and len(given) < 20:
        return int(given) if 0 < int(given) < BIGINTS else None
    if actor is not None and len(actor.bot_ids) == 1:
        return next(iter(actor.bot_ids))
    return None
