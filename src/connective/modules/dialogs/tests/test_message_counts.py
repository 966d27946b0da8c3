"""What was said with each bot in the last day, as the list of bots shows it."""

import pytest

from connective.kit.testing.moving_clock import MovingClock
from connective.kit.testing.shop import Shop

HOUR = 3600


async def said(shop: Shop) -> dict[str, tuple[int, int]]:
    bots = (await shop.admin.get("/api/v1/bots")).json["items"]
    return {bot["name"]: (bot["active_dialogs"], bot["messages_24h"]) for bot in bots}


@pytest.mark.proves("SE-20", part="active dialogs and messages of a day")
async def test_the_list_of_bots_counts_dialogs_and_messages_of_the_last_24_hours(
    shop: Shop, moving_clock: MovingClock
) -> None:
    await shop.admin.post("/api/v1/bots", {"name": "Silent"})
    assert await said(shop) == {"Shop": (0, 0), "Silent": (0, 0)}
    await shop.publish([(1, "start", {}), (2, "message", {"text": "Hello"})], [(1, "next", 2)])
    for chat in ("a", "b"):
        await shop.say("/start", chat=chat)
    await shop.texts(2)
    assert await said(shop) == {"Shop": (2, 4), "Silent": (0, 0)}

    moving_clock.advance(20 * HOUR)
    await shop.say("/start", chat="a")
    await shop.texts(3)
    assert await said(shop) == {"Shop": (2, 6), "Silent": (0, 0)}
    moving_clock.advance(5 * HOUR)
    assert await said(shop) == {"Shop": (1, 2), "Silent": (0, 0)}
    moving_clock.advance(20 * HOUR)
    assert await said(shop) == {"Shop": (0, 0), "Silent": (0, 0)}
