"""Looks after open sockets: deadlines, pings, slow readers, and whether each may still be there."""

import asyncio

from connective.kit import clock
from connective.kit.loops import Loop, pause
from connective.kit.realtime import frames
from connective.kit.realtime.connection import Connection
from connective.kit.realtime.door import Door, Guest
from connective.kit.realtime.shown import audience_of

TICK_S = 0.25
CHECK_EVERY_S = 3.0


class Keeper:
    """Of all sockets of one application."""

    def __init__(self, door: Door, connections: set[Connection]) -> None:
        self._door = door
        self._connections = connections
        self._checked = clock.monotonic()

    def loops(self) -> list[Loop]:
        return [Loop("sockets", "web", self._keep)]

    async def _keep(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            present = clock.monotonic()
            if abs(present - self._checked) >= CHECK_EVERY_S:
                self._checked = present
                await self._check()
            for connection in list(self._connections):
                connection.tick(present)
            await pause(stop, TICK_S)

    async def _check(self) -> None:
        """One look for all: sessions that ended, keys revoked, rights that changed."""
        guests = {c: c.guest for c in self._connections if c.guest is not None}
        if not guests:
            return
        standing = await self._door.standing([guest.entry for guest in guests.values()])
        for connection, guest in guests.items():
            actor = standing.get(guest.entry)
            if connection.guest is not guest:
                continue
            if actor is None:
                connection.close(frames.UNAUTHORIZED, "unauthorized")
            elif audience_of(actor) != audience_of(guest.actor):
                connection.close(frames.FORBIDDEN, "rights_changed")
            else:
                connection.guest = Guest(guest.entry, actor)
