"""Under load inbound is stored and acknowledged; a sweep takes it in order; killers are buried."""

import asyncio

import pytest

from connective.kit import wake
from connective.kit.context import unit_of_work
from connective.kit.testing.databases import Database
from connective.kit.testing.polling import polled
from connective.kit.testing.shop import Shop
from connective.modules.turns import aside, group, repeats
from connective.modules.turns.queue import Queue
from connective.modules.turns.work import Arrived

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


async def test_what_no_turn_can_take_is_kept_and_shown_and_the_chat_goes_on(
    shop: Shop, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise ValueError("a fault of ours")

    await shop.publish(*ECHO)
    await shop.say("/start")
    with monkeypatch.context() as wrong:
        wrong.setitem(group._TAKE, Arrived, broken)  # noqa: SLF001
        answer = await shop.say("lost?")
        assert answer.json["duplicate"] is False

        async def is_dead() -> bool:
            return bool(await db.value("SELECT status FROM inbound_backlog") == "dead")

        async with asyncio.timeout(10):
            await polled(is_dead)
    kept = "SELECT event->>'text' FROM inbound_backlog"
    assert await db.value(kept) == "lost?"
    assert (await aside.standing()).state == "error"
    await shop.say("one")
    assert (await shop.texts(2))[1] == "Said one"


async def test_repeats_are_remembered_for_a_week_and_dead_events_for_a_month(
    shop: Shop, db: Database
) -> None:
    await shop.say("/start")
    await db.execute("UPDATE inbound_seen SET at = at - interval '7 days 1 minute'")
    await db.execute(
        "INSERT INTO inbound_backlog (account_id, chat_id, external_id, event, at, status)"
        " SELECT 1, 'c', n::text, '{}', now() - n * interval '20 days', 'dead'"
        " FROM generate_series(1, 2) n"
    )
    async with unit_of_work() as ctx:
        await repeats.forget_old(ctx)
    assert await db.value("SELECT count(*) FROM inbound_seen") == 0
    assert await db.value("SELECT array_agg(external_id) FROM inbound_backlog") == ["1"]
