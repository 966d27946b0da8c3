"""Operators over sockets: the topic `team` shows who is there and in which status."""

from collections.abc import Sequence
from typing import Any

import msgspec

from connective.kit.context import Ctx
from connective.kit.events.reader import LoggedEvent
from connective.kit.realtime import Item, Projection, Topic
from connective.modules.operators import service
from connective.modules.operators.schemas import Operator

VIEW = "operators.view"
ROOMS = frozenset({"team"})
SHOWN = (
    *(
        "user_id",
        "name",
        "picture",
        "status_since",
        "counted_since",
        "presence",
        "connected",
        "paused",
    ),
    *("dialog_limit", "limit", "channel_limits", "public_name"),
)
# without its name: that depends on the reader's language
OF_STATUS = ("id", "alias", "kind", "color", "can_receive", "max_minutes", "is_system")
TOPICS = {"team": Topic(VIEW)}
SEEN = service.seen


class _Person(msgspec.Struct, frozen=True):
    """What decides who may see an operator."""

    user_id: int
    selves: list[int]
    group_ids: list[int]


async def _people(ctx: Ctx, events: Sequence[LoggedEvent]) -> dict[int, Sequence[Item]]:
    """What everyone is shown alike of a row of the team; the numbers of his work are asked for."""
    rows = {row.user_id: row for row in await service.team(ctx)}
    return {
        event.id: [Item(_person(row), {"operator": _shown(row)}, ROOMS)]
        for event in events
        if (row := rows.get(int(event.data["user_id"]))) is not None
    }


def _person(row: Operator) -> _Person:
    return _Person(row.user_id, [row.user_id], [group.id for group in row.groups])


def _shown(row: Operator) -> dict[str, Any]:
    status = {name: getattr(row.status, name) for name in OF_STATUS}
    return {name: getattr(row, name) for name in SHOWN} | {"status": status}


LIVE = {
    kind: Projection(VIEW, _people, lambda _: ROOMS)
    for kind in ("operator.status_changed", "operator.updated", "operator.overstayed")
}
