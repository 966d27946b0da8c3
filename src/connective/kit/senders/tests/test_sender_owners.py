"""Claims of senders that died, hung or were overtaken; who is told of outcomes."""

from collections.abc import AsyncIterator, Sequence
from typing import Any

import asyncpg
import pytest
import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit import instance
from connective.kit.context import Ctx
from connective.kit.db.engine import engine
from connective.kit.egress import Egress
from connective.kit.senders import kinds, owner, queries
from connective.kit.senders.delivery import Delivery, Settled
from connective.kit.senders.owner import Fenced, registered
from connective.kit.senders.sender import Sender
from connective.kit.testing.databases import Database
from connective.kit.testing.ledger import Ledger
from connective.kit.testing.receiver import Receiver

pytestmark = pytest.mark.proves("P-07", part="crash")


@pytest_asyncio.fixture
async def looking(db: Database) -> AsyncIterator[Any]:
    connection: Any = await asyncpg.connect(db.dsn)
    yield connection
    connection.terminate()


async def die(db: Database, number: int) -> None:
    """What a kill does to a sender: its connection ends."""
    await db.execute(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_locks"
        " WHERE locktype = 'advisory' AND objid = $1 AND classid = $2",
        number,
        queries.ADVISORY_CLASS,
    )


async def test_work_of_a_killed_sender_is_taken_over_at_the_next_start(
    ledger: Ledger, db: Database, door: Egress, receiver: Receiver
) -> None:
    endpoint = await ledger.endpoint(receiver.url)
    (number,) = await ledger.send(endpoint)
    async with registered(db.dsn) as first:
        killed = Sender(engine(), door, instance.vault(), first.id)
        await killed.claim()
        await receiver.wait_for(1)
        await killed.abandon()
        await die(db, first.id)
    async with registered(db.dsn) as second:
        await Sender(engine(), door, instance.vault(), second.id).run_once()
    assert [r.headers["webhook-id"] for r in receiver.requests] == [number, number]
    assert receiver.requests[0].body == receiver.requests[1].body
    assert (await ledger.row(number))["status"] == "delivered"


async def test_another_sender_takes_it_over_with_its_next_beat(
    ledger: Ledger, db: Database, door: Egress, receiver: Receiver
) -> None:
    endpoint = await ledger.endpoint(receiver.url)
    await ledger.send(endpoint)
    async with registered(db.dsn) as alive:
        async with registered(db.dsn) as dead:
            killed = Sender(engine(), door, instance.vault(), dead.id)
            await killed.claim()
            await killed.abandon()
            await die(db, dead.id)
        other = Sender(engine(), door, instance.vault(), alive.id)
        assert await other.run_once() == 0
        await alive.beat()
        assert await other.run_once() == 1
    assert owner.BEAT_S + owner.LEASE_S < 10


async def test_a_sender_that_hangs_loses_its_claims_and_what_it_has_not_written(
    ledger: Ledger, db: Database, door: Egress, receiver: Receiver, looking: Any
) -> None:
    endpoint = await ledger.endpoint(receiver.url)
    (number,) = await ledger.send(endpoint)
    async with registered(db.dsn) as hanging:
        late = Sender(engine(), door, instance.vault(), hanging.id)
        await late.claim()
        await receiver.wait_for(1)
        await db.execute("UPDATE senders SET beat_at = beat_at - interval '8 seconds'")
        await owner.bury(looking)
        with pytest.raises(Fenced):
            await late.land()
        with pytest.raises(Fenced):
            await hanging.beat()
    assert (await ledger.row(number))["attempts"] == 0
    async with registered(db.dsn) as other:
        await Sender(engine(), door, instance.vault(), other.id).run_once()
    assert [r.headers["webhook-id"] for r in receiver.requests] == [number, number]


