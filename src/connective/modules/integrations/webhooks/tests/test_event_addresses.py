"""Endpoints of chats' own addresses: one for each bot and address, revived, and forgotten."""

import pytest

from connective.kit.context import unit_of_work
from connective.kit.testing.databases import Database
from connective.kit.testing.moving_clock import MovingClock
from connective.kit.testing.shop import Shop
from connective.modules.integrations.webhooks import addresses

pytestmark = pytest.mark.proves("INT-14", part="event_webhook_url")
DAY_S = 86_400
URL = "https://crm.example.com/events"


async def named(shop: Shop, url: str = URL, *, anew: bool = False) -> int:
    """An event of a chat goes to the address; gives its endpoint."""
    async with unit_of_work() as ctx:
        found = await addresses.endpoints_of(ctx, {(shop.id, url): anew})
    return found[shop.id, url]


async def test_an_address_of_a_bot_is_one_endpoint_signed_with_the_bots_secret(
    shop: Shop, db: Database
) -> None:
    first, again = await named(shop), await named(shop, anew=True)
    other = await named(shop, "https://crm.example.com/events?chat=1")
    assert first == again != other
    secrets = await db.fetch("SELECT DISTINCT secret FROM endpoints WHERE kind = 'event_url'")
    assert [row["secret"] for row in secrets] == [
        await db.value("SELECT secret FROM event_secrets WHERE bot_id = $1", shop.id)
    ]


async def test_an_address_that_was_given_up_is_called_again_for_a_new_chat_only(
    shop: Shop, db: Database
) -> None:
    number = await named(shop)
    await db.execute("UPDATE endpoints SET status = 'disabled' WHERE id = $1", number)
    await named(shop)
    status = "SELECT status FROM endpoints WHERE id = $1"
    assert await db.value(status, number) == "disabled"
    await named(shop, anew=True)
    assert await db.value(status, number) == "active"


async def test_an_address_that_no_chat_uses_any_more_is_forgotten(
    shop: Shop, db: Database, moving_clock: MovingClock
) -> None:
    unused = await named(shop)
    used = await named(shop, "https://crm.example.com/used")
    moving_clock.advance(99 * DAY_S)
    await named(shop, "https://crm.example.com/used")
    moving_clock.advance(2 * DAY_S)
    async with unit_of_work() as ctx:
        await addresses.forget_unused(ctx)
    left = {
        row["id"] for row in await db.fetch("SELECT id FROM endpoints WHERE kind = 'event_url'")
    }
    assert used in left
    assert unused not in left
