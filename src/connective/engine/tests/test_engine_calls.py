"""Calls of actions: values, results, failures and the limits that stop a run."""

from collections.abc import Callable
from typing import Any

import pytest

from connective.engine.effects import Call, Output, RunEnded
from connective.engine.model import ActionDone, Begin

Talk = Callable[..., Any]


def ask(make: Any, node_id: int = 2, text: str = "Your name?", **more: Any) -> Any:
    return make.node(node_id, "wait", {"text": text, "save_to": "name", **more})


def say(make: Any, node_id: int, text: str, section: int = 1) -> Any:
    return make.node(node_id, "message", {"text": text}, section)


def entry(make: Any, node_id: int, alias: str, section: int = 1) -> Any:
    return make.node(node_id, "entry", {"alias": alias}, section)


class TestActions:
    """Calls and their results."""

    def bot(self, talk: Talk, make: Any, *wires: tuple[int, str, int], **constants: Any) -> Any:
        nodes = [
            make.action(
                2,
                "action_send_request",
                {"url": "https://a.example/{{id}}", "data": {"n": "{{n}}"}},
            ),
            say(make, 3, "Got {{total}}"),
            say(make, 4, "Down: {{last_error.code}}"),
            entry(make, 5, "on_error"),
            say(make, 6, "We are looking into it"),
        ]
        return talk(nodes, [(1, "next", 2), (5, "next", 6), *wires], constants or None)

    def test_a_call_ends_the_step_and_its_result_goes_on(self, talk: Talk, make: Any) -> None:
        bot = self.bot(talk, make, (2, "ok", 3))
        bot.begin(trigger="test", variables={"id": "a/b", "n": 5})
        call = bot.effect(Call)
        assert (call.call_id, call.action, call.kind) == ("501:1", "send_request", "remote")
        assert call.values == {"url": "https://a.example/a%2Fb", "data": {"n": 5}}
        assert bot.state.waiting.kind == "action"
        assert bot.done("ok", writes={"total": 9.0}) == ["Got 9"]
        assert bot.last.trace[0].changed == {"total": "9"}

    def test_while_it_runs_only_start_is_taken(self, talk: Talk, make: Any) -> None:
        bot = self.bot(talk, make, (2, "ok", 3))
        bot.tell("hi")
        before = bot.state
        assert bot.tell("hello?") == []
        assert bot.warned() == ["awaiting_action"]
        assert bot.state.waiting == before.waiting
        stale = before.waiting.call_id
        bot.tell("/start")
        assert bot.kinds() == ["RunEnded", "RunStarted", "Call"]
        assert bot.take(ActionDone(call_id=stale, event="ok")) == []
        assert bot.warned() == ["stale_result"]
        assert bot.state.waiting.kind == "action"

    @pytest.mark.parametrize(
        ("wires", "event", "said"),
        [
            ([(2, "not_ok", 4)], "not_ok", ["Down: http_503"]),
            ([(2, "not_ok", 4)], "timeout", ["Down: http_503"]),
            ([(2, "error", 4)], "not_ok", ["Down: http_503"]),
            ([(2, "error", 4)], "http_5xx", ["Down: http_503"]),
            ([(2, "timeout", 4)], "timeout", ["Down: http_503"]),
            ([(2, "default", 4)], "made_up", ["Down: http_503"]),
            ([(2, "error", 4)], "made_up", ["Down: unknown_event"]),
            ([], "not_ok", ["Oh no", "We are looking into it"]),
            ([], "error", ["Oh no", "We are looking into it"]),
        ],
    )
    def test_a_failure_falls_to_the_next_wired_port(
        self, talk: Talk, make: Any, wires: Any, event: str, said: list[str]
    ) -> None:
        bot = self.bot(talk, make, *wires, error_text="Oh no")
        bot.tell("hi")
        assert bot.done(event, error={"code": "http_503", "message": "busy"}) == said

    def test_an_unhandled_failure_ends_the_run_with_its_code(self, talk: Talk, make: Any) -> None:
        bot = self.bot(talk, make)
        bot.tell("hi")
        said = bot.done("error", error={"code": "dns"})
        assert said == [
            "Something went wrong. Please try again a little later.",
            "We are looking into it",
        ]
        assert bot.effect(RunEnded) == RunEnded(run_id=501, status="error", error="dns")
        assert bot.state.system["last_error"] == {
            "action": "send_request",
            "code": "dns",
            "message": "",
        }

    def test_a_failure_in_on_error_does_not_go_round(self, talk: Talk, make: Any) -> None:
        bot = self.bot(talk, make, (6, "next", 2))
        bot.tell("hi")
        assert len(bot.done("error")) == 2
        assert bot.done("error") == []
        assert bot.effect(RunEnded).status == "error"

    def test_an_action_that_is_gone_takes_error(self, talk: Talk, make: Any) -> None:
        nodes = [make.action(2, "action_mine", {}), say(make, 3, "{{last_error.code}}")]
        bot = talk(nodes, [(1, "next", 2), (2, "error", 3)])
        assert bot.tell("hi") == ["unknown_action"]

    def test_a_required_value_that_turns_out_empty_takes_error(self, talk: Talk, make: Any) -> None:
        nodes = [
            make.action(2, "send_request", {"url": "{{none}}"}),
            say(make, 3, "{{last_error.message}}"),
        ]
        bot = talk(nodes, [(1, "next", 2), (2, "error", 3)])
        assert bot.tell("hi") == ["url is empty"]
        assert "Call" not in bot.kinds()


