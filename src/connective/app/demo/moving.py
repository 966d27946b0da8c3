"""Leads the demo to the instance's address of today: it was filled with the one of its first start.

Only what the demo made is led: addresses of catchers of this instance, and the shop's own API.
"""

from typing import Any
from urllib.parse import urlsplit

from connective.app.demo import shop_api
from connective.app.demo.words import ALIAS
from connective.kit import instance
from connective.kit.context import Ctx, unit_of_work
from connective.kit.paging import PageQuery
from connective.modules.bots import service as bots
from connective.modules.bots.schemas import Chosen
from connective.modules.channels import service as channels
from connective.modules.integrations.webhooks import service as webhooks
from connective.modules.integrations.webhooks.schemas import WebhookPatch
from connective.modules.messenger import service as messenger
from connective.modules.messenger.schemas import ChatIn
from connective.modules.scenarios.schemas import Publish
from connective.modules.scenarios.service import drafts, versions

CONSTANT = "shop_api"
EVERY = PageQuery(limit=200)


async def is_elsewhere() -> bool:
    """Whether something of the demo still leads to an earlier address."""
    async with unit_of_work() as ctx:
        for bot_id in await _shops(ctx):
            channel = await channels.custom_channel(ctx, bot_id)
            if channel is not None and await _moved(ctx, channel.custom_channel_url) is not None:
                return True
            if _constant(await _draft(ctx, bot_id)) is not None:
                return True
        return bool(await _moved_webhooks(ctx))


async def follow() -> None:
    """Lead channel, webhooks and scenario here."""
    async with unit_of_work() as ctx:
        for bot_id in await _shops(ctx):
            channel = await channels.custom_channel(ctx, bot_id)
            if channel is not None and await _moved(ctx, channel.custom_channel_url) is not None:
                await messenger.open_chat(ctx, ChatIn(bot_id=bot_id, connect=True))
            await _lead_scenario(ctx, bot_id)
        for number, url in await _moved_webhooks(ctx):
            await webhooks.change(ctx, number, WebhookPatch(url=url))


async def _shops(ctx: Ctx) -> list[int]:
    found = await bots.listed(ctx, PageQuery(), Chosen(ALIAS))
    return [bot.id for bot in found.items if bot.alias == ALIAS]


async def _moved(ctx: Ctx, url: str) -> str | None:
    """Where a catcher of ours is now, when the URL names it at another address."""
    known = {urlsplit(each.url).path: each.url for each in await messenger.listed(ctx)}
    now = known.get(urlsplit(url).path)
    return None if now == url else now


async def _moved_webhooks(ctx: Ctx) -> list[tuple[int, str]]:
    found = await webhooks.listed(ctx, EVERY)
    led = [(each.id, await _moved(ctx, each.url)) for each in found.items]
    return [(number, url) for number, url in led if url is not None]


async def _draft(ctx: Ctx, bot_id: int) -> dict[str, Any]:
    return (await drafts.get(ctx, bot_id)).draft.graph


def _constant(graph: dict[str, Any]) -> dict[str, Any] | None:
    """The constant with the address of the shop's API, when it is an earlier one."""
    here = instance.settings().base_url + shop_api.PATH
    for constant in graph["constants"]:
        if constant["key"] == CONSTANT:
            values = constant["values"].values()
            if any(str(v).endswith(shop_api.PATH) and v != here for v in values):
                return dict(constant)
    return None


async def _lead_scenario(ctx: Ctx, bot_id: int) -> None:
    """A new version, unless somebody works on the draft: then the draft alone."""
    scenario = await drafts.get(ctx, bot_id)
    graph, active = scenario.draft.graph, scenario.active
    moved = _constant(graph)
    if moved is None:
        return
    same = active is not None and (await versions.get(ctx, bot_id, active.number)).graph == graph
    here = instance.settings().base_url + shop_api.PATH
    moved["values"] = dict.fromkeys(moved["values"], here)
    constants = [moved if each["key"] == CONSTANT else each for each in graph["constants"]]
    saved = await drafts.put(
        ctx, bot_id, rev=scenario.draft.rev, graph=graph | {"constants": constants}
    )
    if same:
        asked = Publish(rev=saved.rev, comment="The demo has moved", activate=True)
        await versions.publish(ctx, bot_id, asked)
