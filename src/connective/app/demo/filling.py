"""Fills the demo once: people, the shop's bot with channel and scenario, a webhook, dialogs."""

import importlib.resources
import json
from typing import Any

from fastapi import FastAPI

from connective.app.demo import dialogs, people, shop_api, subjects
from connective.app.demo.words import NAME
from connective.kit import crypto, instance
from connective.kit.context import Ctx, unit_of_work
from connective.modules.bots import service as bots
from connective.modules.bots.schemas import NewBot
from connective.modules.integrations.webhooks import service as webhooks
from connective.modules.integrations.webhooks.schemas import NewWebhook
from connective.modules.messenger import service as messenger
from connective.modules.messenger.schemas import ChatIn
from connective.modules.scenarios.schemas import Publish
from connective.modules.scenarios.service import drafts, versions
from connective.modules.settings import service as settings
from connective.modules.settings.service import vault

LANGUAGES = ["en", "uk"]


async def is_filled() -> bool:
    """Whether this instance has had its demo; the shop's token is its mark."""
    async with unit_of_work() as ctx:
        return await settings.secret(ctx, shop_api.TOKEN) is not None


async def fill(app: FastAPI) -> bool:
    """Fill the demo through the services; False, and nothing done, when it was filled before."""
    if await is_filled():
        return False
    async with unit_of_work() as ctx:
        await vault.put(ctx, shop_api.TOKEN, crypto.token())
        await people.make(ctx)
        await subjects.make(ctx)
        bot_id = await _open_shop(ctx)
    await dialogs.play(app, bot_id)
    return True


async def _open_shop(ctx: Ctx) -> int:
    """An active bot with its channel at the test chat and a webhook beside it."""
    bot = await bots.create(ctx, NewBot(name=NAME, languages=LANGUAGES, timezone="Europe/Kyiv"))
    await messenger.open_chat(ctx, ChatIn(bot_id=bot.id, connect=True))
    catcher = await messenger.create(ctx, name=f"{NAME}: events")
    await webhooks.create(ctx, NewWebhook(name=NAME, url=catcher.url, bot_ids=[bot.id]))
    await _publish(ctx, bot.id)
    await bots.activate(ctx, bot.id)
    return bot.id


async def _publish(ctx: Ctx, bot_id: int) -> None:
    rev = (await drafts.get(ctx, bot_id)).draft.rev
    saved = await drafts.put(ctx, bot_id, rev=rev, graph=graph())
    await versions.publish(ctx, bot_id, Publish(rev=saved.rev, comment="Demo", activate=True))


def graph() -> dict[str, Any]:
    """The shop's scenario, its constant `shop_api` at this instance's address."""
    text = importlib.resources.files(__package__ or "").joinpath("shop.json").read_text("utf-8")
    document: dict[str, Any] = json.loads(text)
    here = f"{instance.settings().base_url}{shop_api.PATH}"
    for constant in document["constants"]:
        if constant["key"] == "shop_api":
            constant["values"] = dict.fromkeys(LANGUAGES, here)
    return document
