"""Turns events of the log into what can be shown of them: one load a batch for each view."""

import logging
from collections.abc import Mapping, Sequence

from connective.kit.context import unit_of_work
from connective.kit.events.reader import LoggedEvent
from connective.kit.http.problem import is_outage
from connective.kit.realtime.projection import Item, Load, Projection
from connective.kit.realtime.shown import Shown

log = logging.getLogger(__name__)


class Loader:
    """`failed`: something could not be shown since somebody last looked."""

    def __init__(self, projections: Mapping[str, Sequence[Projection]]) -> None:
        self._projections = projections
        self.failed = False

    async def show(
        self, events: Sequence[LoggedEvent], wanted: set[str], version: int
    ) -> list[Shown]:
        """Load what the events show, if anyone might hear of it."""
        chosen: dict[Load, list[LoggedEvent]] = {}
        for event in events:
            for projection in self._projections.get(event.kind, ()):
                if any(_is_wanted(room, wanted) for room in projection.rooms(event)):
                    chosen.setdefault(projection.load, []).append(event)
        loaded = {load: await self._loaded(load, group) for load, group in chosen.items()}
        shown = []
        for event in events:
            views = [
                (projection, loaded[projection.load][event.id])
                for projection in self._projections.get(event.kind, ())
                if event.id in loaded.get(projection.load, ())
            ]
            if views:
                shown.append(Shown(event, views, version))
        return shown

    async def _loaded(
        self, load: Load, events: Sequence[LoggedEvent]
    ) -> Mapping[int, Sequence[Item]]:
        try:
            async with unit_of_work() as ctx:
                return await load(ctx, events)
        except Exception as failure:
            if is_outage(failure):
                raise
            log.exception("events could not be shown")
            self.failed = True
            return {}


def _is_wanted(room: str, wanted: set[str]) -> bool:
    if room.endswith(":*"):
        return any(topic.startswith(room[:-1]) for topic in wanted)
    return room in wanted
