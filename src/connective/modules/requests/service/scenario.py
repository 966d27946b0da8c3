"""What a request does to the scenario of its dialog: ends its run, or says where it goes on."""

from typing import Any, Final

import msgspec

from connective.engine.model import State, Waiting
from connective.modules.dialogs.service import Thread

_state = msgspec.json.Decoder(State)
_encode = msgspec.json.Encoder().encode
RESULT: Final = "chat_result"
REOPENS: Final = "chat_reopens"


def leave(thread: Thread) -> int | None:
    """Take the dialog out of its scenario: nothing is awaited any more. Gives the run it was in.

    Variables stay. What an action in progress brings later is recorded and ignored.
    """
    run_id = thread.run_id
    if thread.state is not None:
        state = _state.decode(thread.state)
        state.run, state.waiting, state.node_id = None, Waiting(), None
        state.stack, state.loops, state.asked = [], [], []
        state.pending_alias = None
        state.system = {name: v for name, v in state.system.items() if name != REOPENS}
        thread.state = _encode(state).decode()
    thread.waiting, thread.node_id, thread.run_id = "none", None, None
    thread.call_id, thread.deadline_at = None, None
    return run_id


def go_on_at(
    thread: Thread, alias: str | None, result: dict[str, Any], *, reopens_until: int | None = None
) -> None:
    """Note where the scenario goes on: an alias, or a placeholder of a constant that names one.

    `reopens_until` (ms since the epoch): until then a word that nothing waits for reopens the chat.
    """
    state = _state.decode(thread.state) if thread.state is not None else State()
    state.pending_alias = alias
    state.system = {**state.system, RESULT: result}
    state.system.pop(REOPENS, None)
    if reopens_until is not None:
        state.system[REOPENS] = {"id": result["chat_id"], "until": reopens_until}
    thread.state = _encode(state).decode()


def reopens(thread: Thread, now_ms: int) -> int | None:
    """The closed chat that the client's next word reopens, when nothing else waits for it."""
    if thread.waiting != "none" or not thread.state or REOPENS not in thread.state:
        return None
    kept = _state.decode(thread.state).system.get(REOPENS)
    return kept["id"] if isinstance(kept, dict) and kept["until"] > now_ms else None
