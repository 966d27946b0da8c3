"""What changes a dialog's state beside its scenario: people who lead it, and then no longer do."""

from typing import Any, Final

import msgspec
from msgspec import Struct

from connective.engine.model import State, Waiting

RESULT: Final = "chat_result"
REOPENS: Final = "chat_reopens"


class Left(Struct, frozen=True, tag_field="type", tag="left", gc=False):
    """The dialog is taken out of its scenario: nothing is awaited any more, variables stay."""


class ChatClosed(Struct, frozen=True, kw_only=True, tag_field="type", tag="chat_closed", gc=False):
    """A chat is over; the scenario goes on at an alias, or at the one that a constant names.

    `reopens_until` (ms): until then a word that nothing waits for reopens the chat.
    """

    alias: str | None
    result: dict[str, Any]
    reopens_until: int | None = None


Outside = Left | ChatClosed


def after(state: State, change: Outside) -> State:
    """The state after a change. Pure: the state given is left as it is."""
    system = {name: value for name, value in state.system.items() if name != REOPENS}
    if isinstance(change, Left):
        return msgspec.structs.replace(
            state,
            run=None,
            waiting=Waiting(),
            node_id=None,
            pending_alias=None,
            stack=[],
            loops=[],
            asked=[],
            system=system,
        )
    system[RESULT] = change.result
    if change.reopens_until is not None:
        system[REOPENS] = {"id": change.result["chat_id"], "until": change.reopens_until}
    return msgspec.structs.replace(state, pending_alias=change.alias, system=system)
