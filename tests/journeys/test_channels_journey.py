"""Connecting a bot to a provider: a wrong token told beside its field, a card that lives."""

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import expect

from connective.kit.testing.app_client import AppClient
from connective.kit.testing.loopback import serving
from connective.kit.testing.people import Person
from connective.kit.testing.telegram_shop import TelegramShop
from connective.stand_ins.telegram import TOKEN, TelegramServer
from tests.journeys.catalogues import english
from tests.journeys.conftest import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest_asyncio.fixture
async def telegram(app: AppClient, admin: Person) -> AsyncIterator[TelegramShop]:
    """A bot that is not connected yet."""
    async with TelegramServer() as server, serving(server.app()) as url:
        server.bot.fail("getMe", 401, "Unauthorized")
        shop = TelegramShop(admin.client, app, server, url)
        shop.bot_id = await shop.new_bot()
        yield shop


@pytest.mark.proves("CH-08", part="page")
async def test_telegram_is_connected_tried_and_disconnected_on_the_bots_page(
    admin: Person, telegram: TelegramShop, open_page: OpenPage
) -> None:
    page = await open_page(admin, expected=("status of 422", "422 "))
    await page.open(f"/bots/{telegram.bot_id}?tab=channels")
    card = page.page.get_by_role("region", name="Telegram")
    await expect(card.get_by_text(english("channels:status.not_configured"))).to_be_visible()
    connect = card.get_by_role("button", name=english("channels:connect", channel="Telegram"))
    await connect.click()
    await card.get_by_label(re.compile("^Token")).first.fill(TOKEN)
    await card.get_by_label(english("channels:apiBase")).fill(telegram.url)
    await connect.click()
    await expect(card.get_by_text("Telegram does not take this: Unauthorized")).to_be_visible()
    await connect.click()  # the stand-in takes it now
    await expect(card.get_by_text(english("channels:status.active"))).to_be_visible()
    await expect(card.get_by_role("link", name="@stand_in_110201543_bot")).to_be_visible()
    await card.get_by_role("button", name=english("channels:check")).click()
    await expect(page.text(english("channels:works"))).to_be_visible()

    assert (await telegram.server.says("/start")).status == 200
    await card.get_by_role("button", name=english("channels:test")).click()
    await expect(card.get_by_text(english("channels:testOk"))).to_be_visible()
    assert telegram.bot.of("sendMessage")[-1]["chat_id"] == 77

    await card.get_by_role("button", name=english("channels:disconnect")).click()
    asked = page.page.get_by_role("dialog")
    await asked.get_by_role("button", name=english("channels:disconnect")).click()
    await expect(card.get_by_text(english("channels:status.not_configured"))).to_be_visible()
    assert telegram.bot.hook == {}
    assert page.taken() == []
