"""Events of a batch under their names outside."""

from collections.abc import Sequence
from typing import Any

import msgspec

from connective.contracts.event import LoggedEvent
from connective.modules.integrations.webhooks.catalogue import Projection, projected
from connective.modules.integrations.webhooks.rooms import Room


class Said(msgspec.Struct):
    """An event under one of its names, the `place`th, with its decoded data.

    `room` is the chat it belongs to, `depth` how many calls of ours, one out of the other, led
    to it.
    """

    event: LoggedEvent
    name: str
    place: int
    data: dict[str, Any]
    projection: Projection
    depth: int = 0
    room: Room | None = None

    @property
    def key(self) -> tuple[int, int]:
        return self.event.id, self.place

    @property
    def message_id(self) -> int | None:
        return self.data.get("message_id")


def named(events: Sequence[LoggedEvent]) -> list[Said]:
    """What is said outside of the events, in their order."""
    known = projected()
    found = []
    for event in events:
        projection, data = known[event.kind], event.data
        depth = int(data.get("depth", 0))
        found += [
            Said(event, name, place, data, projection, depth)
            for place, name in enumerate(projection.said(data))
        ]
    return found
