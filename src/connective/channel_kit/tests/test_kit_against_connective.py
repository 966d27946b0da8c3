"""Our own custom channel under the kit: the documented INT-06, seen from the partner's side."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from connective.channel_kit.options import Options
from connective.channel_kit.report import Report
from connective.channel_kit.run import chosen, run
from connective.kit import wake
from connective.kit.testing.databases import Database
from connective.kit.testing.moving_clock import MovingClock
from connective.kit.testing.polling import polled
from connective.kit.testing.server import RunningApp
from connective.kit.testing.shop import Shop

HELLO = ([(1, "start", {}), (2, "message", {"text": "Hello 👋🏽"})], [(1, "next", 2)])


# A call waits for its second try, and another chat has been served since.
WAITS = """
SELECT count(*) FROM deliveries held WHERE held.status = 'retrying' AND EXISTS (
    SELECT 1 FROM deliveries free WHERE free.status = 'delivered'
    AND free.chat_id <> held.chat_id AND free.created_at > held.created_at)
"""


@pytest_asyncio.fixture
async def hurried(db: Database, moving_clock: MovingClock) -> AsyncIterator[None]:
    """What waits for its second try gets it as soon as that shows something."""
    moving_clock.run()

    async def waits() -> bool:
        return bool(await db.value(WAITS))

    async def hurry() -> None:
        await polled(waits)
        moving_clock.advance(7)
        wake.wake("outbox")

    task = asyncio.create_task(hurry())
    yield
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def played(shop: Shop, server: RunningApp) -> Report:
    """The kit as the bot's partner."""
    await shop.channel(x_access_token="T", input_token="I")
    options = Options(
        url=f"{server.url}{shop.hook}",
        side="connective",
        secret=shop.secret,
        token="T",
        input_token="I",
        listens=True,
        allow_private=True,
        settle_s=0.05,
    )

    async def listening(url: str) -> None:
        await shop.channel(custom_channel_url=f"{url}/channel", x_access_token="T", input_token="I")

    return await run(options, listening=listening)


@pytest.mark.proves("INT-06", part="channel kit")
async def test_our_custom_channel_passes_every_check(
    shop: Shop, server: RunningApp, hurried: None
) -> None:
    await shop.publish(*HELLO)
    report = await played(shop, server)
    assert {r.id: (r.state, r.came) for r in report.results if r.state != "passed"} == {}
    assert len(report.results) == len(chosen(Options(url="", side="connective")))
