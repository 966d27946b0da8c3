"""A scenario connects its client with an operator."""

import pytest
import pytest_asyncio

from connective.kit.testing.app_client import AppClient
from connective.kit.testing.chats import Chats
from connective.kit.testing.databases import Database
from connective.kit.testing.shop import Shop


@pytest_asyncio.fixture
async def chats(db: Database, app: AppClient, shop: Shop) -> Chats:
    return await Chats.open(db, app, shop)


@pytest.mark.proves("OP-04", part="chat")
async def test_a_chat_waits_to_be_taken_and_the_first_operator_has_it(chats: Chats) -> None:
    await chats.publish("success")
    request = await chats.connected()
    assert (request["state"], request["assignee_id"]) == ("new", None)
    await chats.said("port success")
    assert (await chats.dialog())["owner"] == "queue"
    olena = await chats.operator("Olena")
    taken = await chats.done(olena, request["id"], "take")
    assert (taken["state"], taken["assignee"]["id"]) == ("open", olena.id)
    assert (await chats.dialog())["owner"] == "operator"


async def test_a_wired_limit_is_taken_and_makes_no_request(chats: Chats) -> None:
    await chats.publish("success", "limit", auto_connect_operator=True)
    await chats.shop.say("/start", "c1")
    await chats.said("port limit")
    assert await chats.rows() == []
