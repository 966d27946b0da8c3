"""What one transaction of turns holds and gathers."""

from collections.abc import Awaitable, Callable
from typing import Any

from connective.engine.program import Program
from connective.kit.context import Ctx
from connective.modules.dialogs import service as dialogs
from connective.modules.dialogs.service import Key, Thread
from connective.modules.requests.service import Leaving
from connective.modules.turns.models import run_ids
from connective.modules.turns.queries.present import BotNow
from connective.modules.turns.rows import Rows
from connective.modules.turns.work import Started

Begin = Callable[["Turn", Thread, Started], Awaitable[None]]


class Turn:
    """Locked dialogs, the bots and programs they run, and the rows to write."""

    def __init__(self, ctx: Ctx, begin: "Begin") -> None:
        self.ctx = ctx
        self.threads: dict[Key, Thread] = {}
        self.bots: dict[int, BotNow] = {}
        self.programs: dict[int, Program] = {}
        self.parked: dict[int, list[Any]] = {}
        self.page = dialogs.Page([])
        self.rows = Rows()
        self.alone = False  # nobody else waits for this transaction
        self.begin = begin  # how a start that waited behind an action goes on
        self._leaving: Leaving | None = None

    @property
    def leaving(self) -> Leaving:
        """How the chats of these dialogs end."""
        if self._leaving is None:
            self._leaving = Leaving(self.ctx, self.page, list(self.threads.values()))
        return self._leaving

    async def message_ids(self, count: int) -> list[int]:
        return await dialogs.message_ids_for(self.ctx, count)

    async def run_id(self) -> int:
        """An id for a run that a step may begin; `return_run_id` when it did not."""
        return (await run_ids.take(self.ctx.db, 1))[0]

    def return_run_id(self, run_id: int) -> None:
        run_ids.give_back([run_id])
