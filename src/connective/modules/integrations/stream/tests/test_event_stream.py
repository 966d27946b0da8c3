"""The event stream: who hears what, from where on, and for how long."""

import asyncio

import pytest

from connective.kit.context import unit_of_work
from connective.kit.http.middleware import Message
from connective.kit.realtime import Pass
from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.event_stream import EventReader
from connective.kit.testing.people import Person
from connective.kit.testing.shop import Shop
from connective.modules.integrations.stream import answer, places, seats
from connective.modules.integrations.stream.feed import Asked, Feed
from connective.modules.integrations.stream.places import Place

pytestmark = pytest.mark.proves("INT-14", part="event stream")
PATH = "/api/v1/events"
GREETING = ([(1, "start", {}), (2, "message", {"text": "Hello"})], [(1, "next", 2)])
SAID = [("event", "message_from_client"), ("event", "message_from_bot")]


async def warn(number: int) -> None:
    """An event of the instance."""
    async with unit_of_work() as ctx:
        ctx.emit("webhook.warned", {"endpoint_id": number})


async def warned(reader: EventReader) -> int:
    name, body = await reader.next()
    assert name == "webhook_warned"
    number: int = body["data"]["endpoint_id"]
    return number


async def key(admin: Person, app: AppClient, **given: object) -> AppClient:
    """A caller with a key of its own."""
    made = await admin.client.post("/api/v1/keys", {"name": "Listener", **given})
    assert made.status == 201, made.text
    return app.another(Authorization=f"API-Key {made.json['secret']}")


async def test_what_clients_and_bots_say_is_heard_as_webhooks_hear_it(shop: Shop) -> None:
    await shop.publish(*GREETING)
    async with await EventReader.open(shop.admin, params=SAID) as reader:
        assert reader.response.headers["Content-Type"].startswith("text/event-stream")
        await shop.say("/start")
        heard = [await reader.next() for _ in range(2)]
    assert [name for name, _ in heard] == ["message_from_client", "message_from_bot"]
    assert [body["message"]["text"] for _, body in heard] == ["/start", "Hello"]
    assert [body["event_name"] for _, body in heard] == [name for name, _ in heard]
    assert len({body["event_id"] for _, body in heard}) == 2
    assert heard[0][1]["client"]["name"] == "Ann"


async def test_listening_on_repeats_nothing_and_leaves_nothing_out(admin: Person) -> None:
    async with await EventReader.open(admin.client) as reader:
        for number in (1, 2):
            await warn(number)
        assert await warned(reader) == 1
        last = reader.id
    await warn(3)
    back = {places.HEADER: last}
    async with await EventReader.open(admin.client, headers=back) as reader:
        assert [await warned(reader) for _ in range(2)] == [2, 3]


async def test_an_event_with_several_names_goes_on_behind_the_last_one_heard(
    shop: Shop, db: Database
) -> None:
    await shop.publish(*GREETING)
    await shop.say("/start")
    await shop.texts(1)
    dialog = await db.value("SELECT max(id) FROM dialogs")
    taken = await shop.admin.post(f"/api/v1/dialogs/{dialog}/takeover", {})
    closing = [("event", "chat_closed_by_operator"), ("event", "chat_closed")]
    async with await EventReader.open(shop.admin, params=closing) as reader:
        await shop.admin.post(f"/api/v1/requests/{taken.json['id']}/close", {})
        assert (await reader.next())[0] == "chat_closed_by_operator"
        last = reader.id
    back = {places.HEADER: last}
    async with await EventReader.open(shop.admin, params=closing, headers=back) as reader:
        assert (await reader.next())[0] == "chat_closed"


async def test_what_is_not_kept_any_more_is_told_and_the_stream_goes_on(admin: Person) -> None:
    strange = {places.HEADER: "999999999"}
    async with await EventReader.open(admin.client, headers=strange) as reader:
        assert (await reader.next())[0] == "resync"
        await warn(7)
        assert await warned(reader) == 7


