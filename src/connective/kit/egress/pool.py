"""One HTTP client for each pinned address, so that a pooled connection never serves another."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import certifi
import msgspec
from pyreqwest.client import Client, ClientBuilder
from pyreqwest.exceptions import BuilderError

from connective.kit.egress.hosts import Target, literal

MAX_CLIENTS = 512
KEEP_ALIVE_S = 15
USER_AGENT = "Connective"


class _Key(msgspec.Struct, frozen=True):
    scheme: str
    host: str
    port: int
    address: str
    connect_timeout_s: float


class Pool:
    """`roots` are PEM certificates trusted besides those of the system."""

    def __init__(self, threads: ThreadPoolExecutor, roots: bytes | None) -> None:
        self._threads = threads
        self._roots = roots
        self._clients: OrderedDict[_Key, Client] = OrderedDict()

    async def client(self, target: Target, address: str, connect_timeout_s: float) -> Client:
        """The client of a target at one checked address, kept for the next call."""
        key = _Key(target.scheme, target.host, target.port, address, connect_timeout_s)
        client = self._clients.get(key)
        if client is None:
            # Loading the trusted certificates takes milliseconds: not on the event loop.
            loop = asyncio.get_running_loop()
            built = await loop.run_in_executor(self._threads, self._build, key)
            client = self._clients.setdefault(key, built)
            while len(self._clients) > MAX_CLIENTS:
                self._clients.popitem(last=False)
        self._clients.move_to_end(key)
        return client

    async def close(self) -> None:
        """Close every connection that is kept."""
        clients = list(self._clients.values())
        self._clients.clear()
        for client in clients:
            await client.close()

    def _build(self, key: _Key) -> Client:
        try:
            return _builder(key, self._roots).build()
        except BuilderError:
            # A bare machine has no certificate store of its own.
            return _builder(key, (self._roots or b"") + certifi.contents().encode()).build()


def _builder(key: _Key, roots: bytes | None) -> ClientBuilder:
    builder = (
        ClientBuilder()
        .no_proxy()
        .follow_redirects(False)
        .referer(False)
        .brotli(False)
        .zstd(False)
        .http1_only()
        .user_agent(USER_AGENT)
        .pool_idle_timeout(timedelta(seconds=KEEP_ALIVE_S))
        .connect_timeout(timedelta(seconds=key.connect_timeout_s))
    )
    if literal(key.host) is None:
        builder = builder.resolve(key.host, key.address, key.port)
    return builder.add_root_certificate_pem(roots) if roots else builder
