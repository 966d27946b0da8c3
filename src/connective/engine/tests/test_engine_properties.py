"""What holds for any input: one pass of expansion, equal bytes at a replay, no crash."""

from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connective.engine.effects import Outcome, Say
from connective.engine.model import Begin, Event, Message, Press, State
from connective.engine.step import step

pytestmark = pytest.mark.filterwarnings("error")
TEXTS = st.text(max_size=80) | st.sampled_from(
    [
        "{{secret.K}}",
        "{{name}}",
        "{{a|json}}",
        "/start",
        "/start {{name}}",
        "/",
        "/@",
        "1",
        "0",
        "-1",
        "Так",
        "2.a",
        "true",
        "9" * 5000,
        "\x00",
        '{"alias":1}',
        '{"alias":"menu","params":[]}',
        "{" * 3000,
        "..",
        "a.b",
        "$",
    ]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.floats(allow_nan=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=8,
)
EVENTS = st.one_of(
    st.builds(Message, text=TEXTS, contact=st.none() | st.just({"phone": "1"})),
    st.builds(Press, data=TEXTS),
    st.builds(
        Begin,
        trigger=st.just("test"),
        alias=st.none() | TEXTS,
        variables=st.dictionaries(TEXTS, JSON, max_size=3),
    ),
)
SETTINGS = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


CHAIN: list[tuple[str, dict[str, Any], str]] = [
    (
        "text_replace",
        {"text": "{{x}}", "find": "{{x}}", "replace": "{{x}}", "save_to": "y"},
        "success",
    ),
    ("text_split", {"text": "{{x}}", "by": "{{x}}", "save_to": "parts"}, "success"),
    ("text_match", {"text": "{{x}}", "regex": "{{x}}", "save_groups": "{{x}}"}, "match"),
    ("math", {"expression": "{{x}}", "save_to": "m"}, "success"),
    ("set", {"name": "{{x}}", "value": "{{x}}"}, "success"),
    ("increment", {"name": "{{x}}", "by": "{{x}}"}, "success"),
    ("json_parse", {"text": "{{x}}", "save_to": "j"}, "ok"),
    ("json_path", {"source": "{{x}}", "path": "{{x}}", "save_to": "p"}, "found"),
    ("list_append", {"list": "l", "item": "{{x}}"}, "success"),
    ("list_sort", {"list": "l", "by": "{{x}}"}, "success"),
    (
        "generate_list",
        {"list": "{{l}}", "text": "{{item}}", "page_size": "{{x}}", "save_to": "b"},
        "success",
    ),
    ("format_number", {"value": "{{x}}", "pattern": "{{x}}"}, "success"),
    ("date_format", {"date": "{{x}}", "from": "{{x}}", "to": "{{x}}"}, "ok"),
    ("date_add", {"date": "{{x}}", "amount": "{{x}}", "unit": "days"}, "success"),
    ("validate", {"value": "{{x}}", "type": "datetime", "min": "{{x}}"}, "valid"),
    ("encode", {"text": "{{x}}", "mode": "url"}, "success"),
    ("parse_params", {"source": "{{x}}", "names": "{{x}}"}, "success"),
    ("set_language", {"language": "{{x}}"}, "success"),
    ("random", {"min": "{{x}}", "max": "{{x}}"}, "success"),
    ("if_else", {"left": "{{x}}", "op": "matches", "right": "{{x}}"}, "true"),
    ("send_text", {"text": "<i>{{x}}</i>", "parse_mode": "HTML"}, "success"),
]
OTHERWISE = {
    "match": "no_match",
    "ok": "invalid",
    "found": "empty",
    "true": "false",
    "valid": "invalid",
    "generate_list": "empty",
    "parse_params": "empty",
    "set_language": "unsupported",
}


def everything(make: Any) -> Any:
    """A bot in which a client's text passes through every kind of node and many actions."""
    nodes = [
        make.node(2, "wait", {"text": "{{name}}?", "save_to": "x"}),
        make.node(
            3,
            "message",
            {"text": "{{x}}", "attachments": [{"type": "image", "url": "https://a.example/{{x}}"}]},
        ),
        make.node(
            4,
            "keyboard",
            {
                "text": "{{x}}",
                "list_var": "b",
                "save_to": "k",
                "buttons": [{"id": "a", "text": "{{x}}"}],
            },
        ),
        make.node(5, "entry", {"alias": "menu"}),
    ]
    edges = [
        (1, "next", 2),
        (2, "next", 3),
        (3, "next", 10),
        (4, "a", 2),
        (4, "item", 2),
        (4, "else", 2),
        (5, "next", 4),
    ]
    last = 10 + len(CHAIN) - 1
    for node_id, (name, values, port) in enumerate(CHAIN, 10):
        nodes.append(make.action(node_id, name, values))
        target = 4 if node_id == last else node_id + 1
        edges += [(node_id, port, target), (node_id, "error", target)]
        second = OTHERWISE.get(port) or OTHERWISE.get(name)
        if second:
            edges.append((node_id, second, target))
    return make.graph(nodes, edges)


def encoded(outcome: Outcome) -> bytes:
    return msgspec.json.encode(outcome, order="sorted")


@SETTINGS
@given(events=st.lists(EVENTS, min_size=1, max_size=5))
def test_no_event_breaks_a_step_and_a_replay_is_equal_byte_for_byte(
    make: Any, events: list[Event]
) -> None:
    graph = everything(make)
    first, second = make.dialog(graph, ("en", "uk")), make.dialog(graph, ("en", "uk"))
    for event in events:
        first.take(event)
        second.take(event)
        assert encoded(first.last) == encoded(second.last)
        again = step(first.program, first.state, Message(text="x"), first.env())
        assert encoded(again) == encoded(
            step(first.program, first.state, Message(text="x"), first.env())
        )


@SETTINGS
@given(typed=TEXTS)
def test_what_a_client_types_is_said_as_it_is(make: Any, typed: str) -> None:
    bot = make.dialog(
        make.graph(
            [
                make.node(2, "wait", {"save_to": "x"}),
                make.node(3, "message", {"text": "{{x}}|{{name}}"}),
            ],
            [(1, "next", 2), (2, "next", 3)],
        )
    )
    bot.begin(trigger="test", variables={"name": "Ann"})
    said = bot.tell(typed)
    if not typed.startswith("/start"):
        assert said == [typed.replace("\x00", "") + "|Ann"]


@SETTINGS
@given(raw=JSON)
def test_any_json_survives_the_state(make: Any, raw: Any) -> None:
    bot = make.dialog(everything(make))
    bot.begin(trigger="test", variables={"x": raw, "b": raw, "l": raw})
    bot.tell("go")
    assert msgspec.json.decode(msgspec.json.encode(bot.state), type=State) == bot.state
    assert all(
        isinstance(effect.text, str) for effect in bot.last.effects if isinstance(effect, Say)
    )
