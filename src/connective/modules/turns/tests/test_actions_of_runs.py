"""Remote actions beside the turn: awaited, parked behind, overtaken, and interrupted."""

import asyncio
import json
from datetime import timedelta
from typing import Any

import pytest

from connective.engine import step
from connective.kit import wake
from connective.kit.testing.databases import Database
from connective.kit.testing.moving_clock import MovingClock
from connective.kit.testing.receiver import Receiver
from connective.kit.testing.shop import Edge, Node, Shop
from connective.modules.turns import performing


def asking(url: str, **values: Any) -> tuple[list[Node], list[Edge]]:
    """Start -> send_request -> what came back, or what went wrong."""
    request = {"url": url, "method": "GET", "response_mapping": {"day": "today"}, **values}
    return (
        [
            (1, "start", {}),
            (2, "action", {"template_id": "action_send_request", "values": request}),
            (3, "message", {"text": "Today is {{today}}"}),
            (4, "message", {"text": "API down: {{last_error.code}}"}),
            (5, "wait", {"text": "Next?", "save_to": "next"}),
            (6, "message", {"text": "Got {{next}}"}),
        ],
        [
            (1, "next", 2),
            (2, "ok", 3),
            (2, "not_ok", 4),
            (3, "next", 5),
            (5, "next", 6),
        ],
    )


@pytest.mark.proves("INT-07", part="in a run")
@pytest.mark.proves("SC-01", part="send_request")
async def test_an_answer_reaches_the_text_that_follows(shop: Shop) -> None:
    shop.receiver.answer(200, {"day": "Friday"}, path="/day")
    await shop.publish(*asking(f"{shop.receiver.url}/day"))
    await shop.say("/start")
    bodies = [r for r in await shop.receiver.wait_for(3) if r.method == "POST"]
    assert [b.json["message"]["text"] for b in bodies] == ["Today is Friday", "Next?"]


@pytest.mark.proves("SC-01", part="send_request")
async def test_a_failed_call_takes_its_port_and_is_seen_in_the_run(
    shop: Shop, db: Database
) -> None:
    await shop.publish(*asking("http://127.0.0.1:9/none", retry={"attempts": 0}))
    await shop.say("/start")
    (text,) = await shop.texts(1)
    assert text == "API down: connect"
    runs = (await shop.admin.get(f"/api/v1/runs?bot_id={shop.id}")).json["items"]
    run = (await shop.admin.get(f"/api/v1/runs/{runs[0]['id']}")).json
    assert run["status"] == "done"
    assert run["calls"][0]["result"]["event"] == "not_ok"
    assert run["calls"][0]["result"]["error"]["code"] == "connect"
    ports = [(t["node_id"], t.get("port")) for s in run["steps"] for t in s["trace"]]
    assert (2, "not_ok") in ports


async def test_messages_wait_behind_an_action_and_are_taken_in_order(
    shop: Shop, db: Database
) -> None:
    go = asyncio.Event()
    shop.receiver.answer(200, {"day": "Monday"}, path="/day", after=go)
    await shop.publish(*asking(f"{shop.receiver.url}/day"))
    await shop.say("/start")
    await shop.receiver.wait_for(1)
    await shop.say("first")
    await shop.say("second")
    assert await db.value("SELECT parked FROM dialogs") == 2
    go.set()
    bodies = [r.json for r in await shop.receiver.wait_for(5) if r.method == "POST"]
    texts = [body["message"]["text"] for body in bodies]
    assert texts[:3] == ["Today is Monday", "Next?", "Got first"]
    assert await db.value("SELECT parked FROM dialogs") == 0