async def test_each_hears_what_he_may_see(shop: Shop, admin: Person, app: AppClient) -> None:
    """By scope, by bot, and by topic of the very chat."""
    await shop.publish(*GREETING)
    own, other = [
        (await shop.admin.post("/api/v1/topics", {"name": name, "alias": name})).json["id"]
        for name in ("own", "other")
    ]
    hears = ["webhooks:read", "chats:read"]
    of_topic = await key(admin, app, scopes=hears, bot_ids=[shop.id], topic_ids=[own])
    of_another = await key(admin, app, scopes=hears, topic_ids=[other])
    without_chats = await key(admin, app, scopes=["webhooks:read"])
    wanted = [("event", "chat_created"), ("event", "webhook_warned")]
    async with (
        await EventReader.open(of_topic, params=wanted) as first,
        await EventReader.open(of_another, params=wanted) as second,
        await EventReader.open(without_chats) as third,
    ):
        await shop.say("/start")
        dialog = (await shop.admin.get("/api/v1/dialogs")).json["items"][0]["id"]
        path = f"/api/v1/dialogs/{dialog}/takeover"
        taken = await shop.admin.post(path, {"subject_id": own})
        assert taken.status == 200, taken.text
        await warn(1)  # of no bot: for those who are not limited to bots
        name, body = await first.next()
        assert (name, body["chat_room_id"]) == ("chat_created", taken.json["id"])
        assert [await warned(second), await warned(third)] == [1, 1]


async def test_who_may_not_listen_is_told_why(admin: Person, app: AppClient) -> None:
    assert (await app.another().get(PATH)).status == 401
    refused = await (await key(admin, app, scopes=["chats:read"])).get(PATH)
    assert (refused.status, refused.json["code"]) == (403, "scope_needed")
    unknown = await admin.client.get(PATH, params={"event": "chat_lost"})
    assert (unknown.status, unknown.json["errors"][0]["field"]) == (422, "event[0]")
    strange = await admin.client.get(PATH, headers={places.HEADER: "yesterday"})
    assert (strange.status, strange.json["errors"][0]["field"]) == (422, places.HEADER)


async def test_a_stream_ends_with_its_key(
    admin: Person, app: AppClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answer, "CHECK_EVERY_S", 0.0)
    caller = await key(admin, app, scopes=["webhooks:read"])
    number = (await admin.client.get("/api/v1/keys")).json["items"][0]["id"]
    async with await EventReader.open(caller) as reader:
        assert (await admin.client.delete(f"/api/v1/keys/{number}")).status == 204
        await warn(1)
        assert await reader.ended()


async def test_a_quiet_stream_shows_that_it_lives_and_how_far_it_is(
    admin: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answer, "BEAT_EVERY_S", 0.0)
    monkeypatch.setattr(answer, "SWEEP_S", 0.01)
    async with await EventReader.open(admin.client, params={"event": "run_failed"}) as reader:
        assert "" in await reader.block()  # a comment
        begun = reader.id
        await warn(1)
        async with asyncio.timeout(20):
            while reader.id == begun:
                await reader.block()


async def test_one_stream_too_many_is_refused(
    admin: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seats, "OF_ONE", 1)
    async with await EventReader.open(admin.client):
        refused = await admin.client.get(PATH)
        assert (refused.status, refused.json["code"]) == (429, "too_many_streams")
        assert refused.headers["Retry-After"]
        monkeypatch.setattr(seats, "AT_MOST", 1)
        monkeypatch.setattr(seats, "OF_ONE", 9)
        assert (await admin.client.get(PATH)).status == 503


async def test_who_does_not_read_is_cut_off_and_keeps_no_place(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(answer, "SLOW_S", 0.01)
    stuck, aborted = asyncio.Event(), asyncio.Event()

    async def send(message: Message) -> None:
        if message["type"] == "http.response.body":
            await stuck.wait()

    async def receive() -> Message:
        await stuck.wait()
        return {"type": "http.disconnect"}

    feed = Feed(Asked(frozenset({"run_failed"})), Place(1))
    entry = Pass("key", 1, "")
    stream = answer.EventStream(feed, entry, {}, lost=False)
    await stream({"extensions": {"abort": aborted.set}}, receive, send)
    assert aborted.is_set()
    monkeypatch.setattr(seats, "OF_ONE", 1)
    seats.require_free(entry)


@pytest.mark.parametrize(
    ("text", "place"),
    [("77", Place(77)), ("77-1", Place(77, 1)), ("0", Place(0))],
)
def test_places_are_read_as_they_are_written(text: str, place: Place) -> None:
    assert Place.read(text) == place
    assert str(place) == text


def test_parts_of_an_event_lie_before_its_end() -> None:
    assert Place(76) < Place(77, 1) < Place(77, 2) < Place(77) < Place(78, 1)
    assert (Place(77, 1).read_up_to, Place(77).read_up_to) == (76, 77)
