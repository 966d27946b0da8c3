"""Reads the event log for one stream and turns it into blocks."""

from collections.abc import Sequence

import msgspec

from connective.kit.auth_policy import Actor
from connective.kit.context import unit_of_work
from connective.kit.db.driver import reading
from connective.kit.events.reader import LoggedEvent, Reader
from connective.modules.integrations.stream import blocks
from connective.modules.integrations.stream.places import Place
from connective.modules.integrations.stream.sight import Sight
from connective.modules.integrations.webhooks import queries
from connective.modules.integrations.webhooks.catalogue import projected
from connective.modules.integrations.webhooks.envelope import event_id
from connective.modules.integrations.webhooks.picture import Picture
from connective.modules.integrations.webhooks.rooms import Rooms
from connective.modules.integrations.webhooks.said import Said, named

AT_ONCE = 100


class Asked(msgspec.Struct, frozen=True):
    """What a caller wants to hear: names of the catalogue, and of one bot only."""

    names: frozenset[str]
    bot_id: int | None = None

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset(k for k, p in projected().items() if not self.names.isdisjoint(p.names))


class Taken(msgspec.Struct, frozen=True):
    """What one look at the log gave. `waits`: an id is missing that may still appear."""

    blocks: Sequence[bytes]
    more: bool
    waits: bool


class Feed:
    """`place` moves on with what was read, whether or not it is told."""

    def __init__(self, asked: Asked, place: Place) -> None:
        self.asked, self.place = asked, place
        self._reader = Reader(sorted(asked.kinds))

    async def take(self, actor: Actor) -> Taken:
        """The next events that the actor may hear of."""
        async with reading() as driver:
            batch = await self._reader.read(driver, self.place.read_up_to, AT_ONCE)
        said = self._wanted(batch.events)
        found = await self._shown(actor, said) if said else []
        self.place = max(self.place, Place(batch.position))
        return Taken(found, batch.more, batch.waits)

    def _wanted(self, events: Sequence[LoggedEvent]) -> list[Said]:
        return [
            each
            for each in named(events)
            if each.name in self.asked.names and _place(each) > self.place
        ]

    async def _shown(self, actor: Actor, said: Sequence[Said]) -> list[bytes]:
        async with unit_of_work() as ctx:
            rooms = await Rooms.of(ctx, said)
            for each in said:
                each.room = rooms.room(each)
            sight, picture = await Sight.of(ctx, said), await Picture.of(ctx, said)
            mark = await queries.instance_mark(ctx.db)
        found = []
        for each in said:
            number = event_id(*mark, each.event.id, each.event.at, each.place)
            envelope = picture.envelope(each, number)
            wanted = self.asked.bot_id in (None, envelope.bot_id)
            if wanted and sight.sees(actor, each, envelope.bot_id):
                found.append(blocks.event(_place(each), each.name, envelope.body(None, number)))
        return found


def _place(said: Said) -> Place:
    return Place(said.event.id, said.place + 1)
