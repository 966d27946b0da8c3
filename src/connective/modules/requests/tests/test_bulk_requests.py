"""One action for many requests: each under its own rules, and told apart in the answer."""

from typing import Any, NamedTuple

import pytest
import pytest_asyncio

from connective.kit.testing.app_client import Answer, AppClient
from connective.kit.testing.chats import Chats
from connective.kit.testing.databases import Database
from connective.kit.testing.people import Person
from connective.kit.testing.receiver import Receiver
from connective.kit.testing.shop import Shop

BULK = "/api/v1/requests/bulk"
pytestmark = pytest.mark.proves("OP-23", part="bulk")


class Many(NamedTuple):
    chats: Chats
    ids: list[int]
    other: Shop

    async def do(self, who: Person, ids: list[int] | None = None, **asked: Any) -> Answer:
        return await who.client.post(BULK, {"ids": self.ids if ids is None else ids, **asked})

    async def done(self, who: Person, ids: list[int] | None = None, **asked: Any) -> list[Any]:
        """Outcome, or the code of the refusal, of each request by its order."""
        answer = await self.do(who, ids, **asked)
        assert answer.status == 200, answer.text
        told = answer.json
        assert [one["id"] for one in told["results"]] == (self.ids if ids is None else ids)
        outcomes = [one["outcome"] for one in told["results"]]
        assert outcomes.count("refused") == told["refused"]
        assert outcomes.count("done") == told["done"]
        assert outcomes.count("unchanged") == told["unchanged"]
        return [one["code"] or one["outcome"] for one in told["results"]]

    async def row(self, number: int) -> dict[str, Any]:
        (row,) = await self.chats.db.fetch("SELECT * FROM requests WHERE id = $1", number)
        return row


@pytest_asyncio.fixture
async def many(db: Database, app: AppClient, shop: Shop, receiver: Receiver) -> Many:
    """Three chats that wait to be taken, and another bot."""
    chats = await Chats.open(db, app, shop)
    await chats.publish("success")
    ids = [(await chats.connected(chat))["id"] for chat in ("c1", "c2", "c3")]
    return Many(chats, ids, await Shop.open(shop.admin, app, receiver))


async def tag(chats: Chats, name: str) -> int:
    return int((await chats.shop.admin.post("/api/v1/tags", {"name": name})).json["id"])


async def test_tags_come_and_go_and_other_tags_stay(many: Many) -> None:
    chats, (first, second, _) = many.chats, many.ids
    olena = await chats.operator("Olena", role="supervisor")
    vip, old, late = [await tag(chats, name) for name in ("vip", "old", "late")]
    for number, tags in ((first, [old]), (second, [vip])):
        await chats.shop.admin.patch(f"/api/v1/requests/{number}", {"tag_ids": tags})
    given = {"add": [vip, late], "remove": [old]}
    assert await many.done(olena, tags=given) == ["done", "done", "done"]
    assert await many.done(olena, tags=given) == ["unchanged"] * 3
    for number in many.ids:
        assert (await many.row(number))["tag_ids"] == sorted([vip, late])
        assert (await chats.log(number))[-1]["field"] == "tag_ids"
    assert await many.done(olena, tags={"add": [777]}) == ["unknown_tags"] * 3


async def test_a_topic_is_set_and_taken_away(many: Many) -> None:
    olena = await many.chats.operator("Olena", role="supervisor")
    refunds = await many.chats.topic("refunds")
    assert await many.done(olena, topic={"subject_id": refunds}) == ["done"] * 3
    assert await many.done(olena, many.ids[:1], topic={"subject_id": None}) == ["done"]
    rows = [await many.row(number) for number in many.ids]
    assert [row["subject_id"] for row in rows] == [None, refunds, refunds]
    unnamed = await many.do(olena, topic={})
    assert (unnamed.status, unnamed.json["errors"][0]["field"]) == (422, "topic.subject_id")


async def test_what_is_refused_for_one_stops_none_of_the_others(many: Many) -> None:
    chats, (first, second, third) = many.chats, many.ids
    olena = await chats.operator("Olena", limit=1)
    chief = await chats.operator("Ivan", role="supervisor")
    to_olena = {"operator_id": olena.id}
    assert await many.done(chief, assign=to_olena) == ["done", "limit_reached", "limit_reached"]
    over = {**to_olena, "over_limit": True}
    assert await many.done(chief, [first, second], assign=over) == ["unchanged", "done"]
    assert await many.done(chief, [999_999, third], take={}) == ["not_found", "done"]
    rows = [await many.row(number) for number in many.ids]
    assert [row["assignee_id"] for row in rows] == [olena.id, olena.id, chief.id]


