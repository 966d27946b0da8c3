"""A bot whose Telegram account leads to the stand-in of the Bot API."""

from typing import Any

from connective.kit.testing.app_client import Answer, AppClient
from connective.kit.testing.shop import Edge, Node, graph_of


class TelegramShop:
    """A bot, its account, and the provider behind it: a stand-in with `bot`, see stand_ins."""

    def __init__(self, admin: AppClient, partner: AppClient, server: Any, url: str) -> None:
        self.admin, self.partner, self.server, self.url = admin, partner, server, url
        self.bot_id = 0
        self.account: dict[str, Any] = {}

    @property
    def bot(self) -> Any:
        """The provider's side of it."""
        return self.server.bot

    @property
    def hook(self) -> str:
        return f"/messengers_host/{self.bot_id}/telegram/hooks"

    @property
    def path(self) -> str:
        return f"/api/v1/channels/{self.account['id']}"

    async def new_bot(self, name: str = "Shop") -> int:
        made = await self.admin.post("/api/v1/bots", {"name": name, "languages": ["en", "uk"]})
        assert made.status == 201, made.text
        number: int = made.json["id"]
        active = await self.admin.post(f"/api/v1/bots/{number}/activate")
        assert active.status == 200, active.text
        return number

    async def try_to_connect(self, bot_id: int, token: str = "", **more: Any) -> Answer:
        given = {
            "bot_id": bot_id,
            "type": "telegram",
            "credentials": {"token": token},
            "api_base": self.url,
            **more,
        }
        return await self.admin.post("/api/v1/channels", given)

    async def connect(self, **more: Any) -> None:
        self.bot_id = await self.new_bot()
        answer = await self.try_to_connect(self.bot_id, self.bot.token, **more)
        assert answer.status == 201, answer.text
        self.account = answer.json

    async def publish(self, nodes: list[Node], edges: list[Edge]) -> None:
        path = f"/api/v1/bots/{self.bot_id}/scenario"
        rev = (await self.admin.get(path)).json["draft"]["rev"]
        graph = graph_of(nodes, edges)
        saved = await self.admin.put(f"{path}/draft", {"rev": rev, "graph": graph})
        assert saved.status == 200, saved.text
        made = await self.admin.post(f"{path}/versions", {"rev": saved.json["rev"]})
        assert made.status == 201, made.text

    async def state(self) -> dict[str, Any]:
        """The account as it is now."""
        found: dict[str, Any] = (await self.admin.get(self.path)).json
        return found

    async def sent(self, count: int, method: str = "sendMessage") -> list[dict[str, Any]]:
        """What the first so many calls of a method asked, once they have come."""
        calls: list[dict[str, Any]] = await self.bot.wait_for(method, count)
        return calls[:count]
