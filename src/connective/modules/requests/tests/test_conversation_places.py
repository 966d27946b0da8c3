"""A conversation is searched, and read from any of its places, by those who may read it."""

from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest

from connective.contracts.channel import CHANNELS
from connective.kit.testing.app_client import Answer, AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.desk import Desk
from connective.kit.testing.people import Person, sign_in
from connective.kit.testing.receiver import Receiver
from connective.modules.requests.conversation.quoting import excerpt


async def piece(who: Person, number: int, **query: Any) -> dict[str, Any]:
    path = f"/api/v1/requests/{number}/messages"
    answer = await who.client.get(path, params=query)
    assert answer.status == 200, answer.text
    found: dict[str, Any] = answer.json
    return found


async def search(who: Person, number: int, words: str) -> Answer:
    query = urlencode({"q": words})
    return await who.client.get(f"/api/v1/requests/{number}/messages/search?{query}")


async def say(who: Person, number: int, text: str, **more: Any) -> Answer:
    body = {"text": text, "client_msg_id": str(uuid4())} | more
    return await who.client.post(f"/api/v1/requests/{number}/messages", body)


def seqs(found: dict[str, Any]) -> list[int]:
    return [message["seq"] for message in found["items"]]


@pytest.mark.proves("OP-16", part="places")
async def test_a_conversation_is_read_from_any_place_and_tells_what_lies_beyond(
    desk: Desk,
) -> None:
    number = (await desk.request(desk.own))["id"]
    for count in range(8):
        await desk.shop.say(f"line {count}", "c1")
    whole = await piece(desk.own, number)
    last = len(whole["items"])
    assert seqs(whole) == list(range(1, last + 1))
    assert (whole["older"], whole["newer"]) == (False, False)
    for query, expected, older, newer in (
        ({"limit": 3}, [last - 2, last - 1, last], True, False),
        ({"limit": 3, "before": 4}, [1, 2, 3], False, True),
        ({"limit": 2, "before": 4}, [2, 3], True, True),
        ({"limit": 2, "after": 2}, [3, 4], True, True),
        ({"after": last - 1}, [last], True, False),
        ({"after": 0, "limit": last}, list(range(1, last + 1)), False, False),
        ({"limit": 4, "around": 5}, [3, 4, 5, 6], True, True),
        ({"limit": 4, "around": 1}, [1, 2], False, True),
        ({"limit": 4, "around": last}, [last - 2, last - 1, last], True, False),
        ({"limit": 1, "around": 5}, [5], True, True),
    ):
        found = await piece(desk.own, number, **query)
        assert (seqs(found), found["older"], found["newer"]) == (expected, older, newer), query


@pytest.mark.proves("OP-16", part="places")
async def test_a_date_opens_the_conversation_at_its_first_message(db: Database, desk: Desk) -> None:
    number = (await desk.request(desk.own))["id"]
    for count in range(4):
        await desk.shop.say(f"line {count}", "c1")
    last = len((await piece(desk.own, number))["items"])
    move = "UPDATE messages SET created_at = created_at - interval '30 days' WHERE seq <= $1"
    await db.execute(move, 3)
    between = await db.value("SELECT created_at + interval '1 day' FROM messages WHERE seq = 3")
    found = await piece(desk.own, number, **{"from": between.isoformat(), "limit": 2})
    assert seqs(found) == [3, 4]
    early = await piece(desk.own, number, **{"from": "2020-01-01T00:00:00Z", "limit": 2})
    assert (seqs(early), early["newer"]) == ([1], True)
    late = await piece(desk.own, number, **{"from": "2999-01-01T00:00:00Z", "limit": 2})
    assert (seqs(late), late["newer"]) == ([last - 1, last], False)
    path = f"/api/v1/requests/{number}/messages"
    for wrong in ("yesterday", "2026-01-01T00:00:00"):
        answer = await desk.own.client.get(path, params={"from": wrong})
        assert [error["field"] for error in answer.json["errors"]] == ["from"], wrong


@pytest.mark.proves("OP-16", part="search")
async def test_words_are_found_in_the_whole_conversation_the_latest_place_first(
    desk: Desk,
) -> None:
    first = (await desk.request(desk.own))["id"]
    await desk.shop.say("Де моє ЗАМОВЛЕННЯ?", "c1")
    await say(desk.own, first, "замовлення 100% у дорозі", kind="note")
    await desk.own.client.post(f"/api/v1/requests/{first}/close", {})
    second = (await desk.request(desk.own))["id"]
    await say(desk.own, second, "Ваше замовлення приїхало")
    taken_back = (await say(desk.own, second, "замовлення зникло")).json["id"]
    await desk.own.client.delete(f"/api/v1/requests/{second}/messages/{taken_back}")
    answer = await search(desk.own, second, " замовлення ")
    assert answer.status == 200, answer.text
    assert [hit["excerpt"] for hit in answer.json["items"]] == [
        "Ваше замовлення приїхало",
        "замовлення 100% у дорозі",
        "Де моє ЗАМОВЛЕННЯ?",
    ]
    assert not answer.json["more"]
    assert answer.json["items"][0]["author_kind"] == "operator"
    (percent,) = (await search(desk.own, second, "100%")).json["items"]
    around = await piece(desk.own, second, around=percent["seq"], limit=1)
    assert around["items"][0]["text"] == "замовлення 100% у дорозі"
    assert (await search(desk.own, second, "__")).json["items"] == []
    short = await search(desk.own, second, " z ")
    assert (short.status, short.json["code"]) == (422, "search_too_short")


