"""Fixtures of Telegram's tests."""

from collections.abc import AsyncIterator

import pytest_asyncio

from connective.kit.testing.app_client import AppClient
from connective.kit.testing.loopback import serving
from connective.kit.testing.people import Person
from connective.kit.testing.telegram_shop import TelegramShop
from connective.stand_ins.telegram import TelegramServer


@pytest_asyncio.fixture
async def unconnected(app: AppClient, admin: Person) -> AsyncIterator[TelegramShop]:
    async with TelegramServer() as server, serving(server.app()) as url:
        yield TelegramShop(admin.client, app, server, url)


@pytest_asyncio.fixture
async def telegram(unconnected: TelegramShop) -> TelegramShop:
    """Connected by webhook, with a scenario that greets and repeats."""
    await unconnected.connect()
    await unconnected.publish(
        [
            (1, "start", {}),
            (2, "message", {"text": {"en": "Hello {{first_name}}", "uk": "Вітаю"}}),
        ],
        [(1, "next", 2)],
    )
    return unconnected