class TestLimits:
    """A broken graph cannot spam a client."""

    def test_two_hundred_nodes_stop_a_step(self, talk: Talk, make: Any) -> None:
        nodes = [make.action(2, "increment", {"name": "n"}), make.action(3, "log", {"text": "x"})]
        bot = talk(
            nodes, [(1, "next", 2), (2, "success", 3), (3, "success", 2)], {"error_text": "Sorry"}
        )
        assert bot.tell("hi") == ["Sorry"]
        assert bot.effect(RunEnded).status == "limited"
        assert len(bot.last.trace) == 200
        assert bot.state.waiting.kind == "none"

    def looping(self, talk: Talk, make: Any, name: str, event: str) -> Any:
        nodes = [
            make.action(2, name, {"url": "https://a.example/"} if name == "send_request" else {})
        ]
        return talk(nodes, [(1, "next", 2), (2, event, 2)])

    def test_a_minute_without_a_wait_stops_a_run(self, talk: Talk, make: Any) -> None:
        bot = self.looping(talk, make, "send_request", "ok")
        bot.tell("hi")
        bot.done("ok", took_ms=60_000)
        assert "Call" in bot.kinds()
        bot.done("ok", took_ms=1)
        assert bot.effect(RunEnded).status == "limited"

    def test_quick_calls_without_end_stop_a_run_by_the_line_they_stood_in(
        self, talk: Talk, make: Any
    ) -> None:
        bot = self.looping(talk, make, "send_request", "ok")
        bot.tell("hi")
        for _ in range(60):
            bot.now += 1_000
            bot.done("ok", took_ms=20)
            assert "Call" in bot.kinds()
        bot.now += 1
        bot.done("ok")
        assert bot.effect(RunEnded).status == "limited"

    @pytest.mark.parametrize("jump_ms", [7_200_000, -7_200_000])
    def test_a_clock_that_jumps_during_a_call_stops_nothing(
        self, talk: Talk, make: Any, jump_ms: int
    ) -> None:
        bot = self.looping(talk, make, "send_request", "ok")
        bot.tell("hi")
        bot.now += jump_ms
        bot.done("ok", took_ms=300)
        assert "Call" in bot.kinds()
        assert 300 <= bot.last.trace[0].ms <= 1_300

    def test_an_action_that_waits_by_its_nature_is_not_limited(self, talk: Talk, make: Any) -> None:
        bot = self.looping(talk, make, "payment_create", "paid")
        bot.tell("hi")
        bot.now += 3_000_000
        bot.done("paid")
        assert "Call" in bot.kinds()


def test_a_secret_constant_goes_into_calls_only(make: Any) -> None:
    nodes = [
        say(make, 2, "key {{api_key}}"),
        make.action(3, "send_request", {"url": "https://a.example", "data": "{{api_key}}"}),
    ]
    graph = make.graph(nodes, [(1, "next", 2), (2, "next", 3)])
    graph["constants"] = [{"key": "api_key", "values": {}, "secret": True}]
    bot = make.dialog(graph)
    assert bot.tell("hi") == ["key "]
    assert bot.warned() == ["secret_in_text"]
    assert bot.effect(Call).values["data"] == "{{secret.api_key}}"


def test_values_are_returned_to_the_caller(talk: Talk, make: Any) -> None:
    bot = talk([make.action(2, "api_return", {"values": {"order": "{{id}}"}})], [(1, "next", 2)])
    bot.take(Begin(trigger="call_node", node_id=2, variables={"id": 7}))
    assert bot.effect(Output) == Output(run_id=501, values={"order": 7})
