"""The engine's rules: starts, triggers, what takes a message, versions, time."""

from collections.abc import Callable
from typing import Any

import pytest

from connective.engine.effects import RunEnded, RunStarted
from connective.engine.model import Due

Talk = Callable[..., Any]


def ask(make: Any, node_id: int = 2, text: str = "Your name?", **more: Any) -> Any:
    return make.node(node_id, "wait", {"text": text, "save_to": "name", **more})


def say(make: Any, node_id: int, text: str, section: int = 1) -> Any:
    return make.node(node_id, "message", {"text": text}, section)


def entry(make: Any, node_id: int, alias: str, section: int = 1) -> Any:
    return make.node(node_id, "entry", {"alias": alias}, section)


def test_any_first_message_starts(talk: Talk, make: Any) -> None:
    bot = talk([ask(make), entry(make, 8, "default_answer"), say(make, 9, "?")], [(1, "next", 2)])
    assert bot.tell("hello") == ["Your name?"]
    assert bot.state.waiting.kind == "input"
    assert bot.effect(RunStarted).trigger == "message"


def test_start_resets_and_keeps_the_link_parameter(talk: Talk, make: Any) -> None:
    text = "Order {{messenger_input_param}}, {{name}}"
    bot = talk([ask(make), say(make, 3, text)], [(1, "next", 2), (2, "next", 3)])
    bot.tell("/start A77")
    assert bot.tell("Ann") == ["Order A77, Ann"]
    assert bot.tell("/start@shop_bot") == ["Your name?"]
    assert bot.effect(RunStarted).trigger == "start"
    assert bot.tell("/startle") == ["Order , /startle"]


def test_a_command_or_keyword_comes_before_the_question(talk: Talk, make: Any) -> None:
    triggers = [
        {"type": "command", "value": "/price", "alias": "price"},
        {"type": "keyword", "value": {"en": "Help", "uk": "Допомога"}, "alias": "help"},
        {"type": "keyword", "value": "refund", "match": "contains", "alias": "help"},
    ]
    nodes = [
        make.node(1, "start", {"triggers": triggers}),
        ask(make),
        entry(make, 3, "price"),
        say(make, 4, "{{command}}: {{command_args.0}}"),
        entry(make, 5, "help"),
        say(make, 6, "Here to help"),
    ]
    bot = talk(nodes, [(1, "next", 2), (3, "next", 4), (5, "next", 6)])
    bot.tell("hi")
    assert bot.tell("/price@shop 5") == ["price: 5"]
    assert bot.tell(" допомога ") == ["Here to help"]
    assert bot.tell("I want a REFUND now") == ["Here to help"]
    assert bot.tell("/unknown") == ["Your name?"]


def test_a_channel_trigger_chooses_where_to_start(talk: Talk, make: Any) -> None:
    triggers = [{"type": "channel", "value": "viber", "alias": "viber_start"}]
    nodes = [
        make.node(1, "start", {"triggers": triggers}),
        say(make, 2, "Hello"),
        entry(make, 3, "viber_start"),
        say(make, 4, "Hello, Viber"),
    ]
    bot = talk(nodes, [(1, "next", 2), (3, "next", 4)])
    assert bot.tell("hi") == ["Hello"]
    bot.channel = "viber"
    assert bot.tell("/start") == ["Hello, Viber"]


def test_a_pending_alias_runs_before_the_question(talk: Talk, make: Any) -> None:
    nodes = [ask(make), entry(make, 3, "csat"), say(make, 4, "How was it?")]
    bot = talk(nodes, [(1, "next", 2), (3, "next", 4)])
    bot.tell("hi")
    bot.state.pending_alias = "csat"
    assert bot.tell("Ann") == ["How was it?"]
    assert bot.state.pending_alias is None
    bot.state.pending_alias = "gone"
    assert bot.tell("x") == ["Your name?"]
    assert bot.warned() == ["alias_missing"]


def test_a_message_after_the_end_gets_the_default_answer_else_start(talk: Talk, make: Any) -> None:
    nodes = [say(make, 2, "Hello")]
    bot = talk(nodes, [(1, "next", 2)])
    assert bot.tell("one") == ["Hello"]
    assert bot.tell("two") == ["Hello"]
    nodes = [say(make, 2, "Hello"), entry(make, 3, "default_answer"), say(make, 4, "Pardon?")]
    bot.publish(make.graph(nodes, [(1, "next", 2), (3, "next", 4)]))
    assert bot.tell("three") == ["Pardon?"]


def test_a_start_from_outside_brings_its_variables(talk: Talk, make: Any) -> None:
    nodes = [
        entry(make, 3, "crm"),
        say(make, 4, "Hello {{name}} {{order.id}} {{call_node_input.name}}"),
    ]
    bot = talk(nodes, [(1, "next", 3), (3, "next", 4)])
    variables = {"name": "John", "order": {"id": 7}}
    assert bot.begin(trigger="call_node", node_id=3, variables=variables) == ["Hello John 7 John"]
    assert bot.kinds() == ["RunStarted", "Say", "RunEnded"]
    assert bot.begin(trigger="alias", alias="crm") == ["Hello John 7 John"]
    assert bot.begin(trigger="deeplink", param="p", alias="nobody") == ["Hello John 7 John"]
    assert bot.warned() == ["alias_missing"]
    assert bot.state.system["messenger_input_param"] == "p"


def test_a_start_from_outside_takes_the_place_of_the_question(talk: Talk, make: Any) -> None:
    bot = talk(
        [ask(make), entry(make, 3, "news"), say(make, 4, "News")], [(1, "next", 2), (3, "next", 4)]
    )
    bot.tell("hi")
    assert bot.begin(trigger="broadcast", alias="news") == ["News"]
    assert bot.kinds() == ["RunEnded", "RunStarted", "Say", "RunEnded"]
    assert bot.state.waiting.kind == "none"


