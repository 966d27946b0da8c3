"""What events of requests and of their conversations show."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from connective.kit.context import Ctx
from connective.kit.db.rows import AnyRow
from connective.kit.events.reader import LoggedEvent
from connective.kit.realtime import Item
from connective.modules.requests.events import Sight
from connective.modules.requests.live import queries
from connective.modules.requests.reading import queries as reading
from connective.modules.requests.reading import service, shown
from connective.modules.requests.schemas.shown import RequestOut
from connective.modules.requests.schemas.talk import RequestMessage

HISTORY = "requests.history"
# What an event tells beside the request as it is now.
TOLD = {"request.assigned": ("auto",), "request.reminded": ("why", "to")}


class _Rows:
    """Requests as they are now, each shown once."""

    def __init__(self, ctx: Ctx, rows: dict[int, AnyRow]) -> None:
        self._ctx, self._rows = ctx, rows
        self._shown: dict[int, RequestOut] = {}

    @classmethod
    async def of(cls, ctx: Ctx, ids: Iterable[int | None]) -> "_Rows":
        wanted = sorted({number for number in ids if number is not None})
        return cls(ctx, await reading.by_ids(ctx.db, wanted) if wanted else {})

    def get(self, number: int | None) -> AnyRow | None:
        return None if number is None else self._rows.get(number)

    def shown(self, row: AnyRow) -> RequestOut:
        if row.id not in self._shown:
            self._shown[row.id] = shown.request(row._asdict(), self._ctx.now)
        return self._shown[row.id]


def _topics(row: AnyRow) -> frozenset[str]:
    return frozenset({"requests", f"request:{row.id}"})


async def changes(ctx: Ctx, events: Sequence[LoggedEvent]) -> dict[int, Sequence[Item]]:
    """The request as it is now; who does not see it any more hears that it left."""
    rows = await _Rows.of(ctx, (event.request_id for event in events))
    return {
        event.id: [_change(rows, row, event)]
        for event in events
        if (row := rows.get(event.request_id)) is not None
    }


def _change(rows: _Rows, row: AnyRow, event: LoggedEvent) -> Item:
    was = event.data.get("was")
    told = {name: event.data[name] for name in TOLD.get(event.kind, ())}
    return Item(
        row,
        {"request": rows.shown(row)} | told,
        _topics(row),
        was=msgspec.convert(was, Sight) if was else None,
        left=("request.left", {"id": row.id}),
    )


async def messages(ctx: Ctx, events: Sequence[LoggedEvent]) -> dict[int, Sequence[Item]]:
    """The message with its own request, or with the one that its dialog is in now."""
    named = {event.id: int(event.data["message_id"]) for event in events}
    found = await queries.messages_by_ids(ctx.db, sorted(set(named.values())))
    said = await service.shown_messages(ctx, list(found.values()))
    by_id = {message.id: message for message in said}
    ids = [n for row in found.values() for n in (row.request_id, row.open_request_id)]
    rows = await _Rows.of(ctx, ids)
    return {
        event_id: _said(rows, found[number], by_id[number])
        for event_id, number in named.items()
        if number in found
    }


def _said(rows: _Rows, message: AnyRow, said: RequestMessage) -> list[Item]:
    own = rows.get(message.request_id)
    items = [] if own is None else [Item(own, _data(rows, own, said), _topics(own))]
    now = rows.get(message.open_request_id)
    if now is not None and (own is None or own.id != now.id):
        also = None if own is None else (HISTORY, own)
        items.append(Item(now, _data(rows, now, said), _topics(now), also=also))
    return items


def _data(rows: _Rows, row: AnyRow, said: RequestMessage) -> dict[str, Any]:
    return {"message": said, "request": rows.shown(row)}


async def afterwards(ctx: Ctx, events: Sequence[LoggedEvent]) -> dict[int, Sequence[Item]]:
    """The message for those who look at an earlier request of its dialog."""
    dialogs = {event.dialog_id for event in events if event.dialog_id is not None}
    over = await reading.by_ids(ctx.db, await queries.closed_of(ctx.db, sorted(dialogs)))
    if not over:
        return {}
    named = {event.id: int(event.data["message_id"]) for event in events}
    found = await queries.messages_by_ids(ctx.db, sorted(set(named.values())))
    said = {one.id: one for one in await service.shown_messages(ctx, list(found.values()))}
    own = await _Rows.of(ctx, (row.request_id for row in found.values()))
    return {
        event_id: [
            _afterwards(row, said[number], own.get(found[number].request_id))
            for row in over.values()
            if row.dialog_id == found[number].dialog_id and row.id != found[number].request_id
        ]
        for event_id, number in named.items()
        if number in found
    }


def _afterwards(row: AnyRow, said: RequestMessage, own: AnyRow | None) -> Item:
    conversation = {"request_id": row.id, "dialog_id": row.dialog_id}
    data = {"message": said, "conversation": conversation}
    also = None if own is None else (HISTORY, own)
    return Item(row, data, frozenset({f"request:{row.id}"}), also=also)


async def topics(_: Ctx, events: Sequence[LoggedEvent]) -> dict[int, Sequence[Item]]:
    """A topic that requests may have has another name, or is no more."""
    return {event.id: [_named("topic", event)] for event in events}


async def tags(_: Ctx, events: Sequence[LoggedEvent]) -> dict[int, Sequence[Item]]:
    """A tag that requests may have has another name."""
    return {event.id: [_named("tag", event)] for event in events}


class _Id(msgspec.Struct, frozen=True):
    """What decides who may see a topic."""

    id: int


def _named(what: str, event: LoggedEvent) -> Item:
    number = int(event.data["id"])
    shown = {"id": number, "name": event.data["name"]}
    return Item(_Id(number), {what: shown}, frozenset({"requests"}))


async def clients(ctx: Ctx, events: Sequence[LoggedEvent]) -> dict[int, Sequence[Item]]:
    """Every request of the client: who he is and whether he is there stands in them."""
    ids = sorted({event.client_id for event in events if event.client_id is not None})
    rows = await reading.by_ids(ctx.db, await queries.of_clients(ctx.db, ids))
    return {
        event.id: [
            Item(row, shown.request(row._asdict(), ctx.now), _topics(row))
            for row in rows.values()
            if row.client_id == event.client_id
        ]
        for event in events
    }
