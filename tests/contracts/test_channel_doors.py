"""The doors of all channels, tried with the same blows: forged, old and repeated calls, crowds."""

import asyncio
import hmac
import json
from collections.abc import AsyncIterator
from typing import Any, Protocol

import pytest
import pytest_asyncio
from msgspec import Struct
from standardwebhooks import Webhook

from connective.app.modules import adapters
from connective.kit import clock
from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.loopback import serving
from connective.kit.testing.moving_clock import MovingClock
from connective.kit.testing.people import Person
from connective.kit.testing.receiver import Receiver
from connective.kit.testing.shop import Shop
from connective.kit.testing.telegram_shop import TelegramShop
from connective.modules.channels.service import journal
from connective.stand_ins.telegram import TelegramServer
from connective.stand_ins.telegram.server import SECRET_HEADER
from connective.stand_ins.viber import TOKEN, Viber

WEEK_S = 7 * 24 * 3600
KEPT = ("messages", "clients", "contacts", "dialogs", "inbound_seen", "inbound_backlog")


class Call(Struct):
    """A call as a provider makes it: what proves it, and what it says."""

    body: bytes
    headers: dict[str, str]


class Door(Protocol):
    """A connected channel; `call` is the genuine one for the message `number`."""

    hook: str

    def call(self, number: int) -> Call: ...


class TelegramDoor:
    def __init__(self, shop: TelegramShop) -> None:
        self.shop, self.hook = shop, shop.hook

    def call(self, number: int) -> Call:
        person = {"id": 77, "is_bot": False, "first_name": "Ann"}
        message = {
            "message_id": number,
            "from": person,
            "chat": {"id": 77, "type": "private", "first_name": "Ann"},
            "date": int(clock.now().timestamp()),
            "text": f"word {number}",
        }
        body = json.dumps({"update_id": number, "message": message}).encode()
        return Call(body, {SECRET_HEADER: self.shop.bot.hook["secret_token"]})


class ViberDoor:
    def __init__(self, hook: str) -> None:
        self.hook = hook

    def call(self, number: int) -> Call:
        told = {
            "event": "message",
            "timestamp": clock.epoch_ms(clock.now()),
            "message_token": number,
            "sender": {"id": "01234567890A=", "name": "Ann", "language": "en"},
            "message": {"type": "text", "text": f"word {number}"},
        }
        body = json.dumps(told).encode()
        signature = hmac.digest(TOKEN.encode(), body, "sha256").hex()
        return Call(body, {"X-Viber-Content-Signature": signature})


class CustomDoor:
    def __init__(self, shop: Shop) -> None:
        self.shop, self.hook = shop, shop.hook

    def call(self, number: int) -> Call:
        body = json.dumps(self.shop.update(text=f"word {number}") | {"update_id": number})
        headers = {
            "x-access-token": "letmein",
            "webhook-id": f"evt-{number}",
            "webhook-timestamp": str(int(clock.now().timestamp())),
            "webhook-signature": Webhook(self.shop.secret).sign(f"evt-{number}", clock.now(), body),
        }
        return Call(body.encode(), headers)


async def bot(admin: AppClient) -> int:
    made = await admin.post("/api/v1/bots", {"name": "Shop", "languages": ["en"]})
    await admin.post(f"/api/v1/bots/{made.json['id']}/activate")
    return int(made.json["id"])


@pytest_asyncio.fixture(params=["custom_channel", "telegram", "viber"])
async def door(
    request: pytest.FixtureRequest,
    moving_clock: MovingClock,
    app: AppClient,
    admin: Person,
    receiver: Receiver,
) -> AsyncIterator[Door]:
    del moving_clock
    if request.param == "custom_channel":
        shop = await Shop.open(admin.client, app, receiver)
        await shop.channel(input_token="letmein")
        yield CustomDoor(shop)
    elif request.param == "telegram":
        async with TelegramServer() as server, serving(server.app()) as url:
            telegram = TelegramShop(admin.client, app, server, url)
            await telegram.connect()
            yield TelegramDoor(telegram)
    else:
        async with Viber() as viber, serving(viber.app()) as url:
            number = await bot(admin.client)
            given = {"bot_id": number, "type": "viber", "credentials": {"token": TOKEN}}
            given |= {"api_base": f"{url}/pa"}
            answer = await admin.client.post("/api/v1/channels", given)
            assert answer.status == 201, answer.text
            yield ViberDoor(f"/messengers_host/{number}/viber/hooks")


