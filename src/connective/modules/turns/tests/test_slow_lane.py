"""A scenario that does too much stalls nobody: its turns go apart, one at a time, in a thread."""

import asyncio
import threading
from typing import Any

import pytest

from connective.engine import step
from connective.engine.budget import OverBudget
from connective.kit.context import unit_of_work
from connective.kit.testing.databases import Database
from connective.kit.testing.shop import Shop
from connective.modules.turns import service as turns
from connective.modules.turns import slow, steps

LONG = "long" + "я" * 96


def kept(node_id: int, name: str, value: str) -> Any:
    values = {"name": name, "value": value}
    return (node_id, "action", {"template_id": "set", "values": values})


IS_LONG = {"left": "{{last_message}}", "op": "starts", "right": "long"}
GREEDY: Any = (
    [
        (1, "start", {}),
        (2, "router", {"rules": [{"port": "long", "conditions": [IS_LONG]}]}),
        (3, "message", {"text": "You said {{last_message}}"}),
        kept(4, "a", "{{last_message}}" * 10),
        kept(5, "b", "{{a}}" * 10),
        kept(6, "c", "{{b}}" * 10),
        kept(7, "c", "{{c|upper|lower}}"),
    ],
    [
        (1, "next", 2),
        (2, "else", 3),
        (2, "long", 4),
        *((i, "success", min(i + 1, 7)) for i in range(4, 8)),
    ],
)


class Witness:
    """Sees how the engine was called: quick or not, and in which thread."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.calls: list[tuple[bool, bool, bool]] = []
        self.step = step.step
        patch.setattr(step, "step", self)

    def __call__(self, *given: Any, quick: bool = False) -> Any:
        here = threading.current_thread() is threading.main_thread()
        try:
            done = self.step(*given, quick=quick)
        except OverBudget:
            self.calls.append((quick, here, False))
            raise
        self.calls.append((quick, here, True))
        return done


async def test_a_greedy_turn_goes_apart_and_the_others_go_on(
    shop: Shop, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await shop.publish(*GREEDY)
    seen = Witness(monkeypatch)
    await shop.say("hello", "plain")
    assert seen.calls == [(True, True, True)]
    updates = [shop.update(f"c{number}", text="hello") for number in range(20)]
    answer, *others = await asyncio.gather(
        shop.post(shop.update("greedy", text=LONG)), *(shop.post(update) for update in updates)
    )
    assert [a.status for a in (answer, *others)] == [200] * 21
    assert (True, True, False) in seen.calls  # found out in a group
    assert (False, False, True) in seen.calls  # taken whole in a thread
    ended = await db.fetch("SELECT status, error FROM runs WHERE status <> 'done'")
    assert ended == [{"status": "limited", "error": "over_budget"}]
    texts = {body["chat_id"]: body["message"]["text"] for body in await shop.heard(22)}
    assert texts["greedy"].startswith("Something went wrong")
    assert {texts[f"c{number}"] for number in range(20)} == {"You said hello"}
    seen.calls.clear()
    await shop.say("hello", "greedy")
    assert seen.calls == [(False, False, True)]  # the account is known now
    slow.forget()
    await shop.say("hello", "greedy")
    assert seen.calls[-1] == (True, True, True)
    await replays(db)


async def test_a_state_that_grows_too_large_is_not_kept(
    shop: Shop, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    nodes = [
        (1, "start", {}),
        (2, "wait", {"text": "Say", "save_to": "said"}),
        (3, "message", {"text": "Kept"}),
    ]
    await shop.publish(nodes, [(1, "next", 2), (2, "next", 3), (3, "next", 2)])
    monkeypatch.setattr(steps, "MOST_STATE", 2_500)
    for text in ("/start", "short", "x" * 2_000):
        await shop.say(text)
    assert (await shop.texts(4))[1:3] == ["Kept", "Say"]
    assert (await shop.texts(4))[3].startswith("Something went wrong")
    assert await db.value("SELECT error FROM runs") == "state_too_large"
    assert await db.value("SELECT state->'variables'->>'said' FROM dialogs") == "short"
    await shop.say("again")
    assert (await shop.texts(5))[4] == "Say"
    await replays(db)


async def replays(db: Database) -> None:
    """Every dialog's journal gives the same bytes."""
    for row in await db.fetch("SELECT id FROM dialogs"):
        async with unit_of_work() as ctx:
            found = await turns.replay(ctx, row["id"])
        assert found.steps > 0
        assert found.differences == []
