"""The draft: its revision, its structure, its secrets."""

from typing import Any

import pytest

from connective.kit import errors, instance
from connective.kit.context import Ctx
from connective.modules.bots.schemas import BotCreated
from connective.modules.scenarios import queries, service
from connective.modules.scenarios.service.sealing import MASK


@pytest.mark.proves("SE-19", part="create")
async def test_a_new_bot_has_a_draft_with_start_and_nothing_active(
    ctx: Ctx, bot: BotCreated
) -> None:
    found = await service.drafts.get(ctx, bot.id)

    assert (found.active, found.draft.rev) == (None, 1)
    assert [node["type"] for node in found.draft.graph["nodes"]] == ["start"]
    assert await queries.scenario(ctx.db, bot.id) is None


async def test_the_whole_graph_is_replaced_and_the_revision_rises(
    ctx: Ctx, bot: BotCreated, graphs: Any
) -> None:
    graph = graphs.saying("Hi")
    assert (await service.drafts.put(ctx, bot.id, rev=1, graph=graph)).rev == 2
    found = (await service.drafts.get(ctx, bot.id)).draft
    assert (found.rev, found.graph) == (2, graph)
    assert found.updated_by == "system"


@pytest.mark.proves("SC-20", part="rev")
async def test_a_stale_revision_is_refused_with_the_stored_one_and_changes_nothing(
    ctx: Ctx, bot: BotCreated, graphs: Any
) -> None:
    await service.drafts.put(ctx, bot.id, rev=1, graph=graphs.saying("A"))
    with pytest.raises(errors.Conflict) as refused:
        await service.drafts.put(ctx, bot.id, rev=1, graph=graphs.saying("B"))
    assert (refused.value.code, refused.value.params) == ("stale_rev", {"rev": 2})
    assert (await service.drafts.get(ctx, bot.id)).draft.graph == graphs.saying("A")


async def test_an_unfinished_scenario_is_saved(ctx: Ctx, bot: BotCreated, graphs: Any) -> None:
    graph = graphs.saying("Hi") | {"edges": []}
    assert (await service.drafts.put(ctx, bot.id, rev=1, graph=graph)).rev == 2


@pytest.mark.proves("SC-18", part="check")
async def test_two_entries_of_one_alias_are_refused_naming_both_nodes(
    ctx: Ctx, bot: BotCreated, graphs: Any
) -> None:
    graph = graphs.saying("Hi", nodes=[graphs.entry(7, "crm"), graphs.entry(8, "crm")])
    with pytest.raises(errors.Invalid) as refused:
        await service.drafts.put(ctx, bot.id, rev=1, graph=graph)
    assert [(e.code, e.node_id, e.path) for e in refused.value.errors] == [
        ("duplicate_alias", 7, "nodes[2].data.alias"),
        ("duplicate_alias", 8, "nodes[3].data.alias"),
    ]


@pytest.mark.parametrize(
    ("broken", "code", "field"),
    [
        ({"nodes": [{"id": "x"}]}, "wrong_type", "graph.nodes[0].id"),
        ({"extra": 1}, "unknown_key", "graph.extra"),
        ({"format": "other"}, "bad_value", "graph.format"),
        ({"sections": []}, "start_section", "graph.sections"),
    ],
)
async def test_a_wrong_structure_is_refused_with_its_path(
    ctx: Ctx, bot: BotCreated, graphs: Any, broken: dict[str, Any], code: str, field: str
) -> None:
    with pytest.raises(errors.Invalid) as refused:
        await service.drafts.put(ctx, bot.id, rev=1, graph=graphs.saying("Hi") | broken)
    assert (code, field) in [(e.code, e.field) for e in refused.value.errors]


@pytest.mark.parametrize("text", ["nul \0 inside", "half a letter \ud800"])
async def test_what_json_or_the_database_cannot_keep_is_refused(
    ctx: Ctx, bot: BotCreated, graphs: Any, text: str
) -> None:
    with pytest.raises(errors.Invalid) as refused:
        await service.drafts.put(ctx, bot.id, rev=1, graph=graphs.saying(text))
    assert refused.value.code == "graph_not_json"


async def test_a_text_that_spells_an_escape_is_kept(ctx: Ctx, bot: BotCreated, graphs: Any) -> None:
    graph = graphs.saying("write \\u0000 for nothing")
    await service.drafts.put(ctx, bot.id, rev=1, graph=graph)
    assert (await service.drafts.get(ctx, bot.id)).draft.graph == graph


async def test_a_secret_constant_is_sealed_masked_and_kept_by_its_mask(
    ctx: Ctx, bot: BotCreated, graphs: Any
) -> None:
    first = graphs.saying("Hi", constants=[graphs.secret("TOKEN", en="s3cret", uk="s4cret")])
    await service.drafts.put(ctx, bot.id, rev=1, graph=first)
    shown = (await service.drafts.get(ctx, bot.id)).draft.graph
    assert shown["constants"][0]["values"] == {"en": MASK, "uk": MASK}

    before = (await queries.scenario(ctx.db, bot.id)).draft["constants"][0]["values"]  # type: ignore[union-attr]
    assert "s3cret" not in str(before)
    shown["constants"][0]["values"]["uk"] = "other"
    await service.drafts.put(ctx, bot.id, rev=2, graph=shown)
    after = (await queries.scenario(ctx.db, bot.id)).draft["constants"][0]["values"]  # type: ignore[union-attr]
    assert after["en"] == before["en"]
    assert instance.vault().open(after["uk"]) == '"other"'


async def test_a_mask_with_nothing_behind_it_is_refused(
    ctx: Ctx, bot: BotCreated, graphs: Any
) -> None:
    graph = graphs.saying("Hi", constants=[graphs.secret("TOKEN", en=MASK)])
    with pytest.raises(errors.Invalid) as refused:
        await service.drafts.put(ctx, bot.id, rev=1, graph=graph)
    assert refused.value.errors[0].code == "secret_value_needed"


async def test_a_secret_is_not_revealed_by_taking_its_flag_away(
    ctx: Ctx, bot: BotCreated, graphs: Any
) -> None:
    first = graphs.saying("Hi", constants=[graphs.secret("TOKEN", en="s3cret")])
    await service.drafts.put(ctx, bot.id, rev=1, graph=first)
    shown = (await service.drafts.get(ctx, bot.id)).draft.graph
    shown["constants"][0]["secret"] = False
    await service.drafts.put(ctx, bot.id, rev=2, graph=shown)
    again = (await service.drafts.get(ctx, bot.id)).draft.graph
    assert again["constants"][0]["values"] == {"en": MASK}
