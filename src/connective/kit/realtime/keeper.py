"""Looks after open sockets: deadlines, pings, slow readers, who is there, and whether he may."""

import asyncio
from collections.abc import Sequence

from connective.kit import clock
from connective.kit.context import unit_of_work
from connective.kit.loops import Loop, pause
from connective.kit.realtime import frames
from connective.kit.realtime.audience import audience_of
from connective.kit.realtime.connection import Connection
from connective.kit.realtime.door import Door, Guest
from connective.kit.realtime.projection import Seen

TICK_S = 0.25
CHECK_EVERY_S = 3.0
NOTE_EVERY_S = 10.0


class Keeper:
    """Of all sockets of one application."""

    def __init__(self, door: Door, connections: set[Connection], seen: Sequence[Seen]) -> None:
        self._door = door
        self._connections = connections
        self._seen = seen
        self._checked = self._noted = clock.monotonic()
        self._there: set[int] = set()

    def loops(self) -> list[Loop]:
        """What has to run where sockets are."""
        return [Loop("sockets", "web", self._keep)]

    async def _keep(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            present = clock.monotonic()
            if abs(present - self._checked) >= CHECK_EVERY_S:
                self._checked = present
                await self._check()
            for connection in list(self._connections):
                connection.tick(present)
            await self._note(present)
            await pause(stop, TICK_S)

    async def _note(self, present: float) -> None:
        """Tell who is there: whoever has just come at once, all of them every few seconds."""
        there = {
            c.guest.actor.id
            for c in self._connections
            if c.guest is not None and c.guest.actor.kind == "user" and c.guest.actor.id
        }
        is_time = abs(present - self._noted) >= NOTE_EVERY_S
        noted = there if is_time else there - self._there
        if is_time:
            self._noted = present
        if noted:
            for seen in self._seen:
                async with unit_of_work() as ctx:
                    await seen(ctx, sorted(noted))
        self._there = there

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
                connection.talk.guest = Guest(guest.entry, actor)
