"""Nodes: questions, keyboards, routers, exits and sections."""

from collections.abc import Callable
from typing import Any

import pytest

from connective.engine.conditions import OPS
from connective.engine.effects import Say

Talk = Callable[..., Any]


def test_a_message_says_all_it_has(talk: Talk, make: Any) -> None:
    data = {
        "text": {"en": "<b>{{first_name}}</b>", "uk": "Вітаю, {{first_name}}"},
        "parse_mode": "HTML",
        "delay_ms": 500,
        "attachments": [
            {"type": "image", "url": "https://a.example/{{pic}}.png", "caption": "<i>{{pic}}</i>"}
        ],
        "json": {"min_api_version": 7, "tag": "{{pic}}"},
    }
    bot = talk(
        [make.node(2, "message", data)], [(1, "next", 2)], {"pic": "a&b"}, languages=("en", "uk")
    )
    bot.client["first_name"] = "<Ann>"
    bot.tell("hi")
    said = bot.effect(Say)
    assert (said.text, said.kind, said.delay_ms) == ("<b>&lt;Ann&gt;</b>", "image", 500)
    assert said.attachments[0].url == "https://a.example/a%26b.png"
    assert said.attachments[0].caption == "<i>a&amp;b</i>"
    assert said.extra == {"min_api_version": 7, "tag": "a&b"}
    bot.client["language"] = "uk"
    assert bot.tell("hi") == ["Вітаю, &lt;Ann&gt;"]


def test_parse_mode_may_stand_in_the_json_of_the_block(talk: Talk, make: Any) -> None:
    data = {"text": "{{first_name}}", "json": {"parse_mode": "HTML"}}
    bot = talk([make.node(2, "message", data)], [(1, "next", 2)])
    bot.client["first_name"] = "<x>"
    assert bot.tell("hi") == ["&lt;x&gt;"]
    assert bot.effect(Say).parse_mode == "HTML"
    assert bot.effect(Say).extra == {}


FILE = {"name": "Scan.PDF", "mime": "application/pdf", "size": 1_048_576}
GOOD_AND_BAD = [
    ({"type": "any"}, {"text": "x"}, "x"),
    ({"type": "any"}, {"file": FILE}, FILE),
    ({"type": "text", "min": 2, "max": 3}, {"text": " abc "}, "abc"),
    ({"type": "text", "min": 2, "max": 3}, {"text": "a"}, None),
    ({"type": "text"}, {"file": FILE}, None),
    ({"type": "integer", "min": 1}, {"text": "7"}, 7),
    ({"type": "integer"}, {"text": "7.5"}, None),
    ({"type": "integer"}, {"text": "7.0"}, 7),
    ({"type": "number", "min": 1, "max": 120}, {"text": "20,5"}, 20.5),
    ({"type": "number", "min": 1, "max": 120}, {"text": "121"}, None),
    ({"type": "number"}, {"text": "nan"}, None),
    ({"type": "date", "min": "2024-01-01"}, {"text": "05.02.2024"}, "2024-02-05"),
    ({"type": "date", "min": "2024-01-01"}, {"text": "2023-12-31"}, None),
    ({"type": "date"}, {"text": "31.02.2024"}, None),
    ({"type": "date"}, {"text": "5"}, None),
    ({"type": "datetime"}, {"text": "05.02.2024 10:30"}, "2024-02-05T10:30:00+02:00"),
    ({"type": "datetime"}, {"text": "05.02.2024"}, None),
    ({"type": "regex", "regex": "^[A-Z]{2}\\d+$"}, {"text": "AB12"}, "AB12"),
    ({"type": "regex", "regex": "^[A-Z]{2}\\d+$"}, {"text": "ab12"}, None),
    ({"type": "choice", "choices": ["Yes", {"en": "No", "uk": "Ні"}]}, {"text": " ні "}, "No"),
    ({"type": "choice", "choices": ["Yes"]}, {"text": "maybe"}, None),
    ({"type": "file", "types": ["pdf"], "max_mb": 1}, {"file": FILE}, FILE),
    ({"type": "file", "types": ["application/*"]}, {"file": FILE}, FILE),
    ({"type": "file", "types": ["image"]}, {"file": FILE}, None),
    ({"type": "file", "max_mb": 0.5}, {"file": FILE}, None),
    ({"type": "file"}, {"text": "x"}, None),
    ({"type": "location"}, {"location": {"lat": 1, "lon": 2}}, {"lat": 1, "lon": 2}),
    ({"type": "location"}, {"text": "x"}, None),
    ({"type": "contact"}, {"contact": {"phone": "+1"}}, {"phone": "+1"}),
    ({"type": "contact"}, {"text": "x"}, None),
    ({"type": "phone"}, {"text": "+38 (050) 111-22-33"}, "+380501112233"),
    ({"type": "phone"}, {"contact": {"phone": "380501112233"}}, "380501112233"),
    ({"type": "phone"}, {"text": "call me"}, None),
    ({"type": "email"}, {"text": " ann@shop.example "}, "ann@shop.example"),
    ({"type": "email"}, {"text": "ann@shop"}, None),
]