@pytest.mark.proves("OP-16", part="search")
async def test_a_search_finds_what_the_searcher_may_read(
    db: Database, app: AppClient, desk: Desk
) -> None:
    first = (await desk.request(desk.own))["id"]
    await desk.shop.say("the secret word", "c1")
    await desk.own.client.patch(f"/api/v1/requests/{first}", {"subject_id": desk.topic_id})
    await desk.own.client.post(f"/api/v1/requests/{first}/close", {})
    second = (await desk.request(desk.own))["id"]
    await desk.shop.say("the open word", "c1")
    bound = await sign_in(db, app, "administrator", topic_ids=[10**6])
    found = (await search(bound, second, "word")).json["items"]
    assert [hit["excerpt"] for hit in found] == ["the open word"]
    assert (await search(bound, first, "word")).status == 404
    assert (await search(desk.foreign, second, "word")).status == 404
    assert len((await search(desk.own, second, "word")).json["items"]) == 2


@pytest.mark.proves("OP-18", part="reply to")
async def test_an_answer_shows_what_it_answers_on_both_sides(
    desk: Desk, receiver: Receiver
) -> None:
    number = (await desk.request(desk.own))["id"]
    await desk.shop.say("Where is my order?", "c1")
    asked = (await piece(desk.own, number))["items"][-1]
    answer = await say(desk.own, number, "On its way", reply_to=asked["id"])
    assert answer.status == 201, answer.text
    quoted = answer.json["reply_to"]
    assert (quoted["seq"], quoted["text"]) == (asked["seq"], "Where is my order?")
    assert quoted["author_kind"] == "client"
    said = {"message_id": "x1", "text": "Thanks", "reply_to": f"m_{answer.json['id']}"}
    await desk.shop.post(desk.shop.update("c1", message=said | {"chat": {"id": "c1"}}))
    thanks = (await piece(desk.own, number))["items"][-1]
    assert (thanks["text"], thanks["reply_to"]["text"]) == ("Thanks", "On its way")
    await desk.own.client.delete(f"/api/v1/requests/{number}/messages/{answer.json['id']}")
    thanks = (await piece(desk.own, number))["items"][-1]
    assert (thanks["reply_to"]["id"], thanks["reply_to"]["text"]) == (answer.json["id"], "")


@pytest.mark.proves("OP-18", part="reply to")
async def test_words_of_another_request_stay_out_of_an_answer(desk: Desk) -> None:
    first = (await desk.request(desk.own))["id"]
    await desk.shop.say("the secret", "c1")
    secret = (await piece(desk.own, first))["items"][-1]
    await desk.own.client.post(f"/api/v1/requests/{first}/close", {})
    second = (await desk.request(desk.own))["id"]
    answer = await say(desk.own, second, "As you said", reply_to=secret["id"])
    quoted = answer.json["reply_to"]
    assert (quoted["seq"], quoted["text"], quoted["author_name"]) == (secret["seq"], "", "")


@pytest.mark.proves("OP-18", part="reply to")
async def test_a_channel_that_cannot_answer_a_message_says_so(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = (await desk.request(desk.own))["id"]
    await desk.shop.say("Hello", "c1")
    asked = (await piece(desk.own, number))["items"][-1]
    opened = (await desk.own.client.get(f"/api/v1/requests/{number}")).json
    assert opened["channel_can"] == ["reply", "edit", "delete"]
    channel = CHANNELS["custom_channel"]
    monkeypatch.setattr(type(channel), "features", frozenset({"edit"}))
    opened = (await desk.own.client.get(f"/api/v1/requests/{number}")).json
    assert opened["channel_can"] == ["edit"]
    assert {"kind": "image"} in opened["channel_shows"]
    refused = await say(desk.own, number, "Hi", reply_to=asked["id"])
    assert (refused.status, refused.json["code"]) == (409, "channel_cannot_reply")
    assert "Custom Channel" in refused.json["detail"]
    assert (await say(desk.own, number, "Hi")).status == 201


def test_an_excerpt_keeps_the_words_in_sight() -> None:
    long = "before " * 30 + "the NEEDLE stands here " + "after " * 60
    cut = excerpt(long, "needle")
    assert "NEEDLE" in cut
    assert cut.startswith("…")
    assert cut.endswith("…")
    assert len(cut) <= 162
    assert excerpt("two\n  lines", "absent") == "two lines"
