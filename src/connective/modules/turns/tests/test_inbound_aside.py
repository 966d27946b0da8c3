"""Under load inbound is stored and acknowledged; a sweep takes it in order; killers are buried."""

import asyncio

import pytest

from connective.kit import wake
from connective.kit.testing.databases import Database
from connective.kit.testing.shop import Shop
from connective.modules.turns import aside
from connective.modules.turns.queue import Queue

ECHO = (
    [
        (1, "start", {}),
        (2, "wait", {"text": "Say", "save_to": "said"}),
        (3, "message", {"text": "Said {{said}}"}),
        (4, "wait", {"text": "More", "save_to": "said"}),
    ],
    [(1, "next", 2), (2, "next", 3), (3, "next", 4), (4, "next", 3)],
)


async def test_under_load_events_are_acknowledged_and_taken_in_order(
    shop: Shop, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await shop.publish(*ECHO)
    await shop.say("/start")
    monkeypatch.setattr(aside, "SWEEP_S", 3600.0)
    with monkeypatch.context() as loaded:
        loaded.setattr(Queue, "waiting_s", property(lambda _: 1.0))
        loaded.setattr(wake, "wake", lambda *_, **__: None)
        for text in ("one", "two"):
            answer = await shop.say(text)
            assert answer.json["duplicate"] is False
    # The load is over, but the chat has something aside: the third must not overtake.
    await shop.say("three")
    async with asyncio.timeout(10):
        texts = await shop.texts(7)
    assert [t for t in texts if t.startswith("Said")] == ["Said one", "Said two", "Said three"]
    assert await db.value("SELECT count(*) FROM inbound_backlog") == 0


async def test_an_event_that_killed_two_processes_is_buried_and_shown(
    shop: Shop, db: Database
) -> None:
    await shop.publish(*ECHO)
    account = await db.value("SELECT id FROM channel_accounts")
    event = '{"kind":"message","external_id":"77","chat_id":"c","at":1,"text":"boom"}'
    await db.execute(
        "INSERT INTO inbound_backlog (account_id, chat_id, external_id, event, at, attempts)"
        " VALUES ($1, 'c', '77', $2, now(), 2)",
        account,
        event,
    )
    wake.wake("aside")
    async with asyncio.timeout(10):
        while True:
            if await db.value("SELECT status FROM inbound_backlog") == "dead":
                break
            await asyncio.sleep(0.02)
    assert await db.value("SELECT count(*) FROM events WHERE kind = 'inbound.dead'") == 1
    assert await db.value("SELECT count(*) FROM messages") == 0
