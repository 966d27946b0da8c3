"""A chat that is not free to talk: its channel is off, or an operator has it."""

from typing import Any

import pytest

from connective.kit.testing.databases import Database
from connective.kit.testing.polling import polled

pytestmark = pytest.mark.proves("INT-10")
Caller = Any


async def owner(db: Database) -> str:
    return str(await db.value("SELECT owner FROM dialogs"))


async def in_the_hands_of(db: Database, owner: str) -> None:
    """As the operators' panel leaves a dialog."""
    await db.execute("UPDATE dialogs SET owner = $1, epoch = epoch + 1", owner)


async def test_a_channel_that_is_switched_off_starts_nothing(caller: Caller, db: Database) -> None:
    await caller.shop.channel(enabled=False, x_access_token="T")
    before = await db.value("SELECT count(*) FROM runs")
    for body in ({}, {"chat_id": "7"}, {"chat_id": "7", "delay_s": 60}):
        answer = await caller.keyed.post(f"{caller.root}/3", body)
        assert (answer.status, answer.json["code"]) == (409, "channel_disabled")
        assert answer.json["status"] == "error"
    target = {"targets": [{"node_id": 3, "bot_id": caller.shop.id}]}
    bulk = await caller.keyed.post("/api/v1/runs/bulk", target)
    assert bulk.json["results"][0]["code"] == "channel_disabled"
    assert await db.value("SELECT count(*) FROM runs") == before
    await caller.shop.channel(x_access_token="T")
    assert (await caller.keyed.post(f"{caller.root}/3", {})).status == 200


async def test_a_planned_run_of_a_channel_switched_off_since_ends_with_the_reason(
    caller: Caller, db: Database
) -> None:
    planned = await caller.keyed.post(f"{caller.root}/3", {"chat_id": "7", "delay_s": 3600})
    assert planned.status == 200
    await caller.shop.channel(enabled=False, x_access_token="T")
    await db.execute("UPDATE runs SET due_at = now() - interval '1 second'")
    number = planned.json["run_id"]

    async def ended() -> bool:
        return bool(await db.value("SELECT ended_at IS NOT NULL FROM runs WHERE id = $1", number))

    await polled(ended)
    row = (await db.fetch("SELECT status, error FROM runs WHERE id = $1", number))[0]
    assert (row["status"], row["error"]) == ("error", "channel_disabled")


async def test_without_an_operator_every_way_to_be_busy_starts_the_run(caller: Caller) -> None:
    for number, way in enumerate(("send", "skip", "interrupt"), start=1):
        body = {"chat_id": "7", "name": "Ann", "surname": way, "on_busy": way}
        assert (await caller.keyed.post(f"{caller.root}/3", body)).status == 200
        assert (await caller.shop.texts(number))[-1] == f"Hello Ann {way}"


async def test_interrupt_ends_a_question_that_waits_and_the_new_one_takes_the_answer(
    caller: Caller,
) -> None:
    ask = {"chat_id": "7", "on_busy": "interrupt"}
    for number in (1, 2):
        answer = await caller.keyed.post(f"{caller.root}/9", ask)
        assert answer.status == 200, answer.text
        assert (await caller.shop.texts(number))[-1] == "How old are you?"
    await caller.shop.say("42", chat="7")
    assert (await caller.shop.texts(3))[-1] == "Thank you"
    assert [run["status"] for run in await caller.runs()] == ["done", "done"]


async def test_an_operator_keeps_the_chat_while_messages_are_sent_into_it(
    caller: Caller, db: Database
) -> None:
    await caller.keyed.post(f"{caller.root}/3", {"chat_id": "7", "name": "A", "surname": "B"})
    await caller.shop.texts(1)
    await in_the_hands_of(db, "operator")
    refused = await caller.keyed.post(f"{caller.root}/3", {"chat_id": "7", "on_busy": "skip"})
    assert (refused.status, refused.json["code"]) == (409, "busy")
    body = {"chat_id": "7", "name": "Order", "surname": "sent"}
    assert (await caller.keyed.post(f"{caller.root}/3", body)).status == 200
    assert (await caller.shop.texts(2))[-1] == "Hello Order sent"
    assert await owner(db) == "operator"


async def test_interrupt_takes_the_chat_from_an_operator_back_to_the_bot(
    caller: Caller, db: Database
) -> None:
    await caller.switch(9, require_key=False)
    await caller.keyed.post(f"{caller.root}/3", {"chat_id": "7", "name": "A", "surname": "B"})
    await caller.shop.texts(1)
    await in_the_hands_of(db, "operator")
    body = {"chat_id": "7", "on_busy": "interrupt"}
    assert (await caller.anyone.post(f"{caller.root}/9", body)).status == 401
    assert await owner(db) == "operator"
    assert (await caller.keyed.post(f"{caller.root}/9", body)).status == 200
    assert (await caller.shop.texts(2))[-1] == "How old are you?"
    assert await owner(db) == "bot"
    await caller.shop.say("42", chat="7")
    assert (await caller.shop.texts(3))[-1] == "Thank you"
