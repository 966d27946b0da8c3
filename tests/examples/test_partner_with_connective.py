"""The reference partner with our own server: a user writes, the bot answers, the user sees it."""

import asyncio
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from connective.kit.testing.polling import polled
from connective.kit.testing.server import RunningApp
from connective.kit.testing.shop import Shop
from examples.partner.host import running
from examples.partner.settings import Settings

NODES: Any = [
    (1, "start", {}),
    (2, "message", {"text": "Hello, {{first_name}} 👋🏽"}),
]
EDGES: Any = [(1, "next", 2)]


@pytest.mark.proves("INT-06", part="reference partner")
async def test_a_user_of_the_partner_talks_with_a_bot(
    shop: Shop, server: RunningApp, tmp_path: Path
) -> None:
    await shop.publish(NODES, EDGES)
    settings = Settings(
        folder=tmp_path,
        input_url=f"{server.url}{shop.hook}",
        secret=shop.secret,
        token="T",
        input_token="I",
    )
    async with running(settings) as (url, _), aiohttp.ClientSession() as session:
        await shop.channel(custom_channel_url=f"{url}/channel", x_access_token="T", input_token="I")

        async def seen() -> list[tuple[str, str]]:
            async with session.get(f"{url}/probe", params={"chat_id": "u-1"}) as answer:
                return [(m["from"], m["text"]) for m in (await answer.json())["messages"]]

        async def answered() -> bool:
            return len(await seen()) > 1

        async with session.post(
            f"{url}/probe", json={"chat_id": "u-1", "do": "say", "text": "/start"}
        ) as taken:
            assert taken.status == 200
        async with asyncio.timeout(20):
            await polled(answered)
        assert await seen() == [("client", "/start"), ("bot", "Hello, User 👋🏽")]
