"""Replies that are sent later: once, in order, by what their author may do then; never lost."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from connective.kit import clock
from connective.kit.context import unit_of_work
from connective.kit.testing.app_client import Answer, AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.desk import Desk, post
from connective.kit.testing.people import Person, sign_in
from connective.modules.requests import sending
from connective.modules.requests.service import departing, scheduling

pytestmark = pytest.mark.proves("OP-18", part="scheduled and delayed")
OPERATORS = "/api/v1/settings/op/operators"


def path(request_id: int, *more: object) -> str:
    return "/".join(map(str, (f"/api/v1/requests/{request_id}/scheduled-messages", *more)))


def later(**span: float) -> str:
    return clock.rfc3339(clock.now() + timedelta(**span))


async def keep(who: Person, request_id: int, text: str = "later", **more: Any) -> Answer:
    body = {"text": text, "client_msg_id": str(uuid4()), "send_at": later(hours=1)} | more
    return await who.client.post(path(request_id), body)


async def kept(who: Person, request_id: int, **more: Any) -> int:
    answer = await keep(who, request_id, **more)
    assert answer.status == 201, answer.text
    return int(answer.json["id"])


async def waiting(who: Person, request_id: int) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = (await who.client.get(path(request_id))).json["items"]
    return items


async def come(db: Database) -> None:
    """Every moment that is waited for has come; the order stays."""
    await db.execute("UPDATE scheduled_messages SET send_at = send_at - interval '2 hours'")
    await sending.fire()


async def said(db: Database) -> list[str]:
    query = "SELECT text FROM messages WHERE author_kind = 'operator' ORDER BY seq"
    return [row["text"] for row in await db.fetch(query)]


async def delay(desk: Desk, seconds: int) -> None:
    answer = await desk.admin.client.put(OPERATORS, {"send_delay_s": seconds})
    assert answer.status == 200, answer.text


async def log(who: Person, request_id: int) -> list[dict[str, Any]]:
    items = (await who.client.get(f"/api/v1/requests/{request_id}/log")).json["items"]
    return [line for line in items if line["type"].startswith("message_")]


async def test_a_scheduled_message_is_sent_at_its_time_once_and_in_order(
    db: Database, desk: Desk
) -> None:
    number = (await desk.request(desk.own))["id"]
    second = await kept(desk.own, number, text="second", send_at=later(minutes=20))
    await kept(desk.own, number, text="first", send_at=later(minutes=10))
    shown = await waiting(desk.own, number)
    assert [one["text"] for one in shown] == ["first", "second"]
    assert {one["author_name"] for one in shown} == {"Ann Tester"}
    await sending.fire()
    assert await said(db) == []
    await desk.shop.say("are you there?", "c1")
    await db.execute("UPDATE scheduled_messages SET send_at = send_at - interval '2 hours'")
    await asyncio.gather(*(sending.fire() for _ in range(4)))
    assert await said(db) == ["first", "second"]
    assert await waiting(desk.own, number) == []
    request = (await desk.own.client.get(f"/api/v1/requests/{number}")).json["request"]
    assert (request["last_text"], request["unread"]) == ("second", 1)  # nobody has read that yet
    gone = await desk.own.client.delete(path(number, second))
    assert (gone.status, gone.json["code"]) == (409, "scheduled_sent")
    assert [line["type"] for line in await log(desk.own, number)] == ["message_scheduled"] * 2


async def test_a_kill_between_the_message_and_the_end_of_its_wait_undoes_both(
    db: Database, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = (await desk.request(desk.own))["id"]
    await kept(desk.own, number, text="once")
    real = departing.ends

    async def dies(*_: Any, **__: Any) -> None:
        raise RuntimeError("killed")

    monkeypatch.setattr(departing, "ends", dies)
    await come(db)
    assert await said(db) == []
    monkeypatch.setattr(departing, "ends", real)
    await sending.fire()
    assert await said(db) == ["once"]


async def test_the_same_client_msg_id_is_one_message_before_and_after_it_is_sent(
    db: Database, desk: Desk
) -> None:
    number = (await desk.request(desk.own))["id"]
    body = {"client_msg_id": "one", "text": "hello", "send_at": later(hours=1)}
    made = [await desk.own.client.post(path(number), body) for _ in range(2)]
    assert [answer.status for answer in made] == [201, 200]
    assert made[0].json["id"] == made[1].json["id"]
    await come(db)
    again = await desk.own.client.post(path(number), body)
    assert (again.status, again.json["state"]) == (200, "sent")
    messages = f"/api/v1/requests/{number}/messages"
    at_once = await desk.own.client.post(messages, {"client_msg_id": "one", "text": "hello"})
    assert (at_once.status, at_once.json["id"]) == (200, again.json["message_id"])
    assert await said(db) == ["hello"]
    now = {"client_msg_id": "two", "text": "now"}
    assert (await desk.own.client.post(messages, now)).status == 201
    refused = await desk.own.client.post(path(number), now)
    assert (refused.status, refused.json["code"]) == (409, "said_already")
    both = {"client_msg_id": "three", "text": "both"}
    await kept(desk.own, number, **both)
    assert (await desk.own.client.post(messages, both)).status == 201
    await come(db)
    assert await said(db) == ["hello", "now", "both"]
    assert await waiting(desk.own, number) == []


async def test_it_is_moved_sent_at_once_or_cancelled(db: Database, desk: Desk) -> None:
    number = (await desk.request(desk.own))["id"]
    marked = "<b>at</b> once"
    moved, at_once, dropped = [
        await kept(desk.own, number, text=text, parse_mode="HTML")
        for text in ("moved", marked, "dropped")
    ]
    tomorrow = later(days=1)
    answer = await desk.own.client.patch(path(number, moved), {"send_at": tomorrow})
    assert (answer.status, answer.json["send_at"]) == (200, tomorrow)
    sent = await desk.own.client.post(path(number, at_once, "send"))
    assert (sent.status, sent.json["state"]) == (200, "sent")
    cancelled = await desk.own.client.delete(path(number, dropped))
    assert (cancelled.json["state"], cancelled.json["text"]) == ("cancelled", "dropped")
    left = await db.value("SELECT text FROM scheduled_messages WHERE id = $1", dropped)
    assert left == ""
    assert (await desk.own.client.delete(path(number, dropped))).status == 409
    await come(db)
    assert await said(db) == [marked]
    assert [one["id"] for one in await waiting(desk.own, number)] == [moved]
    types = [line["type"] for line in await log(desk.own, number)]
    assert types.count("message_unscheduled") == 1


WRONG: list[tuple[dict[str, Any], str | None]] = [
    ({"send_at": "2020-01-01T00:00:00Z"}, "moment_over"),
    ({"send_at": "2100-01-01T00:00:00Z"}, "moment_too_far"),
    ({"send_at": "2030-01-01T00:00:00"}, None),  # of no time zone
    ({"text": " "}, "nothing_to_send"),
    ({"text": "x" * 10_001}, "text_too_long"),
    ({"attachments": [{"file_id": "17"}]}, "unknown_files"),
    ({"colour": "red"}, None),
]


async def test_what_could_not_be_sent_is_refused_by_the_name_of_its_field(desk: Desk) -> None:
    number = (await desk.request(desk.own))["id"]
    for given, code in WRONG:
        refused = await keep(desk.own, number, **given)
        assert refused.status == 422, refused.text
        assert [error["field"] for error in refused.json["errors"]] == list(given)
        assert code in (None, refused.json["code"])
    assert await waiting(desk.own, number) == []


async def test_twenty_wait_in_a_request_at_most(desk: Desk) -> None:
    number = (await desk.request(desk.own))["id"]
    ids = [await kept(desk.own, number) for _ in range(scheduling.MOST)]
    over = await keep(desk.own, number)
    assert (over.status, over.json["code"]) == (409, "too_many_scheduled")
    await desk.own.client.delete(path(number, ids[0]))
    assert (await keep(desk.own, number)).status == 201


HINDERED = (
    ("block", "unblock", "client_blocked"),
    ("leave", "return", "client_left"),
    ("switch off", "switch on", "channel_off"),
    ("transfer", "give back", "not_your_chat"),
    ("dismiss", "engage", "author_gone"),
    ("close", "reopen", "request_closed"),
)


async def test_what_cannot_be_sent_at_its_time_stays_with_the_reason_and_is_sent_by_retry(
    db: Database, desk: Desk
) -> None:
    number = (await desk.request(desk.own))["id"]
    for done, (change, undo, why) in enumerate(HINDERED):
        scheduled = await kept(desk.own, number, text=why)
        await happens(db, desk, number, change)
        await come(db)
        (refused,) = await waiting(desk.admin, number)
        assert (refused["state"], refused["error"], refused["text"]) == ("refused", why, why)
        newest = (await log(desk.admin, number))[0]
        assert (newest["type"], newest["text"]) == ("message_refused", why)
        await happens(db, desk, number, undo)
        await sending.fire()
        assert len(await said(db)) == done  # not tried again by itself
        again = await desk.admin.client.post(path(number, scheduled, "send"))
        assert again.status == 200, again.text
        assert (await said(db))[-1] == why


async def happens(db: Database, desk: Desk, number: int, what: str) -> None:
    at = f"requests/{number}"
    given = {"reason": "rude"} if what == "block" else {}
    if what in ("close", "block"):
        await post(desk.own, f"{at}/{what}", given)
    elif what == "reopen":
        await post(desk.admin, f"{at}/reopen", {})
    elif what == "unblock":
        assert (await desk.own.client.post(f"/api/v1/{at}/unblock")).status == 200
    elif what in ("transfer", "give back"):
        to = desk.other if what == "transfer" else desk.own
        body = {"to": "operator", "operator_id": to.id}
        await post(desk.own if what == "transfer" else desk.other, f"{at}/transfer", body)
    elif what.startswith("switch"):
        await desk.shop.channel(enabled=what == "switch on")
    elif what in ("leave", "return"):
        gone = "false, subscription_why = 'blocked'" if what == "leave" else "true"
        await db.execute(f"UPDATE contacts SET subscribed = {gone}")  # noqa: S608
    else:
        active = what == "engage"
        await db.execute("UPDATE users SET active = $1 WHERE id = $2", active, desk.own.id)


async def test_a_message_that_was_refused_waits_again_for_another_moment(
    db: Database, desk: Desk
) -> None:
    number = (await desk.request(desk.own))["id"]
    scheduled = await kept(desk.own, number, text="in the end")
    await happens(db, desk, number, "block")
    await come(db)
    await happens(db, desk, number, "unblock")
    body = {"send_at": later(hours=1)}
    moved = await desk.own.client.patch(path(number, scheduled), body)
    assert (moved.json["state"], moved.json["error"]) == ("waiting", None)
    await come(db)
    assert await said(db) == ["in the end"]


async def test_a_message_that_is_refused_holds_up_none_behind_it(db: Database, desk: Desk) -> None:
    number = (await desk.request(desk.own))["id"]
    await kept(desk.own, number, text="lost file", send_at=later(minutes=10))
    await db.execute(
        """UPDATE scheduled_messages
        SET content = '{"attachments": [{"file_id": "gone", "name": "a"}]}'"""
    )
    await kept(desk.own, number, text="behind it", send_at=later(minutes=20))
    await come(db)
    assert await said(db) == ["behind it"]
    (refused,) = await waiting(desk.own, number)
    assert refused["error"] == "unknown_files"


async def test_whoever_may_answer_there_may_cancel_and_others_see_or_not(
    db: Database, app: AppClient, desk: Desk
) -> None:
    light = await sign_in(db, app, "light_agent")
    number = (await desk.request(desk.own))["id"]
    scheduled = await kept(desk.own, number)
    await db.execute(
        "UPDATE requests SET participants = $1::bigint[]", [light.id, desk.own.id, desk.other.id]
    )
    for who, status in ((light, 403), (desk.other, 403), (desk.foreign, 404)):
        for method, more in (("patch", ()), ("delete", ()), ("post", ("send",))):
            body = {"send_at": later(hours=2)} if method == "patch" else None
            given = (path(number, scheduled, *more), *([body] if body else []))
            answer = await getattr(who.client, method)(*given)
            assert answer.status == status, (method, answer.text)
        assert (await keep(who, number)).status == status
    assert len(await waiting(light, number)) == 1
    assert (await desk.foreign.client.get(path(number))).status == 404
    assert (await desk.admin.client.delete(path(number, scheduled))).status == 200
    key = await post(desk.admin, "keys", {"name": "crm", "scopes": ["chats:write"]})
    program = app.another(Authorization=f"API-Key {key['secret']}")
    body = {"text": "later", "client_msg_id": "k", "send_at": later(hours=1)}
    refused = await program.post(path(number), body)
    assert (refused.status, refused.json["code"]) == (403, "people_schedule")


async def test_with_a_delay_a_reply_can_be_taken_back_and_is_sent_in_order(
    db: Database, desk: Desk
) -> None:
    await delay(desk, 30)
    number = (await desk.request(desk.own))["id"]
    details = (await desk.own.client.get(f"/api/v1/requests/{number}")).json
    assert details["send_delay_s"] == 30
    await desk.shop.say("anybody there?", "c1")
    first = (await keep(desk.own, number, "first", send_at=None)).json
    assert first["delayed"]
    regretted = (await keep(desk.own, number, "regretted", send_at=None)).json
    await delay(desk, 0)
    last = (await keep(desk.own, number, "last", send_at=None)).json
    assert last["send_at"] >= regretted["send_at"] > first["send_at"]
    assert (await desk.own.client.delete(path(number, regretted["id"]))).status == 200
    await come(db)
    assert await said(db) == ["first", "last"]
    request = (await desk.own.client.get(f"/api/v1/requests/{number}")).json["request"]
    assert (request["state"], request["unread"]) == ("in_progress", 0)
    assert (await desk.admin.client.put(OPERATORS, {"send_delay_s": 31})).status == 422


@pytest.mark.parametrize("how", ["close", "transfer"])
async def test_what_is_delayed_goes_out_before_its_operator_lets_go_of_the_chat(
    db: Database, desk: Desk, how: str
) -> None:
    await delay(desk, 30)
    number = (await desk.request(desk.own))["id"]
    await keep(desk.own, number, "good bye", send_at=None)
    await keep(desk.own, number, "tomorrow")
    await happens(db, desk, number, how)
    assert await said(db) == ["good bye"]
    assert [one["text"] for one in await waiting(desk.admin, number)] == ["tomorrow"]


async def test_a_delayed_reply_takes_the_chat_at_once_and_a_scheduled_one_never(
    db: Database, desk: Desk
) -> None:
    number = (await desk.request(desk.own))["id"]
    await db.execute("UPDATE requests SET assignee_id = NULL, participants = '{}', state = 'new'")
    await db.execute("UPDATE dialogs SET owner = 'queue'")
    await kept(desk.other, number)
    await come(db)
    assert await db.value("SELECT assignee_id FROM requests") is None
    assert await said(db) == ["later"]
    await keep(desk.other, number, "I am here", send_at=None)
    assert await db.value("SELECT assignee_id FROM requests") == desk.other.id


async def test_what_is_over_is_forgotten_in_time_and_what_was_refused_is_not(
    db: Database, desk: Desk
) -> None:
    number = (await desk.request(desk.own))["id"]
    states = ("waiting", "refused", "sent", "cancelled")
    for state in states:
        made = await kept(desk.own, number)
        await db.execute("UPDATE scheduled_messages SET state = $1 WHERE id = $2", state, made)
    await db.execute("UPDATE scheduled_messages SET created_at = created_at - interval '31 days'")
    async with unit_of_work() as ctx:
        await scheduling.forget_old(ctx)
    left = await db.fetch("SELECT state FROM scheduled_messages ORDER BY id")
    assert [row["state"] for row in left] == ["waiting", "refused"]
