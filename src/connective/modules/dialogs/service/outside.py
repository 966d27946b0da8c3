"""Changes a dialog's state beside its scenario, and lets whoever keeps its journal note it."""

from collections.abc import Awaitable, Callable, Sequence

import msgspec

from connective.engine import outside
from connective.engine.model import State
from connective.engine.outside import Outside
from connective.kit.context import Ctx
from connective.kit.plugins import Point
from connective.modules.dialogs.thread import Beside, Thread

_state = msgspec.json.Decoder(State)
_encode = msgspec.json.Encoder().encode

# Note what was done beside the scenarios of dialogs, before these are written.
recorders: Point[Callable[[Ctx, Sequence[Thread]], Awaitable[None]]] = Point()


def change_state(thread: Thread, change: Outside) -> None:
    """Change the state of a held dialog; it is noted when the dialog is written."""
    before = _state.decode(thread.state) if thread.state is not None else State()
    after = outside.after(before, change)
    thread.beside.append(Beside(change, thread.run_id, after.waiting))
    thread.state = _encode(after).decode()


async def note(ctx: Ctx, threads: Sequence[Thread]) -> None:
    if any(thread.beside for thread in threads):
        for record in recorders:
            await record(ctx, threads)
