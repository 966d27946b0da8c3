"""The journal of a dialog, run again, gives the same bytes; where it does not, it says where."""

import asyncio
import json
import os
import sys

import pytest

from connective.engine import step
from connective.kit.context import unit_of_work
from connective.kit.testing.app_client import AppClient
from connective.kit.testing.chats import Chats
from connective.kit.testing.databases import Database
from connective.kit.testing.shop import Edge, Node, Shop
from connective.modules.turns import service as turns
from connective.modules.turns.replay import Difference

ORDER = json.dumps({"total": 7, "items": [{"z": 1.5, "a": "b"}], "big": 1e21})
GRAPH: tuple[list[Node], list[Edge]] = (
    [
        (1, "start", {}),
        (2, "action", {"template_id": "set", "values": {"name": "order", "value": ORDER}}),
        (3, "wait", {"text": {"en": "Age?", "uk": "Вік?"}, "save_to": "age"}),
        (4, "router", {"rules": [{"port": "a", "conditions": [
            {"left": "{{age}}", "op": "gte", "right": "18"}]}]}),
        (5, "message", {"text": "{{age}} {{order}} {{random}}"}),
        (6, "message", {"text": "Too young"}),
    ],
    [(1, "next", 2), (2, "success", 3), (3, "next", 4), (4, "a", 5), (4, "else", 6)],
)  # fmt: skip


async def spoken(shop: Shop) -> None:
    await shop.publish(*GRAPH)
    for text in ("/start", "17", "/start", "20", "more"):
        await shop.say(text)


async def replayed() -> turns.Replayed:
    async with unit_of_work() as ctx:
        dialog_id = int((await ctx.db.exec_driver_sql("SELECT id FROM dialogs")).scalar_one())
        return await turns.replay(ctx, dialog_id)


async def test_a_recorded_dialog_gives_the_same_bytes(shop: Shop) -> None:
    await spoken(shop)
    found = await replayed()
    assert (found.steps, found.differences) == (5, [])


async def test_an_object_is_said_in_its_own_order_after_a_question(shop: Shop) -> None:
    values = {"text": '{"total":7,"items":[{"z":1.5,"a":"b"}]}', "save_to": "order"}
    await shop.publish(
        [
            (1, "start", {}),
            (2, "action", {"template_id": "json_parse", "values": values}),
            (3, "wait", {"text": "Right?"}),
            (4, "message", {"text": "{{order}}"}),
        ],
        [(1, "next", 2), (2, "ok", 3), (3, "next", 4)],
    )
    for text in ("/start", "yes"):
        await shop.say(text)
    assert (await shop.texts(2))[1] == values["text"]
    assert (await replayed()).differences == []


async def test_an_older_version_replays_by_its_own_program(shop: Shop) -> None:
    await spoken(shop)
    await shop.publish([(1, "start", {}), (7, "message", {"text": "New"})], [(1, "next", 7)])
    await shop.say("/start")
    found = await replayed()
    assert (found.steps, found.differences) == (6, [])


async def test_a_dialog_that_an_operator_took_and_gave_back_gives_the_same_bytes(
    shop: Shop, app: AppClient, db: Database
) -> None:
    chats = await Chats.open(db, app, shop)
    await spoken(shop)
    await shop.say("/start")
    olena = await chats.operator("Olena")
    (dialog,) = await db.fetch("SELECT id, run_id FROM dialogs")
    path = f"/api/v1/dialogs/{dialog['id']}/takeover"
    taken = await olena.client.post(path, {"subject_id": chats.topic_id})
    assert taken.status == 200, taken.text
    await shop.say("17")
    await chats.done(olena, taken.json["id"], "close", reason="solved")
    await shop.say("20")
    kept = await db.fetch("SELECT run_id, input, version_id FROM journal ORDER BY id OFFSET 6")
    events = [json.loads(row["input"])["event"]["type"] for row in kept]
    assert events == ["left", "chat_closed", "message"]
    assert [row["version_id"] is None for row in kept] == [True, True, False]
    assert [row["run_id"] for row in kept[:2]] == [dialog["run_id"], None]
    found = await replayed()
    assert (found.steps, found.differences) == (9, [])
    await db.execute("DELETE FROM journal WHERE input::text LIKE '%\"left\"%'")
    assert (await replayed()).differences


