"""Versions: published, activated, restored, kept."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest
from sqlalchemy import text

from connective.contracts.action import ACTIONS, Action
from connective.kit import errors
from connective.kit.auth_policy import Actor
from connective.kit.context import Ctx, unit_of_work
from connective.kit.paging import PageQuery
from connective.kit.testing.databases import Database
from connective.modules.bots import service as bots
from connective.modules.bots.schemas import BotCreated, BotPatch, NewBot
from connective.modules.scenarios import queries, service
from connective.modules.scenarios.schemas import Publish, VersionPatch
from connective.modules.scenarios.service import retention


async def said(ctx: Ctx, bot_id: int) -> str:
    """What the active version's message says."""
    active = (await service.drafts.get(ctx, bot_id)).active
    assert active is not None
    graph = (await service.versions.get(ctx, bot_id, active.number)).graph
    return str(graph["nodes"][1]["data"]["text"]["en"])


@pytest.mark.proves("SC-23", part="versions")
async def test_restoring_makes_a_new_version_and_rewrites_no_history(
    ctx: Ctx, bot: BotCreated, editor: Any, graphs: Any
) -> None:
    await editor.publish(graphs.saying("A"))
    await editor.publish(graphs.saying("B"))
    assert await said(ctx, bot.id) == "B"

    third = await service.versions.restore(ctx, bot.id, 1)

    assert (third.number, third.source, third.restored_from, third.active) == (
        3,
        "restore",
        1,
        True,
    )
    assert await said(ctx, bot.id) == "A"
    shown = (await service.versions.listed(ctx, bot.id, PageQuery())).items
    assert [(v.number, v.active) for v in shown] == [(3, True), (2, False), (1, False)]
    first = await service.versions.get(ctx, bot.id, 1)
    assert first.graph == (await service.versions.get(ctx, bot.id, 3)).graph
    assert first.sha256 == third.sha256
    draft = (await service.drafts.get(ctx, bot.id)).draft
    assert draft.graph == first.graph


@pytest.mark.proves("SC-23", part="versions")
async def test_a_draft_that_no_version_holds_is_kept_before_a_restoration(
    ctx: Ctx, bot: BotCreated, editor: Any, graphs: Any
) -> None:
    await editor.publish(graphs.saying("A"))
    await editor.publish(graphs.saying("B"))
    await editor.save(graphs.saying("unsaved"))
    restored = await service.versions.restore(ctx, bot.id, 1)

    kept = await service.versions.get(ctx, bot.id, 3)
    assert (restored.number, kept.source, kept.active) == (4, "draft", False)
    assert kept.graph == graphs.saying("unsaved")
    assert "1" in kept.comment


@pytest.mark.proves("SC-23", part="versions")
async def test_of_two_restorations_the_second_is_refused(
    ctx: Ctx, bot: BotCreated, editor: Any, graphs: Any
) -> None:
    await editor.publish(graphs.saying("A"))
    await editor.publish(graphs.saying("B"))
    await service.versions.restore(ctx, bot.id, 1)
    with pytest.raises(errors.Conflict) as refused:
        await service.versions.restore(ctx, bot.id, 1)
    assert refused.value.code == "already_current"


@pytest.mark.proves("SC-23", part="versions")
async def test_a_restoration_during_another_is_refused_at_once(db: Database, graphs: Any) -> None:
    async with unit_of_work() as ctx:
        bot = await bots.create(ctx, NewBot(name="Shop"))
        for rev, word in enumerate(("A", "B"), start=1):
            await service.drafts.put(ctx, bot.id, rev=rev, graph=graphs.saying(word))
            await service.versions.publish(ctx, bot.id, Publish(rev=rev + 1))
    async with unit_of_work() as one:
        await service.versions.restore(one, bot.id, 1)
        with pytest.raises(errors.Conflict) as refused:
            async with unit_of_work() as two:
                await service.versions.restore(two, bot.id, 1)
        assert refused.value.code == "scenario_busy"
    assert await db.value("SELECT count(*) FROM scenario_versions") == 3


