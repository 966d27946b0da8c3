"""A bot's tab Operators: the topic and the group of chats that have none of their own."""

from typing import Any

import pytest

from connective.kit.testing.app_client import Answer, AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.desk import Desk, post
from connective.kit.testing.people import Person
from connective.kit.testing.polling import polled

pytestmark = pytest.mark.proves("SE-03", part="operators")


async def choose(desk: Desk, by: Person | None = None, **body: Any) -> Answer:
    client = (by or desk.admin).client
    return await client.put(f"/api/v1/bots/{desk.shop.id}/operators", body)


async def topic(desk: Desk, alias: str) -> int:
    number: int = (await post(desk.admin, "topics", {"name": alias.title(), "alias": alias}))["id"]
    return number


async def row(db: Database, number: int) -> dict[str, Any]:
    (found,) = await db.fetch("SELECT * FROM requests WHERE id = $1", number)
    return found


async def test_a_dialog_taken_without_a_topic_gets_that_of_its_bot(
    desk: Desk, db: Database
) -> None:
    everybodys = await topic(desk, "general")
    assert (await choose(desk, subject_id=everybodys, group_id=desk.group_id)).status == 200
    taken = await desk.request(desk.admin)
    assert taken["subject"]["id"] == everybodys
    assert (await row(db, taken["id"]))["group_ids"] == [desk.group_id]
    await desk.shop.say("/start", "c2")
    begun = await desk.admin.client.post(
        "/api/v1/chats", {"channel": "custom_channel", "chat_id": "c2", "text": "Good day"}
    )
    assert begun.json["subject"]["id"] == everybodys


async def test_a_node_whose_topic_comes_out_empty_uses_that_of_its_bot(
    desk: Desk, db: Database
) -> None:
    await choose(desk, subject_id=desk.topic_id)
    await desk.shop.publish(
        [(1, "start", {}), (9, "operator", {"values": {"subject_alias": "{{no_such}}"}})],
        [(1, "next", 9)],
    )
    await desk.shop.say("/start", "c3")

    async def there() -> bool:
        return bool(await db.value("SELECT count(*) FROM requests"))

    await polled(there)
    (found,) = await db.fetch("SELECT * FROM requests")
    assert (found["subject_id"], found["group_ids"]) == (desk.topic_id, [desk.group_id])


async def test_unclosed_chats_follow_the_group_of_their_bot(desk: Desk, db: Database) -> None:
    number = (await desk.request(desk.admin))["id"]
    await post(desk.admin, f"requests/{number}/assign", {})

    async def served_by(group_ids: list[int]) -> None:
        async def so() -> bool:
            return bool((await row(db, number))["group_ids"] == group_ids)

        await polled(so)

    assert (await choose(desk, group_id=desk.group_id)).status == 200
    await served_by([desk.group_id])
    path = f"/api/v1/requests/{number}"
    assert (await desk.other.client.get(path)).status == 404
    assert (await desk.member.client.get(path)).status == 200
    off = await desk.admin.client.patch(f"/api/v1/skill-groups/{desk.group_id}", {"active": False})
    assert off.status == 200
    await served_by([])
    await desk.admin.client.patch(f"/api/v1/skill-groups/{desk.group_id}", {"active": True})
    await served_by([desk.group_id])
    await choose(desk)
    await served_by([])


async def test_a_topic_of_a_group_stays_with_that_group(desk: Desk, db: Database) -> None:
    other = await post(desk.admin, "skill-groups", {"name": "Night"})
    await choose(desk, group_id=other["id"])
    number = (await desk.request(desk.admin))["id"]
    patch = {"subject_id": desk.topic_id}
    assert (await desk.admin.client.patch(f"/api/v1/requests/{number}", patch)).status == 200
    assert (await row(db, number))["group_ids"] == [desk.group_id]


async def test_what_is_stored_is_shown_and_a_stale_change_is_refused(desk: Desk) -> None:
    path = f"/api/v1/bots/{desk.shop.id}/operators"
    empty = await desk.admin.client.get(path)
    assert empty.json == {"subject_id": None, "group_id": None}
    body: dict[str, Any] = {"subject_id": desk.topic_id, "group_id": desk.group_id}
    assert (await choose(desk, **body)).json == body
    assert (await desk.admin.client.get(path)).json == body
    stale = await desk.admin.client.put(path, {}, headers={"If-Match": empty.headers["ETag"]})
    assert stale.status == 412
    assert (await desk.admin.client.get(path)).json == body


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ({"subject_id": 999_999}, "subject_id", "unknown_topic"),
        ({"group_id": 999_999}, "group_id", "unknown_groups"),
        ({"subject_id": "first"}, "subject_id", "int_parsing"),
        ({"colour": "red"}, "colour", "extra_forbidden"),
    ],
)
async def test_what_there_is_not_is_refused_by_its_field(
    desk: Desk, body: dict[str, Any], field: str, code: str
) -> None:
    refused = await choose(desk, **body)
    assert refused.status == 422
    assert [(e["field"], e["code"]) for e in refused.json["errors"]] == [(field, code)]


async def test_what_is_switched_off_or_deleted_is_refused(desk: Desk) -> None:
    gone, off = await topic(desk, "gone"), await topic(desk, "off")
    assert (await desk.admin.client.delete(f"/api/v1/topics/{gone}")).status == 204
    await desk.admin.client.patch(f"/api/v1/topics/{off}", {"active": False})
    group = await post(desk.admin, "skill-groups", {"name": "Night", "active": False})
    for body, code in (
        ({"subject_id": gone}, "unknown_topic"),
        ({"subject_id": off}, "topic_inactive"),
        ({"group_id": group["id"]}, "group_inactive"),
    ):
        refused = await choose(desk, **body)
        assert (refused.status, refused.json["errors"][0]["code"]) == (422, code)


async def test_a_topic_or_group_of_others_is_as_unknown(desk: Desk, db: Database) -> None:
    other = await topic(desk, "other")
    await db.execute(
        "UPDATE users SET topic_ids = $2::bigint[], is_root = false WHERE id = $1",
        desk.admin.id,
        [other],
    )
    refused = await choose(desk, subject_id=desk.topic_id)
    assert refused.json["errors"][0]["code"] == "unknown_topic"


async def test_what_a_bot_relies_on_is_not_deleted_and_works_no_more_when_it_is_off(
    desk: Desk,
) -> None:
    lone = await topic(desk, "lone")
    await choose(desk, subject_id=lone, group_id=desk.group_id)
    kept = await desk.admin.client.delete(f"/api/v1/topics/{lone}")
    assert (kept.status, kept.json["code"]) == (409, "topic_in_use")
    assert "Shop" in kept.json["detail"]
    held = await desk.admin.client.delete(f"/api/v1/skill-groups/{desk.group_id}")
    assert (held.status, held.json["code"]) == (409, "group_in_use")
    await desk.admin.client.patch(f"/api/v1/topics/{lone}", {"active": False})
    assert (await desk.request(desk.admin))["subject"] is None


async def test_without_login_right_or_bot_nobody_reads_or_changes_it(
    desk: Desk, app: AppClient
) -> None:
    path = f"/api/v1/bots/{desk.shop.id}/operators"
    assert (await app.get(path)).status == 401
    assert (await desk.own.client.get(path)).status == 403
    assert (await desk.chief.client.get(path)).status == 200
    assert (await choose(desk, desk.chief)).status == 403
    missing = await desk.admin.client.get("/api/v1/bots/999999/operators")
    assert missing.status == 404