async def knock(app: AppClient, door: Door, call: Call, **headers: str) -> int:
    sent = {"Content-Type": "application/json"} | call.headers | headers
    return (await app.post(door.hook, data=call.body, headers=sent)).status


async def kept(db: Database) -> dict[str, int]:
    """What is stored, table by table, where there is anything."""
    found = {
        table: await db.value(f"SELECT count(*) FROM {table}")  # noqa: S608
        for table in KEPT
    }
    return {table: int(count) for table, count in found.items() if count}


def test_every_channel_has_its_door_tried() -> None:
    assert {key for key, _ in adapters()} == {"custom_channel", "telegram", "viber"}


@pytest.mark.proves("CH-08", part="refused calls")
@pytest.mark.proves("CH-10", part="refused calls")
@pytest.mark.proves("INT-06", part="refused calls")
async def test_what_proves_nothing_is_refused_and_leaves_nothing(
    door: Door, app: AppClient, db: Database
) -> None:
    call = door.call(1)
    for name, value in call.headers.items():
        without = {other: text for other, text in call.headers.items() if other != name}
        if name != "webhook-signature":  # a call without one is proved by its token
            assert await knock(app, door, Call(call.body, without)) == 401, f"without {name}"
        forged = value[:-4] + ("0000" if value[-4:] != "0000" else "1111")
        assert await knock(app, door, call, **{name: forged}) == 401, f"forged {name}"
        assert await knock(app, door, call, **{name: ""}) == 401, f"empty {name}"
    other = door.call(2)
    if len(call.headers) > 1 or "X-Viber-Content-Signature" in call.headers:
        changed = Call(other.body, call.headers)
        assert await knock(app, door, changed) == 401, "signed for another body"
    unknown = door.hook.replace("/messengers_host/", "/messengers_host/9")
    answer = await app.post(unknown, data=call.body, headers=call.headers)
    assert answer.status == 404
    assert await kept(db) == {}
    await journal.write_all()
    assert await db.value("SELECT count(*) FROM channel_events") == 0
    if not isinstance(door, CustomDoor):
        assert await db.value("SELECT refused FROM channel_accounts") > 0


@pytest.mark.proves("CH-08", part="refused calls")
@pytest.mark.proves("CH-10", part="refused calls")
@pytest.mark.proves("INT-06", part="refused calls")
async def test_an_old_call_is_taken_no_more_even_when_its_repeats_are_forgotten(
    door: Door, app: AppClient, db: Database, moving_clock: MovingClock
) -> None:
    call = door.call(1)
    assert await knock(app, door, call) == 200
    stored = await kept(db)
    assert stored["messages"] == 1
    moving_clock.advance(WEEK_S + 1)
    await db.execute("DELETE FROM inbound_seen")
    # a provider is not to send it again, a partner is told that its signature is too old
    assert await knock(app, door, call) == (401 if isinstance(door, CustomDoor) else 200)
    assert await kept(db) == {name: n for name, n in stored.items() if name != "inbound_seen"}
    assert await knock(app, door, door.call(2)) == 200
    assert await db.value("SELECT count(*) FROM messages") == 2


@pytest.mark.proves("CH-08", part="repeats")
@pytest.mark.proves("CH-10", part="repeats")
@pytest.mark.proves("INT-06", part="repeats")
async def test_twenty_of_one_call_are_one_message_and_ten_of_a_newcomer_one_dialog(
    door: Door, app: AppClient, db: Database
) -> None:
    call = door.call(1)
    calls = [call] * 20 + [door.call(number) for number in range(2, 11)]
    statuses = await asyncio.gather(*(knock(app, door, one) for one in calls))
    assert set(statuses) == {200}
    stored = await kept(db)
    assert stored == {
        "messages": 10, "clients": 1, "contacts": 1, "dialogs": 1, "inbound_seen": 10,
    }  # fmt: skip
    said = await db.fetch("SELECT text FROM messages ORDER BY text")
    texts: list[Any] = [row["text"] for row in said]
    assert texts == sorted(f"word {number}" for number in range(1, 11))
