"""Calls of call_node for later, again, and many at once."""

import asyncio
from typing import Any

import pytest

from connective.kit.context import unit_of_work
from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.moving_clock import MovingClock
from connective.modules.integrations.call_node import claims

pytestmark = pytest.mark.proves("INT-10")
Caller = Any


async def test_a_call_is_planned_and_can_be_cancelled(
    caller: Caller, moving_clock: MovingClock
) -> None:
    soon = await caller.keyed.post(f"{caller.root}/3", {"delay_s": 60, "name": "Ann", "wait": 1})
    assert soon.json["message"] == "Scenario scheduled"
    assert "state" not in soon.json
    at = await caller.keyed.post(
        f"{caller.root}/3", {"at": "2026-05-04T12:05:00+03:00", "name": "Zoe", "surname": "L"}
    )
    listed = {run["id"]: run for run in await caller.runs()}
    assert listed[at.json["run_id"]]["due_at"] == "2026-05-04T09:05:00.000Z"
    assert listed[soon.json["run_id"]]["status"] == "scheduled"
    path = f"/api/v1/runs/{soon.json['run_id']}/cancel"
    assert (await caller.keyed.post(path)).status == 204
    assert (await caller.keyed.post(path)).status == 409
    assert caller.shop.receiver.requests == []
    moving_clock.advance(301)
    assert await caller.shop.texts(1) == ["Hello Zoe L"]
    late = await caller.keyed.post(path)
    assert late.json["code"] == "run_not_scheduled"


@pytest.mark.parametrize("how", ["header", "dedupe"])
async def test_the_same_key_gives_the_first_answer_for_a_day(
    caller: Caller, moving_clock: MovingClock, how: str
) -> None:
    async def call(name: str) -> Any:
        if how == "header":
            headers = {"Idempotency-Key": "k-1"}
            return await caller.keyed.post(f"{caller.root}/3", {"name": name}, headers=headers)
        return await caller.keyed.get(f"{caller.root}/3?name={name}&dedupe=k-1")

    first, second = await call("Ann"), await call("Bob")
    assert second.json == first.json
    moving_clock.advance(24 * 3600 + 1)
    third = await call("Cid")
    assert third.json["run_id"] != first.json["run_id"]
    assert await caller.shop.texts(2) == ["Hello Ann ", "Hello Cid "]


async def test_a_key_used_at_once_by_many_starts_one_run(caller: Caller) -> None:
    answers = await asyncio.gather(
        *(caller.keyed.get(f"{caller.root}/3?dedupe=same&wait=1") for _ in range(8))
    )
    assert {a.status for a in answers} == {200}
    assert len({a.json["run_id"] for a in answers}) == 1
    assert {a.json["state"] for a in answers} == {"finished"}
    assert len(await caller.runs()) == 1


async def test_a_refused_call_leaves_its_key_free(caller: Caller, db: Database) -> None:
    await caller.shop.say("/start", chat="1")
    await db.execute("UPDATE dialogs SET owner = 'operator'")
    url = f"{caller.root}/3/custom_channel/1?on_busy=skip&dedupe=k"
    assert (await caller.keyed.get(url)).status == 409
    await db.execute("UPDATE dialogs SET owner = 'bot'")
    assert (await caller.keyed.get(url)).status == 200


async def test_a_call_whose_process_died_before_the_start_is_started_by_its_repeat(
    caller: Caller, db: Database, moving_clock: MovingClock
) -> None:
    first = await caller.keyed.get(f"{caller.root}/3?dedupe=k&name=Ann")
    await db.execute("UPDATE call_answers SET answered = false")
    moving_clock.advance(31)
    begun = await caller.keyed.get(f"{caller.root}/3?dedupe=k&name=Ann")
    assert begun.json == first.json
    await db.execute("DELETE FROM runs")
    await db.execute("UPDATE call_answers SET answered = false")
    moving_clock.advance(31)
    again = await caller.keyed.get(f"{caller.root}/3?dedupe=k&name=Ann")
    assert again.json == first.json
    assert [run["id"] for run in await caller.runs()] == [first.json["run_id"]]


async def test_the_public_api_refuses_a_key_used_with_another_body(caller: Caller) -> None:
    body = {"bot_id": caller.shop.id, "node_id": 3, "name": "Ann"}
    headers = {"Idempotency-Key": "k-2"}
    first = await caller.keyed.post("/api/v1/runs", body, headers=headers)
    assert (await caller.keyed.post("/api/v1/runs", body, headers=headers)).json == first.json
    other = await caller.keyed.post("/api/v1/runs", body | {"name": "Bob"}, headers=headers)
    assert (other.status, other.json["code"]) == (422, "idempotency_mismatch")
    assert other.headers["Content-Type"] == "application/problem+json"
    long = await caller.keyed.post("/api/v1/runs", body, headers={"Idempotency-Key": "x" * 256})
    assert long.status == 422


