"""An event ready to be shown: decided once for each audience, encoded once for each sight of it."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

import msgspec

from connective.kit import auth_policy
from connective.kit.auth_policy import Actor
from connective.kit.events.reader import LoggedEvent
from connective.kit.realtime import frames
from connective.kit.realtime.audience import Audience
from connective.kit.realtime.projection import Item, Projection

Numbers = tuple[int, ...]


class Shown:
    """`version`: the values are at least as new as the event of this id."""

    def __init__(
        self,
        event: LoggedEvent,
        views: Sequence[tuple[Projection, Sequence[Item]]],
        version: int,
    ) -> None:
        self.id = event.id
        self.kind = event.kind
        self.items = [(view, item) for view, items in views for item in items]
        self.named = frozenset(number for view, item in self.items for number in _named(view, item))
        self.takes_away = any(item.was is not None for _, item in self.items)
        self._version = version
        self._decided: dict[Actor, tuple[Numbers, Numbers]] = {}
        self._frames: dict[tuple[Numbers, Numbers], bytes] = {}

    def frame(
        self, audience: Audience, topics: Collection[str], before: Collection[str] = ()
    ) -> bytes | None:
        """What a socket with these topics gets of the event, if it had what `before` gives."""
        seen, lost = (
            tuple(n for n in numbers if not self.items[n][1].topics.isdisjoint(topics))
            for numbers in self._sight(audience)
        )
        if before and (seen or lost):
            had = [*seen, *lost]
            had = [n for n in had if not self.items[n][1].topics.isdisjoint(before)]
            views = {id(self.items[n][0]) for n in had if self.items[n][0].many is None}
            seen = tuple(n for n in seen if n not in had and id(self.items[n][0]) not in views)
            lost = tuple(n for n in lost if n not in had)
        if not seen and not lost:
            return None
        if (seen, lost) not in self._frames:
            self._frames[seen, lost] = b"".join(self._encoded(seen, lost))
        return self._frames[seen, lost]

    def lost(self, audience: Audience) -> frozenset[str]:
        """The topics of single things that went out of sight."""
        return self._single(self._sight(audience)[1])

    def found(self, audience: Audience) -> frozenset[str]:
        """The topics of single things that are in sight."""
        return self._single(self._sight(audience)[0])

    def _single(self, numbers: Numbers) -> frozenset[str]:
        found = (topic for number in numbers for topic in self.items[number][1].topics)
        return frozenset(topic for topic in found if ":" in topic)

    def _sight(self, audience: Audience) -> tuple[Numbers, Numbers]:
        """What is seen, and what was seen before the event and is not any more."""
        actor = audience.actor if audience.actor.id in self.named else audience.crowd
        found = self._decided.get(actor)
        if found is None:
            found = self._decided[actor] = self._decide(actor)
        return found

    def _decide(self, actor: Actor) -> tuple[Numbers, Numbers]:
        seen, lost = [], []
        for number, (view, item) in enumerate(self.items):
            if _sees(actor, view, item):
                seen.append(number)
            elif item.was is not None and auth_policy.can(actor, view.action, item.was):
                lost.append(number)
        return tuple(seen), tuple(lost)

    def _encoded(self, seen: Numbers, lost: Numbers) -> Iterator[bytes]:
        for number in lost:
            left = self.items[number][1].left
            if left is not None:
                kind, data = left
                yield frames.event(self.id, kind, {**data, "version": self._version})
        if seen:
            data = self._data(seen)
            yield frames.event(self.id, self.kind, {**data, "version": self._version})

    def _data(self, seen: Numbers) -> dict[str, Any]:
        """The fields of each view; what two of them show under one name has the fields of both."""
        data: dict[str, Any] = {}
        views: dict[int, tuple[Projection, list[Item]]] = {}
        for number in seen:
            view, item = self.items[number]
            views.setdefault(id(view), (view, []))[1].append(item)
        for view, items in views.values():
            own = {view.many: [item.data for item in items]} if view.many else items[0].data
            for name, value in own.items():
                data[name] = _both(data[name], value) if name in data else value
        return data


def _sees(actor: Actor, view: Projection, item: Item) -> bool:
    if not auth_policy.can(actor, view.action, item.row):
        return False
    return item.also is None or auth_policy.can(actor, *item.also)


def _named(view: Projection, item: Item) -> frozenset[int]:
    found = auth_policy.named(view.action, item.row)
    if item.also is not None:
        found |= auth_policy.named(*item.also)
    if item.was is not None:
        found |= auth_policy.named(view.action, item.was)
    return found


def _both(one: Any, other: Any) -> Any:
    if isinstance(one, msgspec.Struct) and isinstance(other, msgspec.Struct):
        return msgspec.structs.asdict(one) | msgspec.structs.asdict(other)
    return other
