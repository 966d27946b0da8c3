"""Chats, messages, operators, topics and tags in the compat API, and who sees what of them."""

from typing import Any

import pytest

from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.desk import Desk
from connective.kit.testing.people import sign_in

pytestmark = pytest.mark.proves("INT-13", part="operator panel entities")
PANEL = "/kw/api/operator_panel"
ENTITIES = ("OpChatRooms", "OpMessages", "OpOperators", "OpSubjects", "OpTags")


async def rows(caller: AppClient, entity: str, query: str = "") -> list[dict[str, Any]]:
    answer = await caller.get(f"{PANEL}/{entity}/get?{query}")
    assert answer.status == 200, answer.text
    data: list[dict[str, Any]] = answer.json["data"]
    count = await caller.get(f"{PANEL}/{entity}/count?{without_shape(query)}")
    assert count.json["count"] == answer.json["meta"]["total"], count.text
    return data


def without_shape(query: str) -> str:
    """The filters alone."""
    shape = ("include", "fields", "sort", "limit")
    return "&".join(part for part in query.split("&") if part.partition("=")[0] not in shape)


async def say(who: AppClient, request_id: int, text: str, kind: str = "text") -> None:
    body = {"client_msg_id": f"m-{text}", "text": text, "kind": kind}
    answer = await who.post(f"/api/v1/requests/{request_id}/messages", body)
    assert answer.status in (200, 201), answer.text


async def test_a_chat_is_read_with_its_messages_topic_operator_and_tags(desk: Desk) -> None:
    chat = await desk.request(desk.own)
    await say(desk.own.client, chat["id"], "Good day")
    await say(desk.own.client, chat["id"], "Careful with him", kind="note")
    tag = await desk.admin.client.post("/api/v1/tags", {"name": "vip"})
    patch = {"subject_id": desk.topic_id, "tag_ids": [tag.json["id"]], "comment": "Call back"}
    changed = await desk.admin.client.patch(f"/api/v1/requests/{chat['id']}", patch)
    assert changed.status == 200, changed.text
    await desk.shop.say("Hello", "c1")
    include = "include=messages,subject,operator,tags"
    (room,) = await rows(desk.admin.client, "OpChatRooms", f"id={chat['id']}&{include}")
    assert (room["status"], room["chat_id"], room["comment"]) == ("in_progress", "c1", "Call back")
    assert (room["operator_id"], room["subject_id"]) == (desk.own.id, desk.topic_id)
    assert room["operator"] == {"id": desk.own.id, "name": "Ann Tester"}
    assert room["subject"]["alias"] == "refunds"
    assert [each["name"] for each in room["tags"]] == ["vip"]
    assert [said["text"] for said in room["messages"]] == ["Good day", "Hello"]
    query = f"chat_room_id={chat['id']}&include=chat_room,attachments&sort=-seq"
    newest, oldest = await rows(desk.admin.client, "OpMessages", query)
    assert (newest["direction"], newest["from_kind"]) == ("in", "client")
    assert (oldest["direction"], oldest["from_kind"]) == ("out", "operator")
    assert oldest["chat_room"]["operator_id"] == desk.own.id
    assert oldest["attachments"] == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("status=open", True),
        ("status__in=closed,new", False),
        ("channel=custom_channel&type=chat", True),
        ("chat_id=c1", True),
        ("chat_id__like=c2", False),
        ("subject_id__isnull=true", True),
        ("tag_ids=7", False),
        ("tag_ids__in=7,8", False),
        ("tag_ids__ne=7", True),
        ("weight__gte=0", True),
        ("created_at__gt=2020-01-01&closed_at__isnull=true", True),
    ],
)
async def test_filters_choose_chats(desk: Desk, query: str, found: bool) -> None:
    await desk.request(desk.own)
    assert bool(await rows(desk.admin.client, "OpChatRooms", query)) is found


@pytest.mark.parametrize(
    ("entity", "query", "field"),
    [
        ("OpChatRooms", "tag_ids=vip", "tag_ids"),
        ("OpChatRooms", "tag_ids__gt=1", "tag_ids__gt"),
        ("OpChatRooms", "weight=4294967296", "weight"),
        ("OpChatRooms", "source=x", "source"),
        ("OpChatRooms", "include=secrets", "include"),
        ("OpMessages", "content=x", "content"),
        ("OpOperators", "password_hash=x", "password_hash"),
        ("OpSubjects", "colour=red", "colour"),
        ("OpTags", "limit=0", "limit"),
    ],
)
async def test_what_does_not_fit_is_named(desk: Desk, entity: str, query: str, field: str) -> None:
    answer = await desk.admin.client.get(f"{PANEL}/{entity}/get?{query}")
    assert answer.status == 422, answer.text
    assert answer.json["errors"][0]["field"] == field


