"""Drafts over sockets: the topic `drafts` tells everybody of his own, and of nobody else's."""

from collections.abc import Sequence

import msgspec

from connective.kit.context import Ctx
from connective.kit.events.reader import LoggedEvent
from connective.kit.realtime import Item, Projection, Topic
from connective.modules.drafts import service
from connective.modules.drafts.events import KINDS

OWN = "drafts.own"
ROOMS = frozenset({"drafts"})
TOPICS = {"drafts": Topic(OWN)}


class _Mine(msgspec.Struct, frozen=True):
    """What decides who may see a draft."""

    user_id: int


async def _drafts(ctx: Ctx, events: Sequence[LoggedEvent]) -> dict[int, Sequence[Item]]:
    """The draft as it is now; one without words was taken away."""
    keys = {event.id: _key(event) for event in events}
    known = await service.by_key(ctx, keys.values())
    return {
        number: [Item(_Mine(key[0]), {"draft": known[key]}, ROOMS)]
        for number, key in keys.items()
        if key in known
    }


def _key(event: LoggedEvent) -> service.Key:
    return int(event.data["user_id"]), event.request_id or 0, str(event.data["kind"])


LIVE = {kind: Projection(OWN, _drafts, lambda _: ROOMS) for kind in KINDS}
