"""One turn: a group of events through ONE transaction.

Read top to bottom: lock the dialogs, load bots and programs, note the external ids, take every
event in order, write everything, each kind of row sorted by key, events last.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from connective.engine.budget import OverBudget
from connective.kit.context import Ctx, unit_of_work
from connective.modules.dialogs import service as dialogs
from connective.modules.dialogs.service import Key
from connective.modules.scenarios.service import programs
from connective.modules.turns import arrivals, aside, parking, slow, starts, writing
from connective.modules.turns.parking import Parked
from connective.modules.turns.queries import present
from connective.modules.turns.turn import Turn
from connective.modules.turns.work import Answered, Arrived, Started, TimerDue, Work

_TAKE: dict[type, Any] = {
    Arrived: arrivals.take,
    Started: starts.take,
    Answered: starts.answer,
    TimerDue: starts.timer,
}


async def process(group: list[Work], computed: Callable[[], None]) -> list[Work]:
    """Take a group; gives back what another transaction holds, or what is too slow for a group.

    `computed` is told when the rest is up to the database.
    """
    quick, late = slow.parted(group)
    if not quick:
        return late
    try:
        async with unit_of_work() as ctx:
            return await take(ctx, quick, wait=False, computed=computed) + late
    except OverBudget:
        quick, late = slow.parted(group)  # whose step it was is known now
        return quick + late


async def alone(work: Work) -> None:
    """Take one event, waiting for its dialog."""
    async with slow.lane(work.key[0]), unit_of_work() as ctx:
        await take(ctx, [work], wait=True)


async def take(
    ctx: Ctx, group: Sequence[Work], *, wait: bool, computed: Callable[[], None] = lambda: None
) -> list[Work]:
    """Everything of a turn but the commit."""
    turn = Turn(ctx, begin=starts.go_on)
    turn.alone = wait
    driver = await ctx.driver()
    held = await dialogs.hold(ctx, _wanted(group), wait=wait)
    turn.threads = {key: thread for key, thread in held.items() if thread is not None}
    busy = [work for work in group if work.key in held and held[work.key] is None]
    await _load(turn, driver)
    ready = [work for work in group if work.key in turn.threads]
    if any(bot.aside for bot in turn.bots.values()):
        ready = await aside.pass_by(ctx, ready)
    for work in group:
        if work.key not in held:
            work.result.refused = "chat_not_found"
    fresh = {id(work) for work in await writing.note_external_ids(driver, ready, now=ctx.now)}
    for work in ready:
        if id(work) in fresh:
            await _TAKE[type(work.what)](turn, work)
        else:
            work.result.duplicate = True
    computed()
    await writing.write(turn)
    return busy


def _wanted(group: Iterable[Work]) -> dict[Key, Any]:
    wanted: dict[Key, Any] = {}
    for work in group:
        wanted[work.key] = wanted.get(work.key) or work.newcomer
    return wanted


async def _load(turn: Turn, driver: Any) -> None:
    threads = turn.threads.values()
    turn.bots = await present.bots_now(driver, sorted({t.bot_id for t in threads}))
    for bot in turn.bots.values():
        if bot.version is not None:
            turn.programs[bot.id] = await programs.get(
                turn.ctx.db, bot.id, bot.version, languages=bot.languages
            )
    waiting = [thread.id for thread in threads if thread.parked]
    if waiting:
        for row in await present.parked_of(driver, waiting):
            one = Parked(row["id"], row["event"], row["start"])
            turn.parked.setdefault(row["dialog_id"], []).append(one)
        await parking.left_over(turn)
