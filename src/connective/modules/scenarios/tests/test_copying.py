"""A bot is copied with its settings and its draft, without what is a secret of the first."""

from typing import Any

import pytest

from connective.kit import errors
from connective.kit.auth_policy import Actor
from connective.kit.context import Ctx
from connective.modules.bots import service as bots
from connective.modules.bots.schemas import BotCreated, BotPatch
from connective.modules.scenarios import service
from connective.modules.scenarios.schemas import CopyBot, Publish

pytestmark = pytest.mark.proves("SE-20", part="copy")


async def test_a_copy_has_the_settings_and_the_draft_but_no_secret_and_goes_its_own_way(
    ctx: Ctx, bot: BotCreated, graphs: Any
) -> None:
    constants = [
        graphs.secret("TOKEN", en="s3cret"),
        {"key": "city", "values": {"en": "Lviv"}, "secret": False},
    ]
    await service.drafts.put(ctx, bot.id, rev=1, graph=graphs.saying("Hi", constants=constants))
    settings = BotPatch(timezone="Europe/Kyiv", unsubscribe_words=["enough"])
    await bots.change(ctx, bot.id, settings)

    made = await service.copying.copy(ctx, bot.id, CopyBot(name="Second shop"))

    stored = await bots.get(ctx, made.id)
    assert (stored.alias, stored.active, stored.timezone) == ("second_shop", False, "Europe/Kyiv")
    assert (stored.languages, stored.unsubscribe_words) == (["en", "uk"], ["enough"])
    assert made.api_key != bot.api_key
    draft = (await service.drafts.get(ctx, made.id)).draft
    assert draft.graph["nodes"] == graphs.saying("Hi")["nodes"]
    assert [constant["values"] for constant in draft.graph["constants"]] == [{}, {"en": "Lviv"}]
    saved = await service.drafts.put(ctx, made.id, rev=draft.rev, graph=draft.graph)
    await service.versions.publish(ctx, made.id, Publish(rev=saved.rev))
    await service.drafts.put(ctx, made.id, rev=saved.rev, graph=graphs.saying("Bye"))
    first = (await service.drafts.get(ctx, bot.id)).draft.graph
    assert first["nodes"] == graphs.saying("Hi")["nodes"]


async def test_a_copy_needs_the_bot_in_sight_and_the_right_to_make_one(
    ctx: Ctx, bot: BotCreated
) -> None:
    wanted = CopyBot(name="Second shop")
    with pytest.raises(errors.Conflict):
        await service.copying.copy(ctx, bot.id, CopyBot(name="Second", alias=bot.alias))
    rights = frozenset({"bots.view", "bots.edit", "scenarios.view"})
    ctx.actor = Actor(
        kind="user", id=7, name="Ann", permissions=rights, bot_ids=frozenset({bot.id + 1})
    )
    with pytest.raises(errors.NotFound):
        await service.copying.copy(ctx, bot.id, wanted)
    ctx.actor = Actor(
        kind="user", id=7, name="Ann", permissions=rights, bot_ids=frozenset({bot.id})
    )
    with pytest.raises(errors.Forbidden):
        await service.copying.copy(ctx, bot.id, wanted)