@pytest.mark.proves("SC-18", part="check")
async def test_publishing_with_errors_is_refused_with_every_entry(
    ctx: Ctx, bot: BotCreated, editor: Any, graphs: Any
) -> None:
    action = {"id": 3, "section_id": 1, "type": "action", "data": {"template_id": "action_nope"}}
    graph = graphs.saying("Hi", nodes=[action]) | {"edges": []}
    rev = await editor.save(graph)
    checked = await service.checks.validate(ctx, bot.id, None)
    with pytest.raises(errors.Invalid) as refused:
        await service.versions.publish(ctx, bot.id, Publish(rev=rev))

    found = {(e.code, e.node_id, e.path) for e in refused.value.errors}
    assert {code for code, _, _ in found} == {"no_start_edge", "unknown_action"}
    assert found == {(e.code, e.node_id, e.path) for e in checked.errors}
    assert {"unreachable"} <= {w.code for w in checked.warnings}
    assert (await service.drafts.get(ctx, bot.id)).active is None


@pytest.mark.proves("SC-20", part="rev")
async def test_publishing_another_revision_than_the_stored_one_is_refused(
    ctx: Ctx, bot: BotCreated, editor: Any, graphs: Any
) -> None:
    rev = await editor.save(graphs.saying("A"))
    with pytest.raises(errors.Conflict):
        await service.versions.publish(ctx, bot.id, Publish(rev=rev - 1))


async def test_an_inactive_version_waits_until_it_is_activated(
    ctx: Ctx, bot: BotCreated, editor: Any, graphs: Any
) -> None:
    await editor.publish(graphs.saying("A"))
    await editor.publish(graphs.saying("B"), activate=False)
    assert await said(ctx, bot.id) == "A"
    assert (await service.versions.activate(ctx, bot.id, 2)).active
    assert await said(ctx, bot.id) == "B"
    await ctx.flush()
    kinds = list((await ctx.db.execute(text("SELECT kind FROM events ORDER BY id"))).scalars())
    assert kinds.count("scenario.saved") == 2
    assert kinds.count("scenario.activated") == 2


async def test_an_unchanged_graph_may_be_published_again(
    ctx: Ctx, bot: BotCreated, editor: Any, graphs: Any
) -> None:
    first = await editor.publish(graphs.saying("A"))
    second = await editor.publish(graphs.saying("A"))
    assert (first.sha256, second.number) == (second.sha256, 2)


async def test_a_published_node_id_does_not_come_back_as_something_else(
    ctx: Ctx, bot: BotCreated, editor: Any, graphs: Any
) -> None:
    await editor.publish(graphs.saying("A", nodes=[graphs.entry(9, "crm")]))
    await editor.publish(graphs.saying("A"))
    note = {"id": 9, "section_id": 1, "type": "note", "name": "", "data": {"text": "x"}}
    rev = await editor.save(graphs.saying("A", nodes=[note]))
    with pytest.raises(errors.Invalid) as refused:
        await service.versions.publish(ctx, bot.id, Publish(rev=rev))
    assert [(e.code, e.node_id) for e in refused.value.errors] == [("node_id_reused", 9)]
    await editor.publish(graphs.saying("A", nodes=[graphs.entry(9, "crm")]))


async def test_comment_and_pin_change_but_the_graph_does_not(
    ctx: Ctx, bot: BotCreated, editor: Any, graphs: Any
) -> None:
    made = await editor.publish(graphs.saying("A"))
    described = await service.versions.describe(
        ctx, bot.id, 1, VersionPatch(comment="Before the sale", pinned=True)
    )
    assert (described.comment, described.pinned) == ("Before the sale", True)
    assert described.sha256 == made.sha256


async def test_versions_are_paged_newest_first(
    ctx: Ctx, bot: BotCreated, editor: Any, graphs: Any
) -> None:
    for word in "ABC":
        await editor.publish(graphs.saying(word))
    first = await service.versions.listed(ctx, bot.id, PageQuery(limit=2, count=True))
    asked = PageQuery(limit=2, cursor=first.next_cursor)
    rest = await service.versions.listed(ctx, bot.id, asked)
    assert [v.number for v in first.items + rest.items] == [3, 2, 1]
    assert (first.total, rest.next_cursor) == (3, None)


async def test_old_versions_go_unless_pinned_active_or_still_replayable(
    ctx: Ctx, bot: BotCreated, editor: Any, graphs: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "LAST", 2)
    for word in "ABC":
        await editor.publish(graphs.saying(word), activate=False)
    await service.versions.describe(ctx, bot.id, 2, VersionPatch(pinned=True))
    await editor.publish(graphs.saying("D"))

    async def numbers() -> list[int]:
        return [v.number for v in (await service.versions.listed(ctx, bot.id, PageQuery())).items]

    assert await numbers() == [4, 3, 2]
    for word in "EFG":
        await editor.publish(graphs.saying(word))
    assert await numbers() == [7, 6, 5, 4, 2]
    ctx.now += timedelta(days=91)
    await retention.prune(ctx, bot.id)
    assert await numbers() == [7, 6, 2]


