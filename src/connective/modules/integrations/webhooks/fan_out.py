"""Turns events of the log into calls to every webhook that asked for them."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from connective.contracts.event import LoggedEvent
from connective.kit import clock, instance
from connective.kit.context import Ctx
from connective.kit.db.rows import AnyRow
from connective.kit.outbox.append import Outgoing
from connective.modules.integrations.webhooks import queries
from connective.modules.integrations.webhooks.catalogue import Projection, projected
from connective.modules.integrations.webhooks.envelope import Envelope, digits, event_id
from connective.modules.integrations.webhooks.picture import Picture

OWN_DOOR = "/kw/api/call_node"
DEEPEST = 5


class _Said(msgspec.Struct):
    """An event with its name outside and its decoded data."""

    event: LoggedEvent
    name: str
    place: int
    data: dict[str, Any]
    projection: Projection
    depth: int = 0


async def fan_out(ctx: Ctx, events: Sequence[LoggedEvent]) -> None:
    """One read of everything the batch shows, then a row for each webhook that asked."""
    hearing = await queries.hearing(ctx.db)
    named_events = _named(events)
    if any(_is_own_door(webhook.url) for webhook in hearing):
        await _measure(ctx, named_events)
    wanted = [
        (said, webhook) for said in named_events for webhook in hearing if _hears(webhook, said)
    ]
    if not wanted:
        return
    picture = await Picture.of(
        ctx, [(said.projection, said.event, said.data) for said, _ in wanted]
    )
    mark = await queries.instance_mark(ctx.db)
    named = {_key(s): event_id(*mark, s.event.id, s.event.at, s.place) for s, _ in wanted}
    done = await queries.said_already(ctx.db, set(named.values()))
    for said, webhook in wanted:
        name = named[_key(said)]
        envelope = _envelope(said, name, picture)
        if (name, webhook.id) not in done and _in_scope(webhook, envelope):
            ctx.send(_call(webhook, said, envelope))


def _named(events: Sequence[LoggedEvent]) -> list[_Said]:
    known = projected()
    found = []
    for event in events:
        projection = known[event.kind]
        data = event.data
        depth = int(data.get("depth", 0))
        found += [
            _Said(event, name, place, data, projection, depth)
            for place, name in enumerate(projection.said(data))
        ]
    return found


def _key(said: _Said) -> tuple[int, int]:
    return said.event.id, said.place


async def _measure(ctx: Ctx, events: Sequence[_Said]) -> None:
    """How many calls of our own, one out of the other, led to each event."""
    by_message, by_run = await queries.depths(
        ctx.db,
        message_ids={s.data["message_id"] for s in events if s.data.get("message_id")},
        run_ids={s.data["run_id"] for s in events if s.data.get("run_id")},
    )
    for said in events:
        message, run = said.data.get("message_id"), said.data.get("run_id")
        said.depth = max(said.depth, by_message.get(message or 0, 0), by_run.get(run or 0, 0))


def _hears(webhook: AnyRow, said: _Said) -> bool:
    """By name and time, and never round in circles through our own call_node."""
    if "*" not in webhook.events and said.name not in webhook.events:
        return False
    if said.event.at < webhook.created_at:
        return False
    return not (_is_own_door(webhook.url) and said.depth >= DEEPEST)


def _is_own_door(url: str) -> bool:
    return url.startswith(instance.settings().base_url + OWN_DOOR)


def _in_scope(webhook: AnyRow, envelope: Envelope) -> bool:
    """A webhook limited to topics hears of chats with these topics, which bots' dialogs lack."""
    if webhook.subject_ids:
        return False
    return not webhook.bot_ids or envelope.bot_id in webhook.bot_ids


def _envelope(said: _Said, name: str, picture: Picture) -> Envelope:
    event, about = said.event, said.projection.about
    envelope = Envelope(
        event_name=said.name,
        event_id=name,
        created_at=clock.rfc3339(event.at),
        bot_id=event.bot_id,
        data=said.projection.data(said.data),
    )
    person = picture.person(event, said.data) if about != "instance" else None
    if person is not None:
        envelope.bot_id = event.bot_id or person.bot_id
        envelope.channel, envelope.chat_id = person.channel, person.chat_id
        envelope.client = _client(person)
    if about == "message":
        envelope.message = picture.message(said.data["message_id"], person)
    return envelope


def _client(person: AnyRow) -> dict[str, Any]:
    full = f"{person.first_name} {person.last_name}".strip()
    return {
        "id": person.client_id,
        "name": person.display_name or full or person.username or digits(person.phone) or "",
        "phone": digits(person.phone),
        "email": person.email,
        "external_id": person.external_id,
        "utm": {},
    }


def _call(webhook: AnyRow, said: _Said, envelope: Envelope) -> Outgoing:
    if _is_own_door(webhook.url):
        deeper: Mapping[str, Any] = {**envelope.data, "depth": said.depth + 1}
        envelope = msgspec.structs.replace(envelope, data=deeper)
    return Outgoing(
        endpoint_id=webhook.id,
        kind=queries.KIND,
        event_name=said.name,
        lane=_lane(said.event, envelope),
        body=envelope.body,
        webhook_id=envelope.event_id,
        bot_id=envelope.bot_id,
        chat_id=envelope.chat_id,
        message_id=said.data.get("message_id"),
    )


def _lane(event: LoggedEvent, envelope: Envelope) -> str:
    """One chat's events stay in order; what belongs to no chat has a lane by what it is about."""
    if envelope.chat_id is not None:
        return f"{envelope.bot_id}:{envelope.channel}:{envelope.chat_id}"
    return f"client:{event.client_id}" if event.client_id else f"bot:{event.bot_id or ''}"
