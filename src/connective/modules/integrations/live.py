"""The topic `deliveries`: addresses that fail or are called no more."""

from collections.abc import Sequence

from connective.kit.context import Ctx
from connective.kit.events.reader import LoggedEvent
from connective.kit.realtime import Item, Projection, Topic
from connective.modules.integrations.events import KINDS

VIEW = "deliveries.view"
ROOMS = frozenset({"deliveries"})
TOPICS = {"deliveries": Topic(VIEW)}


async def _warnings(_: Ctx, events: Sequence[LoggedEvent]) -> dict[int, Sequence[Item]]:
    return {event.id: [Item(event, event.data, ROOMS)] for event in events}


LIVE = {kind: Projection(VIEW, _warnings, lambda _: ROOMS) for kind in KINDS}
