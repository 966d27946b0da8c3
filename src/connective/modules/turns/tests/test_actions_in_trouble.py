"""Actions keep their promise when the database goes away, and when what comes back is odd."""

import asyncio

import pytest

from connective.kit.testing.databases import Database
from connective.kit.testing.receiver import Receiver
from connective.kit.testing.shop import Edge, Node, Shop

PATIENCE_S = 15


def asking(receiver: Receiver, method: str) -> tuple[list[Node], list[Edge]]:
    values = {"url": f"{receiver.url}/day", "method": method, "retry": {"attempts": 0}}
    values |= {"response_mapping": {"day": "today"}}
    return (
        [
            (1, "start", {}),
            (2, "action", {"template_id": "action_send_request", "values": values}),
            (3, "message", {"text": "Today is {{today}}"}),
            (4, "message", {"text": "No answer: {{last_error.code}}"}),
        ],
        [(1, "next", 2), (2, "ok", 3), (2, "not_ok", 4)],
    )


async def said(shop: Shop, count: int) -> list[str]:
    """The texts that the partner was sent, once so many requests of all kinds have come."""
    found = await shop.receiver.wait_for(count, within=PATIENCE_S)
    return [r.json["message"]["text"] for r in found if r.path == "/"]


async def another_owner(db: Database, owner: int) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while True:
            if await db.value("SELECT owner FROM calls") != owner:
                return
            await asyncio.sleep(0.05)


@pytest.mark.proves("INT-08", part="crash")
async def test_a_request_under_way_is_finished_when_its_performers_connection_breaks(
    shop: Shop, db: Database, receiver: Receiver
) -> None:
    go = asyncio.Event()
    receiver.answer(200, {"day": "Friday"}, path="/day", after=go)
    await shop.publish(*asking(receiver, "POST"))
    await shop.say("/start")
    await receiver.wait_for(1)
    owner = await db.value("SELECT owner FROM calls")
    await db.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
        " AND objid = $1::int::oid",
        owner,
    )
    await another_owner(db, owner)
    go.set()
    assert await said(shop, 2) == ["Today is Friday"]
    assert [r.path for r in receiver.requests].count("/day") == 1


async def test_a_zero_character_in_an_answer_leaves_nobody_waiting(
    shop: Shop, receiver: Receiver
) -> None:
    receiver.answer(200, {"day": "Fri\x00day"}, path="/day")
    await shop.publish(*asking(receiver, "GET"))
    await shop.say("/start")
    assert await said(shop, 2) == ["Today is Friday"]


async def test_a_zero_character_in_a_message_waits_behind_an_action_like_any_other(
    shop: Shop, receiver: Receiver
) -> None:
    go = asyncio.Event()
    receiver.answer(200, {"day": "Friday"}, path="/day", after=go)
    receiver.answer(200, {"day": "Monday"}, path="/day")
    await shop.publish(*asking(receiver, "GET"))
    await shop.say("/start")
    await receiver.wait_for(1)
    answer = await shop.post(shop.update(text="odd\x00text"))
    go.set()
    assert answer.status == 200, answer.text
    assert await said(shop, 4) == ["Today is Friday", "Today is Monday"]
