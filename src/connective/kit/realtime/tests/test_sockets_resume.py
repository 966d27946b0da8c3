"""Listening on from an event: what a list carries, what is too old, what cannot be shown."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import cast

import pytest

from connective.kit.context import Ctx, unit_of_work
from connective.kit.events.reader import LoggedEvent
from connective.kit.realtime import Item, Projection, tail
from connective.kit.realtime.hub import Hub
from connective.kit.testing.databases import Database
from connective.kit.testing.people import Person
from connective.kit.testing.polling import polled
from connective.kit.testing.server import RunningApp
from connective.kit.testing.wire import Wire

pytestmark = pytest.mark.proves("P-05", part="sockets")
LISTS = ("/api/v1/bots", "/api/v1/dialogs")
HEADER = "X-Event-Id"
_LAST = "SELECT max(id) FROM events WHERE kind = 'webhook.warned'"


async def warn(count: int) -> int:
    """So many events; gives the id of the last, whatever else the app says meanwhile."""
    async with unit_of_work() as ctx:
        for number in range(count):
            ctx.emit("webhook.warned", {"endpoint_id": number})
    async with unit_of_work() as ctx:
        driver = await ctx.driver()
        return int(await driver.fetchval(_LAST))


async def mark(admin: Person, path: str = LISTS[0]) -> int:
    """The event that a list contains; a process that has just begun has to find the log's end."""
    found: list[int] = []

    async def told() -> bool:
        answer = await admin.client.get(path)
        if HEADER in answer.headers:
            found.append(int(answer.headers[HEADER]))
        return bool(found)

    async with asyncio.timeout(20):
        await polled(told)
    return found[0]


@pytest.mark.proves("P-04", part="X-Event-Id")
@pytest.mark.parametrize("path", LISTS)
async def test_a_list_carries_the_event_that_it_contains(admin: Person, path: str) -> None:
    for _ in range(3):
        assert await mark(admin, path) < (last := await warn(2))
        assert await mark(admin, path) >= last


@pytest.mark.proves("P-04", part="X-Event-Id")
async def test_whoever_listens_from_there_hears_only_what_came_later(admin: Person) -> None:
    await warn(5)
    wire = await Wire.open(admin.client, "deliveries", since=await mark(admin))
    later = await warn(1)
    assert (await wire.next())["id"] == later


async def test_an_event_that_is_still_to_come_is_not_passed_over(
    admin: Person, db: Database
) -> None:
    """A list read while a writer is not done carries an id before the writer's event."""
    await mark(admin)  # the end of the log is found before the writer begins
    async with unit_of_work() as ctx:
        ctx.emit("webhook.warned", {"endpoint_id": 1})
        await ctx.flush()
        driver = await ctx.driver()
        slow = await driver.fetchval("SELECT max(id) FROM events")
        quick = await warn(1)
        assert slow < quick
        seen = await mark(admin)
        assert seen < slow
        wire = await Wire.open(admin.client, "deliveries", since=seen)
    assert [(await wire.next())["id"] for _ in range(2)] == [slow, quick]


async def test_an_event_that_is_not_kept_any_more_asks_for_a_fresh_start(
    admin: Person, db: Database
) -> None:
    last = await warn(3)
    await db.execute("DELETE FROM events WHERE id < $1", last)
    wire = await Wire.open(admin.client, "deliveries", since=last - 1)
    assert await wire.next() == {"type": "resync"}
    await wire.until(id=await warn(1))


async def test_an_event_of_a_log_that_was_replaced_asks_for_a_fresh_start(admin: Person) -> None:
    last = await warn(1)
    wire = await Wire.open(admin.client, "deliveries", since=last + 1000)
    assert await wire.next() == {"type": "resync"}


async def test_a_client_that_is_too_far_behind_asks_for_a_fresh_start(
    admin: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The log is everybody's: what others write meanwhile counts as well.
    monkeypatch.setattr(tail, "FARTHEST", 30)
    first = await warn(1)
    await warn(3)
    near = await Wire.open(admin.client, "deliveries", since=first)
    assert (await near.next())["type"] == "event"
    await warn(30)
    far = await Wire.open(admin.client, "deliveries", since=first)
    assert await far.next() == {"type": "resync"}


async def test_a_long_absence_is_made_up_for_page_by_page(admin: Person) -> None:
    count = 3 * tail.BATCH + 7
    first = await warn(1)
    await warn(count)
    wire = await Wire.open(admin.client, "deliveries", since=first)
    numbers = [(await wire.next())["data"]["endpoint_id"] for _ in range(count)]
    assert numbers == list(range(count))


async def test_when_the_log_is_another_one_everyone_starts_afresh(
    admin: Person, db: Database, server: RunningApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after a restore: the connection breaks, and what was read last does not exist."""
    wire = await Wire.open(admin.client, "deliveries")
    await wire.until(id=await warn(2))
    await db.execute("DELETE FROM events")

    async def broken(*_: object) -> None:
        monkeypatch.undo()
        raise ConnectionResetError

    monkeypatch.setattr(tail.Tail, "ahead", broken)
    assert await wire.next() == {"type": "resync"}
    await wire.until(id=await warn(1))


class _Broken:
    """A projection that fails once."""

    def __init__(self) -> None:
        self.fails = True

    async def load(self, _: Ctx, events: Sequence[LoggedEvent]) -> Mapping[int, Sequence[Item]]:
        if self.fails:
            self.fails = False
            raise ValueError("cannot be shown")
        return {e.id: [Item(e, e.data, frozenset({"deliveries"}))] for e in events}


async def test_events_that_cannot_be_shown_ask_for_a_fresh_start_and_stop_nothing(
    admin: Person, server: RunningApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub: Hub = server.asgi.state.realtime.hub
    wire = await Wire.open(admin.client, "deliveries")
    await warn(1)
    await wire.next()
    broken = _Broken()
    table = cast("dict[str, list[Projection]]", hub._loader._projections)  # noqa: SLF001
    (kept,) = table["webhook.warned"]
    monkeypatch.setitem(table, "webhook.warned", [Projection(kept.action, broken.load, kept.rooms)])
    await warn(1)
    assert await wire.next() == {"type": "resync"}
    following = await warn(1)
    await wire.until(id=following)
