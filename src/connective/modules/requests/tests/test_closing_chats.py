"""Chats end once, whoever ends them, and the scenario goes on where it was arranged."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest

from connective.kit.context import unit_of_work
from connective.kit.testing.chats import Chats
from connective.kit.testing.polling import polled
from connective.modules.requests.service import closing
from connective.modules.requests.service.holding import hold, save

CLOSED = "initiated_dialog_alias_chat_closed"
TIMED_OUT = "initiated_dialog_alias_chat_closed_by_timeout"


async def times_out(request_id: int) -> None:
    async with unit_of_work() as ctx:
        chat = await hold(ctx, request_id, action=None)
        await closing.end(ctx, chat, by="timeout")
        await save(ctx, chat)


async def went_on(chats: Chats) -> None:
    """The listener of closed chats has come to the end of the log."""

    async def read() -> bool:
        return bool(
            await chats.db.value(
                "SELECT position >= (SELECT max(id) FROM events WHERE kind = 'request.closed')"
                " FROM event_cursors WHERE listener = 'after requests'"
            )
        )

    await polled(read)


@contextlib.asynccontextmanager
async def nobody_listens(chats: Chats) -> AsyncIterator[None]:
    """The client is quicker than the listener: it cannot get its lock meanwhile."""
    connection = await asyncpg.connect(chats.db.dsn)
    try:
        async with connection.transaction():
            lock = "SELECT pg_advisory_xact_lock(hashtext('listener after requests'))"
            await connection.execute(lock)
            yield
    finally:
        await connection.close()


async def planned(chats: Chats) -> list[str]:
    """How the runs that closed chats asked for went, once all of them have begun."""
    sql = "SELECT status FROM runs WHERE request->>'after_chat' = 'true' ORDER BY id"

    async def begun() -> bool:
        rows = await chats.db.fetch(sql)
        return all(row["status"] not in ("scheduled", "starting") for row in rows)

    await went_on(chats)
    await polled(begun)
    return [row["status"] for row in await chats.db.fetch(sql)]


@pytest.mark.proves("SC-11")
@pytest.mark.proves("OP-04", part="chat")
async def test_the_parameter_then_the_constant_say_where_the_scenario_goes_on(
    chats: Chats,
) -> None:
    olena = await chats.operator("Olena")
    constants = {CLOSED: "bye"}
    await chats.publish(entries=("csat", "bye"), constants=constants, chat_closed_alias="csat")
    first = await chats.connected()
    await chats.done(olena, first["id"], "take")
    await chats.done(olena, first["id"], "close", reason="solved")
    await chats.said("at csat: solved")
    dialog = await chats.dialog()
    assert dialog["owner"] == "bot"
    result = json.loads(dialog["state"])["system"]["chat_result"]
    assert result.pop("duration_s") >= 0
    assert result == {
        "reason": "solved",
        "operator": "Olena Tester",
        "subject": "Support",
        "chat_id": first["id"],
    }
    await chats.publish(entries=("csat", "bye"), constants=constants)
    second = await chats.connected()
    await chats.done(olena, second["id"], "close", reason="done")
    await chats.said("at bye: done")


@pytest.mark.proves("SC-11", part="chat")
async def test_a_timeout_goes_where_the_timeout_was_to_lead(chats: Chats) -> None:
    olena = await chats.operator("Olena")
    await chats.publish(entries=("late", "csat"), chat_closed_by_timeout_alias="late")
    request = await chats.connected()
    await chats.done(olena, request["id"], "take")
    await times_out(request["id"])
    await chats.said("at late: timeout")
    (row,) = await chats.rows()
    assert (row["closed_by"], row["assignee_id"]) == ("timeout", olena.id)
    assert await chats.db.value("SELECT active FROM operators WHERE user_id = $1", olena.id) == 0


@pytest.mark.proves("SC-11", part="chat")
@pytest.mark.proves("SC-04", part="parameters of connect")
async def test_who_waited_in_vain_goes_where_the_connection_timeout_leads(chats: Chats) -> None:
    await chats.publish(
        entries=("nobody", "late"),
        connection_timeout_alias="nobody",
        chat_closed_by_timeout_alias="late",
    )
    await times_out((await chats.connected())["id"])
    await chats.said("at nobody: timeout")


async def test_the_constant_of_timeouts_serves_a_chat_that_an_operator_began(chats: Chats) -> None:
    await chats.publish(entries=("late",), constants={TIMED_OUT: "late"})
    olena = await chats.operator("Olena")
    await chats.connected()
    dialog = await chats.dialog()
    await chats.done(olena, (await chats.rows())[0]["id"], "close")
    await planned(chats)
    answer = await olena.client.post(f"/api/v1/dialogs/{dialog['id']}/takeover", {})
    assert answer.status == 200, answer.text
    await times_out(answer.json["id"])
    await chats.said("at late: timeout")


@pytest.mark.proves("SC-11", part="chat")
async def test_without_parameter_and_constant_the_dialog_waits_for_the_next_message(
    chats: Chats,
) -> None:
    await chats.publish("success")
    request = await chats.connected()
    await chats.said("port success")
    await chats.done(await chats.operator("Olena"), request["id"], "close")
    assert await planned(chats) == []
    assert (await chats.dialog())["owner"] == "bot"
    await chats.shop.say("anybody?", "c1")
    await chats.said("port success", times=2)
    second = await chats.unclosed()
    assert second["id"] != request["id"]


@pytest.mark.proves("SC-11", part="chat")
@pytest.mark.proves("OP-01", part="chat")
async def test_an_unknown_alias_at_close_leaves_nobody_stuck(chats: Chats) -> None:
    await chats.publish("success", chat_closed_alias="gone")
    request = await chats.connected()
    await chats.said("port success")
    closed = await chats.done(await chats.operator("Olena"), request["id"], "close")
    assert closed["state"] == "closed"
    await chats.said("port success", times=2)
    lines = [line for line in await chats.log(request["id"]) if line["type"] == "alias_missing"]
    assert [line["new"] for line in lines] == ['"gone"']


@pytest.mark.proves("SC-11", part="chat")
async def test_a_client_who_restarted_the_bot_is_not_sent_elsewhere(chats: Chats) -> None:
    await chats.publish("success", entries=("csat",), chat_closed_alias="csat")
    request = await chats.connected()
    await chats.said("port success")
    olena = await chats.operator("Olena")
    async with nobody_listens(chats):
        await chats.done(olena, request["id"], "close")
        await chats.shop.say("/start", "c1")
        await chats.said("port success", times=2)
        await chats.unclosed()
    assert await planned(chats) == ["cancelled"]
    assert not [text for text in chats.texts() if text.startswith("at csat")]


@pytest.mark.proves("SC-11", part="chat")
async def test_the_clients_next_message_runs_the_alias_when_it_comes_first(chats: Chats) -> None:
    await chats.publish("success", entries=("csat",), chat_closed_alias="csat")
    request = await chats.connected()
    await chats.said("port success")
    olena = await chats.operator("Olena")
    async with nobody_listens(chats):
        await chats.done(olena, request["id"], "close")
        await chats.shop.say("thanks", "c1")
        await chats.said("at csat: operator")
    assert await planned(chats) == ["cancelled"]
    assert chats.texts().count("at csat: operator") == 1


@pytest.mark.proves("OP-06", part="chat")
async def test_of_two_who_close_at_once_the_second_learns_of_the_first(chats: Chats) -> None:
    await chats.publish("success", entries=("csat",), chat_closed_alias="csat")
    request = await chats.connected()
    people = [await chats.operator("Olena"), await chats.operator("Petro")]
    answers = await asyncio.gather(*(chats.act(who, request["id"], "close") for who in people))
    assert sorted(answer.status for answer in answers) == [200, 409]
    refused = next(answer for answer in answers if answer.status == 409)
    first = people[[answer.status for answer in answers].index(200)]
    name = await chats.db.value("SELECT first_name FROM users WHERE id = $1", first.id)
    assert refused.json["code"] == "already_closed"
    assert name in refused.json["detail"]
    await chats.said("at csat: operator")
    closed = "SELECT count(*) FROM events WHERE kind = 'request.closed'"
    assert await chats.db.value(closed) == 1


@pytest.mark.proves("OP-06", part="chat")
async def test_a_required_topic_is_asked_for_before_a_chat_is_closed(chats: Chats) -> None:
    admin = chats.shop.admin
    rules = {"topic_required": True, "reason_required": True}
    assert (await admin.put("/api/v1/settings/op/closing", rules)).status == 200
    await chats.publish()
    request = await chats.connected()
    await chats.db.execute("UPDATE requests SET subject_id = NULL")
    olena = await chats.operator("Olena")
    refused = await chats.act(olena, request["id"], "close")
    assert refused.status == 422
    assert [one["field"] for one in refused.json["errors"]] == ["topic_id", "reason"]
    given = {"topic_id": chats.topic_id, "reason": "solved", "comment": "refunded"}
    closed = await chats.done(olena, request["id"], "close", **given)
    assert (closed["state"], closed["close_reason"]) == ("closed", "solved")
    assert (closed["subject"]["id"], closed["comment"]) == (chats.topic_id, "refunded")
    lines = await chats.log(request["id"])
    (status,) = [line for line in lines if line["field"] == "state"]
    assert (status["old"], status["new"]) == ('"new"', '"closed"')


@pytest.mark.proves("OP-01", part="chat")
async def test_the_clients_button_ends_the_chat_and_the_scenario_goes_on(chats: Chats) -> None:
    await chats.publish(
        entries=("left",),
        constants={"close_chat_button_text": "Enough", "queue_text": "Wait"},
        add_button=True,
        auto_connect_operator=True,
        chat_closed_by_client_alias="left",
    )
    request = await chats.connected()
    await chats.said("Wait")
    bodies = [one.json for one in chats.shop.receiver.requests]
    (waiting,) = [one for one in bodies if one.get("message", {}).get("text") == "Wait"]
    ((button,),) = waiting["message"]["keyboard"]["rows"]
    assert button["text"] == "Enough"
    press = {"id": "p1", "data": button["data"], "from": {"id": "c1"}, "chat": {"id": "c1"}}
    answer = await chats.shop.post(chats.shop.update("c1", callback_query=press))
    assert answer.status == 200, answer.text
    await chats.said("at left: button")
    (row,) = await chats.rows()
    assert (row["id"], row["state"], row["closed_by"]) == (request["id"], "closed", "client")


async def test_a_channel_without_presses_sends_the_label_of_the_button(chats: Chats) -> None:
    await chats.publish(
        constants={"return_to_bot_button_text": "To the bot"}, add_return_button=True
    )
    request = await chats.connected()
    await chats.shop.say("To the bot", "c1")
    rows = await chats.rows()
    assert (rows[0]["id"], rows[0]["close_reason"]) == (request["id"], "returned_to_bot")


async def test_a_client_who_leaves_the_channel_ends_his_chat(chats: Chats) -> None:
    await chats.publish()
    request = await chats.connected()
    ended = {"chat": {"id": "c1"}, "reason": "tab closed"}
    answer = await chats.shop.post(chats.shop.update("c1", chat_closed=ended))
    assert answer.status == 200, answer.text
    (row,) = await chats.rows()
    assert (row["id"], row["closed_by"], row["close_reason"]) == (
        request["id"],
        "client",
        "tab closed",
    )


async def test_closing_against_the_clients_message_loses_neither(chats: Chats) -> None:
    await chats.publish("success")
    olena = await chats.operator("Olena")
    for number in range(5):
        chat = f"r{number}"
        request = await chats.connected(chat)
        await chats.done(olena, request["id"], "take")
        closed, _ = await asyncio.gather(
            chats.act(olena, request["id"], "close"), chats.shop.say("one more thing", chat)
        )
        assert closed.status == 200
        rows = await chats.rows(chat)
        assert rows[0]["state"] == "closed"
        dialog = await chats.dialog(chat)
        open_ones = [row["id"] for row in rows if row["state"] != "closed"]
        assert dialog["request_id"] in (open_ones or [None])
    kept = "SELECT count(*) FROM messages WHERE text = 'one more thing'"
    assert await chats.db.value(kept) == 5


async def test_the_channel_is_told_of_each_step_of_the_chat(chats: Chats) -> None:
    await chats.publish()
    olena = await chats.operator("Olena")
    request = await chats.connected()
    await chats.done(olena, request["id"], "take")
    await chats.done(olena, request["id"], "close")

    async def told() -> bool:
        return "chat_closed" in chats.told()

    await polled(told)
    names = [name for name in chats.told() if name != "message"]
    assert names == ["chat_created", "operator_connected", "operator_disconnected", "chat_closed"]
    bodies: list[dict[str, Any]] = [one.json for one in chats.shop.receiver.requests]
    (connected,) = [one for one in bodies if one["event"] == "operator_connected"]
    assert (connected["operator"]["id"], connected["chat_id"]) == (olena.id, "c1")
    (closed,) = [one for one in bodies if one["event"] == "chat_closed"]
    assert closed["by"] == "operator"
