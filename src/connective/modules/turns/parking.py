"""What waits behind the action a dialog awaits: events for the scenario, starts from outside."""

from typing import Any

import msgspec
from msgspec import Struct

from connective.engine import model
from connective.modules.dialogs.service import Thread
from connective.modules.turns.turn import Turn
from connective.modules.turns.work import Started

_encode = msgspec.json.Encoder().encode
_event: msgspec.json.Decoder[Any] = msgspec.json.Decoder(model.Event)
_start = msgspec.json.Decoder(Started)


class Parked(Struct, frozen=True):
    """One that waits, as it is kept; `id` is empty until it is written."""

    id: int | None
    event: str | None
    start: str | None


def park_event(turn: Turn, thread: Thread, event: model.Event) -> None:
    """Keep an event until the running action has its result."""
    _park(turn, thread, Parked(None, _encode(event).decode(), None))


def park_start(turn: Turn, thread: Thread, started: Started) -> None:
    """The same for a start."""
    _park(turn, thread, Parked(None, None, _encode(started).decode()))


def _park(turn: Turn, thread: Thread, one: Parked) -> None:
    turn.rows.park.append((thread.id, one.event, one.start))
    # the result may come in this very turn
    turn.parked.setdefault(thread.id, []).append(one)
    thread.parked += 1


def next_of(turn: Turn, thread: Thread) -> model.Event | Started | None:
    """Take out the one that came first, once no action runs."""
    if thread.call_id is not None or not turn.parked.get(thread.id):
        return None
    one = turn.parked[thread.id].pop(0)
    if one.id is None:
        turn.rows.park.remove((thread.id, one.event, one.start))
    else:
        turn.rows.unpark.append(one.id)
    thread.parked -= 1
    if one.start is not None:
        return _start.decode(one.start)
    event: model.Event = _event.decode(one.event)
    return event


async def left_over(turn: Turn) -> None:
    """Where an operator put an end to the action: events are not for the bot, starts go on."""
    for thread in turn.threads.values():
        if not thread.parked or thread.call_id is not None:
            continue
        while (kept := next_of(turn, thread)) is not None:
            if isinstance(kept, Started):
                await turn.begin(turn, thread, kept)
