"""Bots by their service: made, listed, changed, switched, archived."""

from typing import Any

import pytest
from sqlalchemy import text

from connective.kit import auth_policy, errors
from connective.kit.auth_policy import Actor
from connective.kit.context import Ctx
from connective.kit.paging import PageQuery
from connective.modules.accounts import service as accounts
from connective.modules.bots import service
from connective.modules.bots.schemas import BotPatch, ChannelSummary, Chosen, NewBot


def limited(*bot_ids: int, permissions: tuple[str, ...] = ("bots.view", "bots.edit")) -> Actor:
    rights = frozenset(permissions)
    return Actor("user", 7, "Olena", permissions=rights, bot_ids=frozenset(bot_ids))


async def kinds(ctx: Ctx) -> list[str]:
    await ctx.flush()
    return list((await ctx.db.execute(text("SELECT kind FROM events ORDER BY id"))).scalars())


@pytest.mark.proves("SE-19", part="create")
async def test_a_new_bot_is_inactive_and_has_a_key_that_opens_it(ctx: Ctx) -> None:
    made = await service.create(ctx, NewBot(name="Shop", languages=["uk", "en"]))

    assert (made.active, made.alias, made.languages) == (False, "shop", ["uk", "en"])
    actor = await accounts.authenticate_key(ctx, made.api_key, address="127.0.0.1")
    assert actor.bot_ids == {made.id}
    assert "bot.created" in await kinds(ctx)


@pytest.mark.proves("SE-19", part="create")
async def test_an_alias_is_made_from_the_name_and_made_unique(ctx: Ctx) -> None:
    names = ["Мій чат-бот №1", "Мій чат-бот №1", "Мій чат бот 1", "客服", "客服"]
    aliases = [(await service.create(ctx, NewBot(name=name))).alias for name in names]
    assert aliases == ["mii_chat_bot_1", "mii_chat_bot_1_2", "mii_chat_bot_1_3", "bot", "bot_2"]


@pytest.mark.proves("SE-19", part="create")
async def test_a_taken_alias_is_refused_with_a_free_one(ctx: Ctx) -> None:
    await service.create(ctx, NewBot(name="One", alias="shop"))
    with pytest.raises(errors.Conflict) as refused:
        await service.create(ctx, NewBot(name="Two", alias="shop"))
    assert refused.value.params == {"alias": "shop", "suggestion": "shop_2"}
    assert refused.value.errors[0].field == "alias"


async def test_an_archived_bot_is_gone_and_its_alias_free(ctx: Ctx) -> None:
    made = await service.create(ctx, NewBot(name="Shop"))
    await service.activate(ctx, made.id)
    await service.archive(ctx, made.id)

    with pytest.raises(errors.NotFound):
        await service.get(ctx, made.id)
    with pytest.raises(errors.Unauthorized):
        await accounts.authenticate_key(ctx, made.api_key, address="127.0.0.1")
    assert (await service.create(ctx, NewBot(name="Shop"))).alias == "shop"


@pytest.mark.proves("SE-20", part="list")
async def test_the_list_searches_filters_and_pages_in_both_directions(ctx: Ctx) -> None:
    made = [await service.create(ctx, NewBot(name=name)) for name in ("Bank", "shop", "Shelter")]
    await service.activate(ctx, made[0].id)

    async def names(asked: PageQuery, **chosen: Any) -> list[str]:
        return [bot.name for bot in (await service.listed(ctx, asked, Chosen(**chosen))).items]

    assert await names(PageQuery(), search="sh") == ["Shelter", "shop"]
    assert await names(PageQuery(), active=False) == ["Shelter", "shop"]
    assert await names(PageQuery(), search="s%") == []
    for sort, expected in [("name", ["Bank", "Shelter", "shop"]), ("-created_at", None)]:
        first = await service.listed(ctx, PageQuery(limit=2, sort=sort, count=True))
        rest = PageQuery(limit=2, sort=sort, cursor=first.next_cursor)
        found = [bot.name for bot in first.items] + await names(rest)
        assert (found if expected else sorted(found)) == (expected or ["Bank", "Shelter", "shop"])
        assert first.total == 3


