"""Who looks at a request and who writes there: shown to the others who look, and kept nowhere."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import msgspec
import pytest
import pytest_asyncio

from connective.kit import wake
from connective.kit.realtime import signs
from connective.kit.realtime.signs import Sign, Who
from connective.kit.testing.databases import Database
from connective.kit.testing.desk import Desk, post
from connective.kit.testing.moving_clock import MovingClock
from connective.kit.testing.people import Person
from connective.kit.testing.server import RunningApp
from connective.kit.testing.wire import Wire

pytestmark = [pytest.mark.proves("OP-16", part="chat"), pytest.mark.proves("P-05", part="sockets")]
FAR = Who("user", 900, "Zoya Far")


@pytest_asyncio.fixture
async def topic(desk: Desk) -> str:
    """A request that the operator `own` has and the administrator sees."""
    return f"request:{(await desk.request(desk.own))['id']}"


async def look(person: Person, *topics: str) -> Wire:
    """A socket that is known to look: it has heard the last event."""
    wire = await Wire.open(person.client, *topics)
    await wire.until(kind="request.assigned")
    return wire


async def sign(wire: Wire) -> dict[str, Any]:
    """The next sign of life; events are passed over."""
    while (frame := await wire.next())["type"] not in ("typing", "presence"):
        pass
    return frame


def shown(person: Person, **data: Any) -> dict[str, Any]:
    return {"who": {"kind": "user", "id": person.id, "name": name_of(person)}, **data}


def name_of(person: Person) -> str:
    return {"operator": "Ann Tester"}.get(person.email.partition(".")[0], "Oleh Tester")


async def test_two_who_open_a_request_see_each_other(desk: Desk, topic: str) -> None:
    ann, boss = await look(desk.own, topic), await look(desk.admin, topic)
    await ann.say(type="presence", topic=topic, **{"as": "viewing"})
    there = {
        "type": "presence",
        "topic": topic,
        "data": shown(desk.own, on=True) | {"as": "viewing"},
    }
    assert await sign(boss) == there
    await boss.say(type="presence", topic=topic, **{"as": "typing"})
    assert (await sign(ann))["data"] == shown(desk.admin, on=True) | {"as": "typing"}
    late = await Wire.open(desk.admin.client, topic)
    assert await sign(late) == there


async def test_who_leaves_is_there_no_more(desk: Desk, topic: str) -> None:
    boss = await look(desk.admin, topic)
    gone = {"type": "presence", "topic": topic, "data": shown(desk.own, on=False)}
    for leave in ("off", "unsubscribe", "close"):
        ann = await look(desk.own, topic)
        await ann.say(type="presence", topic=topic)
        assert (await sign(boss))["data"]["on"]
        if leave == "off":
            await ann.say(type="presence", topic=topic, on=False)
        elif leave == "unsubscribe":
            await ann.say(type="unsubscribe", topics=[topic])
        else:
            await ann.socket.close()
        assert await sign(boss) == gone, leave
        await ann.socket.close()


async def test_a_second_window_keeps_somebody_there(desk: Desk, topic: str) -> None:
    boss = await look(desk.admin, topic)
    one, other = await look(desk.own, topic), await look(desk.own, topic)
    for window in (one, other):
        await window.say(type="presence", topic=topic)
    assert (await sign(boss))["data"]["on"]
    await one.socket.close()
    await other.say(type="presence", topic=topic, **{"as": "typing"})
    assert (await sign(boss))["data"] == shown(desk.own, on=True) | {"as": "typing"}
    await other.socket.close()
    assert not (await sign(boss))["data"]["on"]


async def test_who_is_silent_for_a_minute_is_there_no_more(
    moving_clock: MovingClock, desk: Desk, topic: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert signs.LASTS_S == 60
    monkeypatch.setattr(signs, "LASTS_S", 6)  # a minute would end the sockets of a silent test
    ann, boss = await look(desk.own, topic), await look(desk.admin, topic)
    await ann.say(type="presence", topic=topic)
    assert (await sign(boss))["data"]["on"]
    moving_clock.advance(5)
    await ann.say(type="presence", topic=topic)
    await ann.say(type="typing", topic=topic)
    assert (await sign(boss))["type"] == "typing"
    moving_clock.advance(5)
    gone = {"topic": topic, "data": shown(desk.own, on=False)}
    await ann.say(type="typing", topic=topic, on=False)
    assert await sign(boss) == {"type": "typing", **gone}
    moving_clock.advance(2)
    assert await sign(boss) == {"type": "presence", **gone}


async def test_signs_go_only_to_those_who_look_at_the_topic_and_may(desk: Desk, topic: str) -> None:
    boss = await look(desk.admin, topic)
    beside = await look(desk.admin, "requests")
    for stranger in (desk.foreign, desk.other):
        assert await (await Wire.open(stranger.client, topic)).code() == 4403
    ann = await look(desk.own, "requests")
    await ann.say(type="typing", topic=topic)  # does not look there
    await ann.subscribe(topic)
    await ann.say(type="typing", topic="requests")  # where nobody meets
    await ann.say(type="typing", topic=topic)
    assert (await sign(boss))["topic"] == topic
    await post(desk.own, f"requests/{topic.partition(':')[2]}/close", {})
    heard = await beside.until(kind="request.closed")
    assert {frame["type"] for frame in heard} == {"event"}


async def test_who_loses_sight_of_a_request_is_shown_there_no_more_and_shown_nobody(
    desk: Desk, topic: str
) -> None:
    number = int(topic.partition(":")[2])
    to_topic = {"to": "topic", "subject_id": desk.topic_id}
    await post(desk.own, f"requests/{number}/transfer", to_topic)
    boss, maria = await look(desk.admin, topic), await look(desk.member, topic)
    await maria.say(type="presence", topic=topic)
    assert (await sign(boss))["data"]["on"]
    await post(desk.admin, f"requests/{number}/assign", {"operator_id": desk.other.id})
    assert not (await sign(boss))["data"]["on"]
    await boss.say(type="presence", topic=topic)
    await maria.until(kind="request.left")
    await maria.subscribe("team")
    status = {"status_id": (await statuses(desk.member))[0], "open_chats": "keep"}
    assert (await desk.member.client.put("/api/v1/operators/me/status", status)).status == 200
    heard = await maria.until(kind="operator.status_changed")
    assert {frame["type"] for frame in heard} == {"event"}
    await post(desk.admin, f"requests/{number}/assign", {"operator_id": desk.member.id})
    await maria.until(kind="request.assigned")
    await boss.say(type="typing", topic=topic)
    assert (await sign(maria))["type"] == "typing"


async def statuses(person: Person) -> list[int]:
    """Those that a person does not have."""
    own = (await person.client.get("/api/v1/operators/me/status")).json
    return [each["id"] for each in own["statuses"] if each["id"] != own["status"]["id"]]


async def test_a_client_who_writes_is_shown_in_his_dialog_and_his_request(
    desk: Desk, topic: str, db: Database
) -> None:
    boss = await look(desk.admin, topic)
    dialogs = (await desk.admin.client.get("/api/v1/dialogs")).json["items"]
    ann = await Wire.open(desk.own.client, f"dialog:{dialogs[0]['id']}")
    await ann.until(kind="message.created")
    for on in (True, False):
        typing = desk.shop.update(typing={"chat": {"id": "c1"}, "on": on})
        assert (await desk.shop.post(typing)).status == 200
        told = await sign(boss)
        assert (told["type"], told["topic"]) == ("typing", topic)
        assert (told["data"]["on"], told["data"]["who"]["kind"]) == (on, "client")
        assert (await sign(ann))["topic"] == f"dialog:{dialogs[0]['id']}"
    assert await db.value("SELECT count(*) FROM events WHERE kind LIKE 'typing%'") == 0


class Far:
    """Another process: says and hears signs over the database."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection
        self.heard: asyncio.Queue[Sign] = asyncio.Queue()

    def take(self, _: Any, __: int, ___: str, payload: str) -> None:
        sender, *texts = payload.split("\n")
        if sender != "far":
            for text in texts:
                self.heard.put_nowait(msgspec.json.decode(text, type=Sign))

    async def say(self, given: Sign) -> None:
        payload = "far\n" + msgspec.json.encode(given).decode()
        await self.connection.execute("SELECT pg_notify($1, $2)", wake.TOLD, payload)


@pytest_asyncio.fixture
async def far(db: Database, server: RunningApp) -> AsyncIterator[Far]:
    connection = await asyncpg.connect(db.dsn)
    process = Far(connection)
    await connection.add_listener(wake.TOLD, process.take)
    yield process
    await connection.close()


async def test_signs_come_from_and_go_to_other_processes(desk: Desk, topic: str, far: Far) -> None:
    boss = await look(desk.admin, topic)
    given = Sign("presence", topic, FAR, "far.1", on=True, how="viewing")
    hearing = asyncio.ensure_future(sign(boss))
    while not hearing.done():  # the server may not listen yet
        await far.say(given)
        await asyncio.wait({hearing}, timeout=0.1)
    seen = hearing.result()
    assert seen["data"] == {"who": msgspec.to_builtins(FAR), "on": True, "as": "viewing"}
    await boss.say(type="typing", topic=topic)
    async with asyncio.timeout(10):
        told = await far.heard.get()
    assert (told.kind, told.topic, told.who.id, told.on) == ("typing", topic, desk.admin.id, True)
    await far.say(msgspec.structs.replace(given, on=False))
    assert not (await sign(boss))["data"]["on"]
