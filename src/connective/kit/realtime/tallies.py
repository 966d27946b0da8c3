"""Numbers that everyone gets for himself: counted once a second for all who listen."""

import asyncio
from collections.abc import Collection, Sequence
from typing import Any
from weakref import WeakKeyDictionary

from connective.kit.auth_policy import Actor
from connective.kit.context import unit_of_work
from connective.kit.loops import Loop, idle
from connective.kit.loops import pause as rest
from connective.kit.realtime import frames
from connective.kit.realtime.connection import Connection
from connective.kit.realtime.projection import Cut, Tally

EVERY_S = 1.0
# A socket that has come since is looked for this often.
LOOK_EVERY_S = 0.25
# After so many sockets other work of the process gets its turn.
YIELD_EVERY = 20


class Tallies:
    """What the sockets of one application were told last, and whether it may be other now."""

    def __init__(self, tallies: Sequence[Tally], connections: Collection[Connection]) -> None:
        self._tallies = tallies
        self._connections = connections
        self._stale = {tally.kind for tally in tallies}
        self._told: WeakKeyDictionary[Connection, dict[str, Any]] = WeakKeyDictionary()
        self._woken = asyncio.Event()

    @property
    def kinds(self) -> frozenset[str]:
        """The events after which anything is counted anew."""
        return frozenset(kind for tally in self._tallies for kind in tally.kinds)

    def hear(self, kinds: set[str]) -> None:
        """Something happened."""
        for tally in self._tallies:
            if not tally.kinds.isdisjoint(kinds):
                self._stale.add(tally.kind)
                self._woken.set()

    def loops(self) -> list[Loop]:
        """What has to run where sockets are; nothing without tallies."""
        return [Loop("tallies", "web", self._follow)] if self._tallies else []

    async def _follow(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            counted = [await self._tell(tally) for tally in self._tallies]
            if any(counted):
                await rest(stop, EVERY_S)
            else:
                await idle(stop, self._woken, LOOK_EVERY_S)

    async def _tell(self, tally: Tally) -> bool:
        """Whether there was anything to count."""
        heard = [c for c in self._connections if c.hears(tally.topic)]
        new = [c for c in heard if tally.kind not in self._told.get(c, ())]
        if not heard or not (new or tally.kind in self._stale):
            return False
        self._stale.discard(tally.kind)
        async with unit_of_work() as ctx:
            cut = await tally.count(ctx)
        await self._write(tally, heard, cut)
        return True

    async def _write(self, tally: Tally, heard: Sequence[Connection], cut: Cut) -> None:
        found: dict[Actor, tuple[Any, bytes]] = {}
        for number, connection in enumerate(heard, 1):
            if number % YIELD_EVERY == 0:
                await asyncio.sleep(0)
            if connection.guest is None or connection.stream is None or connection.paused:
                continue
            actor = connection.stream.audience.actor
            if actor not in found:
                data = cut(actor)
                found[actor] = data, _frame(tally, data)
            data, frame = found[actor]
            told = self._told.setdefault(connection, {})
            if told.get(tally.kind) != data:
                told[tally.kind] = data
                connection.write(frame, 1)


def _frame(tally: Tally, data: Any) -> bytes:
    return frames.text({"type": "counters", "kind": tally.kind, "data": data})
