"""Sockets of one application, put together; what the server, the loops and the routes need."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import Depends, Request

from connective.kit.loops import Loop
from connective.kit.realtime.connection import Connection
from connective.kit.realtime.door import Door
from connective.kit.realtime.hub import Hub
from connective.kit.realtime.keeper import Keeper
from connective.kit.realtime.projection import Admission, Projection, Topic


class Realtime:
    """`protocol` is for uvicorn's `ws`."""

    def __init__(
        self,
        admission: Admission,
        topics: Mapping[str, Topic],
        projections: Mapping[str, Projection],
    ) -> None:
        self.hub = Hub(projections)
        door = Door(admission, dict(topics))
        connections: set[Connection] = set()
        parts = {"hub": self.hub, "door": door, "open": connections}
        self.protocol: type[Connection] = type("ConnectionOfApp", (Connection,), parts)
        self._keeper = Keeper(door, connections)

    def loops(self) -> list[Loop]:
        return [*self.hub.loops(), *self._keeper.loops()]


async def event_id(request: Request) -> dict[str, str]:
    """The X-Event-Id header, read before the data: whoever listens from it on misses nothing."""
    realtime: Realtime = request.app.state.realtime
    newest = await realtime.hub.current()
    return {} if newest is None else {"X-Event-Id": str(newest)}


# To stand before the unit of work among a route's parameters, so that no connection waits for it.
EventId = Annotated[dict[str, str], Depends(event_id)]
