"""A topic that scenarios name cannot be deleted under them."""

import pytest

from connective.kit.testing.shop import Shop


@pytest.mark.proves("OP-19", part="topics in use")
async def test_a_topic_stays_while_a_scenario_hands_over_with_it(shop: Shop) -> None:
    made = await shop.admin.post("/api/v1/topics", {"name": "Billing", "alias": "billing"})
    path = f"/api/v1/topics/{made.json['id']}"
    said = (2, "message", {"text": "billing"})
    await shop.publish([(1, "start", {}), said], [(1, "next", 2)])
    handed = {"values": {"subject_alias": "billing"}}
    await shop.publish([(1, "start", {}), (3, "operator", handed)], [(1, "next", 3)])
    refused = await shop.admin.delete(path)
    assert (refused.status, refused.json["code"]) == (409, "topic_in_use")
    assert "Shop" in refused.json["detail"]
    assert (await shop.admin.patch(path, {"alias": "bills"})).status == 409
    await shop.publish([(1, "start", {}), said], [(1, "next", 2)])
    assert (await shop.admin.delete(path)).status == 204
