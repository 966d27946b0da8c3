"""The action and the engine together: a node asks, the answer leads the scenario on."""

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import unquote

import pytest

from connective.contracts.action import ActionResult
from connective.engine.compiling import compile
from connective.engine.effects import Call, Outcome, Say
from connective.engine.model import ActionDone, Env, Event, Message, Press, State
from connective.engine.program import Program
from connective.engine.step import step
from connective.kit.testing.receiver import Receiver
from connective.modules.actions.actions import ACTIONS

Send = Callable[..., Awaitable[ActionResult]]
SPECS = {action.id: action.spec() for action in ACTIONS}


class Bot:
    """A dialog with a scenario; `send` runs what it asks for."""

    def __init__(self, program: Program, send: Send) -> None:
        self.program = program
        self.send = send
        self.state = State()
        self.runs = 0

    async def take(self, event: Event) -> list[Say]:
        said: list[Say] = []
        pending: Event | None = event
        while pending is not None:
            outcome = self._step(pending)
            said += [effect for effect in outcome.effects if isinstance(effect, Say)]
            call = next((e for e in outcome.effects if isinstance(e, Call)), None)
            pending = await self._done(call) if call else None
        return said

    def _step(self, event: Event) -> Outcome:
        self.runs += 1
        env = Env(
            now=1_700_000_000_000,
            run_id=self.runs,
            seed=1,
            bot_id=1,
            channel="telegram",
            chat_id="313145",
            languages=["en"],
        )
        outcome = step(self.program, self.state, event, env)
        self.state = outcome.state
        return outcome

    async def _done(self, call: Call) -> ActionDone:
        result = await self.send(variables=self.state.variables, **call.values)
        failure = result.error
        return ActionDone(
            call_id=call.call_id,
            event=result.event,
            writes=result.writes,
            error={"code": failure.code, "message": failure.message} if failure else None,
        )


def scenario(values: dict[str, Any], *after: dict[str, Any], edges: list[Any]) -> Program:
    """Start, the request as node 2, then what is given."""

    def node(node_id: int, kind: str, data: dict[str, Any]) -> dict[str, Any]:
        place = {"section_id": 1, "name": kind, "x": 0, "y": 0}
        return {"id": node_id, "type": kind, "data": data, **place}

    action = {"template_id": "action_send_request", "values": values}
    rest = [node(index, one["type"], one["data"]) for index, one in enumerate(after, 3)]
    graph = {
        "format": "scenario",
        "format_version": 1,
        "sections": [{"id": 1, "name": "Main", "is_start": True}],
        "nodes": [node(1, "start", {}), node(2, "action", action), *rest],
        "edges": [
            {"from_node": a, "from_port": port, "to_node": b}
            for a, port, b in [(1, "next", 2), *edges]
        ],
        "constants": [],
    }
    return compile(graph, languages=["en"], actions=SPECS)


def message(text: str) -> dict[str, Any]:
    return {"type": "message", "data": {"text": {"en": text}}}


@pytest.mark.proves("INT-07", part="keyboard from a mapped array")
async def test_a_keyboard_is_drawn_from_the_mapped_array_and_saves_the_value(
    send: Send, receiver: Receiver
) -> None:
    receiver.answer(
        json_body=[
            {"ccy": "USD", "base_ccy": "UAH", "buy": "36.56860"},
            {"ccy": "EUR", "base_ccy": "UAH", "buy": "40.20000"},
        ]
    )
    keyboard = {"text": {"en": "Which?"}, "list_var": "currency_mapped_obj", "save_to": "rate"}
    program = scenario(
        {
            "url": receiver.url,
            "response_mapping": {
                "list_obj": {"text": "{{ccy}}/{{base_ccy}}", "value": "{{buy}}"},
                "save_mapped_list_obj": "currency_mapped_obj",
            },
        },
        {"type": "keyboard", "data": {**keyboard, "buttons": []}},
        edges=[(2, "ok", 3)],
    )
    bot = Bot(program, send)
    shown = (await bot.take(Message(text="/start")))[-1].keyboard
    assert shown is not None
    assert [button.text for button in shown.buttons] == ["USD/UAH", "EUR/UAH"]
    await bot.take(Press(data=shown.buttons[1].token))
    assert bot.state.variables["rate"] == "40.20000"


@pytest.mark.proves("SC-01", part="send_request with a mapping")
async def test_a_mapped_field_is_said_and_a_failure_takes_not_ok(
    send: Send, receiver: Receiver
) -> None:
    program = scenario(
        {"url": receiver.url, "response_mapping": {"dayOfTheWeek": "today"}, "retry": 0},
        message("Today is {{today}}"),
        message("API down: {{last_error.code}}"),
        edges=[(2, "ok", 3), (2, "not_ok", 4)],
    )
    receiver.answer(json_body={"dayOfTheWeek": "Friday"})
    assert [s.text for s in await Bot(program, send).take(Message(text="a"))] == ["Today is Friday"]
    receiver.answer(404)
    said = await Bot(program, send).take(Message(text="a"))
    assert [s.text for s in said] == ["API down: http_404"]
    receiver.answer(cut="reset")
    said = await Bot(program, send).take(Message(text="a"))
    assert [s.text for s in said] == ["API down: reset"]


async def test_what_a_client_typed_is_encoded_in_the_url_and_safe_in_json(
    send: Send, world: Any, receiver: Receiver
) -> None:
    world.secrets["KEY"] = "k"
    program = scenario(
        {
            "url": receiver.url + "/find/{{message}}?q={{message}}",
            "method": "POST",
            "format": "JSON",
            "data": {"said": "<{{message}}>", "lone": "{{message}}"},
            "bearer_auth": "{{secret.KEY}}",
        },
        edges=[],
    )
    typed = 'a/?b&c="{{secret.KEY}}"'
    bot = Bot(program, send)
    bot.state.variables["message"] = typed
    await bot.take(Message(text="x"))
    got = receiver.requests[0]
    assert got.path == f"/find/{typed}"
    assert unquote(got.query) == f"q={typed}"
    assert got.json == {"said": f"<{typed}>", "lone": typed}
    assert got.headers["Authorization"] == "Bearer k"


@pytest.mark.proves("INT-08", part="JSON strings are escaped safely")
async def test_what_a_client_typed_cannot_break_out_of_data_written_as_text(
    send: Send, receiver: Receiver
) -> None:
    program = scenario(
        {
            "url": receiver.url,
            "format": "JSON",
            "data": '{"name": "Dear {{name}}", "age": {{age}}, "admin": false}',
        },
        edges=[],
    )
    bot = Bot(program, send)
    bot.state.variables |= {"name": 'x", "admin": true, "y": "', "age": 7}
    await bot.take(Message(text="x"))
    assert receiver.requests[0].json == {
        "name": 'Dear x", "admin": true, "y": "',
        "age": 7,
        "admin": False,
    }
