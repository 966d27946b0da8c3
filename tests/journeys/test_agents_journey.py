"""A scenario offered to AI agents by its author, as he does it on the canvas."""

import pytest
from playwright.async_api import expect

from connective.kit.testing.people import Person
from connective.kit.testing.shop import Shop
from tests.journeys.catalogues import english
from tests.journeys.conftest import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.mark.proves("INT-15", part="agents")
async def test_an_author_offers_an_entry_point_and_finds_it_among_the_tools(
    shop: Shop, admin: Person, open_page: OpenPage
) -> None:
    await shop.publish(
        [
            (1, "start", {}),
            (2, "entry", {"alias": "order_status"}),
            (3, "message", {"text": "On its way"}),
        ],
        [(1, "next", 3), (2, "next", 3)],
    )
    page = await open_page(admin)
    await page.open(f"/dialog/bot-scenario/{shop.id}?node=2")
    await page.page.get_by_role("switch", name=english("agents:offer.switch")).click(force=True)
    await expect(page.field("agents:offer.name")).to_have_value("order_status")
    await page.fill({"agents:offer.description": "Where an order is now"})
    await page.button("scenario:publish.open").click()
    dialog = page.page.get_by_role("dialog", name=english("scenario:publish.title"))
    await dialog.get_by_role("button", name=english("scenario:publish.action")).click()
    await expect(dialog).to_be_hidden()
    await page.open("/integrations/agents")
    await expect(page.text(f"scenario_{shop.id}_order_status")).to_be_visible()
    await expect(page.text("Where an order is now")).to_be_visible()
    (scenario,) = (await admin.client.get("/api/v1/agents")).json["scenarios"]
    assert scenario["parameters"]["required"] == ["order_id"]
    assert page.taken() == []
