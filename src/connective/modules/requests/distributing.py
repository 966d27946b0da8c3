"""Gives requests that wait to operators who are free: one transaction for each.

Run by one process at a time: the distribution's advisory lock comes first in every transaction,
then dialog, request, operator as everywhere. A crash loses nothing: what was not given waits.
"""

import asyncio
import logging
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

import msgspec
from msgspec import Struct

from connective.kit import clock, errors
from connective.kit.context import Ctx, unit_of_work
from connective.kit.loops import idle
from connective.kit.wake import waiter
from connective.modules.requests.distribution import facts, queries, rules
from connective.modules.requests.distribution.attempts import Try
from connective.modules.requests.distribution.choose import Candidate, Choice, Wanted, choose
from connective.modules.requests.distribution.schemas import DistributionRules
from connective.modules.requests.service import assigning
from connective.modules.requests.service.holding import hold

TOPIC: Final = "distribution"
SWEEP_S: Final = 5.0
# Some row was held while its reason was to be written: those who hold rows are quick.
SOON_S: Final = 0.2
PAGE: Final = 500
TRIES: Final = 5
UNACCEPTED: Final = 50
log = logging.getLogger(__name__)


async def run(stop: asyncio.Event) -> None:
    """Look at the queue whenever something was queued or somebody got free, and every 5 s."""
    with waiter(TOPIC) as woken:
        while not stop.is_set():
            woken.clear()
            looked = await _look()
            await idle(stop, woken, SOON_S if looked and looked.untold else SWEEP_S)


class _Round(Struct):
    """What one look at the queue works with, kept up to date while it goes on."""

    rules: DistributionRules
    people: dict[int, Candidate]
    turn: int
    given: int = 0
    untold: bool = False
    waits: dict[Wanted, Choice] = msgspec.field(default_factory=dict)

    def choice(self, wanted: Wanted) -> Choice:
        """The same for requests that differ in nothing but their number, until one is given."""
        kind = msgspec.structs.replace(wanted, id=0)
        if kind not in self.waits:
            people = list(self.people.values())
            self.waits[kind] = choose(wanted, people, method=self.rules.method, turn=self.turn)
        return self.waits[kind]

    def gave(self, user_id: int, channel: str, ctx: Ctx) -> None:
        self.people[user_id] = facts.with_one_more(self.people[user_id], channel, ctx)
        self.turn, self.given = user_id, self.given + 1
        self.waits.clear()

    def learnt(self, people: dict[int, Candidate]) -> None:
        self.people.update(people)
        self.waits.clear()


async def distribute() -> int:
    """Look at the whole queue once, the first in line first; how many found an operator."""
    looked = await _look()
    return looked.given if looked else 0


async def _look() -> _Round | None:
    await _take_back_unaccepted()
    async with unit_of_work() as ctx:
        if not await queries.alone(ctx.db):
            return None
        rows = await queries.waiting(ctx.db, after=None, limit=PAGE)
        if not rows:
            return None
        now = _Round(
            rules=await rules.current(ctx),
            people=await facts.candidates(ctx),
            turn=await queries.last_chosen(ctx.db),
        )
    while rows:
        await _serve(now, rows)
        last = rows[-1]
        async with unit_of_work() as ctx:
            after = (-last.weight, last.queued_at, last.id)
            rows = await queries.waiting(ctx.db, after=after, limit=PAGE)
    return now


async def _serve(now: _Round, rows: Sequence[Any]) -> None:
    async with unit_of_work() as ctx:
        preferred = await facts.preferred(ctx, now.rules, [row.client_id for row in rows])
    waits: list[Try] = []
    for row in rows:
        began = clock.monotonic()
        wanted = facts.wanted(row, preferred.get(row.client_id))
        choice = now.choice(wanted)
        if choice.chosen_id is not None:
            choice = await _safely(now, wanted, choice)
        if choice.reason is not None and choice.reason != row.waits_because:
            waits.append(Try(row, choice, clock.monotonic() - began))
    if waits:
        async with unit_of_work() as ctx:
            now.untold |= await assigning.tell_why(ctx, now.rules, waits) < len(waits)


async def _safely(now: _Round, wanted: Wanted, choice: Choice) -> Choice:
    """A request that fails keeps nobody behind it waiting."""
    try:
        return await _give(now, wanted, choice)
    except errors.NotFound:
        return choice
    except Exception:
        log.exception("request %s could not be distributed", wanted.id)
        return choice


async def _give(now: _Round, wanted: Wanted, choice: Choice) -> Choice:
    """Give it, or find out that the choice does not stand any more and make another one."""
    for _ in range(TRIES):
        if choice.chosen_id is None:
            return choice
        stale: dict[int, Candidate] = {}
        async with unit_of_work() as ctx:
            began = clock.monotonic()
            if not await queries.alone(ctx.db):
                return choice
            chat = await hold(ctx, wanted.id, action=None)
            if chat.row.state != "queue" or chat.row.assignee_id is not None:
                return choice
            wanted = facts.wanted(chat.row, wanted.preferred_id)
            known = now.people[choice.chosen_id]
            stale = await assigning.assign(ctx, chat, choice, now.rules, known=known, began=began)
            if not stale:
                now.gave(choice.chosen_id, chat.row.channel, ctx)
                if known.quota is not None:  # the client may have been his today already
                    now.learnt(await facts.candidates(ctx, [known.user_id]))
                return choice
        now.learnt(stale)
        choice = now.choice(wanted)
    return choice


async def _take_back_unaccepted() -> None:
    """Requests that their operator did not answer in time go to the next one."""
    async with unit_of_work() as ctx:
        seconds = (await rules.current(ctx)).accept_timeout_s
        if not seconds:
            return
        before = ctx.now - timedelta(seconds=seconds)
        ids = await queries.unaccepted(ctx.db, before, limit=UNACCEPTED)
    for request_id in ids:
        async with unit_of_work() as ctx:
            await assigning.take_back(ctx, request_id, before=before)
