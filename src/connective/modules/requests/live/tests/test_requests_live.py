"""Requests over sockets: for every role a snapshot and what follows are the next snapshot."""

import base64
from typing import Any

import pytest

from connective.kit.testing.databases import Database
from connective.kit.testing.desk import Desk, post
from connective.kit.testing.people import Person
from connective.kit.testing.polling import polled
from connective.kit.testing.wire import Wire

pytestmark = [pytest.mark.proves("P-05", part="sockets"), pytest.mark.proves("OP-28", part="chat")]
PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
    "+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
UNSETTLED = """
SELECT count(*) FROM messages WHERE status = 'queued' OR content #>> '{media,status}' = 'fetching'
"""
# What happens to the first of the requests, by its kinds of events.
KINDS = {
    *(f"request.{what}" for what in ("updated", "assigned", "released", "closed", "reopened")),
    *(f"message.{what}" for what in ("created", "edited", "deleted", "status_changed")),
    "message.media_changed",
}


class Sight:
    """What a panel of someone shows: fetched once, then kept up to date by frames alone."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.since = "0"
        self.requests: dict[int, Any] = {}
        self.conversations: dict[int, dict[int, Any]] = {}  # by dialog, as far as they were opened
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

    def apply(self, frame: dict[str, Any]) -> None:
        self.frames.append(frame)
        data = frame["data"]
        if frame["kind"] == "request.left":
            gone = self.requests.pop(data["id"], None)
            if gone is not None:
                self.conversations.pop(gone["dialog_id"], None)
        for request in [
            *data.get("requests", ()),
            *([data["request"]] if "request" in data else []),
        ]:
            self.requests[request["id"]] = request
        if "message" in data and data["request"]["dialog_id"] in self.conversations:
            conversation = self.conversations[data["request"]["dialog_id"]]
            conversation[data["message"]["id"]] = without_links(data["message"])

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


async def talk(desk: Desk, number: int) -> None:
    """Everything that changes messages, in the chat c1."""
    shop = desk.shop
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


async def patch(by: Person, number: int, **fields: Any) -> None:
    answer = await by.client.patch(f"/api/v1/requests/{number}", fields)
    assert answer.status == 200, answer.text


async def settled(db: Database) -> bool:
    return not await db.value(UNSETTLED)


@pytest.mark.parametrize("listening", [True, False])
async def test_a_snapshot_and_the_events_behind_it_are_the_next_snapshot_for_every_role(
    desk: Desk, db: Database, listening: bool
) -> None:
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
    for name, sight in sights.items():
        await sight.follow()
        ids = [frame["id"] for frame in sight.frames]
        assert ids == sorted(set(ids)), name
        fresh = Sight(sight.person)
        await fresh.fetch()
        assert sight.requests == fresh.requests, name
        opened = {n: fresh.conversations[n] for n in sight.conversations}
        assert sight.conversations == opened, name
        assert sight.kinds(first).count("request.created") == 0
        assert sight.kinds(second).count("request.created") <= 1
    assert sights["admin"].kinds(second).count("request.created") == 1
    assert set(sights["admin"].kinds(first)) >= KINDS
    assert not sights["foreign"].frames
