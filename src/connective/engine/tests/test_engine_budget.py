"""No scenario makes a step endless: work is counted, whatever takes it, and the run ends."""

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from connective.engine import budget, filters
from connective.engine.budget import OverBudget
from connective.engine.effects import RunEnded, Say
from connective.engine.model import Message
from connective.engine.step import step

Talk = Callable[..., Any]
BIG = "я" * 200_000
LIST = [{"n": number, "s": "x"} for number in range(9_000)]
HALF = [str(number) for number in range(9_000)]


def greedy(make: Any) -> dict[str, Any]:
    """Blocks that each do much with large variables: a circle of one is an attack."""
    many = "".join("{{big|upper|lower}}" for _ in range(50))
    same = [{"left": "{{items}}", "op": "contains", "right": "{{items}}"}] * 9
    right = {"port": "a", "conditions": [{"left": "1", "op": "in", "right": "{{half}}"}] * 900}
    regex = {"text": "{{big}}", "find": "я", "replace": "", "regex": True}
    fields = [{"left": "n", "op": "eq", "right": "{{item.s}}"}] * 30
    return {
        "filters": make.node(2, "message", {"text": many}),
        "addresses": make.node(
            2, "message", {"text": "x", "attachments": [
                {"type": "image", "url": "https://a.example/{{big}}"}] * 9}
        ),
        "a json block": make.node(2, "message", {"text": "x", "json": {"a": ["{{items}}"] * 900}}),
        "comparisons": make.node(2, "router", {"rules": [{"port": "a", "conditions": same}]}),
        "searches": make.node(2, "router", {"rules": [right] * 1}),
        "regular expressions": make.action(2, "text_replace", regex),
        "filtered lists": make.action(
            2, "list_filter", {"list": "{{items}}", "conditions": fields, "save_to": "o"}
        ),
        "unique items": make.action(
            2, "list_append", {"list": "half", "item": "{{items}}", "unique": True}
        ),
        "removed items": make.action(
            2, "list_remove", {"list": "items", "where": {"s": "{{big}}", "n": "{{big}}"}}
        ),
        "writes": make.action(2, "set", {"values": {f"v{i}": "{{big}}" for i in range(90)}}),
        "forgetting": make.action(2, "unset", {"names": [f"object.k{i}" for i in range(900)]}),
        "cases": make.action(
            2, "switch", {"value": "{{items}}", "cases": [{"value": 1, "event": "a"}] * 900}
        ),
        "encoding": make.action(2, "encode", {"text": "{{small}}", "mode": "url"}),
        "paths": make.action(
            2, "json_path", {"source": "{{items}}", "path": "*.n", "save_to": "o"}
        ),
    }  # fmt: skip


NAMES = [
    "filters", "addresses", "a json block", "comparisons", "searches", "regular expressions",
    "filtered lists", "unique items", "removed items", "writes", "forgetting", "cases", "encoding",
    "paths",
]  # fmt: skip
VARIABLES = {
    "big": BIG,
    "small": BIG[:40_000],
    "items": LIST,
    "half": HALF,
    "object": {f"k{number}": "x" for number in range(9_000)},
}


def circle(talk: Talk, make: Any, name: str) -> Any:
    """A bot whose block leads back to itself by every port it has."""
    block = greedy(make)[name]
    ports = ("next", "a", "else", "success", "found", "empty", "default")
    bot = talk(
        [block], [(1, "next", 2), *((2, port, 2) for port in ports)], {"error_text": "Sorry"}
    )
    bot.state = msgspec.structs.replace(bot.state, variables=VARIABLES)
    return bot


@pytest.mark.parametrize("name", NAMES)
def test_a_greedy_circle_is_stopped_and_the_client_told(talk: Talk, make: Any, name: str) -> None:
    bot = circle(talk, make, name)
    assert bot.tell("hi")[-1] == "Sorry"
    ended = bot.effect(RunEnded)
    assert (ended.status, ended.error) == ("limited", "over_budget")
    assert bot.warned()[-1] == "over_budget"
    assert bot.last.trace[-1].error == "over_budget"
    assert bot.last.work == budget.FULL
    assert bot.state.waiting.kind == "none"
    assert bot.state.variables["big"] == BIG


def test_filters_handle_no_more_than_the_budget(
    talk: Talk, make: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    handled = 0

    def upper(value: Any, _arg: Any, _tz: str) -> str:
        nonlocal handled
        handled += len(value)
        return str(value)

    monkeypatch.setitem(filters.FILTERS, "upper", upper)
    bot = talk(
        [make.node(2, "message", {"text": "".join(f"{{{{big|upper}}}} {i}" for i in range(99))})],
        [(1, "next", 2), (2, "next", 2)],
    )
    bot.state = msgspec.structs.replace(bot.state, variables=VARIABLES)
    bot.tell("hi")
    assert 0 < handled <= budget.FULL


def test_a_step_too_long_for_a_group_is_given_back_untouched(talk: Talk, make: Any) -> None:
    text = "".join("{{big|upper}}" for _ in range(10))
    bot = talk([make.node(2, "message", {"text": text})], [(1, "next", 2)])
    bot.state = msgspec.structs.replace(bot.state, variables=VARIABLES)
    before = msgspec.json.encode(bot.state)
    message = Message(text="hi")
    with pytest.raises(OverBudget):
        step(bot.program, bot.state, message, bot.env(), quick=True)
    assert msgspec.json.encode(bot.state) == before
    done = step(bot.program, bot.state, message, bot.env())
    assert budget.QUICK < done.work < budget.FULL
    assert [len(said.text) for said in done.effects if isinstance(said, Say)] == [2_000_000]


def test_an_ordinary_step_is_far_below_the_bound(talk: Talk, make: Any) -> None:
    nodes = [make.node(i, "message", {"text": "Hello {{first_name|upper}}"}) for i in range(2, 60)]
    bot = talk(nodes, [(i, "next", i + 1) for i in range(1, 59)])
    bot.tell("hi")
    assert 0 < bot.last.work < budget.QUICK // 20