async def test_a_step_at_which_the_engine_broke_is_told_when_it_no_longer_breaks(
    shop: Shop, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await shop.publish(*GRAPH)
    await shop.say("/start")

    def broken(*_: object, quick: bool) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(step, "step", broken)
        await shop.say("20")
    await shop.say("/start")
    failed = await db.fetch("SELECT status, error FROM runs ORDER BY id")
    assert [row["status"] for row in failed] == ["error", "running"]
    assert failed[0]["error"] == "ZeroDivisionError()"
    difference, *_ = (await replayed()).differences
    assert (difference.step, difference.what) == (2, "output")


async def test_a_changed_output_is_named_by_its_step(shop: Shop, db: Database) -> None:
    await spoken(shop)
    await db.execute(
        "UPDATE journal SET output = replace(output::text, 'Too young', 'Grow')::json WHERE"
        " output::text LIKE '%Too young%'"
    )
    (difference,) = (await replayed()).differences
    assert (difference.step, difference.what) == (2, "output")
    assert turns.changes(difference) == ['effects[0].text: "Grow" -> "Too young"']


async def test_a_changed_snapshot_is_named_by_its_step(shop: Shop, db: Database) -> None:
    await spoken(shop)
    await db.execute(
        "UPDATE journal SET snapshot = replace(snapshot::text, $1, $2)::json"
        " WHERE id = (SELECT max(id) FROM journal WHERE snapshot IS NOT NULL)",
        *('"age":"20"', '"age":"21"'),
    )
    (difference, *_) = (await replayed()).differences
    assert difference.what == "state"
    assert turns.changes(difference)[0].endswith('age: "21" -> "20"')


async def test_a_step_whose_version_is_gone_says_so(shop: Shop, db: Database) -> None:
    await spoken(shop)
    await db.execute("UPDATE journal SET version_id = 99 WHERE id = (SELECT max(id) FROM journal)")
    (difference,) = (await replayed()).differences
    assert (difference.step, difference.what) == (5, "program")
    assert turns.changes(difference) == ["99 -> version 99 is no longer kept"]


def test_differing_lengths_and_spellings_are_told() -> None:
    def told(recorded: str, replayed: str) -> list[str]:
        return turns.changes(
            Difference(
                step=1, journal_id=1, run_id=1, what="output", recorded=recorded, replayed=replayed
            )
        )

    assert told('{"effects":[]}', '{"effects":[1]}') == ["effects: 0 items -> 1: [1]"]
    assert told("{}", "{ }") == ["the same values, written in another way"]


async def test_the_command_tells_the_differences_by_its_exit_code(shop: Shop, db: Database) -> None:
    await spoken(shop)
    dialog_id = await db.value("SELECT id FROM dialogs")
    code, told = await command(db, dialog_id)
    assert (code, told) == (0, "5 steps, 0 differences\n")
    await db.execute("UPDATE journal SET output = '{}' WHERE id = (SELECT max(id) FROM journal)")
    code, told = await command(db, dialog_id)
    assert code == 1
    assert told.startswith("step 5 (journal ")
    assert told.endswith("5 steps, 1 differences\n")


async def command(db: Database, dialog_id: int) -> tuple[int | None, str]:
    """`connective replay`, in a process of its own."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "connective.app.cli", "replay", "--dialog", str(dialog_id)),
        env=os.environ | {"CONNECTIVE_DATABASE_URL": db.dsn, "CONNECTIVE_SECRET_KEY": "test key"},
        stdout=asyncio.subprocess.PIPE,
    )
    told, _ = await process.communicate()
    return process.returncode, told.decode()
