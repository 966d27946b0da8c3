"""Name resolution under the policy: what was judged is what is connected to."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor

from connective.kit import clock
from connective.kit.egress import hosts
from connective.kit.egress.errors import DnsFailed
from connective.kit.egress.policy import Policy

#: (host, port) -> addresses as text. OSError when the name does not resolve.
Lookup = Callable[[str, int], Awaitable[list[str]]]
Place = tuple[str, int]

CACHE_S = 10.0
CACHE_MAX = 4096


class SystemLookup:
    """The system's resolver in threads of the caller, so that dead names starve nobody else."""

    def __init__(self, threads: ThreadPoolExecutor) -> None:
        self._threads = threads

    async def __call__(self, host: str, port: int) -> list[str]:
        loop = asyncio.get_running_loop()
        rows = await loop.run_in_executor(
            self._threads, lambda: socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        )
        return list(dict.fromkeys(str(row[4][0]) for row in rows))


class Resolver:
    """Pins a host to the addresses of one answer, all of them allowed."""

    def __init__(self, policy: Policy, lookup: Lookup) -> None:
        self._policy = policy
        self._lookup = lookup
        self._known: dict[Place, tuple[float, list[str]]] = {}
        self._asked: dict[Place, asyncio.Task[list[str]]] = {}

    async def pin(self, host: str, port: int) -> list[str]:
        """The addresses to connect to, in order; a literal address is its own."""
        answer = [host] if hosts.literal(host) is not None else await self._answer((host, port))
        self._policy.check_addresses(host, port, answer)
        return answer

    async def _answer(self, place: Place) -> list[str]:
        known = self._known.get(place)
        if known is not None and known[0] > clock.monotonic():
            return known[1]
        task = self._asked.get(place)
        if task is None:
            task = self._asked[place] = asyncio.create_task(self._ask(place))
            task.add_done_callback(lambda _: self._asked.pop(place, None))
        # Shielded: one caller that gives up must not end the question of the others.
        return await asyncio.shield(task)

    async def _ask(self, place: Place) -> list[str]:
        try:
            answer = await self._lookup(*place)
        except OSError as error:
            raise DnsFailed("dns", detail=f"{place[0]} does not resolve") from error
        if not answer:
            raise DnsFailed("dns", detail=f"{place[0]} has no address")
        if len(self._known) >= CACHE_MAX:
            self._known.clear()
        self._known[place] = (clock.monotonic() + CACHE_S, answer)
        return answer
