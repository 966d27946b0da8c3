"""Timers of chats: what they do when their time has come, once."""

import asyncio
from typing import Any

import pytest
import pytest_asyncio

from connective.app.asgi import fill_points
from connective.kit.context import unit_of_work
from connective.kit.testing.app_client import AppClient
from connective.kit.testing.crowd import Crowd
from connective.kit.testing.databases import Database
from connective.kit.testing.moving_clock import MovingClock
from connective.kit.testing.people import Person, sign_in
from connective.modules.requests import service, timing
from connective.modules.requests.schemas.changes import RequestPatch
from connective.modules.requests.service.holding import hold, save
from connective.modules.requests.timers import rules
from connective.modules.requests.timers.schemas import TimerRulesIn

PATH = "/api/v1/settings/op/timers"


@pytest_asyncio.fixture
async def crowd(db: Database, moving_clock: MovingClock) -> Crowd:
    fill_points()
    return await Crowd.gather(db)


async def set_timers(**given: Any) -> None:
    async with unit_of_work() as ctx:
        await rules.change(ctx, TimerRulesIn.model_validate({"use": True, "minutes": 1, **given}))


async def answered(crowd: Crowd, chat_id: str | None = None) -> int:
    """A chat in which the operator spoke last."""
    him = await crowd.operator("him")
    (request_id,) = await crowd.requests(1, state="in_progress", assignee_id=him)
    await crowd.db.execute("UPDATE operators SET active = 1")
    await crowd.db.execute("UPDATE requests SET last_reply_at = last_client_at")
    if chat_id is not None:
        for table in ("dialogs", "contacts"):
            await crowd.db.execute(f"UPDATE {table} SET chat_id = $1", chat_id)  # noqa: S608
    return request_id


async def look() -> int:
    await timing.plan()
    return await timing.fire()


async def row(crowd: Crowd) -> dict[str, Any]:
    (found,) = await crowd.db.fetch("SELECT * FROM requests")
    return found


async def said(crowd: Crowd) -> list[str]:
    found = await crowd.db.fetch("SELECT text FROM messages WHERE direction = 'out' ORDER BY id")
    return [message["text"] for message in found]


@pytest.mark.proves("SE-17", part="close")
async def test_a_silent_client_is_warned_then_told_farewell_and_the_chat_is_closed(
    crowd: Crowd, moving_clock: MovingClock
) -> None:
    await answered(crowd)
    await set_timers(minutes=3, warn_minutes_before=1, warn_text={"en": "{minutes} min left"})
    assert await look() == 0
    assert ((await row(crowd))["due_what"]) == "warn"
    moving_clock.advance(120)
    assert [await look(), await look()] == [1, 0]
    assert await said(crowd) == ["1 min left"]
    assert (await row(crowd))["state"] == "in_progress"
    moving_clock.advance(60)
    assert [await look(), await look()] == [1, 0]
    closed = await row(crowd)
    assert (closed["state"], closed["closed_by"]) == ("closed", "timeout")
    assert len(await said(crowd)) == 2
    assert await crowd.loads() == {closed["assignee_id"]: (0, 0)}


@pytest.mark.proves("SE-17", part="group chats")
async def test_a_group_chat_stays_when_its_connection_is_infinite(
    crowd: Crowd, moving_clock: MovingClock
) -> None:
    await answered(crowd, chat_id="-100200_telegram")
    await set_timers(infinite_group_chats=True)
    moving_clock.advance(3600)
    assert await look() == 0
    assert (await row(crowd))["due_what"] == "none"
    await set_timers(infinite_group_chats=False)
    assert await look() == 1
    assert (await row(crowd))["state"] == "closed"


@pytest.mark.proves("SE-17", part="unread")
async def test_an_unread_message_makes_it_the_operators_turn(
    crowd: Crowd, moving_clock: MovingClock
) -> None:
    await answered(crowd)
    await set_timers(operator={"minutes": 2, "action": "notify_supervisor"})
    await timing.plan()
    await crowd.db.execute("UPDATE requests SET unread = 1")  # came while nobody looked
    moving_clock.advance(60)
    assert await look() == 1
    assert ((await row(crowd))["state"], (await row(crowd))["due_what"]) == (
        "in_progress",
        "operator",
    )
    moving_clock.advance(60)
    assert [await look(), await look()] == [1, 0]
    reminded = await crowd.db.fetch("SELECT data FROM events WHERE kind = 'request.reminded'")
    assert len(reminded) == 1
    assert '"to": "supervisor"' in reminded[0]["data"]
    assert await said(crowd) == []
    moving_clock.advance(3600)
    assert await look() == 0


@pytest.mark.proves("SE-17", part="actions")
@pytest.mark.parametrize(
    ("action", "state", "closed_by"),
    [
        ("transfer", "queue", None),
        ("return_to_bot", "closed", "bot"),
        ("notify", "in_progress", None),
        ("close", "closed", "timeout"),
    ],
)
async def test_what_happens_at_the_end_is_chosen(
    crowd: Crowd, moving_clock: MovingClock, action: str, state: str, closed_by: str | None
) -> None:
    await answered(crowd)
    await set_timers(action=action)
    moving_clock.advance(60)
    assert [await look(), await look()] == [1, 0]
    found = await row(crowd)
    assert (found["state"], found["closed_by"]) == (state, closed_by)
    lines = await crowd.db.fetch("SELECT field, new FROM request_history WHERE type = 'timer'")
    assert [(line["field"], line["new"]) for line in lines] == [("client", f'"{action}"')]


