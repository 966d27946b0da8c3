"""What a request does to the scenario of its dialog: ends its run, or says where it goes on."""

from typing import Any, Final

import msgspec

from connective.engine.model import State, Waiting
from connective.modules.dialogs.service import Thread

_state = msgspec.json.Decoder(State)
_encode = msgspec.json.Encoder().encode
RESULT: Final = "chat_result"


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
        thread.state = _encode(state).decode()
    thread.waiting, thread.node_id, thread.run_id = "none", None, None
    thread.call_id, thread.deadline_at = None, None
    return run_id


def go_on_at(thread: Thread, alias: str | None, result: dict[str, Any]) -> None:
    """Note where the scenario goes on: an alias, or a placeholder of a constant that names one."""
    state = _state.decode(thread.state) if thread.state is not None else State()
    state.pending_alias = alias
    state.system = {**state.system, RESULT: result}
    thread.state = _encode(state).decode()
