"""Requests over sockets: for every role a snapshot and what follows are the next snapshot."""

import base64
from datetime import timedelta
from typing import Any

import pytest

from connective.kit import clock
from connective.kit.context import unit_of_work
from connective.kit.realtime import connection
from connective.kit.testing.databases import Database
from connective.kit.testing.desk import Desk, post
from connective.kit.testing.people import Person
from connective.kit.testing.polling import polled
from connective.kit.testing.wire import Wire
from connective.modules.clients.service import BLOCKED, Consent, subscribing
from connective.modules.requests.live import LIVE

pytestmark = [pytest.mark.proves("P-05", part="sockets"), pytest.mark.proves("OP-28", part="chat")]
PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
    "+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
# Topics and tags are everybody's.
NAMES = {"topic.updated", "topic.deleted", "tag.updated"}
BESIDE = {*NAMES, "request.reminded", "client.updated", "subscription.changed"}
UNSETTLED = """
SELECT count(*) FROM messages WHERE status = 'queued' OR content #>> '{media,status}' = 'fetching'
"""


class Sight:
    """What a panel of someone shows: fetched once, then kept up to date by frames alone."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.since = "0"
        self.requests: dict[int, Any] = {}
        self.conversations: dict[int, dict[int, Any]] = {}  # by dialog, as far as they were opened
        self.scheduled: dict[int, dict[int, Any]] = {}  # by request
        self.frames: list[dict[str, Any]] = []
        self.wire: Wire | None = None

    async def fetch(self) -> None:
        listed = await self.person.client.get("/api/v1/requests", params={"limit": 100})
        assert listed.status == 200, listed.text
        self.since = listed.headers["X-Event-Id"]
        self.requests = {request["id"]: request for request in listed.json["items"]}
        for number, request in self.requests.items():
            path = f"/api/v1/requests/{number}/messages"
            items = (await self.person.client.get(path, params={"limit": 200})).json["items"]
            conversation = {item["id"]: without_links(item) for item in items}
            self.conversations[request["dialog_id"]] = conversation
            path = f"/api/v1/requests/{number}/scheduled-messages"
            items = (await self.person.client.get(path)).json["items"]
            self.scheduled[number] = {item["id"]: item for item in items}

    def apply(self, frame: dict[str, Any]) -> None:
        self.frames.append(frame)
        data = frame["data"]
        if frame["kind"] == "request.left":
            gone = self.requests.pop(data["id"], None)
            if gone is not None:
                self.conversations.pop(gone["dialog_id"], None)
                self.scheduled.pop(data["id"], None)
        self.schedule(data)
        self.rename(data)
        for request in [
            *data.get("requests", ()),
            *([data["request"]] if "request" in data else []),
        ]:
            self.requests[request["id"]] = request
        if "message" in data and data["request"]["dialog_id"] in self.conversations:
            conversation = self.conversations[data["request"]["dialog_id"]]
            conversation[data["message"]["id"]] = without_links(data["message"])

    def schedule(self, data: dict[str, Any]) -> None:
        """What waits in a request that was opened."""
        waiting = self.scheduled.get(data.get("request_id", 0))
        if waiting is not None and "scheduled" in data:
            waiting[data["scheduled"]["id"]] = data["scheduled"]
        elif waiting is not None:
            waiting.pop(data["scheduled_id"], None)

    def rename(self, data: dict[str, Any]) -> None:
        """What a topic or a tag is called now."""
        for request in self.requests.values():
            held = {"topic": [request["subject"]], "tag": request["tags"]}
            for what, named in data.items():
                for one in held.get(what, ()):
                    if one and one["id"] == named["id"]:
                        one["name"] = named["name"]

    async def listen(self) -> Wire:
        if self.wire is None:
            topics = ("requests", "team")
            self.wire = await Wire.open(self.person.client, *topics, since=self.since)
        return self.wire

    async def follow(self) -> None:
        """Hear everything up to a change of the person's own status."""
        statuses = (await self.person.client.get("/api/v1/operators/me/status")).json
        other = next(s for s in statuses["statuses"] if s["id"] != statuses["status"]["id"])
        wire = await self.listen()
        chosen = {"status_id": other["id"]}
        answer = await self.person.client.put("/api/v1/operators/me/status", chosen)
        assert answer.status == 200, answer.text
        while True:
            frame = await wire.next()
            if frame["kind"] == "operator.status_changed":
                if frame["data"]["operator"]["user_id"] == self.person.id:
                    return
            elif not frame["kind"].startswith("operator."):
                self.apply(frame)

    def heard(self) -> set[str]:
        return {frame["kind"] for frame in self.frames}

    def kinds(self, number: int) -> list[str]:
        """What was heard of one request."""
        return [
            frame["kind"]
            for frame in self.frames
            if number in (frame["data"].get("id"), frame["data"].get("request", {}).get("id"))
        ]


