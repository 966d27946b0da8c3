"""Bots over sockets: the topic `bots` shows rows of the list as they change."""

from collections.abc import Sequence

import msgspec

from connective.kit.context import Ctx
from connective.kit.events.reader import LoggedEvent
from connective.kit.realtime import Item, Projection, Topic
from connective.modules.bots import service
from connective.modules.bots.events import KINDS

VIEW = "bots.view"
ROOMS = frozenset({"bots"})
TOPICS = {"bots": Topic(VIEW)}


class _Row(msgspec.Struct, frozen=True):
    """What decides who may see a bot; an archived one has no other row any more."""

    id: int


async def _bots(ctx: Ctx, events: Sequence[LoggedEvent]) -> dict[int, Sequence[Item]]:
    """The bot as the list shows it; None for one that left the list."""
    ids = {event.id: int(event.data["id"]) for event in events}
    listed = await service.as_listed(ctx, sorted(set(ids.values())))
    return {
        event_id: [Item(_Row(number), {"id": number, "bot": listed.get(number)}, ROOMS)]
        for event_id, number in ids.items()
    }


LIVE = {kind: Projection(VIEW, _bots, lambda _: ROOMS) for kind in KINDS}
