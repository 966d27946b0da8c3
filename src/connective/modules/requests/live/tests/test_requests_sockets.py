"""One request over sockets: once a frame, leaving and entering one's sight, breaks, counters."""

from datetime import datetime
from typing import Any

import pytest

from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.desk import Desk, post
from connective.kit.testing.moving_clock import MovingClock
from connective.kit.testing.people import Person, sign_in
from connective.kit.testing.polling import polled
from connective.kit.testing.wire import Wire

pytestmark = [pytest.mark.proves("P-05", part="sockets"), pytest.mark.proves("OP-28", part="chat")]
UNSENT = "SELECT count(*) FROM messages WHERE status = 'queued'"


async def until(wire: Wire, kind: str, number: int) -> list[dict[str, Any]]:
    """Everything up to an event of this request."""
    heard = await wire.until(kind=kind)
    while number not in (heard[-1]["data"].get("id"), _request(heard[-1]).get("id")):
        heard += await wire.until(kind=kind)
    return heard


def _request(frame: dict[str, Any]) -> dict[str, Any]:
    shown: dict[str, Any] = frame["data"].get("request", {})
    return shown


async def to_topic(desk: Desk, chat: str, subject_id: int) -> int:
    """A request about a topic that nobody has; gives its number."""
    number: int = (await desk.request(desk.admin, chat))["id"]
    given = {"to": "topic", "subject_id": subject_id}
    await post(desk.admin, f"requests/{number}/transfer", given)
    return number


async def test_a_list_and_an_opened_request_hear_a_message_once(desk: Desk) -> None:
    number = (await desk.request(desk.own))["id"]
    wire = await Wire.open(desk.own.client, "requests", f"request:{number}")
    await desk.shop.say("where is it?", "c1")
    await desk.shop.say("hello?", "c1")
    heard: list[dict[str, Any]] = []
    while not heard or heard[-1]["data"].get("message", {}).get("text") != "hello?":
        heard.append(await wire.next())
    texts = [
        frame["data"]["message"]["text"] for frame in heard if frame["kind"] == "message.created"
    ]
    assert texts.count("where is it?") == texts.count("hello?") == 1
    ids = [frame["id"] for frame in heard]
    assert ids == sorted(set(ids))


async def test_lists_of_dialogs_and_of_requests_share_one_frame(desk: Desk) -> None:
    await desk.request(desk.own)
    wire = await Wire.open(desk.own.client, "dialogs", "requests")
    await desk.shop.say("where is it?", "c1")
    while (frame := await wire.next())["data"].get("message", {}).get("text") != "where is it?":
        pass
    data = frame["data"]
    assert data["dialog"]["id"] == data["request"]["dialog_id"]
    assert data["message"]["request_id"] == data["request"]["id"]
    assert "run_id" in data["message"]


async def test_a_further_topic_gives_what_it_shows_beside_what_was_heard(desk: Desk) -> None:
    number = (await desk.request(desk.own))["id"]
    wire = await Wire.open(desk.own.client, "dialogs")
    created = (await wire.until(kind="message.created"))[-1]
    await desk.shop.say("where is it?", "c1")
    while (frame := await wire.next())["data"].get("message", {}).get("text") != "where is it?":
        assert "request" not in frame["data"]
    await wire.subscribe("requests", since=created["id"])
    heard = [await wire.next()]
    while heard[-1]["id"] < frame["id"]:
        heard.append(await wire.next())
    kinds = [again["kind"] for again in heard if _request(again).get("id") == number]
    assert "request.created" in kinds
    assert heard[-1]["data"]["message"]["text"] == "where is it?"
    assert not any("dialog" in again["data"] for again in heard)


async def test_what_leaves_ones_sight_is_told_and_what_enters_it_is_shown(desk: Desk) -> None:
    number = await to_topic(desk, "c1", desk.topic_id)
    people = (desk.member, desk.chief, desk.other, desk.own, desk.foreign)
    member, chief, other, own, foreign = [
        await Wire.open(person.client, "requests", "team") for person in people
    ]
    shown = await until(member, "request.updated", number)
    assert _request(shown[-1])["subject"]["id"] == desk.topic_id
    await post(desk.admin, f"requests/{number}/assign", {"operator_id": desk.other.id})
    left = (await until(member, "request.left", number))[-1]
    assert set(left["data"]) == {"id", "version"}
    entered = (await until(other, "request.updated", number))[-1]
    assert _request(entered)["assignee"]["id"] == desk.other.id
    kinds = [frame["kind"] for frame in await until(chief, "request.assigned", number)]
    assert "request.left" not in kinds
    for wire, person in ((own, desk.own), (foreign, desk.foreign)):
        await other_status(person)
        heard = [await wire.next()]
        while heard[-1]["data"].get("operator", {}).get("user_id") != person.id:
            heard.append(await wire.next())
        assert {frame["kind"].partition(".")[0] for frame in heard} <= {"operator"}