@pytest.mark.parametrize(("validation", "answer", "kept"), GOOD_AND_BAD)
def test_an_answer_is_checked_and_kept(
    talk: Talk, make: Any, validation: Any, answer: Any, kept: Any
) -> None:
    data = {"text": "?", "save_to": "a.b", "validation": {**validation, "error_text": "No"}}
    bot = talk(
        [make.node(2, "wait", data), make.node(3, "message", {"text": "Ok"})],
        [(1, "next", 2), (2, "next", 3)],
    )
    bot.tell("/start")
    text = answer.get("text", "")
    more = {key: value for key, value in answer.items() if key != "text"}
    said = bot.tell(text, **more)
    assert said == (["No"] if kept is None else ["Ok"])
    assert bot.state.variables == ({} if kept is None else {"a": {"b": kept}})


@pytest.mark.parametrize(("attempts", "answers"), [(0, 9), (1, 0), (3, 2)])
def test_the_last_bad_answer_fails(talk: Talk, make: Any, attempts: int, answers: int) -> None:
    data = {
        "text": "Age?",
        "max_attempts": attempts,
        "validation": {"type": "integer"},
        "timeout_s": 60,
    }
    bot = talk(
        [make.node(2, "wait", data), make.node(3, "message", {"text": "Failed"})],
        [(1, "next", 2), (2, "failed", 3)],
    )
    bot.tell("hi")
    deadline = bot.state.waiting.deadline
    for _ in range(answers):
        bot.now += 1000
        assert bot.tell("x") == ["Age?"]
        assert bot.state.waiting.deadline == deadline
    if attempts:
        assert bot.tell("x") == ["Failed"]


def test_attempts_used_up_without_an_edge_are_a_failure(talk: Talk, make: Any) -> None:
    data = {"text": "Age?", "max_attempts": 1, "validation": {"type": "integer"}}
    bot = talk([make.node(2, "wait", data)], [(1, "next", 2)], {"error_text": "Sorry"})
    bot.tell("hi")
    assert bot.tell("x") == ["Sorry"]


@pytest.mark.parametrize(
    ("left", "op", "right", "holds"),
    [
        ("10", "gt", "9", True),
        ("10", "gt", "9a", False),
        ("7.0", "eq", "7", True),
        ("a", "eq", "A", False),
        ("a", "ne", "b", True),
        ("5", "gte", "5", True),
        ("4", "lt", "5", True),
        ("5", "lte", "4", False),
        ("a", "lt", "b", True),
        ("hello", "contains", "ell", True),
        ([1, 2], "contains", "2", True),
        ({"k": 1}, "contains", "k", True),
        ("hello", "not_contains", "z", True),
        ("hello", "starts", "he", True),
        ("hello", "ends", "lo", True),
        ("ab12", "matches", r"^\w+\d$", True),
        ("ab", "matches", "(", False),
        ("b", "in", "a, b", True),
        ("2", "in", [1, 2], True),
        ("", "empty", None, True),
        ([], "empty", None, True),
        (0, "empty", None, False),
        ("0", "not_empty", None, True),
        ("12", "is_type", "number", True),
        ("12.5", "is_type", "integer", False),
        ("x", "is_type", "text", True),
        ([1], "is_type", "list", True),
        ({"a": 1}, "is_type", "object", True),
        ("true", "is_type", "boolean", True),
        ("2024-01-01", "is_type", "date", True),
        (None, "is_type", "empty", True),
        (True, "eq", "true", True),
    ],
)
def test_a_comparison_holds(left: Any, op: str, right: Any, holds: bool) -> None:
    assert OPS[op](left, right) is holds