async def test_a_start_overtakes_an_action_whose_result_is_then_only_kept(
    shop: Shop, db: Database
) -> None:
    go = asyncio.Event()
    shop.receiver.answer(200, {"day": "old"}, path="/day", after=go)
    shop.receiver.answer(200, {"day": "new"}, path="/day")
    await shop.publish(*asking(f"{shop.receiver.url}/day"))
    await shop.say("/start")
    await shop.receiver.wait_for(1)
    await shop.say("/start")
    bodies = [r.json for r in await shop.receiver.wait_for(4) if r.method == "POST"]
    assert [b["message"]["text"] for b in bodies] == ["Today is new", "Next?"]
    go.set()
    await once(db, "SELECT count(*) FROM calls WHERE status = 'late'", 1)
    assert await db.value("SELECT epoch FROM dialogs") == 2
    assert await db.value("SELECT count(*) FROM messages WHERE direction = 'out'") == 2


@pytest.mark.proves("INT-08", part="crash")
@pytest.mark.parametrize(
    ("method", "expected"), [("POST", "not_ok"), ("GET", "ok")], ids=["unsafe", "safe"]
)
async def test_a_call_cut_short_is_repeated_only_when_that_does_no_harm(
    shop: Shop, db: Database, receiver: Receiver, method: str, expected: str
) -> None:
    receiver.always(200, {"day": "x"})
    values = {"url": f"{receiver.url}/day", "method": method}
    row = {
        "call_id": "1:1",
        "bot_id": shop.id,
        "dialog_id": 1,
        "run_id": 1,
        "node_id": 2,
        "chat_id": "c",
        "channel": "custom_channel",
        "language": "en",
        "action": "send_request",
        "values": json.dumps(values),
        "state": None,
        "detached": False,
        "tries": 0,
        "interrupted": True,
    }
    result = await performing.perform(row)
    assert result.event == expected
    assert (result.error.code if result.error else None) == (
        "uncertain" if expected == "not_ok" else None
    )


async def test_a_wait_that_nobody_answers_takes_its_timeout(
    shop: Shop, moving_clock: MovingClock
) -> None:
    await shop.publish(
        [
            (1, "start", {}),
            (2, "wait", {"text": "Still there?", "save_to": "x", "timeout_s": 60}),
            (3, "message", {"text": "Too late"}),
        ],
        [(1, "next", 2), (2, "timeout", 3)],
    )
    await shop.say("/start")
    await shop.texts(1)
    moving_clock.advance(61)
    assert await shop.texts(2) == ["Still there?", "Too late"]


async def test_a_delayed_message_is_not_sent_before_its_time(
    shop: Shop, db: Database, moving_clock: MovingClock
) -> None:
    await shop.publish(
        [(1, "start", {}), (2, "message", {"text": "Later", "delay_ms": 5000})],
        [(1, "next", 2)],
    )
    await shop.say("/start")
    planned = await db.value("SELECT not_before FROM deliveries")
    assert planned == moving_clock.now() + timedelta(seconds=5)
    moving_clock.advance(5)
    wake.wake("outbox")
    assert await shop.texts(1) == ["Later"]


async def test_an_engine_failure_is_that_dialogs_failed_run(
    shop: Shop, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await shop.publish([(1, "start", {}), (2, "message", {"text": "ok"})], [(1, "next", 2)])
    whole = step.step

    def broken(program: Any, state: Any, event: Any, env: Any, **how: Any) -> Any:
        if env.chat_id == "bad":
            raise ZeroDivisionError("engine")
        return whole(program, state, event, env, **how)

    monkeypatch.setattr(step, "step", broken)
    answers = await asyncio.gather(
        shop.post(shop.update("bad", text="/start")), shop.post(shop.update("good", text="/start"))
    )
    assert [a.status for a in answers] == [200, 200]
    heard = {body["chat_id"]: body["message"]["text"] for body in await shop.heard(2)}
    assert heard.pop("bad").startswith("Something went wrong")
    assert heard == {"good": "ok"}
    failed = await db.fetch("SELECT data FROM events WHERE kind = 'run.failed'")
    assert "ZeroDivisionError" in failed[0]["data"]


async def once(db: Database, query: str, value: Any) -> None:
    """Wait until the query gives the value."""
    async with asyncio.timeout(10):
        while True:
            if await db.value(query) == value:
                return
            await asyncio.sleep(0.02)
