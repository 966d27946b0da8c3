"""An event ready to be shown: decided once for each audience, encoded once for each sight of it."""

from collections.abc import Collection, Sequence

import msgspec

from connective.kit import auth_policy
from connective.kit.auth_policy import Actor
from connective.kit.events.reader import LoggedEvent
from connective.kit.realtime import frames
from connective.kit.realtime.projection import Item, Projection


def audience_of(actor: Actor) -> Actor:
    """Everything of an actor that decides what he sees; equal for those who see the same."""
    own = actor.id if any(rule.owner for rule in auth_policy.RULES.values()) else None
    return msgspec.structs.replace(actor, id=own, name="", language="", address=None)


class Shown:
    """`version`: the values are at least as new as the event of this id."""

    def __init__(
        self, event: LoggedEvent, projection: Projection, items: Sequence[Item], version: int
    ) -> None:
        self.id = event.id
        self.kind = event.kind
        self.items = items
        self._projection = projection
        self._version = version
        self._visible: dict[Actor, tuple[int, ...]] = {}
        self._frames: dict[tuple[int, ...], bytes] = {}

    def frame(self, audience: Actor, topics: Collection[str]) -> bytes | None:
        """What a socket with these topics gets of the event."""
        seen = tuple(
            number
            for number in self._visible_to(audience)
            if not self.items[number].topics.isdisjoint(topics)
        )
        if not seen:
            return None
        if seen not in self._frames:
            self._frames[seen] = self._encoded(seen)
        return self._frames[seen]

    def _visible_to(self, audience: Actor) -> tuple[int, ...]:
        if audience not in self._visible:
            action = self._projection.action
            self._visible[audience] = tuple(
                number
                for number, item in enumerate(self.items)
                if auth_policy.can(audience, action, item.row)
            )
        return self._visible[audience]

    def _encoded(self, seen: tuple[int, ...]) -> bytes:
        many = self._projection.many
        data = {many: [self.items[n].data for n in seen]} if many else self.items[seen[0]].data
        return frames.event(self.id, self.kind, {**data, "version": self._version})
