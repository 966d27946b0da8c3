"""The rules of the modules under test, a bot, and graphs for it."""

from typing import Any

import pytest
import pytest_asyncio

from connective.kit import auth_policy
from connective.kit.context import Ctx
from connective.modules.accounts import permissions as of_accounts
from connective.modules.bots import permissions as of_bots
from connective.modules.bots import service as bots
from connective.modules.bots.schemas import BotCreated, NewBot
from connective.modules.scenarios import permissions as of_scenarios
from connective.modules.scenarios import service
from connective.modules.scenarios.schemas import Publish, Version


@pytest.fixture(autouse=True)
def declared() -> None:
    auth_policy.declare(of_accounts.RULES)
    auth_policy.declare(of_bots.RULES)
    auth_policy.declare(of_scenarios.RULES)
    service.programs.forget()


@pytest_asyncio.fixture
async def bot(ctx: Ctx) -> BotCreated:
    return await bots.create(ctx, NewBot(name="Shop", languages=["en", "uk"]))


class Graphs:
    """Small graphs whose one message says a word."""

    @staticmethod
    def saying(text: str, **parts: Any) -> dict[str, Any]:
        start = {"id": 1, "section_id": 1, "type": "start", "name": "Start", "data": {}}
        data = {"text": {"en": text, "uk": text}}
        message = {"id": 2, "section_id": 1, "type": "message", "name": "Hello", "data": data}
        return {
            "format": "scenario",
            "format_version": 1,
            "sections": [{"id": 1, "name": "Main", "is_start": True}],
            "nodes": [start, message, *parts.pop("nodes", [])],
            "edges": [{"from_node": 1, "from_port": "next", "to_node": 2}, *parts.pop("edges", [])],
            "constants": parts.pop("constants", []),
        }

    @staticmethod
    def entry(node_id: int, alias: str, trigger: str = "webhook") -> dict[str, Any]:
        data = {"alias": alias, "trigger": trigger}
        return {"id": node_id, "section_id": 1, "type": "entry", "name": alias, "data": data}

    @staticmethod
    def secret(key: str, **values: Any) -> dict[str, Any]:
        return {"key": key, "values": values, "secret": True}


@pytest.fixture
def graphs() -> type[Graphs]:
    return Graphs


class Editor:
    """Saves and publishes scenarios of one bot."""

    def __init__(self, ctx: Ctx, bot_id: int) -> None:
        self.ctx, self.bot_id = ctx, bot_id

    async def save(self, graph: dict[str, Any]) -> int:
        rev = (await service.drafts.get(self.ctx, self.bot_id)).draft.rev
        return (await service.drafts.put(self.ctx, self.bot_id, rev=rev, graph=graph)).rev

    async def publish(self, graph: dict[str, Any], *, activate: bool = True) -> Version:
        rev = await self.save(graph)
        asked = Publish(rev=rev, comment=f"rev {rev}", activate=activate)
        return await service.versions.publish(self.ctx, self.bot_id, asked)


@pytest.fixture
def editor(ctx: Ctx, bot: BotCreated) -> Editor:
    return Editor(ctx, bot.id)