async def test_a_close_says_of_each_what_it_still_needs(many: Many) -> None:
    chats, (first, second, third) = many.chats, many.ids
    chief = await chats.operator("Ivan", role="supervisor")
    rule = await chief.client.put("/api/v1/settings/op/closing", {"tags_required": True})
    assert rule.status == 200
    assert await many.done(chief, [second], tags={"add": [await tag(chats, "vip")]}) == ["done"]
    answer = await many.do(chief, close={"reason": "Spam"})
    told = {one["id"]: one for one in answer.json["results"]}
    assert [told[number]["outcome"] for number in many.ids] == ["refused", "done", "refused"]
    assert [one["field"] for one in told[first]["errors"]] == ["tag_ids"]
    assert told[first]["message"]
    assert await many.done(chief, [second], close={}) == ["already_closed"]
    closed, waits = await many.row(second), await many.row(third)
    assert (closed["state"], closed["close_reason"], waits["state"]) == ("closed", "Spam", "new")


async def test_ones_own_are_read_and_unread_again(many: Many) -> None:
    chats, (first, second, third) = many.chats, many.ids
    olena, petro = await chats.operator("Olena"), await chats.operator("Petro")
    for who, number in ((olena, first), (olena, second), (petro, third)):
        await chats.done(who, number, "take")
    await chats.db.execute("UPDATE requests SET participants = participants || $1", [olena.id])
    for chat in ("c1", "c1", "c3"):
        await chats.shop.say("Hello?", chat)
    assert (await many.row(first))["unread"] == 2
    assert await many.done(olena, read={}) == ["done", "unchanged", "unchanged"]
    assert [(await many.row(n))["unread"] for n in (first, third)] == [0, 1]
    assert await many.done(olena, unread={"count": 2}) == ["done", "unchanged", "unchanged"]
    assert await many.done(olena, [first], unread={"count": 99}) == ["unchanged"]
    assert [(await many.row(n))["unread"] for n in (first, third)] == [2, 1]


async def test_each_sees_and_does_no_more_than_alone(many: Many) -> None:
    chats, ids = many.chats, many.ids
    assert (await chats.app.post(BULK, {"ids": ids, "take": {}})).status == 401
    light = await chats.operator("Light", role="light_agent")
    more_than_light: list[dict[str, Any]] = [
        *({"close": {}}, {"take": {}}, {"tags": {}}),
        {"topic": {"subject_id": 1}},
    ]
    for asked in more_than_light:
        refused = await many.do(light, **asked)
        assert (refused.status, refused.json["code"]) == (403, "permission_needed")
    operator = await chats.operator("Olena")
    assert (await many.do(operator, assign={})).status == 403
    foreign = await chats.operator("Far", role="supervisor", bot_ids=[many.other.id])
    petro = await chats.operator("Petro")
    await chats.done(petro, ids[0], "take")
    unseen: list[dict[str, Any]] = [
        *({"close": {}}, {"read": {}}, {"unread": {}}),
        {"tags": {"add": [1]}},
    ]
    for asked in unseen:
        assert await many.done(foreign, **asked) == ["not_found"] * 3
        assert await many.done(operator, ids[:1], **asked) == ["not_found"]
    assert [(await many.row(number))["state"] for number in ids] == ["open", "new", "new"]


async def test_the_form_of_the_call_is_checked_before_anything_is_done(many: Many) -> None:
    chief = await many.chats.operator("Ivan", role="supervisor")
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"ids": list(range(1, 1002)), "close": {}}, "ids"),
        ({"ids": [], "close": {}}, "ids"),
        ({"ids": [0], "close": {}}, "ids[0]"),
        ({"ids": many.ids}, "ids"),
        ({"ids": many.ids, "close": {}, "take": {}}, "close"),
        ({"ids": many.ids, "close": {"surprise": 1}}, "close.surprise"),
        ({"ids": many.ids, "surprise": {}}, "surprise"),
        ({"ids": many.ids, "unread": {"count": 0}}, "unread.count"),
    ]
    for body, field in wrong:
        answer = await chief.client.post(BULK, body)
        assert answer.status == 422, (body, answer.text)
        assert answer.json["errors"][0]["field"] == field
    assert [(await many.row(number))["state"] for number in many.ids] == ["new"] * 3
    twice = await chief.client.post("/api/v1/chats/bulk", {"ids": many.ids[:1] * 2, "take": {}})
    assert [one["outcome"] for one in twice.json["results"]] == ["done"]
