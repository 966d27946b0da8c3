"""Time of one engine step of five nodes: `python bench/engine_step.py`.

An answer is checked, routed, kept, answered with a message and followed by a keyboard; thirty
variables stand in the state. CPU time of this process, best and median of forty rounds.
"""

import statistics
import sys
import time
from typing import Any

from connective.engine.compiling import compile
from connective.engine.model import Env, Message, State
from connective.engine.step import step

ROUNDS = 40
STEPS = 1000


def node(node_id: int, kind: str, data: dict[str, Any]) -> dict[str, Any]:
    """A node of the graph."""
    return {"id": node_id, "section_id": 1, "type": kind, "data": data}


ADULT = {"port": "adult", "conditions": [{"left": "{{age}}", "op": "gte", "right": "18"}]}
BUTTONS = [{"id": "a", "text": {"en": "A", "uk": "А"}}, {"id": "b", "text": "B"}]
EDGES = [(1, "next", 2), (2, "next", 3), (3, "adult", 4), (4, "success", 5), (5, "next", 6)]
GRAPH = {
    "format": "scenario",
    "format_version": 1,
    "sections": [{"id": 1, "name": "Main", "is_start": True}],
    "nodes": [
        node(1, "start", {}),
        node(2, "wait", {"text": "Age?", "save_to": "age", "validation": {"type": "number"}}),
        node(3, "router", {"rules": [ADULT]}),
        node(4, "action", {"template_id": "set", "values": {"name": "total", "value": "{{age}}"}}),
        node(5, "message", {"text": {"en": "Thanks {{first_name}}, you are {{age}}", "uk": "Так"}}),
        node(6, "keyboard", {"text": "Choose {{total|number:2}}", "buttons": BUTTONS}),
    ],
    "edges": [{"from_node": a, "from_port": port, "to_node": b} for a, port, b in EDGES],
}


def main() -> None:
    """Measure and say."""
    program = compile(GRAPH, languages=["en", "uk"], actions={})
    env = Env(
        now=1_700_000_000_000,
        run_id=5,
        seed=1,
        bot_id=1,
        channel="telegram",
        chat_id="c",
        languages=["en", "uk"],
        client={"first_name": "Ann"},
    )
    variables = {f"v{number}": number for number in range(30)}
    state = step(program, State(variables=variables), Message(text="hi"), env).state
    answer = Message(text="20")
    taken = len(step(program, state, answer, env).trace)
    rounds = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        for _ in range(STEPS):
            step(program, state, answer, env)
        rounds.append((time.process_time() - begun) / STEPS * 1e6)
    best, middle = min(rounds), statistics.median(rounds)
    sys.stdout.write(f"{taken} nodes a step: best {best:.1f} us, median {middle:.1f} us\n")


if __name__ == "__main__":
    main()