@pytest.mark.proves("SE-17", part="actions")
async def test_an_operator_who_does_not_answer_loses_the_chat(
    crowd: Crowd, moving_clock: MovingClock
) -> None:
    him = await crowd.operator("him", active=1)
    await set_timers(operator={"minutes": 1, "action": "redistribute"})
    await timing.plan()
    moving_clock.advance(61)
    assert await look() == 1
    found = await row(crowd)
    assert (found["state"], found["assignee_id"], found["taken_from_id"]) == ("queue", None, him)


@pytest.mark.proves("SE-17", part="once")
async def test_a_timer_fires_once_though_several_look_at_the_same_time(
    crowd: Crowd, moving_clock: MovingClock
) -> None:
    await answered(crowd)
    await set_timers()
    await timing.plan()
    moving_clock.advance(60)
    await asyncio.gather(timing.fire(), timing.fire(), timing.fire())
    closings = await crowd.db.fetch("SELECT 1 FROM events WHERE kind = 'request.closed'")
    assert (len(closings), len(await said(crowd))) == (1, 1)


@pytest.mark.proves("SE-17", part="once")
async def test_a_chat_that_moves_is_planned_anew(crowd: Crowd, moving_clock: MovingClock) -> None:
    request_id = await answered(crowd)
    await set_timers(minutes=5)
    await timing.plan()
    moving_clock.advance(240)
    await crowd.db.execute("UPDATE requests SET last_reply_at = $1", moving_clock.now())
    moving_clock.advance(60)
    assert await look() == 1  # looked at, not yet due
    assert (await row(crowd))["state"] == "in_progress"
    async with unit_of_work() as ctx:
        chat = await hold(ctx, request_id, action=None)
        chat.row.subject_id = None
        chat.row.unread = 3
        await save(ctx, chat)
    assert (await row(crowd))["due_what"] is None
    await timing.plan()
    assert (await row(crowd))["due_what"] == "none"  # an unread message, no operator's timer


async def test_a_request_that_nobody_takes_in_time_ends_as_its_node_asked(
    crowd: Crowd, moving_clock: MovingClock
) -> None:
    await crowd.requests(1)
    await crowd.db.execute("UPDATE requests SET source = '{\"connection_timeout_min\": 2}'")
    assert await look() == 0
    moving_clock.advance(119)
    assert await look() == 0
    moving_clock.advance(2)
    assert await look() == 1
    found = await row(crowd)
    assert (found["state"], found["closed_by"], found["assigned_at"]) == ("closed", "timeout", None)


async def test_a_pause_ends_at_its_time(crowd: Crowd, moving_clock: MovingClock) -> None:
    request_id = await answered(crowd)
    until = moving_clock.now().replace(minute=10)
    async with unit_of_work() as ctx:
        patch = RequestPatch(status="on_pause", paused_until=until)
        await service.change(ctx, request_id, patch)
    moving_clock.advance(599)
    assert await look() == 0
    moving_clock.advance(1)
    assert await look() == 1
    assert (await row(crowd))["state"] == "open"


@pytest.mark.proves("SE-17", part="bad input")
@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"minutes": 0}, "minutes"),
        ({"minutes": -1}, "minutes"),
        ({"minutes": "five"}, "minutes"),
        ({"minutes": "5"}, "minutes"),
        ({"operator": {"minutes": 0}}, "operator.minutes"),
        ({"action": "explode"}, "action"),
        ({"minutes": 5, "warn_minutes_before": 5}, "warn_minutes_before"),
        ({"overrides": [{"minutes": 3}]}, "overrides[0]"),
        ({"overrides": [{"topic_id": 99}]}, "overrides[0].topic_id"),
        ({"overrides": [{"group_id": 99}]}, "overrides[0].group_id"),
        ({"timer": 3}, "timer"),
    ],
)
async def test_wrong_timers_are_refused_and_named(
    admin: Person, body: dict[str, Any], field: str
) -> None:
    refused = await admin.client.put(PATH, body)
    assert (refused.status, refused.json["errors"][0]["field"]) == (422, field), refused.text
    assert (await admin.client.get(PATH)).json["use"] is False


@pytest.mark.proves("SE-17", part="settings")
async def test_timers_are_set_by_whoever_may(db: Database, app: AppClient, admin: Person) -> None:
    operator, supervisor = [await sign_in(db, app, role) for role in ("operator", "supervisor")]
    assert (await app.get(PATH)).status == 401
    assert (await operator.client.get(PATH)).status == 403
    assert (await operator.client.put(PATH, {})).status == 403
    before = await supervisor.client.get(PATH)
    body = {"use": True, "minutes": 7, "operator": {"minutes": 2, "action": "redistribute"}}
    tag = {"If-Match": before.headers["ETag"]}
    changed = await supervisor.client.put(PATH, body, headers=tag)
    assert changed.status == 200, changed.text
    assert {name: changed.json[name] for name in body} == body
    assert (await admin.client.put(PATH, body, headers=tag)).status == 412
    off = await admin.client.put(PATH, {"operator": None})
    assert (off.json["operator"], off.json["minutes"]) == (None, 7)
