"""Requests cost a turn nothing where there are none, and one statement where there are."""

from typing import Any

import pytest_asyncio
from sqlalchemy import event

from connective.contracts.inbound import ClientMessage, Sender
from connective.kit.context import unit_of_work
from connective.kit.testing.app_client import AppClient
from connective.kit.testing.chats import Chats
from connective.kit.testing.databases import Database
from connective.kit.testing.shop import Shop
from connective.modules.turns import group
from connective.modules.turns.work import Arrived, Work


@pytest_asyncio.fixture
async def chats(db: Database, app: AppClient, shop: Shop) -> Chats:
    opened = await Chats.open(db, app, shop)
    nodes: list[Any] = [
        (1, "start", {}),
        (2, "keyboard", {"text": "Menu", "buttons": [{"id": "ops", "text": "Operator"}]}),
        (3, "operator", {"values": {"subject_alias": "support"}}),
    ]
    await opened.shop.publish(nodes, [(1, "next", 2), (2, "ops", 3), (2, "else", 2)])
    return opened


async def statements(chats: Chats, *chats_writing: str) -> list[str]:
    """What one turn with a message of each of these chats asks of the table of requests."""
    account_id = await chats.db.value("SELECT id FROM channel_accounts")
    work = [
        Work(
            key=(account_id, chat),
            what=Arrived(
                ClientMessage(
                    external_id=f"ext {chat}",
                    chat_id=chat,
                    at=0,
                    sender=Sender(id=chat, first_name="Ann"),
                    text="hm",
                )
            ),
        )
        for chat in chats_writing
    ]
    seen: list[str] = []
    async with unit_of_work() as ctx:
        driver = await ctx.driver()
        event.listen(
            ctx.db.sync_connection, "before_cursor_execute", lambda *on: seen.append(on[2])
        )
        with driver.query_logger(lambda logged: seen.append(logged.query)):
            await group.take(ctx, work, wait=True)
    return [query for query in seen if "requests" in query]


async def test_without_a_request_no_statement_looks_at_requests(chats: Chats) -> None:
    for chat in ("c1", "c2"):
        await chats.shop.say("/start", chat)
    assert await statements(chats, "c1", "c2") == []


async def test_many_chats_of_a_turn_are_noted_by_one_statement(chats: Chats) -> None:
    for chat in ("c1", "c2", "c3"):
        await chats.shop.say("/start", chat)
        await chats.shop.say("Operator", chat)
        await chats.unclosed(chat)
    asked = await statements(chats, "c1", "c2", "c3")
    assert sum(query.lstrip().startswith("UPDATE requests") for query in asked) == 1
    assert len(asked) == 2  # and one that locks them, to know their buttons
    unread = [(await chats.rows(chat))[0]["unread"] for chat in ("c1", "c2", "c3")]
    assert unread == [1, 1, 1]