async def test_everybody_reads_his_share_of_chats_and_of_what_was_said_in_them(
    desk: Desk, app: AppClient, db: Database
) -> None:
    mine = await desk.request(desk.own, "c1")
    others = await desk.request(desk.other, "c2")
    for owner, chat in ((desk.own, mine), (desk.other, others)):
        await say(owner.client, chat["id"], f"to {chat['id']}")
    seen = {
        name: {row["id"] for row in await rows(person.client, "OpChatRooms")}
        for name, person in desk.everybody.items()
    }
    both = {mine["id"], others["id"]}
    assert seen["admin"] == both
    assert seen["own"] == {mine["id"]}
    assert seen["other"] == {others["id"]}
    assert seen["foreign"] == set()
    for name, person in desk.everybody.items():
        said = await rows(person.client, "OpMessages", "include=chat_room")
        assert {row["chat_room_id"] for row in said} == seen[name], name
    limited = await sign_in(db, app, "administrator", topic_ids=[desk.topic_id + 1])
    moved = {"subject_id": desk.topic_id}
    for chat in (mine, others):
        path = f"/api/v1/requests/{chat['id']}"
        assert (await desk.admin.client.patch(path, moved)).status == 200
    assert await rows(limited.client, "OpChatRooms") == []
    assert await rows(limited.client, "OpMessages") == []
    assert await rows(limited.client, "OpSubjects") == []


async def test_a_message_taken_back_has_no_text(desk: Desk) -> None:
    chat = await desk.request(desk.own)
    await say(desk.own.client, chat["id"], "Oops")
    (said,) = await rows(desk.own.client, "OpMessages", "from_kind=operator")
    path = f"/api/v1/requests/{chat['id']}/messages/{said['id']}"
    assert (await desk.own.client.delete(path)).status in (200, 204)
    (gone,) = await rows(desk.own.client, "OpMessages", f"id={said['id']}")
    assert gone["text"] == ""
    assert gone["deleted_at"] is not None


async def test_operators_are_read_with_their_status_load_and_groups(desk: Desk) -> None:
    await desk.request(desk.own)
    found = {row["id"]: row for row in await rows(desk.admin.client, "OpOperators", "limit=500")}
    assert found[desk.own.id]["name"] == "Ann Tester"
    assert found[desk.own.id]["active_chats"] == 1
    assert found[desk.own.id]["status"] == "offline"
    query = f"id={desk.member.id}&include=skill_groups"
    (member,) = await rows(desk.admin.client, "OpOperators", query)
    assert [group["id"] for group in member["skill_groups"]] == [desk.group_id]
    assert not {"password_hash", "bot_ids", "topic_ids"} & set(member)


async def test_topics_and_tags_are_written(desk: Desk, app: AppClient) -> None:
    made = await desk.admin.client.post(
        "/api/v1/keys", {"name": "CRM", "scopes": ["chats:read", "settings:write", "chats:write"]}
    )
    key = app.another(Authorization=f"API-Key {made.json['secret']}")
    given = [{"name": "Sales", "alias": "sales"}, {"id": desk.topic_id, "name": "Money back"}]
    written = await key.post(f"{PANEL}/OpSubjects/set", given)
    assert written.status == 200, written.text
    assert [row["name"] for row in written.json["data"]] == ["Sales", "Money back"]
    (sales,) = await rows(key, "OpSubjects", "alias=sales")
    gone = await key.post(f"{PANEL}/OpSubjects/delete", {"id": sales["id"]})
    assert gone.status == 200, gone.text
    assert await rows(key, "OpSubjects", "alias=sales&active=true") == []
    tag = await key.post(f"{PANEL}/OpTags/set", {"name": "vip", "color": "red"})
    assert tag.status == 200, tag.text
    number = tag.json["data"][0]["id"]
    again = await key.post(f"{PANEL}/OpTags/set", {"name": "VIP"})
    assert again.status == 409
    assert (await key.post(f"{PANEL}/OpTags/delete", {"id": number})).status == 200
    assert await rows(key, "OpTags", "active=true") == []
    bad = await key.post(f"{PANEL}/OpSubjects/set", {"name": "Sales", "alias": "9 lives"})
    assert bad.status == 422
    assert bad.json["errors"][0]["field"] == "alias"


async def test_what_services_write_alone_is_read_only_here(desk: Desk) -> None:
    for entity in ("OpChatRooms", "OpMessages", "OpOperators"):
        for verb in ("set", "delete"):
            answer = await desk.admin.client.post(f"{PANEL}/{entity}/{verb}", {"id": 1})
            assert answer.status == 404, (entity, verb)


async def test_without_a_login_or_the_scope_nothing_is_read(desk: Desk, app: AppClient) -> None:
    made = await desk.admin.client.post("/api/v1/keys", {"name": "K", "scopes": ["bots:read"]})
    key = app.another(Authorization=f"API-Key {made.json['secret']}")
    for entity in ENTITIES:
        for verb in ("get", "count"):
            path = f"{PANEL}/{entity}/{verb}"
            assert (await app.get(path)).status == 401, path
            refused = await key.get(path)
            assert refused.status == 403, path
            assert "chats:read" in refused.text
    operator = await desk.own.client.post(f"{PANEL}/OpSubjects/set", {"name": "Mine"})
    assert operator.status == 403
    assert "topics.edit" in operator.text