def test_the_first_rule_that_holds_wins(talk: Talk, make: Any) -> None:
    rules = [
        {
            "port": "both",
            "conditions": [
                {"left": "{{n}}", "op": "gte", "right": "10"},
                {"left": "{{s}}", "op": "eq", "right": "x"},
            ],
        },
        {
            "port": "any",
            "logic": "or",
            "conditions": [
                {"left": "{{n}}", "op": "eq", "right": "{{m}}"},
                {"left": "{{s}}", "op": "eq", "right": "x"},
            ],
        },
    ]
    nodes = [
        make.node(2, "router", {"rules": rules}),
        *(make.node(i, "message", {"text": t}) for i, t in ((3, "both"), (4, "any"), (5, "else"))),
    ]
    bot = talk(nodes, [(1, "next", 2), (2, "both", 3), (2, "any", 4), (2, "else", 5)])
    assert bot.begin(trigger="test", variables={"n": 10, "s": "x", "m": 1}) == ["both"]
    assert bot.begin(trigger="test", variables={"n": 3, "s": "x", "m": 1}) == ["any"]
    assert bot.begin(trigger="test", variables={"n": 3.0, "s": "y", "m": "3"}) == ["any"]
    assert bot.begin(trigger="test", variables={"n": 3, "s": "y", "m": 1}) == ["else"]


class TestSections:
    """Exits, calls and returns."""

    def nodes(self, make: Any, target: dict[str, Any]) -> list[Any]:
        return [
            make.node(1, "start"),
            make.node(2, "message", {"text": "Main"}),
            make.action(3, "call_section", {"section": "Payment", "vars": {"sum": 5}}),
            make.node(4, "message", {"text": "Back"}),
            make.node(10, "entry", {"alias": "pay"}, 2),
            make.node(11, "message", {"text": "Pay {{sum}}"}, 2),
            make.node(12, "exit", target, 2),
        ]

    EDGES = ((1, "next", 2), (2, "next", 3), (3, "return", 4), (10, "next", 11), (11, "next", 12))

    @pytest.mark.proves("SC-19", part="return to caller")
    def test_a_called_section_returns(self, talk: Talk, make: Any) -> None:
        bot = talk(
            self.nodes(make, {"target": "return"}), list(self.EDGES), sections=("Main", "Payment")
        )
        assert bot.tell("hi") == ["Main", "Pay 5", "Back"]
        assert bot.state.stack == []

    def test_a_wait_inside_keeps_the_caller(self, talk: Talk, make: Any) -> None:
        nodes = self.nodes(make, {"target": "return"})
        nodes[5] = make.node(11, "wait", {"text": "Card?"}, 2)
        bot = talk(nodes, list(self.EDGES), sections=("Main", "Payment"))
        assert bot.tell("hi") == ["Main", "Card?"]
        assert bot.tell("4242") == ["Back"]

    @pytest.mark.parametrize(
        "target", [{"target": "alias", "alias": "done"}, {"target": "entry", "node_id": 20}]
    )
    def test_an_exit_goes_on_at_an_entry(self, talk: Talk, make: Any, target: Any) -> None:
        nodes = [
            *self.nodes(make, target),
            make.node(20, "entry", {"alias": "done"}),
            make.node(21, "message", {"text": "Done"}),
        ]
        bot = talk(nodes, [*self.EDGES, (20, "next", 21)], sections=("Main", "Payment"))
        assert bot.tell("hi") == ["Main", "Pay 5", "Done"]

    def test_a_return_without_a_caller_ends(self, talk: Talk, make: Any) -> None:
        bot = talk([make.node(2, "exit", {"target": "return"})], [(1, "next", 2)])
        assert bot.tell("hi") == []
        assert bot.kinds() == ["RunStarted", "RunEnded"]

    def test_sections_call_each_other_twenty_deep_at_most(self, talk: Talk, make: Any) -> None:
        nodes = [
            make.node(2, "entry", {"alias": "again"}),
            make.action(3, "call_section", {"section": "again"}),
        ]
        bot = talk(nodes, [(1, "next", 2), (2, "next", 3)], {"error_text": "Sorry"})
        assert bot.tell("hi") == ["Sorry"]
        assert bot.state.system["last_error"]["code"] == "stack_full"


def test_the_language_is_the_clients_choice_then_the_channels(talk: Talk, make: Any) -> None:
    nodes = [
        make.node(2, "message", {"text": {"en": "Hello", "uk": "Вітаю"}}),
        make.action(3, "set_language", {"language": "{{last_message}}"}),
    ]
    bot = talk(nodes, [(1, "next", 2), (2, "next", 3)], languages=("en", "uk"))
    bot.client["language"] = "fr"
    assert bot.tell("uk") == ["Hello"]
    assert bot.tell("xx") == ["Вітаю"]
    assert bot.state.language == "uk"