def without_links(message: dict[str, Any]) -> dict[str, Any]:
    """Addresses of files are made anew each time."""
    media = (message["content"] or {}).get("media", {})
    for name in ("url", "expires_at"):
        media.pop(name, None)
    return message


async def say(by: Person, number: int, text: str, kind: str = "text") -> dict[str, Any]:
    body = {"text": text, "client_msg_id": text, "kind": kind}
    return await post(by, f"requests/{number}/messages", body)


async def schedule(by: Person, number: int) -> None:
    """One goes out, one is cancelled, one waits."""
    path = f"requests/{number}/scheduled-messages"
    moment = clock.now() + timedelta(days=1)
    for name in ("soon", "never", "some day"):
        body = {"text": name, "client_msg_id": name, "send_at": clock.rfc3339(moment)}
        made = await post(by, path, body)
        if name == "soon":
            await post(by, f"{path}/{made['id']}/send", {})
        elif name == "never":
            assert (await by.client.delete(f"/api/v1/{path}/{made['id']}")).status == 200


async def talk(desk: Desk, number: int) -> None:
    """Everything that changes messages, in the chat c1."""
    shop = desk.shop
    await schedule(desk.own, number)
    await shop.say("where is my order?", "c1")
    said = await say(desk.own, number, "on its way")
    await say(desk.own, number, "a nice one", kind="note")
    chat = {"chat": {"id": "c1"}}
    written = shop.update("c1", text="my ordr")
    written["message"]["message_id"] = "theirs-1"
    taken_back = shop.update("c1", text="nonsense")
    taken_back["message"]["message_id"] = "theirs-2"
    shop.receiver.answer(200, body=base64.b64decode(PIXEL), path="/dot.png")
    picture = shop.update("c1", text="")
    media = {"url": f"{shop.receiver.url}/dot.png", "name": "dot.png"}
    picture["message"] |= {"type": "image", "media": media}
    updates: list[dict[str, Any]] = [
        written,
        taken_back,
        picture,
        shop.update(edited_message=chat | {"message_id": "theirs-1", "text": "my order"}),
        shop.update(deleted_message=chat | {"message_id": "theirs-2"}),
        shop.update(status=chat | {"message_id": f"m_{said['id']}", "status": "read"}),
        shop.update(user={"id": "c1", "first_name": "Olena", "phone": "380501112233"}),
    ]
    for update in updates:
        answer = await shop.post(update)
        assert answer.status == 200, answer.text
    seq = (await desk.own.client.get(f"/api/v1/requests/{number}")).json["request"]["last_seq"]
    await post(desk.own, f"requests/{number}/read", {"seq": seq})


async def hand_round(desk: Desk, number: int, holder: Person) -> None:
    """From one to the other, by way of the group's topic and of nobody."""
    member, other = desk.member, desk.other
    await patch(holder, number, comment="angry", tag_ids=[])
    to_topic = {"to": "topic", "subject_id": desk.topic_id}
    await post(holder, f"requests/{number}/transfer", to_topic)
    await post(member, f"requests/{number}/take", {})
    await post(desk.admin, f"requests/{number}/assign", {"operator_id": other.id})
    await post(other, f"requests/{number}/close", {"comment": "done"})
    await post(desk.admin, f"requests/{number}/reopen", {})


async def shows_what_is_there(sight: Sight) -> None:
    """Each event was heard once and in order, and after them all is as fetched anew."""
    await sight.follow()
    ids = [frame["id"] for frame in sight.frames]
    assert ids == sorted(set(ids))
    fresh = Sight(sight.person)
    await fresh.fetch()
    assert sight.requests == fresh.requests
    opened = {n: fresh.conversations[n] for n in sight.conversations}
    assert sight.conversations == opened
    assert sight.scheduled == {n: fresh.scheduled[n] for n in sight.scheduled}


