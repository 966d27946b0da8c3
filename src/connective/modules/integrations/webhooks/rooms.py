"""The chats with operators that the events of a batch belong to, read at once."""

from collections.abc import Collection, Sequence
from typing import Any, Protocol, Self

import msgspec

from connective.contracts.event import LoggedEvent
from connective.kit import instance
from connective.kit.context import Ctx
from connective.kit.db.rows import AnyRow
from connective.modules.integrations.webhooks import queries

ADDRESS = "event_webhook_url"
PAGE = "/operator_panel/requests/"


class Room(msgspec.Struct, frozen=True):
    """A chat as the envelope shows it. `address` is its scenario's own for events, if any.

    `row` decides who may see it.
    """

    id: int
    bot_id: int
    subject_id: int | None
    assignee_id: int | None
    comment: str
    address: str | None
    chat: dict[str, Any]
    row: AnyRow


class OfMessage(Protocol):
    """An event with the message that it may be about."""

    @property
    def event(self) -> LoggedEvent: ...

    @property
    def message_id(self) -> int | None: ...


class Rooms:
    """Chats by the event that belongs to them."""

    def __init__(self, rooms: dict[int, Room], of_messages: dict[int, int]) -> None:
        self._rooms = rooms
        self._of_messages = of_messages

    @classmethod
    async def of(cls, ctx: Ctx, heard: Sequence[OfMessage]) -> Self:
        """An event of a message that names no chat belongs to that of its message."""
        unnamed = {s.message_id for s in heard if s.event.request_id is None and s.message_id}
        of_messages = await queries.rooms_of_messages(ctx.db, unnamed) if unnamed else {}
        wanted = {s.event.request_id for s in heard if s.event.request_id is not None}
        return cls(await _rooms(ctx, wanted | set(of_messages.values())), of_messages)

    def room(self, said: OfMessage) -> Room | None:
        number = said.event.request_id or self._of_messages.get(said.message_id or 0)
        return self._rooms.get(number or 0)


async def _rooms(ctx: Ctx, wanted: Collection[int]) -> dict[int, Room]:
    if not wanted:
        return {}
    rows = await queries.rooms(ctx.db, wanted)
    tags = await queries.tag_names(ctx.db, {tag for row in rows for tag in row.tag_ids})
    return {row.id: _room(row, tags) for row in rows}


def _room(row: AnyRow, tags: dict[int, str]) -> Room:
    subject = {"id": row.subject_id, "alias": row.subject_alias, "name": row.subject_name}
    chat = {
        "id": row.id,
        "status": row.state,
        "subject": subject if row.subject_id is not None else None,
        "tags": [tags[tag] for tag in row.tag_ids if tag in tags],
        "url": f"{instance.settings().base_url}{PAGE}{row.id}",
    }
    return Room(
        id=row.id,
        bot_id=row.bot_id,
        subject_id=row.subject_id,
        assignee_id=row.assignee_id,
        comment=row.comment,
        address=row.source.get(ADDRESS),
        chat=chat,
        row=row,
    )
