"""The sample scenario of the product's document format, played from end to end."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from connective.engine.effects import Call, RunEnded, Say
from connective.engine.verify import verify

GRAPH = json.loads((Path(__file__).parent / "sample.json").read_text("utf-8"))
Talk = Callable[..., Any]


@pytest.fixture
def bot(make: Any) -> Any:
    return make.dialog(GRAPH)


@pytest.mark.proves("P-06", part="graph document")
def test_the_sample_is_verified(make: Any) -> None:
    report = verify(GRAPH, languages=["en"], actions=make.outside)
    assert report.errors == []
    assert {(w.code, w.node_id) for w in report.warnings} == {
        ("unwired_port", 2),
        ("unwired_port", 5),
        ("unwired_port", 6),
        ("unwired_port", 7),
    } - {("unwired_port", 2)}


@pytest.mark.proves("P-06", part="graph document")
def test_a_grown_up_meets_the_operator(bot: Any) -> None:
    assert bot.tell("/start") == ["How old are you, Ann?"]
    assert bot.tell("many") == ["A number, please"]
    assert bot.tell("121") == ["A number, please"]
    assert bot.tell("20") == ["Choose"]
    assert [button.text for button in bot.effect(Say).keyboard.buttons] == ["Operator", "Bye"]
    assert bot.tell("operator") == []
    call = bot.effect(Call)
    assert call.kind == "local"
    asked = {name: value for name, value in call.values.items() if name != "node"}
    assert asked == {"subject_alias": "support", "auto_connect_operator": True}
    assert call.values["node"]["wired"] == []
    assert bot.done("success") == []
    assert bot.effect(RunEnded).status == "done"
    assert bot.state.variables == {"age": 20, "choice": "Operator"}


def test_a_child_is_told_goodbye(bot: Any) -> None:
    bot.tell("/start")
    assert bot.tell("7") == ["Bye"]
    assert bot.ports() == [(2, "next"), (3, "else"), (5, "next")]
    assert bot.tell("hello again") == ["How old are you, Ann?"]


def test_a_grown_up_says_goodbye_by_number(bot: Any) -> None:
    bot.tell("/start")
    bot.tell("20")
    assert bot.tell("2") == ["Bye"]


@pytest.mark.parametrize(("event", "said"), [("ok", ["Bye"]), ("not_ok", ["Something went wrong"])])
def test_the_crm_starts_at_its_entry_point(bot: Any, event: str, said: list[str]) -> None:
    assert bot.program.exposed == {8}
    assert bot.begin(trigger="call_node", alias="crm_entry_point") == []
    assert bot.effect(Call).values["response_mapping"] == {"total": "order_total"}
    assert bot.done(event, writes={"order_total": 5}) == said
