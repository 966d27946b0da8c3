"""Notices over sockets: the topic `notices:ID` is what the person of that id is told."""

from collections.abc import Sequence
from typing import Any

import msgspec

from connective.kit.context import Ctx
from connective.kit.events.reader import LoggedEvent
from connective.kit.realtime import Item, Projection, Topic
from connective.modules.notices import service

VIEW = "notices.view"


class _Whose(msgspec.Struct, frozen=True):
    """Only whom it is told decides who hears it."""

    user_id: int


async def _person(_: Ctx, number: int) -> _Whose:
    return _Whose(number)


async def _created(ctx: Ctx, events: Sequence[LoggedEvent]) -> dict[int, Sequence[Item]]:
    ids = {event.id: int(event.data["id"]) for event in events}
    found = await service.told(ctx, sorted(ids.values()))
    return {
        event.id: [_item(event, {"notice": found[ids[event.id]]})]
        for event in events
        if ids[event.id] in found
    }


async def _read(_: Ctx, events: Sequence[LoggedEvent]) -> dict[int, Sequence[Item]]:
    return {event.id: [_item(event, {"up_to": event.data["id"]})] for event in events}


def _item(event: LoggedEvent, shown: Any) -> Item:
    return Item(_Whose(int(event.data["user_id"])), shown, frozenset(_rooms(event)))


def _rooms(event: LoggedEvent) -> tuple[str]:
    return (f"notices:{event.data['user_id']}",)


TOPICS = {"notices": Topic(VIEW, row=_person)}
LIVE = {
    "notice.created": Projection(VIEW, _created, _rooms),
    "notice.read": Projection(VIEW, _read, _rooms),
}