async def beside(desk: Desk, db: Database, number: int) -> None:
    """What is told of a request though nobody there does anything."""
    admin = desk.admin
    passing = await post(admin, "topics", {"name": "Passing", "alias": "passing"})
    tag = await post(admin, "tags", {"name": "Urgent"})
    await patch(admin, number, tag_ids=[tag["id"]])
    for path, name in ((f"topics/{desk.topic_id}", "Money back"), (f"tags/{tag['id']}", "At once")):
        assert (await admin.client.patch(f"/api/v1/{path}", {"name": name})).status == 200
    assert (await admin.client.delete(f"/api/v1/topics/{passing['id']}")).status == 204
    await remind(desk, db, number)
    await desk.shop.post(desk.shop.update(user={"id": "c1", "first_name": "Olena"}))
    async with unit_of_work() as ctx:
        contact_id = await db.value("SELECT contact_id FROM requests WHERE id = $1", number)
        await subscribing.say(ctx, contact_id, Consent(subscribed=False, why=BLOCKED))


async def remind(desk: Desk, db: Database, number: int) -> None:
    """The client has waited for an hour."""
    timers = "/api/v1/settings/op/timers"
    waits = {"use": True, "minutes": 9, "operator": {"minutes": 1, "action": "notify_operator"}}
    assert (await desk.admin.client.put(timers, waits)).status == 200
    await desk.shop.say("hello?", "c1")
    await db.execute(
        "UPDATE requests SET last_client_at = last_client_at - interval '1 hour', due_what = NULL,"
        " assigned_at = assigned_at - interval '1 hour' WHERE id = $1",
        number,
    )
    told = "SELECT count(*) FROM events WHERE kind = 'request.reminded'"
    await polled(lambda: db.value(told))


async def patch(by: Person, number: int, **fields: Any) -> None:
    answer = await by.client.patch(f"/api/v1/requests/{number}", fields)
    assert answer.status == 200, answer.text


async def settled(db: Database) -> bool:
    return not await db.value(UNSETTLED)


@pytest.mark.parametrize("listening", [True, False])
async def test_a_snapshot_and_the_events_behind_it_are_the_next_snapshot_for_every_role(
    desk: Desk, db: Database, monkeypatch: pytest.MonkeyPatch, listening: bool
) -> None:
    # nobody reads, and so answers pings, before all is done: on a busy machine that takes long
    monkeypatch.setattr(connection, "PING_EVERY_S", 600.0)
    first = (await desk.request(desk.own, "c1"))["id"]
    sights = {name: Sight(person) for name, person in desk.everybody.items()}
    for sight in sights.values():
        await sight.fetch()
        if listening:
            await sight.listen()
    await talk(desk, first)
    second = (await desk.request(desk.other, "c2"))["id"]
    await hand_round(desk, second, desk.other)
    await hand_round(desk, first, desk.own)
    await post(desk.admin, f"requests/{first}/block", {"reason": "rude"})
    await polled(lambda: settled(db))
    for sight in sights.values():
        await shows_what_is_there(sight)
        assert sight.kinds(first).count("request.created") == 0
        assert sight.kinds(second).count("request.created") <= 1
    assert sights["admin"].kinds(second).count("request.created") == 1
    assert sights["admin"].heard() >= set(LIVE) - BESIDE
    assert not sights["foreign"].frames


async def test_what_happens_beside_a_request_is_told_too(desk: Desk, db: Database) -> None:
    number = (await desk.request(desk.own, "c1"))["id"]
    await patch(desk.admin, number, subject_id=desk.topic_id)
    sights = [Sight(who) for who in (desk.admin, desk.own, desk.foreign)]
    for sight in sights:
        await sight.fetch()
    await beside(desk, db, number)
    for sight in sights:
        await shows_what_is_there(sight)
    admin, own, foreign = sights
    assert admin.heard() >= BESIDE
    assert foreign.heard() <= NAMES
    assert own.requests[number]["client_left"]
