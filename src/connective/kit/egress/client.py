"""The only HTTP client that an address given by a user reaches."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterable, Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Self

import msgspec
from pyreqwest.client import Client
from pyreqwest.exceptions import PyreqwestError
from pyreqwest.request import StreamRequest
from pyreqwest.response import Response

from connective.kit import clock
from connective.kit.egress.answer import Answer
from connective.kit.egress.bodies import Body, encode_multipart
from connective.kit.egress.breaker import Breaker
from connective.kit.egress.certificates import good_until
from connective.kit.egress.errors import (
    BadHeader,
    BadUrl,
    EgressError,
    TimedOut,
    TooLarge,
    TooManyRedirects,
)
from connective.kit.egress.failures import NotConnected, translate
from connective.kit.egress.hosts import parse_url
from connective.kit.egress.policy import Policy
from connective.kit.egress.pool import Pool
from connective.kit.egress.redirects import STATUSES, Hop, after
from connective.kit.egress.resolver import Lookup, Resolver, SystemLookup

MAX_BYTES = 5 * 1024 * 1024
MAX_REDIRECTS = 5
MAX_ADDRESSES = 3
READ_AHEAD = 16 * 1024
THREADS = 16
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

#: Takes the body piece by piece instead of keeping it in the answer.
Sink = Callable[[bytes], Awaitable[None]]


class _Call(msgspec.Struct, kw_only=True):
    """What stays the same on every hop of one call, and the host that is being called now."""

    connect_timeout_s: float
    max_bytes: int
    cut: bool
    sink: Sink | None
    breaker: bool
    follow: bool
    started: float
    deadline: float
    host: str = ""

    def left(self) -> timedelta:
        """Of the event loop's time, which tests do not stop."""
        seconds = self.deadline - asyncio.get_running_loop().time()
        return timedelta(seconds=max(seconds, 0.001))


class Egress:
    """One shared instance per process; `open` and `close` belong to its event loop.

    `roots` are PEM certificates trusted besides the system's; `lookup` replaces its resolver.
    """

    def __init__(
        self,
        policy: Policy,
        *,
        lookup: Lookup | None = None,
        breaker: Breaker | None = None,
        roots: bytes | None = None,
    ) -> None:
        self.policy = policy
        self._lookup = lookup
        self._breaker = breaker or Breaker()
        self._roots = roots
        self._open: tuple[Resolver, Pool, ThreadPoolExecutor] | None = None

    async def open(self) -> None:
        """Make ready to call; a second time does nothing."""
        if self._open is None:
            threads = ThreadPoolExecutor(THREADS, thread_name_prefix="egress")
            resolver = Resolver(self.policy, self._lookup or SystemLookup(threads))
            self._open = (resolver, Pool(threads, self._roots), threads)

    async def close(self) -> None:
        """Close connections and threads; `open` begins anew."""
        if self._open is not None:
            _, pool, threads = self._open
            self._open = None
            await pool.close()
            threads.shutdown(wait=False, cancel_futures=True)

    async def certificate_end(self, host: str, port: int = 443) -> datetime:
        """Until when a host's certificate is good; an address that is not allowed is not asked."""
        if self._open is None:
            raise RuntimeError("the egress client is not open")
        addresses = await self._open[0].pin(host, port)
        return await good_until(host, port, addresses=addresses, roots=self._roots)

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: Body = None,
        timeout_s: float = 10.0,
        connect_timeout_s: float = 5.0,
        max_bytes: int = MAX_BYTES,
        cut: bool = False,
        sink: Sink | None = None,
        follow_redirects: bool = False,
        breaker: bool = True,
    ) -> Answer:
        """Any status is an answer; everything else raises an EgressError.

        `timeout_s` covers the whole call, redirects and body included. A body over `max_bytes`
        raises TooLarge, or with `cut` is given back shortened and marked `truncated`.
        """
        call = _Call(
            connect_timeout_s=connect_timeout_s,
            max_bytes=max_bytes,
            cut=cut,
            sink=sink,
            breaker=breaker,
            follow=follow_redirects,
            started=clock.monotonic(),
            deadline=asyncio.get_running_loop().time() + timeout_s,
        )
        hop = self._first_hop(method, url, headers=dict(headers or {}), body=body)
        try:
            async with asyncio.timeout(timeout_s):
                return await self._follow(hop, call)
        except TimeoutError as error:
            if call.host:
                self._breaker.failed(call.host)
            raise TimedOut("timeout", detail=f"no whole answer in {timeout_s:g} s") from error

    def _first_hop(self, method: str, url: str, *, headers: dict[str, str], body: Body) -> Hop:
        method = method.upper()
        if method not in METHODS:
            raise BadUrl("bad_method", detail=method[:20])
        if body is not None and not isinstance(body, bytes | AsyncIterable):
            content_type, body = encode_multipart(body)
            headers = {k: v for k, v in headers.items() if k.lower() != "content-type"}
            headers["Content-Type"] = content_type
        for name, value in headers.items():
            if not name.isascii() or any(mark in name + value for mark in "\r\n\0"):
                raise BadHeader("bad_header", detail=ascii(name)[:80])
        self.policy.check_headers(headers)
        return Hop(method=method, target=parse_url(url), headers=headers, body=body)

    async def _follow(self, hop: Hop, call: _Call) -> Answer:
        for _ in range(MAX_REDIRECTS + 1):
            result = await self._guarded(hop, call)
            if isinstance(result, Answer):
                return result
            hop = result
        raise TooManyRedirects("too_many_redirects", detail=f"more than {MAX_REDIRECTS}")

    async def _guarded(self, hop: Hop, call: _Call) -> Answer | Hop:
        """One hop under the policy and the host's breaker."""
        self.policy.check_target(hop.target)
        if not call.breaker:
            return await self._connect(hop, call)
        host = hop.target.origin
        self._breaker.enter(host)
        call.host = host
        try:
            result = await self._connect(hop, call)
        except TooLarge:
            self._breaker.succeeded(host)
            raise
        except BaseException as error:
            # A cancelled hop says nothing here: when it was the time limit, `request` counts it.
            counted = isinstance(error, EgressError) and error.network
            (self._breaker.failed if counted else self._breaker.left)(host)
            raise
        self._breaker.succeeded(host)
        return result

    async def _connect(self, hop: Hop, call: _Call) -> Answer | Hop:
        """Tries the pinned addresses in turn until one takes the connection."""
        if self._open is None:
            raise RuntimeError("egress: open() comes before the first request")
        resolver, pool, _ = self._open
        addresses = await resolver.pin(hop.target.host, hop.target.port)
        *first, last = addresses[:MAX_ADDRESSES]
        for address in first:
            client = await pool.client(hop.target, address, call.connect_timeout_s)
            try:
                return await _exchange(client, hop, call)
            except NotConnected:
                continue
        client = await pool.client(hop.target, last, call.connect_timeout_s)
        return await _exchange(client, hop, call)


