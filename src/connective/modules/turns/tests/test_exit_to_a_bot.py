"""An exit hands the client over to another bot, once, and never in a circle."""

import asyncio
from typing import Any

import pytest_asyncio

from connective.engine.walk import MAX_DEPTH
from connective.kit.context import unit_of_work
from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.people import Person
from connective.kit.testing.receiver import Receiver
from connective.kit.testing.shop import Shop, graph_of
from connective.modules.turns import service as turns


def leaving(to: int, /, **more: Any) -> Any:
    """Says who it is, then leaves for the entry `desk` of a bot; it has such an entry, too."""
    way = {"target": "bot", "bot_id": to, "alias": "desk", "vars": {"from": "{{bot_name}}"}}
    return (
        [
            (1, "start", {}),
            (2, "entry", {"alias": "desk"}),
            (3, "message", {"text": "{{bot_name}} after {{from|default:nobody}}"}),
            (4, "exit", way | more),
        ],
        [(1, "next", 3), (2, "next", 3), (3, "next", 4)],
    )


STAYING: Any = (
    [
        (1, "start", {}),
        (2, "entry", {"alias": "desk"}),
        (7, "wait", {"text": "Desk, from {{from}}. Your name?", "save_to": "name"}),
        (8, "message", {"text": "Hello {{name}}"}),
    ],
    [(1, "next", 7), (2, "next", 7), (7, "next", 8)],
)


@pytest_asyncio.fixture
async def desk(app: AppClient, admin: Person, receiver: Receiver, shop: Shop) -> Shop:
    """A second bot, whose channel leads to the same partner."""
    found = await Shop.open(admin.client, app, receiver)
    answer = await admin.client.patch(f"/api/v1/bots/{found.id}", {"name": "Desk"})
    assert answer.status == 200, answer.text
    return found


async def test_the_client_goes_on_with_the_other_bot(shop: Shop, desk: Shop, db: Database) -> None:
    await desk.publish(*STAYING)
    await shop.publish(*leaving(desk.id))
    await shop.say("/start", "c")
    assert await shop.texts(2) == ["Shop after nobody", "Desk, from Shop. Your name?"]
    assert {body["chat_id"] for body in await shop.heard(2)} == {"c"}
    await desk.say("Ann", "c")
    assert (await desk.texts(3))[2] == "Hello Ann"
    found = await db.fetch("SELECT bot_id, trigger, source, status FROM runs ORDER BY id")
    assert [tuple(row.values()) for row in found] == [
        (shop.id, "start", "client", "done"),
        (desk.id, "alias", "system", "done"),
    ]
    for row in await db.fetch("SELECT id FROM dialogs"):
        async with unit_of_work() as ctx:
            assert (await turns.replay(ctx, row["id"])).differences == []


async def test_bots_that_pass_a_client_on_in_a_circle_stop(
    shop: Shop, desk: Shop, db: Database
) -> None:
    await desk.publish(*STAYING)
    await shop.publish(*leaving(desk.id))
    await desk.publish(*leaving(shop.id))
    await shop.say("/start", "c")
    texts = await shop.texts(MAX_DEPTH + 2)
    assert texts[-1].startswith("Something went wrong")
    async with asyncio.timeout(15):
        while True:
            if await db.value("SELECT count(*) FROM runs WHERE error = 'too_deep'") == 1:
                break
            await asyncio.sleep(0.02)
    assert await db.value("SELECT count(*) FROM runs") == MAX_DEPTH + 1


async def test_an_exit_to_a_bot_without_that_entry_is_refused(
    shop: Shop, desk: Shop, admin: Person
) -> None:
    await desk.publish(*STAYING)
    ways: tuple[dict[str, Any], ...] = ({"alias": "elsewhere"}, {"bot_id": 999_999})
    for way in ways:
        document = graph_of(*leaving(desk.id, **way))
        path = f"/api/v1/bots/{shop.id}/scenario/validate"
        answer = await admin.client.post(path, {"graph": document})
        (error,) = answer.json["errors"]
        assert (error["code"], error["node_id"]) == ("exit_to_no_bot", 4)
        assert error["path"] == "nodes[3].data.alias"
