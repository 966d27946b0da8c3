"""What waits for a turn: an event of one chat, and whoever wants to know how it went."""

import asyncio
from typing import Any

from msgspec import Struct, field

from connective.contracts.inbound import AnyInbound
from connective.engine.model import ActionDone, Begin
from connective.modules.dialogs.service import Key, Newcomer


class Origin(Struct, frozen=True, kw_only=True):
    """Who started a run from outside, for the list of runs."""

    source: str = "client"
    key_id: int | None = None
    key_name: str | None = None
    address: str | None = None


class Arrived(Struct, frozen=True):
    """A channel brought an event."""

    event: AnyInbound


class Started(Struct, frozen=True, kw_only=True):
    """Something outside starts a run; `run_id` was promised to it already.

    `again`: it may have been started before, by somebody who could not tell of it. `after_chat`:
    only where a closed chat was to lead, and only while nothing else has begun since. `waits`: not
    before the action that the dialog awaits has its result.
    """

    begin: Begin
    run_id: int
    origin: Origin = Origin()
    on_busy: str = "send"
    again: bool = False
    after_chat: bool = False
    waits: bool = False


class Answered(Struct, frozen=True, kw_only=True):
    """An action has its result; `log` tells what it asked of the outside."""

    done: ActionDone
    log: Any = None


class TimerDue(Struct, frozen=True):
    """The deadline of a wait, or the end of a delay, has come."""

    timer: str


class Taken(Struct, kw_only=True):
    """How a turn went for one piece of work."""

    duplicate: bool = False
    run_id: int | None = None
    refused: str | None = None


class Work(Struct, kw_only=True, eq=False):
    """One piece of work; pieces of one chat are taken in the order in which they came."""

    key: Key
    what: Arrived | Started | Answered | TimerDue
    newcomer: Newcomer | None = None
    swept: bool = False  # it stood aside, and its turn has come
    result: Taken = field(default_factory=Taken)
    done: "asyncio.Future[Taken] | None" = None

    @property
    def external_id(self) -> str | None:
        """What a repeat is known by; only events of channels have it."""
        return self.what.event.external_id if isinstance(self.what, Arrived) else None