def test_keys_are_unique_and_stable(talk: Talk, make: Any) -> None:
    nodes = [say(make, 2, "a"), say(make, 3, "b"), ask(make, 4)]
    bot = talk(nodes, [(1, "next", 2), (2, "next", 3), (3, "next", 4)])
    bot.tell("hi")
    assert [e.key for e in bot.last.effects if hasattr(e, "key")] == [
        "501:1:1",
        "501:1:2",
        "501:1:3",
    ]
    bot.tell("Ann")
    bot.tell("again")
    assert next(e.key for e in bot.last.effects if hasattr(e, "key")) == "503:1:1"


class TestVersions:
    """A saved version applies from the next event."""

    def test_the_dialog_goes_on_at_its_node(self, talk: Talk, make: Any) -> None:
        bot = talk([ask(make), say(make, 3, "Old")], [(1, "next", 2), (2, "next", 3)])
        bot.tell("hi")
        bot.publish(
            make.graph([ask(make), say(make, 3, "New {{name}}")], [(1, "next", 2), (2, "next", 3)])
        )
        assert bot.tell("Ann") == ["New Ann"]

    @pytest.mark.parametrize("alias", ["scenario_changed", "other"])
    def test_a_node_that_is_gone_leads_to_the_alias_else_start(
        self, talk: Talk, make: Any, alias: str
    ) -> None:
        bot = talk(
            [make.action(4, "set", {"name": "x", "value": 5}), ask(make)],
            [(1, "next", 4), (4, "success", 2)],
        )
        bot.tell("hi")
        nodes = [say(make, 7, "Start {{x}}"), entry(make, 8, alias), say(make, 9, "Changed {{x}}")]
        bot.publish(make.graph(nodes, [(1, "next", 7), (8, "next", 9)]))
        assert bot.tell("Ann") == (["Changed 5"] if alias == "scenario_changed" else ["Start 5"])
        assert bot.warned() == ["scenario_changed"]

    def test_a_result_for_a_node_of_another_kind_is_a_change_too(
        self, talk: Talk, make: Any
    ) -> None:
        bot = talk([ask(make, timeout_s=60)], [(1, "next", 2)])
        bot.tell("hi")
        bot.publish(make.graph([say(make, 2, "Hello")], [(1, "next", 2)]))
        assert bot.due() == ["Hello"]


class TestTime:
    """Deadlines and delays are recorded events."""

    def test_a_question_times_out(self, talk: Talk, make: Any) -> None:
        nodes = [ask(make, timeout_s=30), say(make, 3, "Too late")]
        bot = talk(nodes, [(1, "next", 2), (2, "timeout", 3)])
        bot.tell("hi")
        assert bot.state.waiting.deadline == bot.now + 30_000
        assert bot.take(Due(timer="other")) == []
        assert bot.warned() == ["stale_timer"]
        assert bot.due() == ["Too late"]

    def test_a_delay_goes_on_by_itself(self, talk: Talk, make: Any) -> None:
        nodes = [make.action(2, "action_delay", {"seconds": "5"}), say(make, 3, "Later")]
        bot = talk(nodes, [(1, "next", 2), (2, "next", 3)])
        assert bot.tell("hi") == []
        assert bot.state.waiting.kind == "delay"
        assert bot.tell("well?") == []
        assert bot.warned() == ["message_during_delay"]
        assert bot.due() == ["Later"]
        assert bot.effect(RunEnded).status == "done"

    def test_a_long_delay_gives_way_to_an_answer(self, talk: Talk, make: Any) -> None:
        nodes = [
            make.action(2, "delay", {"seconds": 90_000}),
            entry(make, 3, "default_answer"),
            say(make, 4, "We will write tomorrow"),
        ]
        bot = talk(nodes, [(1, "next", 2), (3, "next", 4)])
        bot.tell("hi")
        assert bot.tell("well?") == ["We will write tomorrow"]

    @pytest.mark.parametrize(
        ("values", "wait_s"),
        [
            ({"until": "2023-11-15T00:14:20+02:00"}, 60),
            ({"seconds": 0}, None),
            ({"until": "2020-01-01"}, None),
        ],
    )
    def test_a_delay_until_a_moment(
        self, talk: Talk, make: Any, values: Any, wait_s: int | None
    ) -> None:
        bot = talk(
            [make.action(2, "delay", values), say(make, 3, "Now")], [(1, "next", 2), (2, "next", 3)]
        )
        assert bot.tell("hi") == ([] if wait_s else ["Now"])
        if wait_s:
            assert bot.state.waiting.deadline == bot.now + wait_s * 1000


def test_values_are_looked_up_in_variables_constants_and_the_system(talk: Talk, make: Any) -> None:
    names = [
        "city",
        "shop",
        "only_en",
        "bot_name",
        "chat_id",
        "channel",
        "first_name",
        "today",
        "run_id",
    ]
    text = " ".join("{{" + name + "}}" for name in names)
    constants = {"city": "Kyiv", "shop": {"en": "Shop", "uk": "Крамниця"}, "only_en": {"en": "E"}}
    nodes = [
        say(make, 2, text),
        make.action(3, "set", {"values": {"city": "Lviv", "bot_name": "B"}}),
    ]
    bot = talk(nodes, [(1, "next", 2), (2, "next", 3)], constants, languages=("en", "uk"))
    bot.client["language"] = "uk-UA"
    assert bot.tell("hi") == ["Kyiv Крамниця E Shop c-1 telegram Ann 2023-11-15 501"]
    assert bot.tell("hi") == ["Lviv Крамниця E B c-1 telegram Ann 2023-11-15 502"]