async def test_restoring_what_needs_a_vanished_action_asks_for_a_confirmation(
    ctx: Ctx, bot: BotCreated, editor: Any, graphs: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def run(*_: Any) -> Any:
        raise AssertionError("nothing runs here")

    shop = Action(id="ask_shop", kind="remote", params={"type": "object"}, events=("ok",), run=run)
    ACTIONS.offer("test", (shop,))
    try:
        data = {"template_id": "action_ask_shop", "values": {}}
        node = {"id": 3, "section_id": 1, "type": "action", "name": "Ask", "data": data}
        edge = {"from_node": 2, "from_port": "next", "to_node": 3}
        await editor.publish(graphs.saying("A", nodes=[node], edges=[edge]))
    finally:
        ACTIONS.offer("test", ())
    await editor.publish(graphs.saying("B"))
    with pytest.raises(errors.Invalid) as refused:
        await service.versions.restore(ctx, bot.id, 1)
    assert [e.code for e in refused.value.errors] == ["unknown_action"]
    assert (await service.versions.restore(ctx, bot.id, 1, confirm=True)).active


async def test_an_actor_of_another_bot_finds_nothing(
    ctx: Ctx, bot: BotCreated, editor: Any, graphs: Any
) -> None:
    await editor.publish(graphs.saying("A"))
    rights = frozenset({"scenarios.view"})
    ctx.actor = Actor("user", 7, "Olena", permissions=rights, bot_ids=frozenset({bot.id + 1}))
    with pytest.raises(errors.NotFound):
        await service.versions.get(ctx, bot.id, 1)
    ctx.actor = msgspec.structs.replace(ctx.actor, bot_ids=frozenset({bot.id}))
    assert (await service.versions.get(ctx, bot.id, 1)).number == 1
    with pytest.raises(errors.Forbidden):
        await service.versions.activate(ctx, bot.id, 1)


async def test_a_language_that_the_active_version_speaks_stays_with_the_bot(
    ctx: Ctx, bot: BotCreated, editor: Any, graphs: Any
) -> None:
    await editor.publish(graphs.saying("A"))
    with pytest.raises(errors.Conflict) as refused:
        await bots.change(ctx, bot.id, BotPatch(languages=["en"]))
    assert refused.value.params["places"] == "Hello"


async def test_activating_a_bot_without_a_scenario_warns(
    ctx: Ctx, bot: BotCreated, editor: Any, graphs: Any
) -> None:
    assert "bot_no_scenario" in [w.code for w in (await bots.activate(ctx, bot.id)).warnings]
    await editor.publish(graphs.saying("A"))
    assert "bot_no_scenario" not in [w.code for w in (await bots.activate(ctx, bot.id)).warnings]


async def test_a_program_is_compiled_once_for_each_hash(
    ctx: Ctx, bot: BotCreated, editor: Any, graphs: Any
) -> None:
    secret = graphs.secret("TOKEN", en="s3cret")
    first = await editor.publish(graphs.saying("A", constants=[secret]))
    program = await service.programs.get(ctx.db, bot.id, first.sha256, languages=["en", "uk"])
    again = await service.programs.get(ctx.db, bot.id, first.sha256, languages=["en", "uk"])
    other = await service.programs.get(ctx.db, bot.id, first.sha256, languages=["uk"])

    assert program is again
    assert program is not other
    assert program.hash == first.sha256
    known = await service.programs.secrets(ctx.db, bot.id, first.sha256)
    assert known == {"TOKEN": {"en": "s3cret"}}
    with pytest.raises(errors.NotFound):
        await service.programs.get(ctx.db, bot.id, "0" * 64, languages=["en"])


async def test_only_so_many_programs_are_kept(
    ctx: Ctx, bot: BotCreated, editor: Any, graphs: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service.programs, "KEPT", 1)
    hashes = [(await editor.publish(graphs.saying(word))).sha256 for word in "AB"]
    kept = [
        await service.programs.get(ctx.db, bot.id, version, languages=["en"])
        for version in (hashes[0], hashes[1], hashes[1], hashes[0])
    ]
    assert kept[1] is kept[2]
    assert kept[0] is not kept[3]
    assert await queries.graph_of(ctx.db, bot.id, hashes[0]) is not None