async def _exchange(client: Client, hop: Hop, call: _Call) -> Answer | Hop:
    try:
        async with _prepare(client, hop, call) as response:
            location = response.get_header("location")
            if call.follow and location and response.status in STATUSES:
                return after(hop, response.status, location)
            return await _read(response, hop, call)
    except EgressError:
        raise
    except (PyreqwestError, ValueError) as error:
        raise translate(error) from error


def _prepare(client: Client, hop: Hop, call: _Call) -> StreamRequest:
    """The library's own limit closes the connection; a cancelled task alone would leave it."""
    request = client.request(hop.method, hop.target.text).headers(hop.headers)
    request = request.timeout(call.left())
    if isinstance(hop.body, bytes):
        request = request.body_bytes(hop.body)
    elif hop.body is not None:
        request = request.body_stream(hop.body)
    return request.streamed_read_buffer_limit(READ_AHEAD).build_streamed()


async def _read(response: Response, hop: Hop, call: _Call) -> Answer:
    """Reads up to the limit, counted after decompression; who sends more is hung up on."""
    pieces: list[bytes] = []
    size = 0
    while size <= call.max_bytes and (piece := await response.body_reader.read_chunk()) is not None:
        fits = bytes(piece)[: call.max_bytes - size]
        size += len(piece)
        if call.sink is not None:
            await call.sink(fits)
        else:
            pieces.append(fits)
    answer = Answer(
        status=response.status,
        headers=_headers(response),
        body=b"".join(pieces),
        ms=round((clock.monotonic() - call.started) * 1000),
        url=hop.target.text,
        truncated=size > call.max_bytes,
    )
    if answer.truncated and not call.cut:
        raise TooLarge(answer, call.max_bytes)
    return answer


def _headers(response: Response) -> dict[str, str]:
    joined: dict[str, str] = {}
    for name, value in response.headers.items():
        joined[name] = f"{joined[name]}, {value}" if name in joined else value
    return joined
