"""Dialogs over sockets: a snapshot and what follows it are the next snapshot, for every role."""

from typing import Any

import pytest
import pytest_asyncio

from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.people import Person, sign_in
from connective.kit.testing.polling import polled
from connective.kit.testing.receiver import Receiver
from connective.kit.testing.shop import Shop
from connective.kit.testing.wire import Wire

pytestmark = pytest.mark.proves("P-05", part="sockets")
ECHO = (
    [
        (1, "start", {}),
        (2, "wait", {"text": "Say something", "save_to": "said"}),
        (3, "message", {"text": "You said {{said}}"}),
    ],
    [(1, "next", 2), (2, "next", 3)],
)


class Sight:
    """What a page of someone shows: fetched once, then kept up to date by frames alone."""

    def __init__(self, client: AppClient) -> None:
        self.client = client
        self.since = "0"
        self.dialogs: dict[int, Any] = {}
        self.messages: dict[int, Any] = {}

    async def fetch(self) -> None:
        listed = await self.client.get("/api/v1/dialogs")
        self.since = listed.headers["X-Event-Id"]
        self.dialogs = {dialog["id"]: dialog for dialog in listed.json["items"]}
        for number in self.dialogs:
            path = f"/api/v1/dialogs/{number}/messages"
            items = (await self.client.get(path, params={"limit": 200})).json["items"]
            self.messages |= {message["id"]: message for message in items}

    def apply(self, frame: dict[str, Any]) -> None:
        data = frame["data"]
        for dialog in [*data.get("dialogs", ()), *([data["dialog"]] if "dialog" in data else ())]:
            self.dialogs[dialog["id"]] = dialog
        if "message" in data:
            self.messages[data["message"]["id"]] = data["message"]

    async def follow(self, text: str) -> list[dict[str, Any]]:
        """Hear everything up to the delivery of an answer with this text."""
        wire = await Wire.open(self.client, "dialogs", since=self.since)
        frames = []
        while True:
            frames.append(await wire.next())
            self.apply(frames[-1])
            message = frames[-1]["data"].get("message", {})
            if (message.get("text"), message.get("status")) == (text, "sent"):
                return frames


@pytest_asyncio.fixture
async def second(app: AppClient, admin: Person, receiver: Receiver) -> Shop:
    """Another bot beside the shop."""
    return await Shop.open(admin.client, app, receiver)


@pytest_asyncio.fixture
async def limited(db: Database, app: AppClient, shop: Shop) -> Person:
    """An operator who works for the first bot only."""
    return await sign_in(db, app, "operator", bot_ids=[shop.id])


async def live_a_little(shop: Shop, db: Database) -> None:
    """Everything that changes a dialog or a message."""
    for chat in ("c1", "c2"):
        await shop.say("/start", chat)
        await shop.say(f"words of {chat}", chat)
    own = "SELECT 'm_' || max(id) FROM messages WHERE direction = 'out'"
    message = await db.value(own)
    theirs = await db.value("SELECT max(external_id) FROM messages WHERE direction = 'in'")
    updates: list[dict[str, Any]] = [
        {"status": {"chat": {"id": "c2"}, "message_id": message, "status": "read"}},
        {"edited_message": {"chat": {"id": "c2"}, "message_id": theirs, "text": "better words"}},
        {"user": {"id": "c1", "first_name": "Olena", "phone": "380501112233"}},
        {"deleted_message": {"chat": {"id": "c2"}, "message_id": theirs}},
        {"chat_closed": {"chat": {"id": "c2"}, "reason": "left"}},
    ]
    for update in updates:
        answer = await shop.post(shop.update(**update))
        assert answer.status == 200, answer.text


async def all_sent(db: Database) -> bool:
    return not await db.value("SELECT count(*) FROM messages WHERE status = 'queued'")


