"""Addresses of scenarios over HTTP: who sees them, their secret, their deliveries."""

import pytest

from connective.kit.context import unit_of_work
from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.moving_clock import MovingClock
from connective.kit.testing.people import Person, sign_in
from connective.kit.testing.receiver import Receiver
from connective.kit.testing.shop import Shop
from connective.modules.integrations.webhooks import addresses

pytestmark = pytest.mark.proves("INT-14", part="event_webhook_url")
PATH = "/api/v1/webhooks/event-urls"


async def named(shop: Shop, url: str) -> int:
    async with unit_of_work() as ctx:
        found = await addresses.endpoints_of(ctx, {(shop.id, url): True})
    return found[shop.id, url]


async def test_a_bot_shows_its_addresses_and_until_when_the_old_secret_signs(
    shop: Shop, db: Database, admin: Person, moving_clock: MovingClock
) -> None:
    client = admin.client
    (bot,) = (await client.get(PATH)).json["items"]
    assert (bot["bot_id"], bot["signed"], bot["addresses"]) == (shop.id, False, 0)
    first = await client.post(f"{PATH}/{shop.id}/rotate-secret", {})
    assert first.json["secret"].startswith("whsec_")
    one = await named(shop, "https://crm.example.com/a")
    two = await named(shop, "https://crm.example.com/b")
    await db.execute(
        "UPDATE endpoints SET failing_since = now(), last_error = 'refused' WHERE id = $1", one
    )
    again = await client.post(f"{PATH}/{shop.id}/rotate-secret", {"overlap_h": 2})
    (bot,) = (await client.get(PATH)).json["items"]
    assert (bot["signed"], bot["addresses"], bot["failing"]) == (True, 2, 1)
    assert bot["old_secret_until"] == again.json["old_secret_until"] == "2026-05-04T11:00:00.000Z"
    assert "secret" not in bot

    listed = await client.get(f"{PATH}/{shop.id}", params={"limit": 1})
    assert [row["id"] for row in listed.json["items"]] == [two]
    more = {"limit": 1, "cursor": listed.json["next_cursor"]}
    (row,) = (await client.get(f"{PATH}/{shop.id}", params=more)).json["items"]
    assert (row["id"], row["url"], row["last_error"]) == (
        one,
        "https://crm.example.com/a",
        "refused",
    )
    moving_clock.advance(2 * 3600)
    (bot,) = (await client.get(PATH)).json["items"]
    assert bot["old_secret_until"] is None


async def test_only_integrators_of_the_bot_see_them(
    shop: Shop, db: Database, app: AppClient, receiver: Receiver
) -> None:
    other = await Shop.open(shop.admin, app, receiver)
    mine = await sign_in(db, app, "integrator", bot_ids=[shop.id])
    listed = (await mine.client.get(PATH)).json["items"]
    assert [bot["bot_id"] for bot in listed] == [shop.id]
    assert (await mine.client.get(f"{PATH}/{other.id}")).status == 404
    assert (await mine.client.post(f"{PATH}/{other.id}/rotate-secret", {})).status == 404
    operator = await sign_in(db, app, "operator")
    for path in (PATH, f"{PATH}/{shop.id}"):
        assert (await operator.client.get(path)).status == 403
        assert (await app.another(Authorization="").get(path)).status == 401
    wrong = await mine.client.post(f"{PATH}/{shop.id}/rotate-secret", {"overlap_h": 169, "x": 1})
    assert wrong.status == 422
