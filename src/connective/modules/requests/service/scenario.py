"""What a request does to the scenario of its dialog: ends its run, or says where it goes on."""

from typing import Any

import msgspec

from connective.engine.model import State
from connective.engine.outside import REOPENS, ChatClosed, Left
from connective.modules.dialogs import service as dialogs
from connective.modules.dialogs.service import Thread

_state = msgspec.json.Decoder(State)


def leave(thread: Thread) -> int | None:
    """Take the dialog out of its scenario: nothing is awaited any more. Gives the run it was in.

    Variables stay. What an action in progress brings later is recorded and ignored.
    """
    run_id = thread.run_id
    if thread.state is not None:
        dialogs.change_state(thread, Left())
    thread.waiting, thread.node_id, thread.run_id = "none", None, None
    thread.call_id, thread.deadline_at = None, None
    return run_id


def go_on_at(
    thread: Thread, alias: str | None, result: dict[str, Any], *, reopens_until: int | None = None
) -> None:
    """Note where the scenario goes on after a chat that is over; see `ChatClosed`."""
    over = ChatClosed(alias=alias, result=result, reopens_until=reopens_until)
    dialogs.change_state(thread, over)


def reopens(thread: Thread, now_ms: int) -> int | None:
    """The closed chat that the client's next word reopens, when nothing else waits for it."""
    if thread.waiting != "none" or not thread.state or REOPENS not in thread.state:
        return None
    kept = _state.decode(thread.state).system.get(REOPENS)
    return kept["id"] if isinstance(kept, dict) and kept["until"] > now_ms else None
