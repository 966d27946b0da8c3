"""Pure actions: what each does with good values and with bad ones."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from connective.engine import dates
from connective.engine.actions import PURE
from connective.engine.actions.numbers import formatted
from connective.engine.arithmetic import calculate
from connective.engine.effects import Delete, Edit, Say, Typing
from connective.engine.params import check
from connective.engine.values import Refused, decimal

Talk = Callable[..., Any]


def run(make: Any, name: str, values: dict[str, Any], variables: dict[str, Any]) -> tuple[str, Any]:
    """The port an action took, and the dialog after it."""
    bot = make.dialog(make.graph([make.action(2, name, values)], [(1, "next", 2)]), ("en", "uk"))
    bot.begin(trigger="test", variables=variables)
    return next(port for node_id, port in bot.ports() if node_id == 2), bot


CASES = json.loads((Path(__file__).parent / "action_cases.json").read_text("utf-8"))


@pytest.mark.parametrize(("name", "values", "variables", "port", "changed"), CASES)
@pytest.mark.parametrize("prefix", ["", "action_"])
def test_an_action_takes_its_port_and_writes(
    make: Any, prefix: str, name: str, values: Any, variables: Any, port: str, changed: Any
) -> None:
    taken, bot = run(make, prefix + name, values, variables)
    assert taken == port
    expected = changed if name == "unset" else {**variables, **changed}
    assert bot.state.variables == expected
    if port == "error":
        assert bot.state.system["last_error"]["action"] == name


def test_actions_speak(make: Any) -> None:
    _, bot = run(
        make, "send_text", {"text": {"en": "<b>{{x}}</b>"}, "parse_mode": "HTML"}, {"x": "<"}
    )
    assert bot.effect(Say).text == "<b>&lt;</b>"
    _, bot = run(make, "send_location", {"lat": "50.45", "lon": 30, "title": "Us"}, {})
    assert bot.effect(Say).location == {"lat": 50.45, "lon": 30, "title": "Us"}
    _, bot = run(make, "send_contact", {"phone": "{{p}}", "name": "Shop"}, {"p": "+38044"})
    assert (bot.effect(Say).kind, bot.effect(Say).contact) == (
        "contact",
        {"phone": "+38044", "name": "Shop"},
    )
    _, bot = run(make, "edit_message", {"message_id": "{{m}}", "text": "New"}, {"m": 5})
    assert (bot.effect(Edit).message_id, bot.effect(Edit).text) == ("5", "New")
    _, bot = run(make, "delete_message", {"message_id": "5"}, {})
    assert bot.effect(Delete).message_id == "5"
    _, bot = run(make, "typing", {}, {})
    assert bot.effect(Typing).seconds == 3


def test_chance_repeats_at_replay_and_differs_from_node_to_node(make: Any) -> None:
    nodes = [
        make.action(2, "random", {"max": 1_000_000, "save_to": "a"}),
        make.action(3, "random", {"max": 1_000_000, "save_to": "b"}),
        make.action(4, "uuid", {"save_to": "id"}),
        make.action(5, "random", {"list": ["x", "y"], "save_to": "c"}),
    ]
    edges = [(1, "next", 2), (2, "success", 3), (3, "success", 4), (4, "success", 5)]
    first, second = (make.dialog(make.graph(nodes, edges)) for _ in range(2))
    first.tell("hi")
    second.tell("hi")
    assert first.state.variables == second.state.variables
    assert first.state.variables["a"] != first.state.variables["b"]
    assert first.state.variables["c"] in ("x", "y")
    assert first.state.variables["id"][14] == "4"


def test_restart_may_forget_and_stop_ends(make: Any) -> None:
    nodes = [
        make.node(2, "wait", {"text": "Go? {{x}}"}),
        make.action(3, "set", {"name": "x", "value": 1}),
        make.action(4, "restart", {"keep_vars": "{{last_message}}"}),
    ]
    bot = make.dialog(make.graph(nodes, [(1, "next", 2), (2, "next", 3), (3, "success", 4)]))
    bot.tell("hi")
    assert bot.tell("true") == ["Go? 1"]
    assert bot.tell("false") == ["Go? "]
    nodes = [make.action(2, "stop"), make.node(3, "message", {"text": "No"})]
    bot = make.dialog(make.graph(nodes, [(1, "next", 2), (2, "success", 3)]))
    assert bot.tell("hi") == []
    assert bot.kinds() == ["RunStarted", "RunEnded"]


def test_goto_alias_carries_variables(make: Any) -> None:
    nodes = [
        make.action(2, "goto_alias", {"alias": "there", "vars": {"who": "{{first_name}}"}}),
        make.node(3, "entry", {"alias": "there"}),
        make.node(4, "message", {"text": "Hello {{who}}"}),
    ]
    bot = make.dialog(make.graph(nodes, [(1, "next", 2), (3, "next", 4)]))
    assert bot.tell("hi") == ["Hello Ann"]
    assert bot.last.trace[1].note == "-> 3"


def test_loops_nest_and_may_wait_inside(make: Any) -> None:
    nodes = [
        make.action(2, "loop__start", {"list": "{{rows}}", "item_var": "row", "index_var": "i"}),
        make.action(3, "loop__start", {"list": "{{row}}", "item_var": "cell", "index_var": "j"}),
        make.node(4, "wait", {"text": "{{i}}{{j}} {{cell}}?"}),
        make.action(5, "loop__next", {"break": "{{last_message}}"}),
        make.action(6, "loop__next"),
        make.node(7, "message", {"text": "End"}),
    ]
    edges = [
        (1, "next", 2), (2, "item", 3), (3, "item", 4), (4, "next", 5), (5, "item", 4),
        (5, "done", 6), (3, "done", 6), (6, "item", 3), (6, "done", 7), (2, "done", 7),
    ]  # fmt: skip
    bot = make.dialog(make.graph(nodes, edges))
    assert bot.begin(trigger="test", variables={"rows": [["a", "b"], [], ["c", "d"]]}) == ["00 a?"]
    assert bot.tell("go") == ["01 b?"]
    assert bot.tell("go") == ["20 c?"]
    assert bot.tell("yes") == ["End"]
    assert bot.state.loops == []
    assert bot.begin(trigger="test", variables={"rows": []}) == ["End"]


def test_a_variable_has_a_greatest_size(make: Any) -> None:
    nodes = [
        make.action(2, "set", {"name": "x", "value": ["{{x}}", "{{x}}"]}),
        make.node(3, "message", {"text": "{{last_error.code}}"}),
    ]
    bot = make.dialog(make.graph(nodes, [(1, "next", 2), (2, "success", 2), (2, "error", 3)]))
    assert bot.begin(trigger="test", variables={"x": "y" * 100}) == ["too_large"]


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("2 + 3 * 4", 14), ("(2 + 3) * 4", 20), ("-2 ** 2", -4), ("2 ^ 3 ^ 2", 512),
        ("0.1 + 0.2", 0.3), ("7 // 2", 3), ("-7 // 2", -4), ("7 % 3", 1), ("-7 % 3", 2),
        ("round(2.5)", 3), ("round(1.005, 2)", 1.01), ("min(3, 1, 2)", 1), ("sqrt(16)", 4),
        ("floor(-1.5) + ceil(1.2) + abs(-3)", 3), ("--3", 3), ("2 ** -1", 0.5),
    ],
)  # fmt: skip
def test_arithmetic_is_exact(expression: str, value: float) -> None:
    assert calculate(expression) == value


@pytest.mark.parametrize(
    "expression",
    ["", "2 +", "(1", "1)", "a", "__import__('os')", "round(1, 2, 3)", "1 2", "9**9**9",
     "(" * 500 + "1", "1" * 1001, "sqrt(-1)", "1 % 0", "2**" * 200 + "2", "round()", "min"],
)  # fmt: skip
def test_what_is_not_arithmetic_is_refused(expression: str) -> None:
    with pytest.raises(Refused):
        calculate(expression)


@pytest.mark.parametrize(
    ("value", "picture", "shown"),
    [
        ("1234.5", "# ##0.00", "1 234.50"), ("1234567", "#,##0", "1,234,567"),
        ("-1234.5", "#.##0,0#", "-1.234,5"), ("0.5", "0.##", "0.5"), ("2", "0.##", "2"),
        ("999.995", "0.00", "1000.00"),
    ],
)  # fmt: skip
def test_a_number_is_written_by_a_pattern(value: str, picture: str, shown: str) -> None:
    number = decimal(value)
    assert number is not None
    assert formatted(number, picture) == shown


def test_daylight_saving_keeps_the_clock_for_days_and_the_length_for_hours() -> None:
    eve = dates.parse("2024-03-30T12:00:00", "Europe/Kyiv")
    assert eve is not None
    assert dates.iso(dates.shifted(eve, 1, "day")) == "2024-03-31T12:00:00+03:00"
    assert dates.iso(dates.shifted(eve, 24, "hours")) == "2024-03-31T13:00:00+03:00"


@pytest.mark.parametrize("spec", PURE.values(), ids=list(PURE))
def test_every_pure_action_has_a_good_example_and_marks_what_is_required(spec: Any) -> None:
    assert spec.kind == "pure"
    assert spec.run is not None
    assert check(spec.params, spec.example) == []
    assert spec.check is None or spec.check(spec.example) == []
    for name in spec.params["required"]:
        missing = {key: value for key, value in spec.example.items() if key != name}
        assert (name, "required_parameter", {"field": name}) in check(spec.params, missing)
    assert check(spec.params, {**spec.example, "nonsense": 1})[0][1] == "unknown_parameter"
