"""Two server processes: whoever has his socket at one hears of what happens at the other."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.desk import Desk
from connective.kit.testing.people import Person, sign_in
from connective.kit.testing.receiver import Receiver
from connective.kit.testing.shop import Shop
from connective.kit.testing.wire import Wire
from tests.chaos.fleet import sailing

pytestmark = [pytest.mark.proves("P-05", part="sockets"), pytest.mark.proves("OP-28", part="chat")]


def at(url: str, person: Person, caller: AppClient) -> AppClient:
    """The same person at another process."""
    return caller.another(Cookie=person.client.headers["Cookie"], Origin=url)


async def seen(wire: Wire, by: Wire, topic: str) -> dict[str, Any]:
    """The first sign of life of somebody, who says it until it is heard: it may be lost."""
    hearing = asyncio.ensure_future(_sign(wire))
    while not hearing.done():
        for on in (False, True):
            await by.say(type="presence", topic=topic, on=on)
        await asyncio.wait({hearing}, timeout=0.2)
    return hearing.result()


async def _sign(wire: Wire) -> dict[str, Any]:
    while (frame := await wire.next())["type"] != "presence":
        pass
    return frame


async def test_messages_and_signs_of_life_cross_from_process_to_process(
    db: Database, receiver: Receiver, tmp_path: Path
) -> None:
    async with sailing(2, data_dir=tmp_path, dsn=db.dsn) as fleet:
        here, there = fleet.urls
        async with AppClient(here) as first, AppClient(there) as second:
            admin = await sign_in(db, first, "administrator", is_root=True)
            shop = await Shop.open(admin.client, first, receiver)
            desk = await Desk.open(db, first, shop)
            number = (await desk.request(desk.own))["id"]
            topic = f"request:{number}"
            boss = await Wire.open(desk.admin.client, "requests", topic)
            ann = await Wire.open(at(there, desk.own, second), "requests", topic)
            for wire in (boss, ann):
                await wire.until(kind="request.assigned")
            sign = await seen(boss, ann, topic)
            assert sign["data"]["who"]["id"] == desk.own.id
            sign = await seen(ann, boss, topic)
            assert sign["data"]["who"]["id"] == desk.admin.id
            await shop.say("where is it?", "c1")
            for wire in (boss, ann):
                texts: list[str] = []
                while not texts or texts[-1] != "where is it?":
                    frame = await wire.next()
                    if frame.get("kind") == "message.created":
                        texts.append(frame["data"]["message"]["text"])
            body = {"text": "on its way", "client_msg_id": "one"}
            path = f"/api/v1/requests/{number}/messages"
            answer = await at(there, desk.own, second).post(path, body)
            assert answer.status == 201, answer.text
            while True:
                frame = await boss.next()
                if frame.get("kind") == "message.created":
                    assert frame["data"]["message"]["text"] == "on its way"
                    break