async def test_a_snapshot_and_the_events_behind_it_are_the_next_snapshot_for_every_role(
    shop: Shop, second: Shop, admin: Person, limited: Person, db: Database
) -> None:
    for bot in (shop, second):
        await bot.publish(*ECHO)
        await bot.say("/start", "early")
    sights = [Sight(admin.client), Sight(limited.client)]
    for sight in sights:
        await sight.fetch()
    for bot in (second, shop):
        await live_a_little(bot, db)
    await second.say("/start", "end")
    await second.say("of the second", "end")
    await polled(lambda: all_sent(db))
    await shop.say("/start", "end")
    await shop.say("the end", "end")
    for sight in sights:
        heard = await sight.follow("You said the end")
        numbers = [frame["id"] for frame in heard]
        assert numbers == sorted(set(numbers))
        fresh = Sight(sight.client)
        await fresh.fetch()
        assert sight.dialogs == fresh.dialogs
        assert sight.messages == fresh.messages
    everything, own = sights
    assert {dialog["bot_id"] for dialog in everything.dialogs.values()} == {shop.id, second.id}
    assert {dialog["bot_id"] for dialog in own.dialogs.values()} == {shop.id}
    assert (len(everything.dialogs), len(own.dialogs)) == (8, 4)


async def test_a_turn_without_a_message_is_told_too(shop: Shop, admin: Person) -> None:
    await shop.publish(*ECHO)
    await shop.say("/start", "c1")
    wire = await Wire.open(admin.client, "dialogs")
    await wire.until(kind="message.created")
    closed: dict[str, Any] = {"chat_closed": {"chat": {"id": "c1"}, "reason": "left"}}
    assert (await shop.post(shop.update(**closed))).status == 200
    heard = await wire.until(kind="dialog.changed")
    assert "dialog.ended_by_client" in [frame["kind"] for frame in heard]
    told = heard[-1]["data"]["dialog"]
    listed = (await admin.client.get("/api/v1/dialogs")).json["items"]
    assert told == listed[0]


async def test_one_dialog_is_heard_alone(
    shop: Shop, second: Shop, admin: Person, limited: Person
) -> None:
    await shop.publish(*ECHO)
    await second.publish(*ECHO)
    for bot, chat in ((second, "a"), (shop, "b"), (shop, "c")):
        await bot.say("/start", chat)
    listed = (await admin.client.get("/api/v1/dialogs")).json["items"]
    theirs, mine, other = sorted(dialog["id"] for dialog in listed)
    wire = await Wire.open(limited.client, f"dialog:{mine}")
    await shop.say("to c", "c")
    await shop.say("to b", "b")
    heard = [await wire.next()]
    while heard[-1]["data"]["message"]["text"] != "You said to b":
        heard.append(await wire.next())
    assert {frame["data"]["dialog"]["id"] for frame in heard} == {mine}
    assert mine != other
    refused = await Wire.open(limited.client, f"dialog:{theirs}")
    assert await refused.code() == 4403


async def test_after_a_break_twenty_messages_come_once_and_in_order(
    shop: Shop, admin: Person
) -> None:
    await shop.publish(*ECHO)
    await shop.say("/start")
    wire = await Wire.open(admin.client, "dialogs")
    last = (await wire.until(kind="message.created"))[-1]["id"]
    await wire.socket.close()
    for number in range(20):
        await shop.say(f"text {number}")
    again = await Wire.open(admin.client, "dialogs", since=last)
    await shop.say("text 20")
    heard: list[dict[str, Any]] = []
    while not heard or heard[-1]["data"].get("message", {}).get("text") != "text 20":
        heard.append(await again.next())
    told = [
        frame["data"]["message"]["text"]
        for frame in heard
        if frame["kind"] == "message.created" and frame["data"]["message"]["direction"] == "in"
    ]
    assert told == [f"text {number}" for number in range(21)]
    numbers = [frame["id"] for frame in heard]
    assert numbers == sorted(set(numbers))
    assert numbers[0] > last


async def test_a_further_topic_goes_back_in_time_without_repeating_what_was_heard(
    shop: Shop, admin: Person
) -> None:
    await shop.publish(*ECHO)
    await shop.say("/start", "a")
    await shop.say("/start", "b")
    listed = (await admin.client.get("/api/v1/dialogs")).json["items"]
    a, b = sorted(dialog["id"] for dialog in listed)
    wire = await Wire.open(admin.client, f"dialog:{a}")
    heard = await wire.until(kind="message.created")
    await wire.subscribe("dialogs")
    await shop.say("marker", "b")
    while heard[-1]["data"]["message"]["text"] != "marker":
        heard.append(await wire.next())
    created = [frame for frame in heard if frame["kind"] == "message.created"]
    assert len({frame["data"]["message"]["id"] for frame in created}) == len(created)
    assert {frame["data"]["dialog"]["id"] for frame in created} == {a, b}
    assert len({frame["id"] for frame in heard}) == len(heard)
