"""One endpoint that hangs does not take the places of the others."""

import asyncio
from typing import Any

from connective.kit import instance
from connective.kit.db.engine import engine
from connective.kit.egress import Egress
from connective.kit.senders.flight import Flight
from connective.kit.senders.lineup import WHILE_FAILING, Lineup
from connective.kit.senders.owner import registered
from connective.kit.senders.sender import Sender
from connective.kit.testing.databases import Database
from connective.kit.testing.ledger import Ledger
from connective.kit.testing.receiver import Receiver


def flights(endpoint: int, count: int) -> list[Flight]:
    return [Flight(endpoint, f"chat{number}", []) for number in range(count)]


def test_endpoints_take_turns() -> None:
    launched: list[Flight] = []
    lineup = Lineup(launched.append, in_flight=6)
    lineup.add(flights(4, 1))
    lineup.add(flights(1, 5) + flights(2, 2) + flights(3, 1))
    assert [flight.endpoint_id for flight in launched[1:]] == [1, 2, 3, 1, 2]


def test_a_failing_endpoint_gets_few_places_until_it_answers() -> None:
    launched: list[Flight] = []
    lineup = Lineup(launched.append, in_flight=50)
    lineup.add(flights(1, 1))
    lineup.landed(1, well=False)
    launched.clear()
    lineup.add(flights(1, 40) + flights(2, 20))
    assert [flight.endpoint_id for flight in launched].count(1) == WHILE_FAILING
    assert [flight.endpoint_id for flight in launched].count(2) == 20
    lineup.landed(1, well=True)
    assert lineup.flying == 50


def test_what_was_not_launched_can_be_taken_out() -> None:
    lineup = Lineup(lambda _: None, in_flight=2)
    lineup.add(flights(1, 5))
    assert len(lineup.drop()) == 3
    assert lineup.ready == 0


async def test_calls_that_hang_leave_room_for_the_others(
    ledger: Ledger, db: Database, door: Egress, receiver: Receiver
) -> None:
    hang = asyncio.Event()
    receiver.answer(path="/slow", after=hang, times=500)
    slow = await ledger.endpoint(receiver.url + "/slow")
    quick = await ledger.endpoint(receiver.url + "/quick")
    for number in range(200):
        await ledger.send(slow, lane=f"chat{number}")
    await ledger.send(quick, 5)
    async with registered(db.dsn) as owner:
        sender = Sender(engine(), door, instance.vault(), owner.id)
        writing: Any = asyncio.create_task(sender.keep_writing())
        stop = asyncio.Event()
        claiming = asyncio.create_task(sender.keep_claiming(stop))
        async with asyncio.timeout(20):
            while [r.path for r in receiver.requests].count("/quick") < 5:
                await receiver.wait_for(len(receiver.requests) + 1)
        stop.set()
        hang.set()
        await claiming
        await sender.land()
        writing.cancel()
