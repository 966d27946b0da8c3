"""A small bot to talk to: graphs from a few words, a dialog that keeps its state."""

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from connective.engine.action import ActionSpec
from connective.engine.compiling import compile
from connective.engine.effects import Outcome, Say
from connective.engine.model import ActionDone, Begin, Due, Env, Event, Message, Press, State
from connective.engine.params import field, params, required
from connective.engine.program import Program
from connective.engine.step import step

OUTSIDE = {
    spec.id: spec
    for spec in (
        ActionSpec(
            id="send_request",
            kind="remote",
            events=("ok", "not_ok", "timeout", "http_4xx", "http_5xx"),
            params=params(
                url=required("string"),
                method=field("select", options=("GET", "POST")),
                data=field("json"),
                headers=field("object"),
                response_mapping=field("object"),
            ),
            url_fields=("url",),
            raw_fields=("response_mapping",),
        ),
        ActionSpec(
            id="operator_panel__connect_to_operator_with_msg",
            kind="local",
            events=("success", "banned", "limit", "error"),
            params=params(
                subject_alias=required("string"),
                auto_connect_operator=field("boolean"),
                chat_closed_alias=field("alias"),
            ),
            constants=("close_chat_button_text", "return_to_bot_button_text"),
        ),
        ActionSpec(id="payment_create", kind="remote", events=("paid", "expired"), waits=True),
    )
}


def node(node_id: int, kind: str, data: dict[str, Any] | None = None, section: int = 1) -> Any:
    """A node of a graph."""
    return {
        "id": node_id,
        "section_id": section,
        "type": kind,
        "name": f"n{node_id}",
        "x": 0,
        "y": 0,
        "data": data or {},
    }


def action(node_id: int, name: str, values: dict[str, Any] | None = None, section: int = 1) -> Any:
    """An action node."""
    return node(node_id, "action", {"template_id": name, "values": values or {}}, section)


def graph_of(
    nodes: list[Any],
    edges: list[tuple[int, str, int]],
    constants: dict[str, Any] | None = None,
    sections: tuple[str, ...] = ("Main",),
) -> dict[str, Any]:
    """A graph document; the first section is the starting one, node 1 is Start unless given."""
    if not any(found["type"] == "start" for found in nodes):
        nodes = [node(1, "start"), *nodes]
    return {
        "format": "scenario",
        "format_version": 1,
        "sections": [
            {"id": i, "name": name, "is_start": i == 1} for i, name in enumerate(sections, 1)
        ],
        "nodes": nodes,
        "edges": [{"from_node": a, "from_port": p, "to_node": b} for a, p, b in edges],
        "constants": [
            {"key": key, "values": value if isinstance(value, dict) else {"en": value}}
            for key, value in (constants or {}).items()
        ],
    }


class Dialog:
    """One client's dialog with a bot."""

    def __init__(self, graph: dict[str, Any], languages: tuple[str, ...] = ("en",)) -> None:
        self.languages = list(languages)
        self.program = self.compiled(graph)
        self.state = State()
        self.now = 1_700_000_000_000
        self.run_id = 500
        self.channel = "telegram"
        self.client: dict[str, Any] = {"first_name": "Ann"}
        self.last = Outcome(state=self.state)

    def compiled(self, graph: dict[str, Any]) -> Program:
        """A program of the dialog's languages."""
        return compile(graph, languages=self.languages, actions=OUTSIDE)

    def publish(self, graph: dict[str, Any]) -> None:
        """Make another version the active one."""
        self.program = self.compiled(graph)

    def env(self) -> Env:
        """The circumstances of the next step."""
        return Env(
            now=self.now,
            run_id=self.run_id,
            seed=7,
            bot_id=3,
            bot_name="Shop",
            channel=self.channel,
            chat_id="c-1",
            languages=self.languages,
            client=self.client,
            timezone="Europe/Kyiv",
        )

    def take(self, event: Event) -> list[str]:
        """Give the engine an event; the texts it says."""
        before = msgspec.json.encode(self.state)
        self.run_id += 1
        self.last = step(self.program, self.state, event, self.env())
        assert msgspec.json.encode(self.state) == before, "the state given was changed"
        raw = msgspec.json.encode(self.last.state, order="sorted")
        self.state = msgspec.json.decode(raw, type=State)
        return [effect.text for effect in self.last.effects if isinstance(effect, Say)]

    def tell(self, text: str, **more: Any) -> list[str]:
        """The client writes."""
        return self.take(Message(text=text, **more))

    def press(self, token: str) -> list[str]:
        """The client taps a button."""
        return self.take(Press(data=token))

    def begin(self, **fields: Any) -> list[str]:
        """A start from outside."""
        return self.take(Begin(**fields))

    def done(self, event: str, **more: Any) -> list[str]:
        """The action that is awaited ends."""
        call_id = self.state.waiting.call_id
        assert call_id is not None
        return self.take(ActionDone(call_id=call_id, event=event, **more))

    def due(self) -> list[str]:
        """The awaited moment comes."""
        timer, deadline = self.state.waiting.timer, self.state.waiting.deadline
        assert timer is not None
        assert deadline is not None
        self.now = deadline
        return self.take(Due(timer=timer))

    def kinds(self) -> list[str]:
        """The kinds of the last effects."""
        return [type(effect).__name__ for effect in self.last.effects]

    def effect(self, kind: type[Any]) -> Any:
        """The one effect of a kind among the last."""
        found = [effect for effect in self.last.effects if isinstance(effect, kind)]
        assert len(found) == 1, self.last.effects
        return found[0]

    def ports(self) -> list[tuple[int, str | None]]:
        """The way the last step took."""
        return [(passed.node_id, passed.port) for passed in self.last.trace]

    def warned(self) -> list[str]:
        """Codes of the last warnings."""
        return [warning.code for warning in self.last.warnings]


@pytest.fixture
def talk() -> Callable[..., Dialog]:
    """A dialog with the bot of a graph: `talk(nodes, edges, constants=..., languages=...)`."""

    def begin(
        nodes: list[Any],
        edges: list[tuple[int, str, int]],
        constants: dict[str, Any] | None = None,
        languages: tuple[str, ...] = ("en",),
        sections: tuple[str, ...] = ("Main",),
    ) -> Dialog:
        return Dialog(graph_of(nodes, edges, constants, sections), languages)

    return begin


class Make:
    """Parts of graphs, for tests that cannot import this file."""

    node = staticmethod(node)
    action = staticmethod(action)
    graph = staticmethod(graph_of)
    dialog = Dialog
    outside = OUTSIDE


@pytest.fixture
def make() -> type[Make]:
    """Builders of graphs and dialogs."""
    return Make