@pytest.mark.proves("SE-20", part="list")
async def test_the_list_shows_channels_that_a_higher_feature_reports(
    ctx: Ctx, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = await service.create(ctx, NewBot(name="Shop"))
    other = await service.create(ctx, NewBot(name="Toys"))

    async def summary(_: Ctx, bot_ids: Any) -> dict[int, list[ChannelSummary]]:
        assert list(bot_ids) == [made.id, other.id]
        return {made.id: [ChannelSummary("custom_channel", "error", "refused")]}

    point = type(service.channel_summaries)()
    point.offer("channels", summary)
    monkeypatch.setattr(service, "channel_summaries", point)
    rows = (await service.listed(ctx, PageQuery())).items
    assert [[c.health for c in row.channels] for row in rows] == [["error"], []]


async def test_an_actor_limited_to_a_bot_meets_no_other(ctx: Ctx) -> None:
    mine = await service.create(ctx, NewBot(name="Mine"))
    other = await service.create(ctx, NewBot(name="Other"))
    ctx.actor = limited(mine.id)

    assert [b.id for b in (await service.listed(ctx, PageQuery())).items] == [mine.id]
    with pytest.raises(errors.NotFound):
        await service.get(ctx, other.id)
    with pytest.raises(errors.Forbidden):
        await service.create(ctx, NewBot(name="Third"))
    with pytest.raises(errors.Forbidden):
        await service.activate(ctx, mine.id)
    assert auth_policy.can(ctx.actor, "bots.view", mine)


async def test_a_change_touches_only_what_it_names_and_is_audited(ctx: Ctx) -> None:
    made = await service.create(ctx, NewBot(name="Shop", timezone="Europe/Kyiv"))
    changed = await service.change(ctx, made.id, BotPatch(name="Store", test_mode=True))

    assert (changed.name, changed.alias, changed.timezone) == ("Store", "shop", "Europe/Kyiv")
    assert changed.test_mode
    await ctx.flush()
    rows = await ctx.db.execute(
        text("SELECT before->>'name', after->>'name' FROM audit WHERE action = 'bot.updated'")
    )
    assert [tuple(row) for row in rows] == [("Shop", "Store")]


@pytest.mark.proves("SE-03", part="bad input")
async def test_a_language_in_use_stays(ctx: Ctx, monkeypatch: pytest.MonkeyPatch) -> None:
    made = await service.create(ctx, NewBot(name="Shop", languages=["en", "uk"]))

    async def uses(_: Ctx, bot_id: int, languages: set[str]) -> list[str]:
        return ["Greeting"] if (bot_id, languages) == (made.id, {"uk"}) else []

    point = type(service.language_uses)()
    point.offer("scenarios", uses)
    monkeypatch.setattr(service, "language_uses", point)
    with pytest.raises(errors.Conflict) as refused:
        await service.change(ctx, made.id, BotPatch(languages=["en"]))
    assert refused.value.params["places"] == "Greeting"
    assert (await service.change(ctx, made.id, BotPatch(languages=["uk", "en"]))).languages[
        0
    ] == "uk"


@pytest.mark.proves("SE-01", part="switch")
async def test_the_switch_works_without_channels_and_says_what_lacks(
    ctx: Ctx, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = await service.create(ctx, NewBot(name="Shop"))

    async def missing(_: Ctx, __: int) -> list[str]:
        return ["bots_limited"]

    point = type(service.missing_parts)()
    point.offer("channels", missing)
    monkeypatch.setattr(service, "missing_parts", point)
    on = await service.activate(ctx, made.id)
    again = await service.activate(ctx, made.id)
    off = await service.deactivate(ctx, made.id)

    assert (on.active, again.active, off.active) == (True, True, False)
    assert on.warnings[0].code == "bots_limited"
    assert on.warnings[0].message.startswith("You see only")
    said = await kinds(ctx)
    assert said == ["bot.created", "bot.activated", "bot.deactivated"]


@pytest.mark.proves("SE-03", part="key rotation")
async def test_a_rotated_key_works_beside_the_new_one_within_its_overlap(ctx: Ctx) -> None:
    made = await service.create(ctx, NewBot(name="Shop"))
    fresh = await service.rotate_key(ctx, made.id, overlap_h=1)

    for key in (made.api_key, fresh.api_key):
        assert (await accounts.authenticate_key(ctx, key, address="127.0.0.1")).bot_ids == {made.id}
    ctx.now = fresh.previous_until
    with pytest.raises(errors.Unauthorized):
        await accounts.authenticate_key(ctx, made.api_key, address="127.0.0.1")
    assert await accounts.authenticate_key(ctx, fresh.api_key, address="127.0.0.1")


async def test_every_event_that_is_said_stands_in_the_catalogue(ctx: Ctx) -> None:
    made = await service.create(ctx, NewBot(name="Shop"))
    await service.change(ctx, made.id, BotPatch(name="Store"))
    await service.activate(ctx, made.id)
    await service.archive(ctx, made.id)
    assert set(await kinds(ctx)) <= {"bot.created", "bot.updated", "bot.activated", "bot.archived"}