async def other_status(person: Person) -> None:
    """Something that a person always hears on the topic of the team."""
    own = (await person.client.get("/api/v1/operators/me/status")).json
    chosen = next(each["id"] for each in own["statuses"] if each["id"] != own["status"]["id"])
    answer = await person.client.put("/api/v1/operators/me/status", {"status_id": chosen})
    assert answer.status == 200, answer.text


async def test_a_topic_that_a_group_takes_leaves_the_sight_of_all_others(desk: Desk) -> None:
    everybodys = await post(desk.admin, "topics", {"name": "Returns", "alias": "returns"})
    number = await to_topic(desk, "c1", everybodys["id"])
    member, other = [
        await Wire.open(person.client, f"request:{number}") for person in (desk.member, desk.other)
    ]
    for wire in (member, other):
        await until(wire, "request.updated", number)
    taken = {"topic_ids": [desk.topic_id, everybodys["id"]]}
    path = f"/api/v1/skill-groups/{desk.group_id}"
    assert (await desk.admin.client.patch(path, taken)).status == 200
    await until(other, "request.left", number)
    heard = await until(member, "request.updated", number)
    assert "request.left" not in {frame["kind"] for frame in heard}
    assert await (await Wire.open(desk.other.client, f"request:{number}")).code() == 4403


async def test_whose_groups_change_gets_a_sight_of_his_own_anew(
    moving_clock: MovingClock, desk: Desk, db: Database
) -> None:
    number = await to_topic(desk, "c1", desk.topic_id)
    other = await Wire.open(desk.other.client, "requests", "team")
    await other.next()
    joined = {"group_ids": [desk.group_id]}
    path = f"/api/v1/operators/{desk.other.id}"
    assert (await desk.admin.client.patch(path, joined)).status == 200
    moving_clock.advance(4)
    assert await other.code() == 4403
    again = await Wire.open(desk.other.client, "requests", f"request:{number}")
    assert _request((await until(again, "request.created", number))[-1])["id"] == number


async def test_after_half_a_minute_without_a_socket_list_and_dialog_are_as_reloaded(
    moving_clock: MovingClock, desk: Desk, db: Database
) -> None:
    number = (await desk.request(desk.own))["id"]
    wire = await Wire.open(desk.own.client, "requests", f"request:{number}")
    await until(wire, "request.assigned", number)
    await polled(lambda: settled(db))
    last = int((await desk.own.client.get("/api/v1/requests")).headers["X-Event-Id"])
    await wire.socket.close()
    path = f"/api/v1/requests/{number}"
    before = (await desk.own.client.get(f"{path}/messages")).json["items"]
    moving_clock.advance(30)
    for count in range(20):
        await desk.shop.say(f"text {count}", "c1")
    said = {"text": "the end", "client_msg_id": "the end"}
    await post(desk.own, f"requests/{number}/messages", said)
    await polled(lambda: settled(db))
    again = await Wire.open(desk.own.client, "requests", f"request:{number}", since=last)
    heard: list[dict[str, Any]] = []
    while not heard or heard[-1]["kind"] != "message.status_changed":
        heard.append(await again.next())
    ids = [frame["id"] for frame in heard]
    assert ids == sorted(set(ids))
    assert ids[0] > last
    messages = {message["id"]: message for message in before}
    created = [frame for frame in heard if frame["kind"] == "message.created"]
    for frame in heard:
        if "message" in frame["data"]:
            messages[frame["data"]["message"]["id"]] = frame["data"]["message"]
    theirs = [
        f["data"]["message"]["text"] for f in created if f["data"]["message"]["direction"] == "in"
    ]
    assert theirs == [f"text {count}" for count in range(20)]
    fresh = (await desk.own.client.get(f"{path}/messages", params={"limit": 200})).json["items"]
    assert list(messages.values()) == fresh
    listed = (await desk.own.client.get("/api/v1/requests")).json["items"]
    assert _request(heard[-1]) == listed[0]


async def settled(db: Database) -> bool:
    return not await db.value(UNSENT)


async def test_counters_are_everybodys_own_and_those_that_are_asked_for(desk: Desk) -> None:
    await to_topic(desk, "c1", desk.topic_id)
    await to_topic(desk, "c2", (await a_topic(desk))["id"])
    mine = (await desk.request(desk.own, "c3"))["id"]
    await desk.shop.say("/start", "c4")
    wires = {
        name: await Wire.open(person.client, "requests") for name, person in desk.everybody.items()
    }
    await desk.shop.say("hello?", "c3")
    seen = {}
    for name, person in desk.everybody.items():
        asked = (await person.client.get("/api/v1/requests/counters")).json
        seen[name] = await wires[name].counted(**asked)
        assert seen[name] == asked
    assert (seen["own"]["my"], seen["own"]["my_unread"], seen["other"]["my"]) == (1, 1, 0)
    assert [seen[name]["all"] for name in ("admin", "own", "member", "foreign")] == [3, 2, 2, 0]
    assert (seen["admin"]["with_bot"], seen["foreign"]["with_bot"]) == (1, 0)
    await post(desk.own, f"requests/{mine}/close", {})
    assert (await wires["own"].counted(my=0))["all"] == 1
    assert (await wires["admin"].counted(all=2))["my"] == 0


