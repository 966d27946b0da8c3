"""Events of a chat that start its scenario wait for the action that the chat awaits."""

import asyncio
from typing import Any

import pytest

from connective.engine.model import Begin
from connective.kit.context import unit_of_work
from connective.kit.testing.databases import Database
from connective.kit.testing.polling import polled
from connective.kit.testing.shop import Shop
from connective.modules.turns import running
from connective.modules.turns.running import Target
from connective.modules.turns.work import Origin

EVENTS = Origin(source="system")
CHAT = "c"


def telling(url: str) -> tuple[list[Any], list[Any]]:
    """Each start asks the outside, and says afterwards for which event it did."""
    asked = {"url": url, "method": "GET", "retry": {"attempts": 0}}
    return (
        [
            (1, "start", {}),
            (2, "action", {"template_id": "action_send_request", "values": asked}),
            (3, "message", {"text": "Told of {{n}}"}),
        ],
        [(1, "next", 2), (2, "ok", 3), (2, "not_ok", 3)],
    )


async def happens(shop: Shop, number: int, **more: Any) -> int:
    """An event of the chat plans a run, as the listeners do."""
    begin = Begin(trigger="alias", variables={"n": number})
    target = Target(
        bot_id=shop.id,
        channel="custom_channel",
        chat_id=CHAT,
        begin=begin,
        waits=True,
        **more,
    )
    async with unit_of_work() as ctx:
        run_id = await running.promise(ctx)
        await running.plan(ctx, target, run_id=run_id, origin=EVENTS, due_at=ctx.now)
    return run_id


async def comes(db: Database, query: str, value: Any, *given: Any) -> None:
    """Wait until the query gives the value."""

    async def so() -> bool:
        return bool(await db.value(query, *given) == value)

    await polled(so)


@pytest.mark.proves("INT-14", part="event_webhook_url")
@pytest.mark.proves("SC-04", part="chat")
async def test_what_stands_behind_the_action_of_each_event_is_done(
    shop: Shop, db: Database
) -> None:
    go = asyncio.Event()
    shop.receiver.answer(200, {}, path="/told", after=go)
    await shop.publish(*telling(f"{shop.receiver.url}/told"))
    runs = [await happens(shop, 1)]
    await shop.receiver.wait_for(1)
    runs += [await happens(shop, 2), await happens(shop, 3)]
    await comes(db, "SELECT parked FROM dialogs", 2)
    go.set()
    said = [r.json for r in await shop.receiver.wait_for(6) if r.method == "POST"]
    assert [m["message"]["text"] for m in said] == ["Told of 1", "Told of 2", "Told of 3"]
    await comes(db, "SELECT count(*) FROM runs WHERE status = 'done'", len(runs))
    await comes(db, "SELECT count(*) FROM parked", 0)


async def test_one_that_waits_is_not_started_a_second_time(shop: Shop, db: Database) -> None:
    go = asyncio.Event()
    shop.receiver.answer(200, {}, path="/told", after=go)
    await shop.publish(*telling(f"{shop.receiver.url}/told"))
    await happens(shop, 1)
    await shop.receiver.wait_for(1)
    run_id = await happens(shop, 2)
    await comes(db, "SELECT parked FROM dialogs", 1)
    # whoever started it could not tell of it, so another tries again
    await db.execute("UPDATE runs SET status = 'scheduled', owner = NULL WHERE id = $1", run_id)
    await comes(db, "SELECT status FROM runs WHERE id = $1", "starting", run_id)
    go.set()
    said = [r.json for r in await shop.receiver.wait_for(4) if r.method == "POST"]
    assert [m["message"]["text"] for m in said] == ["Told of 1", "Told of 2"]


async def test_one_whose_dialog_an_operator_took_meanwhile_ends_as_refused(
    shop: Shop, db: Database
) -> None:
    go = asyncio.Event()
    shop.receiver.answer(200, {}, path="/told", after=go)
    await shop.publish(*telling(f"{shop.receiver.url}/told"))
    await happens(shop, 1)
    await shop.receiver.wait_for(1)
    run_id = await happens(shop, 2, on_busy="skip")
    await comes(db, "SELECT parked FROM dialogs", 1)
    dialog_id = await db.value("SELECT id FROM dialogs")
    taken = await shop.admin.post(f"/api/v1/dialogs/{dialog_id}/takeover", {})
    assert taken.status in (200, 201), taken.json
    go.set()
    await shop.say("are you there?", CHAT)
    await comes(db, "SELECT error FROM runs WHERE id = $1", "busy", run_id)
    assert await db.value("SELECT count(*) FROM parked") == 0
