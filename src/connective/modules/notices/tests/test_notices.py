"""Notices: heard at once by whom they are told alone, found later, put away."""

from typing import Any

import pytest

from connective.kit.context import unit_of_work
from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.moving_clock import MovingClock
from connective.kit.testing.people import Person, sign_in
from connective.kit.testing.wire import Wire
from connective.modules.notices import service

MINE, READ = "/api/v1/me/notices", "/api/v1/me/notices/read"


async def said_to(by: Person, user_id: int, text: Any) -> tuple[int, str]:
    answer = await by.client.post(f"/api/v1/operators/{user_id}/messages", {"text": text})
    return answer.status, answer.json["code"] if answer.status >= 400 else ""


async def told(person: Person) -> dict[str, Any]:
    found: dict[str, Any] = (await person.client.get(MINE)).json
    return found


@pytest.mark.proves("OP-15", part="message")
async def test_a_message_is_heard_by_the_operator_alone_and_found_when_he_comes_back(
    db: Database, app: AppClient
) -> None:
    operator = await sign_in(db, app, "operator")
    other = await sign_in(db, app, "operator")
    supervisor = await sign_in(db, app, "supervisor", first_name="Olena")
    root = await sign_in(db, app, is_root=True)
    wires = [
        await Wire.open(who.client, f"notices:{who.id}", since=0) for who in (operator, other, root)
    ]
    assert await said_to(supervisor, operator.id, "  Call back request 7  ") == (204, "")
    assert await said_to(supervisor, other.id, "Take a break") == (204, "")
    assert await said_to(supervisor, root.id, "Good morning") == (204, "")
    texts = [(await wire.next())["data"]["notice"]["text"] for wire in wires]
    assert texts == ["Call back request 7", "Take a break", "Good morning"]

    found = await told(operator)
    assert found["unread"] == 1
    notice = found["items"][0]
    assert (notice["from_name"], notice["kind"]) == ("Olena Tester", "message")
    assert (notice["text"], notice["read_at"]) == ("Call back request 7", None)
    assert (await operator.client.put(READ, {"up_to": notice["id"]})).status == 204
    heard = await wires[0].next()
    assert (heard["kind"], heard["data"]["up_to"]) == ("notice.read", notice["id"])
    assert (await told(operator))["unread"] == 0
    assert (await told(other))["unread"] == 1

    logged = await db.fetch("SELECT * FROM audit WHERE action = 'operator.messaged' ORDER BY id")
    assert [row["actor_id"] for row in logged] == [supervisor.id] * 3


async def test_what_others_are_told_is_out_of_reach(db: Database, app: AppClient) -> None:
    operator = await sign_in(db, app, "operator")
    supervisor = await sign_in(db, app, "supervisor")
    wire = await Wire.open(operator.client, f"notices:{supervisor.id}")
    assert await wire.code() == 4403
    await said_to(supervisor, supervisor.id, "mine")
    newest = (await told(supervisor))["items"][0]["id"]
    assert (await operator.client.put(READ, {"up_to": newest})).status == 204
    assert (await told(supervisor))["unread"] == 1


@pytest.mark.proves("OP-15", part="message, bad input")
async def test_a_message_that_cannot_be_said(db: Database, app: AppClient) -> None:
    operator = await sign_in(db, app, "operator")
    analyst = await sign_in(db, app, "analyst")
    supervisor = await sign_in(db, app, "supervisor")
    group = await db.value(
        "INSERT INTO skill_groups (name, created_at) VALUES ('B', now()) RETURNING id"
    )
    await db.execute("UPDATE users SET group_ids = $1 WHERE id = $2", [group], operator.id)
    answers = [
        await said_to(supervisor, operator.id, "not of my group"),
        await said_to(supervisor, 999_999, "nobody"),
        await said_to(supervisor, analyst.id, "answers no clients"),
        await said_to(operator, supervisor.id, "I lead nobody"),
        await said_to(supervisor, supervisor.id, "   "),
        await said_to(supervisor, supervisor.id, "x" * 501),
    ]
    assert [status for status, _ in answers] == [404, 404, 404, 403, 422, 422]
    assert await db.value("SELECT count(*) FROM notices") == 0
    assert (await analyst.client.get(MINE)).status == 403


async def test_pages_go_back_in_time_and_old_notices_are_dropped(
    db: Database, app: AppClient, moving_clock: MovingClock
) -> None:
    supervisor = await sign_in(db, app, "supervisor")
    for text in ("first", "second", "third"):
        await said_to(supervisor, supervisor.id, text)
        moving_clock.advance(60)
    page = (await supervisor.client.get(MINE, params={"limit": 2})).json
    assert [notice["text"] for notice in page["items"]] == ["third", "second"]
    rest = await supervisor.client.get(MINE, params={"cursor": page["next_cursor"]})
    assert [notice["text"] for notice in rest.json["items"]] == ["first"]
    moving_clock.advance(service.KEPT.total_seconds() - 60)
    async with unit_of_work() as ctx:
        await service.forget_old(ctx)
    assert await db.value("SELECT string_agg(text, ' ') FROM notices") == "third"
