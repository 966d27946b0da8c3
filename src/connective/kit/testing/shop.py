"""A bot with a custom channel at the scripted receiver, spoken with from outside by HTTP alone."""

import itertools
from typing import Any, Self

from connective.kit.testing.app_client import Answer, AppClient
from connective.kit.testing.receiver import Receiver

Node = tuple[int, str, dict[str, Any]]
Edge = tuple[int, str, int]


class Shop:
    """Publish a graph, write to the bot as a client, look at what the partner got."""

    def __init__(self, admin: AppClient, partner: AppClient, receiver: Receiver) -> None:
        self.admin, self.partner, self.receiver = admin, partner, receiver
        self.id = 0
        self.key = self.secret = self.hook = ""
        self._ids = itertools.count(100_000_001)

    @classmethod
    async def open(cls, admin: AppClient, partner: AppClient, receiver: Receiver) -> Self:
        """An active bot of two languages, its custom channel at the receiver with token T."""
        shop = cls(admin, partner, receiver)
        bot = await admin.post("/api/v1/bots", {"name": "Shop", "languages": ["en", "uk"]})
        assert bot.status == 201, bot.text
        shop.id, shop.key = bot.json["id"], bot.json["api_key"]
        channel = await shop.channel(x_access_token="T")
        shop.secret = channel["signing_secret"]
        shop.hook = "/messengers_host" + channel["input_url"].partition("/messengers_host")[2]
        active = await admin.post(f"/api/v1/bots/{shop.id}/activate")
        assert active.status == 200, active.text
        return shop

    async def channel(self, **settings: Any) -> dict[str, Any]:
        """Set the custom channel; what is not given is as at the beginning."""
        given = {"enabled": True, "custom_channel_url": self.receiver.url, **settings}
        answer = await self.admin.put(f"/api/v1/bots/{self.id}/custom-channel", given)
        assert answer.status == 200, answer.text
        set_up: dict[str, Any] = answer.json
        return set_up

    async def publish(self, nodes: list[Node], edges: list[Edge], **more: Any) -> None:
        """Publish a graph of one section: nodes (id, type, data), edges (from, port, to)."""
        await self.publish_graph(graph_of(nodes, edges) | more)

    async def publish_graph(self, graph: dict[str, Any]) -> None:
        """Publish a whole document."""
        path = f"/api/v1/bots/{self.id}/scenario"
        rev = (await self.admin.get(path)).json["draft"]["rev"]
        saved = await self.admin.put(f"{path}/draft", {"rev": rev, "graph": graph})
        assert saved.status == 200, saved.text
        made = await self.admin.post(f"{path}/versions", {"rev": saved.json["rev"]})
        assert made.status == 201, made.text

    def update(self, chat: str = "u-77_viber", **parts: Any) -> dict[str, Any]:
        """An update: `text="hi"` makes a message, other parts stand beside the update's id."""
        made: dict[str, Any] = {"update_id": next(self._ids)}
        if "text" in parts:
            made["message"] = {
                "from": {"id": chat.partition("_")[0], "first_name": "Ann"},
                "chat": {"id": chat},
                "text": parts.pop("text"),
            }
        return made | parts

    async def post(self, update: Any, **headers: str) -> Answer:
        """Post to the hook as the partner."""
        return await self.partner.post(self.hook, update, headers=headers)

    async def say(self, text: str, chat: str = "u-77_viber") -> Answer:
        """The client writes; the update must be taken."""
        answer = await self.post(self.update(chat, text=text))
        assert answer.status == 200, answer.text
        return answer

    async def heard(self, count: int) -> list[dict[str, Any]]:
        """The first `count` bodies that the partner got, once they have come."""
        return [request.json for request in await self.receiver.wait_for(count)]

    async def texts(self, count: int) -> list[str]:
        return [body["message"]["text"] for body in await self.heard(count)]


def graph_of(nodes: list[Node], edges: list[Edge]) -> dict[str, Any]:
    """A scenario document of one section."""
    return {
        "format": "scenario",
        "format_version": 1,
        "sections": [{"id": 1, "name": "Main", "is_start": True}],
        "nodes": [
            {"id": i, "section_id": 1, "type": kind, "name": kind, "x": 0, "y": 0, "data": data}
            for i, kind, data in nodes
        ],
        "edges": [{"from_node": a, "from_port": p, "to_node": b} for a, p, b in edges],
        "constants": [],
    }