async def test_interrupting_an_operator_needs_a_key(caller: Caller) -> None:
    await caller.switch(3, require_key=False)
    url = f"{caller.root}/3?on_busy=interrupt"
    assert (await caller.anyone.get(url)).status == 401
    assert (await caller.keyed.get(url)).status == 200


async def test_who_calls_too_often_is_told_to_wait(
    caller: Caller, app: AppClient, moving_clock: MovingClock
) -> None:
    made = await caller.shop.admin.post(
        "/api/v1/keys", {"name": "slow", "scopes": ["scenario:run"], "rate_per_min": 2}
    )
    slow = app.another(Authorization=f"API-Key {made.json['secret']}")
    statuses = [(await slow.get(f"{caller.root}/9")).status for _ in range(3)]
    assert statuses == [200, 200, 429]
    refused = await slow.get(f"{caller.root}/9")
    assert int(refused.headers["Retry-After"]) > 0
    assert refused.headers["X-RateLimit-Remaining"] == "0"
    moving_clock.advance(60)
    assert (await slow.get(f"{caller.root}/9")).status == 200


async def test_a_bulk_call_answers_for_each_target_in_order(caller: Caller) -> None:
    body = {
        "bot_id": caller.shop.id,
        "connector_alias": "crm_entry_point",
        "data": {"surname": "Lee"},
        "targets": [
            {"chat_id": "1", "name": "Ann"},
            {"chat_id": "", "name": "Bob"},
            {"chat_id": "3", "connector_alias": "nobody"},
            {"chat_id": "4", "wait": 1},
            {"chat_id": "5", "delay_s": 60},
        ],
    }
    answer = await caller.keyed.post("/api/v1/runs/bulk", body)
    assert answer.status == 200, answer.text
    assert (answer.json["started"], answer.json["refused"]) == (2, 3)
    results = answer.json["results"]
    assert [r["status"] for r in results] == ["success", "error", "error", "error", "success"]
    assert [r.get("code") for r in results[1:4]] == ["validation", "node_not_found", "validation"]
    assert [r.get("chat_id") for r in results] == ["1", None, None, None, "5"]
    assert results[1]["errors"][0]["field"] == "chat_id"
    assert results[4]["message"] == "Scenario scheduled"
    assert await caller.shop.texts(1) == ["Hello Ann Lee"]


async def test_a_bulk_call_of_a_thousand_starts_them_all_and_a_repeat_none(
    caller: Caller, db: Database
) -> None:
    targets = [{"chat_id": f"c{n}"} for n in range(1000)]
    body = {"bot_id": caller.shop.id, "node_id": 9, "targets": targets}
    headers = {"Idempotency-Key": "night"}
    first = await caller.keyed.post("/api/v1/runs/bulk", body, headers=headers)
    assert first.json["started"] == 1000
    assert [r["chat_id"] for r in first.json["results"]] == [t["chat_id"] for t in targets]
    again = await caller.keyed.post("/api/v1/runs/bulk", body, headers=headers)
    assert again.json == first.json
    assert await db.value("SELECT count(*) FROM runs") == 1000
    other = await caller.keyed.post("/api/v1/runs/bulk", body | {"node_id": 3}, headers=headers)
    assert (other.status, other.json["code"]) == (422, "idempotency_mismatch")
    most = await caller.keyed.post(
        "/api/v1/runs/bulk", body | {"targets": [*targets, {"chat_id": "x"}]}
    )
    assert most.status == 422
    assert (await caller.anyone.post("/api/v1/runs/bulk", body)).status == 401


async def test_a_failed_run_is_told_to_who_waits(caller: Caller) -> None:
    fails = {"template_id": "action_api_return", "values": {"values": "{{missing}}"}}
    nodes = [(1, "start", {}), (2, "message", {"text": "x"}), (14, "action", fails)]
    entry = (13, "entry", {"alias": "fails", "trigger": "webhook"})
    await caller.shop.publish([*nodes, entry], [(1, "next", 2), (13, "next", 14)])
    answer = await caller.keyed.get(f"{caller.root}/13?wait=1")
    assert (answer.status, answer.json["state"]) == (200, "finished")
    assert answer.json["error"]
    (run,) = await caller.runs()
    assert run["error"] == answer.json["error"]


async def test_answers_older_than_a_day_are_forgotten(
    caller: Caller, db: Database, moving_clock: MovingClock
) -> None:
    await caller.keyed.get(f"{caller.root}/3?dedupe=old")
    moving_clock.advance(24 * 3600)
    await caller.keyed.get(f"{caller.root}/3?dedupe=new")
    async with unit_of_work() as ctx:
        await claims.forget_old(ctx)
    assert await db.fetch("SELECT key FROM call_answers") == [{"key": "new"}]