async def a_topic(desk: Desk) -> dict[str, Any]:
    return await post(desk.admin, "topics", {"name": "Returns", "alias": "returns"})


async def test_open_sockets_are_signs_of_life_of_operators(
    moving_clock: MovingClock, desk: Desk, db: Database
) -> None:
    async def seen_at() -> datetime | None:
        found: datetime | None = await db.value(
            "SELECT seen_at FROM operators WHERE user_id = $1", desk.own.id
        )
        return found

    async def seen_now() -> bool:
        return await seen_at() == moving_clock.now()

    assert await seen_at() is None
    wire = await Wire.open(desk.own.client, "team")
    await polled(seen_now)
    heard = await wire.until(kind="operator.updated")
    while heard[-1]["data"]["operator"]["user_id"] != desk.own.id:
        heard += await wire.until(kind="operator.updated")
    listed = (await desk.own.client.get("/api/v1/operators")).json["items"]
    row = next(each for each in listed if each["user_id"] == desk.own.id)
    told = heard[-1]["data"]["operator"]
    assert told["connected"]
    assert told.pop("status").items() <= row["status"].items()
    assert told.items() <= row.items()
    moving_clock.advance(10)
    await polled(seen_now)


async def test_the_client_is_told_that_his_operator_writes(desk: Desk) -> None:
    number = (await desk.request(desk.own))["id"]
    topic = f"request:{number}"
    wire = await Wire.open(desk.own.client, topic)
    await wire.until(kind="request.assigned")
    await wire.say(type="typing", topic=topic)

    async def told() -> bool:
        return any(r.json.get("event") == "typing" for r in desk.shop.receiver.requests)

    await polled(told)


async def test_a_request_that_is_over_shows_what_its_client_goes_on_with(desk: Desk) -> None:
    number = (await desk.request(desk.own))["id"]
    await post(desk.own, f"requests/{number}/close", {})
    wire = await Wire.open(desk.own.client, f"request:{number}")
    await wire.until(kind="request.closed")
    await desk.shop.say("/start", "c1")
    heard = [await wire.next()]
    while heard[-1]["data"].get("message", {}).get("text") != "/start":
        heard.append(await wire.next())
    told = heard[-1]["data"]
    assert told["conversation"]["request_id"] == number
    assert "request" not in told

    while told.get("message", {}).get("direction") != "out" or told["message"]["status"] != "sent":
        told = (await wire.next())["data"]
    path = f"/api/v1/requests/{number}/messages"
    fresh = (await desk.own.client.get(path)).json["items"]
    assert told["message"] in fresh


async def test_whoever_gets_a_request_is_told_whether_he_took_it_himself(desk: Desk) -> None:
    by_hand = (await desk.request(desk.own))["id"]
    wire = await Wire.open(desk.own.client, f"request:{by_hand}")
    taken = await until(wire, "request.assigned", by_hand)
    assert taken[-1]["data"]["auto"] is False


async def test_the_queue_has_a_folder_where_chats_are_connected_by_themselves(desk: Desk) -> None:
    wire = await Wire.open(desk.admin.client, "requests")
    assert (await wire.counted())["queue"] is None
    path = "/api/v1/requests/counters"
    assert (await desk.admin.client.get(path)).json["queue"] is None
    rules = "/api/v1/settings/op/distribution"
    on = await desk.admin.client.put(rules, {"auto_connect": True})
    assert on.status == 200, on.text
    await wire.counted(queue=0)
    assert (await desk.admin.client.get(path)).json["queue"] == 0
    await desk.admin.client.put(rules, {"auto_connect": False})
    await wire.counted(queue=None)
    number = (await desk.request(desk.own))["id"]
    await post(desk.admin, f"requests/{number}/assign", {})
    await wire.counted(queue=1)


async def test_other_names_of_topics_and_tags_are_told_to_whoever_may_see_them(
    desk: Desk, db: Database, app: AppClient
) -> None:
    other = await post(desk.admin, "topics", {"name": "Returns", "alias": "returns"})
    tag = await post(desk.admin, "tags", {"name": "Urgent"})
    limited = await sign_in(db, app, "supervisor", topic_ids=[other["id"]])
    wires = [await Wire.open(who.client, "requests") for who in (desk.own, limited)]
    client = desk.admin.client
    assert (await client.patch(f"/api/v1/topics/{desk.topic_id}", {"name": "Money"})).status == 200
    assert (await client.patch(f"/api/v1/topics/{other['id']}", {"name": "Back"})).status == 200
    assert (await client.patch(f"/api/v1/tags/{tag['id']}", {"name": "At once"})).status == 200
    heard = [[f["data"] for f in await wire.until(kind="tag.updated")] for wire in wires]
    names = [[one["topic"]["name"] for one in each if "topic" in one] for each in heard]
    assert names == [["Money", "Back"], ["Back"]]
    assert [each[-1]["tag"] for each in heard] == [{"id": tag["id"], "name": "At once"}] * 2
