"""Sockets of one application, put together; what the server, the loops and the routes need."""

from collections.abc import Mapping, Sequence
from typing import Annotated

from fastapi import Depends, Request

from connective.kit.loops import Loop
from connective.kit.realtime.connection import Connection
from connective.kit.realtime.door import Door
from connective.kit.realtime.hub import Hub
from connective.kit.realtime.keeper import Keeper
from connective.kit.realtime.projection import Admission, Projection, Seen, Tally, Topic
from connective.kit.realtime.signs import Signs
from connective.kit.realtime.tallies import Tallies


class Realtime:
    """`protocol` is for uvicorn's `ws`."""

    def __init__(
        self,
        admission: Admission,
        topics: Mapping[str, Topic],
        projections: Mapping[str, Sequence[Projection]],
        *,
        tallies: Sequence[Tally] = (),
        seen: Sequence[Seen] = (),
    ) -> None:
        connections: set[Connection] = set()
        counting = Tallies(tallies, connections)
        self.hub = Hub(projections, also=counting.kinds, heard=counting.hear)
        door, signs = Door(admission, dict(topics)), Signs()
        parts = {"hub": self.hub, "door": door, "signs": signs, "open": connections}
        self.protocol: type[Connection] = type("ConnectionOfApp", (Connection,), parts)
        self._parts = (self.hub, Keeper(door, connections, seen), signs, counting)

    def loops(self) -> list[Loop]:
        """What has to run in a process that holds sockets."""
        return [loop for part in self._parts for loop in part.loops()]


async def event_id(request: Request) -> dict[str, str]:
    """The X-Event-Id header, read before the data: whoever listens from it on misses nothing."""
    realtime: Realtime = request.app.state.realtime
    newest = await realtime.hub.current()
    return {} if newest is None else {"X-Event-Id": str(newest)}


# To stand before the unit of work among a route's parameters, so that no connection waits for it.
EventId = Annotated[dict[str, str], Depends(event_id)]
