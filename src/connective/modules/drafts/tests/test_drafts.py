"""Begun words: the same on every device, whoever wrote last, and nobody else's business."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from connective.kit import clock
from connective.kit.context import unit_of_work
from connective.kit.testing.app_client import Answer
from connective.kit.testing.databases import Database
from connective.kit.testing.desk import Desk, post
from connective.kit.testing.people import Person
from connective.kit.testing.wire import Wire
from connective.modules.drafts import service


async def write(
    who: Person, number: int, text: str, at: datetime | None = None, kind: str = "reply"
) -> Answer:
    body = {"text": text, "written_at": (at or clock.now()).isoformat()}
    return await who.client.put(f"/api/v1/requests/{number}/drafts/{kind}", body)


async def drafts(who: Person, **query: Any) -> dict[tuple[int, str], str]:
    found = await who.client.get("/api/v1/me/drafts", params=query)
    assert found.status == 200, found.text
    return {(item["request_id"], item["kind"]): item["text"] for item in found.json["items"]}


@pytest.mark.proves("OP-18", part="drafts")
async def test_a_draft_is_on_every_device_and_the_later_words_win(desk: Desk) -> None:
    number = (await desk.request(desk.own))["id"]
    now = clock.now()
    await write(desk.own, number, "Good day, your order", now - timedelta(minutes=2))
    await write(desk.own, number, "asks for a discount", kind="note")
    assert await drafts(desk.own) == {
        (number, "reply"): "Good day, your order",
        (number, "note"): "asks for a discount",
    }
    late = await write(desk.own, number, "written offline before", now - timedelta(minutes=5))
    assert (late.status, late.json["text"]) == (200, "Good day, your order")
    ahead = await write(desk.own, number, "a clock that is ahead", now + timedelta(hours=1))
    assert datetime.fromisoformat(ahead.json["written_at"]) < now + timedelta(hours=1)
    await write(desk.own, number, "")
    await write(desk.own, number, "older than what was sent", now - timedelta(minutes=1))
    assert await drafts(desk.own) == {(number, "note"): "asks for a discount"}


@pytest.mark.proves("OP-18", part="drafts")
async def test_pages_of_drafts_follow_each_other(desk: Desk) -> None:
    number = (await desk.request(desk.own))["id"]
    for kind in ("reply", "note"):
        await write(desk.own, number, kind, kind=kind)
    first = (await desk.own.client.get("/api/v1/me/drafts", params={"limit": 1})).json
    rest = await drafts(desk.own, limit=1, cursor=first["next_cursor"])
    assert (first["items"][0]["kind"], rest) == ("note", {(number, "reply"): "reply"})


@pytest.mark.proves("OP-18", part="drafts")
async def test_nobody_else_reads_a_draft_and_the_device_beside_hears_it_at_once(
    desk: Desk,
) -> None:
    number = (await desk.request(desk.own))["id"]
    wires = [await Wire.open(who.client, "drafts") for who in (desk.own, desk.admin)]
    await write(desk.own, number, "between you and me")
    await write(desk.own, number, "between us")
    await write(desk.admin, number, "what the root writes")
    assert await drafts(desk.admin) == {(number, "reply"): "what the root writes"}
    mark = (await desk.own.client.get("/api/v1/me/drafts")).headers["X-Event-Id"]
    await write(desk.own, number, "and behind the mark", kind="note")
    follower = await Wire.open(desk.own.client, "drafts", since=mark)
    assert (await follower.next())["data"]["draft"]["kind"] == "note"
    await write(desk.own, number, "", kind="note")
    heard = [await wires[0].next() for _ in range(2)]
    assert [frame["data"]["draft"]["text"] for frame in heard][-1] == "between us"
    assert (await wires[1].next())["data"]["draft"]["text"] == "what the root writes"
    snapshot = {(number, "reply"): heard[-1]["data"]["draft"]["text"]}
    assert await drafts(desk.own) == snapshot


@pytest.mark.proves("OP-18", part="drafts")
@pytest.mark.parametrize(
    ("who", "text", "kind", "status"),
    [("foreign", "x", "reply", 404), ("own", "x" * 20_001, "reply", 422), ("own", "x", "sms", 422)],
)
async def test_drafts_stay_where_a_message_could_be(
    desk: Desk, who: str, text: str, kind: str, status: int
) -> None:
    number = (await desk.request(desk.own))["id"]
    assert (await write(desk.everybody[who], number, text, kind=kind)).status == status
    assert await drafts(desk.everybody[who]) == {}


@pytest.mark.proves("OP-18", part="drafts")
async def test_drafts_of_chats_long_over_go_with_the_sweep(desk: Desk, db: Database) -> None:
    kept, over = [(await desk.request(desk.own, chat))["id"] for chat in ("c1", "c2")]
    for number in (kept, over):
        await write(desk.own, number, "begun")
    await write(desk.own, kept, "", kind="note")
    await post(desk.own, f"requests/{over}/close", {})
    await db.execute("UPDATE drafts SET written_at = written_at - interval '40 days'")
    await db.execute("UPDATE requests SET closed_at = closed_at - interval '40 days'")
    async with unit_of_work() as ctx:
        await service.forget_old(ctx)
    assert await db.value("SELECT array_agg(request_id) FROM drafts") == [kept]
