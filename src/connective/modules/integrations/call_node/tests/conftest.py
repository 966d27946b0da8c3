"""A shop with entry points: one that greets and returns, one that asks, one not for webhooks."""

from typing import Any

import pytest_asyncio

from connective.kit.testing.app_client import AppClient
from connective.kit.testing.shop import Shop
from connective.modules.integrations.call_node import access

NODES: list[tuple[int, str, dict[str, Any]]] = [
    (1, "start", {}),
    (2, "message", {"text": "Started"}),
    (3, "entry", {"alias": "crm_entry_point", "trigger": "webhook"}),
    (4, "message", {"text": "Hello {{name}} {{surname}}"}),
    (
        5,
        "action",
        {
            "template_id": "action_api_return",
            "values": {"values": {"total": "{{order.total}}", "name": "{{call_node_input.name}}"}},
        },
    ),
    (6, "entry", {"alias": "inner", "trigger": "entry"}),
    (7, "wait", {"text": "How old are you?", "save_to": "age"}),
    (8, "message", {"text": "Thank you"}),
    (9, "entry", {"alias": "ask", "trigger": "webhook"}),
]
EDGES = [
    (1, "next", 2),
    (3, "next", 4),
    (4, "next", 5),
    (6, "next", 7),
    (7, "next", 8),
    (9, "next", 7),
]


class Caller:
    """Calls entry points of the shop, by default with its key."""

    def __init__(self, shop: Shop, app: AppClient) -> None:
        self.shop, self.root = shop, f"/kw/api/call_node/{shop.id}"
        self.anyone = app.another()
        self.keyed = app.another(Authorization=f"API-Key {shop.key}")

    async def switch(self, node_id: int, **switches: Any) -> None:
        """Turn an entry point's switches."""
        path = f"/api/v1/bots/{self.shop.id}/entry-points/{node_id}"
        answer = await self.shop.admin.patch(path, switches)
        assert answer.status == 200, answer.text

    async def runs(self) -> list[dict[str, Any]]:
        answer = await self.shop.admin.get("/api/v1/runs")
        found: list[dict[str, Any]] = answer.json["items"]
        return found


@pytest_asyncio.fixture
async def caller(shop: Shop, app: AppClient) -> Caller:
    access.limiter.forget()
    await shop.publish(NODES, EDGES)
    return Caller(shop, app)
