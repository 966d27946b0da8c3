"""Dialogs over sockets: `dialogs` is the list, `dialog:ID` one of them with its messages."""

from collections.abc import Collection, Sequence
from typing import Any

from connective.kit.context import Ctx
from connective.kit.db.rows import AnyRow
from connective.kit.events.reader import LoggedEvent
from connective.kit.realtime import Item, Projection, Topic
from connective.modules.dialogs.queries import lists, said
from connective.modules.dialogs.service.reading import dialog_shown, message_shown

VIEW = "dialogs.view"
TOPICS = {
    "dialogs": Topic(VIEW),
    "dialog": Topic(VIEW, row=lambda ctx, number: lists.one(ctx.db, number)),
}


def _rooms(event: LoggedEvent) -> tuple[str, ...]:
    return ("dialogs", f"dialog:{event.dialog_id}")


def _rooms_of_client(_: LoggedEvent) -> tuple[str, ...]:
    return ("dialogs", "dialog:*")


def _item(row: AnyRow, data: Any) -> Item:
    return Item(row, data, frozenset({"dialogs", f"dialog:{row.id}"}))


async def _dialogs(ctx: Ctx, ids: Collection[int | None]) -> dict[int | None, AnyRow]:
    wanted = sorted({number for number in ids if number is not None})
    return {row.id: row for row in await lists.by_ids(ctx.db, wanted)}


async def _messages(ctx: Ctx, events: Sequence[LoggedEvent]) -> dict[int, Sequence[Item]]:
    """The message and its dialog, as both are now."""
    named = {event.id: event.data["message_id"] for event in events}
    messages = await said.by_ids(ctx.db, sorted(set(named.values())))
    dialogs = await _dialogs(ctx, [event.dialog_id for event in events])
    found: dict[int, Sequence[Item]] = {}
    for event in events:
        message, dialog = messages.get(named[event.id]), dialogs.get(event.dialog_id)
        if message is not None and dialog is not None:
            data = {"message": message_shown(message), "dialog": dialog_shown(dialog)}
            found[event.id] = [_item(dialog, data)]
    return found


async def _changes(ctx: Ctx, events: Sequence[LoggedEvent]) -> dict[int, Sequence[Item]]:
    dialogs = await _dialogs(ctx, [event.dialog_id for event in events])
    return {
        event.id: [_item(row, {"dialog": dialog_shown(row)})]
        for event in events
        if (row := dialogs.get(event.dialog_id)) is not None
    }


async def _clients(ctx: Ctx, events: Sequence[LoggedEvent]) -> dict[int, Sequence[Item]]:
    """Every dialog of the client: his name and number stand in them."""
    ids = sorted({event.client_id for event in events if event.client_id is not None})
    rows = await lists.of_clients(ctx.db, ids)
    return {
        event.id: [
            _item(row, dialog_shown(row)) for row in rows if row.client_id == event.client_id
        ]
        for event in events
    }


LIVE = {
    "message.created": Projection(VIEW, _messages, _rooms),
    "message.edited": Projection(VIEW, _messages, _rooms),
    "message.deleted": Projection(VIEW, _messages, _rooms),
    "message.media_changed": Projection(VIEW, _messages, _rooms),
    "message.status_changed": Projection(VIEW, _messages, _rooms),
    "dialog.changed": Projection(VIEW, _changes, _rooms),
    "dialog.ended_by_client": Projection(VIEW, _changes, _rooms),
    "client.updated": Projection(VIEW, _clients, _rooms_of_client, many="dialogs"),
}
