"""Entry points: they follow the active version, their switches stay."""

from typing import Any

import pytest
from sqlalchemy import text

from connective.kit import errors
from connective.kit.auth_policy import Actor
from connective.kit.context import Ctx
from connective.modules.bots.schemas import BotCreated
from connective.modules.scenarios import service
from connective.modules.scenarios.schemas import EntryPointPatch

points = service.entry_points


@pytest.mark.proves("INT-10", part="entry points")
async def test_a_published_entry_point_needs_a_key_and_has_an_address(
    ctx: Ctx, bot: BotCreated, editor: Any, graphs: Any
) -> None:
    entries = [graphs.entry(3, "crm_entry_point"), graphs.entry(4, "inner", "entry")]
    await editor.save(graphs.saying("Hi", nodes=entries))
    assert await points.listed(ctx, bot.id) == []

    await editor.publish(graphs.saying("Hi", nodes=entries))
    crm, inner = await points.listed(ctx, bot.id)
    assert (crm.require_key, crm.enabled, crm.open, crm.warning) == (True, True, False, None)
    assert crm.allowed_methods == ["GET", "POST"]
    assert crm.call_node_url == f"http://127.0.0.1:8080/kw/api/call_node/{bot.id}/3"
    assert (inner.alias, inner.trigger) == ("inner", "entry")


@pytest.mark.proves("INT-10", part="entry points")
async def test_an_opened_entry_point_warns_and_stays_open_over_versions(
    ctx: Ctx, bot: BotCreated, editor: Any, graphs: Any
) -> None:
    with_entry = graphs.saying("Hi", nodes=[graphs.entry(3, "crm")])
    await editor.publish(with_entry)
    opened = await points.change(
        ctx, bot.id, 3, EntryPointPatch(require_key=False, allowed_methods=["POST", "POST"])
    )
    assert (opened.open, opened.allowed_methods) == (True, ["POST"])
    assert opened.warning is not None
    assert opened.warning.startswith("Anyone")

    await editor.publish(graphs.saying("Hi"))
    (gone,) = await points.listed(ctx, bot.id)
    assert (gone.published, gone.open) == (False, False)
    with pytest.raises(errors.NotFound):
        await points.find(ctx, bot.id, node_id=3, alias=None)

    await editor.publish(with_entry)
    assert (await points.find(ctx, bot.id, node_id=3, alias=None)).open
    await ctx.flush()
    query = text("SELECT before, after FROM audit WHERE action = 'entry_point.changed'")
    ((before, after),) = await ctx.db.execute(query)
    assert (before["require_key"], after["require_key"]) == (True, False)


@pytest.mark.proves("INT-10", part="entry points")
async def test_only_webhook_points_are_called_by_node_but_any_by_alias(
    ctx: Ctx, bot: BotCreated, editor: Any, graphs: Any
) -> None:
    entries = [graphs.entry(3, "outer"), graphs.entry(4, "inner", "entry")]
    await editor.publish(graphs.saying("Hi", nodes=entries))

    assert (await points.find(ctx, bot.id, node_id=3, alias=None)).alias == "outer"
    assert (await points.find(ctx, bot.id, node_id=None, alias="inner")).node_id == 4
    for node_id, alias in [(4, None), (2, None), (99, None), (None, "other"), (None, "")]:
        with pytest.raises(errors.NotFound):
            await points.find(ctx, bot.id, node_id=node_id, alias=alias)
    await points.change(ctx, bot.id, 3, EntryPointPatch(enabled=False))
    with pytest.raises(errors.NotFound):
        await points.find(ctx, bot.id, node_id=3, alias=None)


async def test_start_is_an_entry_point_when_a_webhook_triggers_it(
    ctx: Ctx, bot: BotCreated, editor: Any, graphs: Any
) -> None:
    graph = graphs.saying("Hi")
    graph["nodes"][0]["data"] = {"triggers": [{"type": "webhook"}]}
    await editor.publish(graph)
    (start,) = await points.listed(ctx, bot.id)
    assert (start.node_id, start.trigger, start.alias) == (1, "webhook", None)


async def test_aliases_may_change_places_between_versions(
    ctx: Ctx, bot: BotCreated, editor: Any, graphs: Any
) -> None:
    await editor.publish(graphs.saying("Hi", nodes=[graphs.entry(3, "a"), graphs.entry(4, "b")]))
    await editor.publish(graphs.saying("Hi", nodes=[graphs.entry(3, "b"), graphs.entry(4, "a")]))
    assert [p.alias for p in await points.listed(ctx, bot.id)] == ["b", "a"]


@pytest.mark.proves("INT-10", part="entry points")
async def test_neither_an_editor_nor_a_key_opens_an_entry_point(
    ctx: Ctx, bot: BotCreated, editor: Any, graphs: Any
) -> None:
    await editor.publish(graphs.saying("Hi", nodes=[graphs.entry(3, "crm")]))
    editing = frozenset({"scenarios.view", "scenarios.edit", "scenarios.activate"})
    scopes = frozenset({"scenarios:read", "scenarios:write"})
    for actor in (
        Actor("user", 7, "Olena", permissions=editing),
        Actor("key", 8, "CRM", scopes=scopes),
    ):
        ctx.actor = actor
        with pytest.raises(errors.Forbidden):
            await points.change(ctx, bot.id, 3, EntryPointPatch(require_key=False))
    assert not (await points.listed(ctx, bot.id))[0].open
