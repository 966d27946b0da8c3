"""Turns events of the log into calls to every address that asked for them."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from connective.contracts.event import LoggedEvent
from connective.kit.context import Ctx
from connective.kit.outbox.append import Outgoing
from connective.modules.integrations.call_node import inside
from connective.modules.integrations.webhooks import addresses, depth, queries
from connective.modules.integrations.webhooks.envelope import Envelope, event_id, of_chat
from connective.modules.integrations.webhooks.picture import Picture
from connective.modules.integrations.webhooks.rooms import Rooms
from connective.modules.integrations.webhooks.said import Said, named

# What a chat's own address hears of.
OF_CHATS = ("chat", "message")
BEGINS = "request.created"


class Hearer(msgspec.Struct, frozen=True):
    """An endpoint that hears: a webhook, limited to bots and topics, or the address of a chat."""

    id: int
    url: str
    kind: str
    bot_ids: Sequence[int] = ()
    subject_ids: Sequence[int] = ()

    @property
    def own_door(self) -> bool:
        return inside.leads_here(self.url)


async def fan_out(ctx: Ctx, events: Sequence[LoggedEvent]) -> None:
    """One read of everything the batch shows, then a row for each address that hears of it."""
    said = named(events)
    rooms = await Rooms.of(ctx, said)
    for each in said:
        each.room = rooms.room(each)
    wanted = [*await _webhooks(ctx, said), *await _addresses(ctx, said)]
    if any(hearer.own_door for _, hearer in wanted):
        await depth.measure(ctx, said)
        wanted = [(s, h) for s, h in wanted if not (h.own_door and s.depth >= inside.DEEPEST)]
    if not wanted:
        return
    wanted.sort(key=lambda pair: pair[0].key)
    picture = await Picture.of(ctx, [each for each, _ in wanted])
    mark = await queries.instance_mark(ctx.db)
    ids = {s.key: event_id(*mark, s.event.id, s.event.at, s.place) for s, _ in wanted}
    done = await queries.said_already(ctx.db, set(ids.values()))
    for each, hearer in wanted:
        name = ids[each.key]
        envelope = picture.envelope(each, name)
        if (name, hearer.id) not in done and _in_scope(hearer, each, envelope):
            ctx.send(_call(hearer, each, envelope))


async def _webhooks(ctx: Ctx, said: Sequence[Said]) -> list[tuple[Said, Hearer]]:
    return [
        (each, Hearer(row.id, row.url, queries.KIND, row.bot_ids, row.subject_ids))
        for row in await queries.hearing(ctx.db)
        for each in said
        if each.event.at >= row.created_at and ("*" in row.events or each.name in row.events)
    ]


async def _addresses(ctx: Ctx, said: Sequence[Said]) -> list[tuple[Said, Hearer]]:
    """What happens in chats whose scenario gave an address of their own."""
    heard = [
        (each, (each.room.bot_id, each.room.address))
        for each in said
        if each.room is not None and each.room.address is not None
        if each.projection.group in OF_CHATS
    ]
    wanted: dict[tuple[int, str], bool] = {}
    for each, place in heard:
        wanted[place] = wanted.get(place, False) or each.event.kind == BEGINS
    numbers = await addresses.endpoints_of(ctx, wanted)
    return [(each, Hearer(numbers[place], place[1], queries.ADDRESS)) for each, place in heard]


def _in_scope(hearer: Hearer, said: Said, envelope: Envelope) -> bool:
    """Limited to topics, it hears of chats with these topics, which dialogs of bots alone lack."""
    if hearer.subject_ids and (said.room is None or said.room.subject_id not in hearer.subject_ids):
        return False
    return not hearer.bot_ids or envelope.bot_id in hearer.bot_ids


def _call(hearer: Hearer, said: Said, envelope: Envelope) -> Outgoing:
    if hearer.own_door:
        deeper: Mapping[str, Any] = {**envelope.data, "depth": said.depth + 1}
        envelope = msgspec.structs.replace(envelope, data=deeper)
    if hearer.kind == queries.ADDRESS:
        envelope = of_chat(envelope)
    return Outgoing(
        endpoint_id=hearer.id,
        kind=hearer.kind,
        event_name=said.name,
        lane=_lane(said.event, envelope),
        body=envelope.body,
        webhook_id=envelope.event_id,
        bot_id=envelope.bot_id,
        chat_id=envelope.chat_id,
        message_id=said.message_id,
    )


def _lane(event: LoggedEvent, envelope: Envelope) -> str:
    """One chat's events stay in order; what belongs to no chat has a lane by what it is about."""
    if envelope.chat_id is not None:
        return f"{envelope.bot_id}:{envelope.channel}:{envelope.chat_id}"
    return f"client:{event.client_id}" if event.client_id else f"bot:{event.bot_id or ''}"