async def test_two_senders_never_share_a_lane(
    ledger: Ledger, db: Database, door: Egress, receiver: Receiver
) -> None:
    endpoint = await ledger.endpoint(receiver.url)
    for lane in range(20):
        await ledger.send(endpoint, 3, lane=f"chat{lane}")
    async with registered(db.dsn) as one, registered(db.dsn) as two:
        first = Sender(engine(), door, instance.vault(), one.id)
        second = Sender(engine(), door, instance.vault(), two.id)
        await first.claim()
        assert await second.claim() == 0
        await first.land()
        await second.run_once()
    assert len(receiver.requests) == 60
    for lane in range(20):
        sent = [r.json["sequence"] for r in receiver.requests if r.json["lane"] == f"chat{lane}"]
        assert sent == [1, 2, 3]


async def test_a_sender_that_stops_leaves_nothing_claimed(
    ledger: Ledger, db: Database, door: Egress, receiver: Receiver
) -> None:
    await ledger.send(await ledger.endpoint(receiver.url))
    async with registered(db.dsn) as one:
        sender = Sender(engine(), door, instance.vault(), one.id)
        await sender.claim()
        await sender.abandon()
    assert await db.value("SELECT count(*) FROM lanes WHERE owner IS NOT NULL") == 0
    assert await db.value("SELECT count(*) FROM senders") == 0


class Author:
    """Owns messages of a kind: is told, and asked, as the dialogs are."""

    def __init__(self) -> None:
        self.told: list[Settled] = []
        self.refuses: set[str] = set()
        self.withholds: set[str] = set()

    async def hear(self, ctx: Ctx, settled: Sequence[Settled]) -> None:
        for item in settled:
            ctx.emit("test.told", {"id": item.delivery.id})
        if self.refuses & {item.delivery.id for item in settled}:
            raise ValueError("cannot take this")
        self.told.extend(settled)

    async def withheld(self, db: AsyncConnection, deliveries: Sequence[Delivery]) -> set[str]:
        return self.withholds & {delivery.id for delivery in deliveries}


@pytest.fixture
def author(monkeypatch: pytest.MonkeyPatch) -> Author:
    author = Author()
    kind = kinds.KINDS["event_url"]
    monkeypatch.setattr(kind.owner, "on_outcomes", author.hear)
    monkeypatch.setattr(kind.owner, "withheld", author.withheld)
    return author


async def test_the_owner_of_a_kind_hears_of_each_outcome_with_what_came_of_it(
    ledger: Ledger, sender: Sender, receiver: Receiver, author: Author
) -> None:
    receiver.answer(500, path="/", times=1)
    endpoint = await ledger.endpoint(receiver.url, kind="event_url", order_hold_min=0)
    ids = await ledger.send(endpoint, 2, kind="event_url")
    await sender.run_once()
    told = {item.delivery.id: (item.status, item.parked, item.final) for item in author.told}
    assert told == {ids[0]: ("retrying", True, False), ids[1]: ("delivered", False, True)}


async def test_an_owner_that_fails_on_one_outcome_spoils_no_other(
    ledger: Ledger, sender: Sender, receiver: Receiver, author: Author
) -> None:
    endpoint = await ledger.endpoint(receiver.url, kind="event_url")
    ids = await ledger.send(endpoint, 3, kind="event_url")
    author.refuses = {ids[1]}
    await sender.run_once()
    assert await ledger.statuses() == ["delivered"] * 3
    assert {item.delivery.id for item in author.told} == {ids[0], ids[2]}
    assert {data["id"] for _, data in await ledger.events()} == {ids[0], ids[2]}


async def test_what_is_no_longer_allowed_is_cancelled_and_the_lane_goes_on(
    ledger: Ledger, sender: Sender, receiver: Receiver, author: Author
) -> None:
    endpoint = await ledger.endpoint(receiver.url, kind="event_url")
    ids = await ledger.send(endpoint, 3, kind="event_url", epoch=1)
    author.withholds = {ids[1]}
    await sender.run_once()
    assert [request.json["id"] for request in receiver.requests] == [ids[0], ids[2]]
    row = await ledger.row(ids[1])
    assert (row["status"], row["attempts"], row["last_error"]) == ("cancelled", 0, "outdated")
