"""Calls the other side and notes what was sent and what came."""

import asyncio
from collections.abc import Mapping
from urllib.parse import urlencode

import msgspec

from connective.kit import clock
from connective.kit.egress import Body, Egress, EgressError, TimedOut

EXCERPT = 2000
NOTED = 12
HIDDEN = frozenset({"x-access-token"})
READ_BYTES = 64 * 1024


class Exchange(msgspec.Struct, kw_only=True):
    """One call as the report shows it; tokens are masked, long bodies cut."""

    at: str
    incoming: bool
    call: str
    headers: dict[str, str]
    body: str
    status: int | None = None
    answer: str = ""
    ms: int = 0
    error: str = ""


class Came(msgspec.Struct, kw_only=True):
    """The answer to a call, or why there is none."""

    status: int = 0
    headers: dict[str, str] = {}
    body: bytes = b""
    ms: int = 0
    error: str = ""

    @property
    def good(self) -> bool:
        return 200 <= self.status < 300

    @property
    def refused(self) -> bool:
        return 400 <= self.status < 500

    @property
    def what(self) -> str:
        """The status, or the error where there is no status."""
        return self.error or str(self.status)

    def object(self) -> dict[str, object]:
        """The body as a JSON object; empty where it is not one."""
        try:
            found = msgspec.json.decode(self.body)
        except msgspec.DecodeError:
            return {}
        return found if isinstance(found, dict) else {}


class Notes:
    """The exchanges of the check that runs, the first of them whole, the rest counted."""

    def __init__(self) -> None:
        self.exchanges: list[Exchange] = []
        self.left_out = 0

    def start(self) -> None:
        self.exchanges, self.left_out = [], 0

    def add(self, exchange: Exchange) -> None:
        if len(self.exchanges) < NOTED:
            self.exchanges.append(exchange)
        else:
            self.left_out += 1


class Caller:
    """Through the one door out; without the breaker, because failures are what we look for."""

    def __init__(self, egress: Egress, notes: Notes) -> None:
        self._egress = egress
        self._notes = notes

    async def post(
        self, url: str, body: Body, headers: Mapping[str, str], *, timeout_s: float
    ) -> Came:
        came = await self._call("POST", url, body, headers, timeout_s)
        self._notes.add(
            Exchange(
                at=clock.rfc3339(clock.now()),
                incoming=False,
                call=f"POST {url}",
                headers=masked(headers),
                body=excerpt(body) if isinstance(body, bytes) else "",
                status=came.status or None,
                answer=excerpt(came.body),
                ms=came.ms,
                error=came.error,
            )
        )
        return came

    async def get(
        self, url: str, headers: Mapping[str, str], *, timeout_s: float, **query: str
    ) -> Came:
        """Reads without a note: the probe and files."""
        if query:
            url += ("&" if "?" in url else "?") + urlencode(query)
        return await self._call("GET", url, None, headers, timeout_s)

    async def size(self, url: str, *, timeout_s: float) -> int | str:
        """How many bytes a file has, or why it cannot be had."""
        size = 0

        async def count(piece: bytes) -> None:
            nonlocal size
            size += len(piece)

        try:
            answer = await self._egress.request(
                "GET", url, timeout_s=timeout_s, max_bytes=1 << 30, sink=count, breaker=False
            )
        except EgressError as failure:
            return str(failure)
        return size if answer.status == 200 else str(answer.status)

    async def _call(
        self, method: str, url: str, body: Body, headers: Mapping[str, str], timeout_s: float
    ) -> Came:
        loop = asyncio.get_running_loop()
        started = loop.time()
        try:
            answer = await self._egress.request(
                method,
                url,
                headers=headers,
                body=body,
                timeout_s=timeout_s,
                max_bytes=READ_BYTES if method == "POST" else 1 << 24,
                cut=True,
                breaker=False,
            )
        except EgressError as failure:
            late = f"no answer within {timeout_s:g} s" if isinstance(failure, TimedOut) else ""
            ms = round((loop.time() - started) * 1000)
            return Came(error=late or str(failure), ms=ms)
        return Came(status=answer.status, headers=answer.headers, body=answer.body, ms=answer.ms)


def masked(headers: Mapping[str, str]) -> dict[str, str]:
    return {
        name: "***" if name.lower() in HIDDEN else value[:300] for name, value in headers.items()
    }


def excerpt(body: bytes) -> str:
    text = body[: EXCERPT * 4].decode("utf-8", "replace")
    return text if len(text) <= EXCERPT else f"{text[:EXCERPT]}... ({len(body)} bytes)"
