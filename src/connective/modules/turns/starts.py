"""Starts from outside, results of actions, and deadlines: what moves a dialog without a message."""

from typing import Any

import msgspec

from connective.engine import model
from connective.engine.model import Due
from connective.modules.requests.service import LED_BY_BOT
from connective.modules.turns import endings, queries, steps
from connective.modules.turns.arrivals import park
from connective.modules.turns.turn import Turn
from connective.modules.turns.work import Answered, Started, TimerDue, Work

# Who has a dialog that is not the bot's to lead.
HUMAN = ("operator", "queue")
_encode = msgspec.json.Encoder().encode


async def take(turn: Turn, work: Work) -> None:
    """Start a run where the caller asked for it, unless the dialog's owner is in the way."""
    started: Any = work.what
    assert isinstance(started, Started)  # noqa: S101 - the group dispatches by this type
    thread = turn.threads[work.key]
    if started.again and await _has_begun(turn, started.run_id):
        work.result.duplicate = True
        return
    if not turn.bots[thread.bot_id].active:
        work.result.refused = "bot_inactive"
        return
    if thread.bot_id not in turn.programs:
        work.result.refused = "scenario_not_published"
        return
    if thread.person.blocked:
        work.result.refused = "blocked"
        return
    if started.after_chat and not await _still_arranged(turn, work):
        work.result.refused = "overtaken"
        return
    if thread.owner in HUMAN and started.on_busy == "skip":
        work.result.refused = "busy"
        return
    if thread.owner in HUMAN and started.on_busy == "interrupt":
        # The bot takes the dialog back: what the client writes from now on is the scenario's.
        if thread.request_id is not None:
            await turn.leaving.by_bot(thread, reason="interrupted")
        else:
            thread.owner = "bot"
            thread.epoch += 1
    if thread.call_id is not None:
        # The new run takes the dialog; what the action brings later is recorded and ignored.
        thread.epoch += 1
        thread.call_id = None
    started = work.what
    work.result.run_id = started.run_id
    turn.rows.promised.add(started.run_id)
    await steps.feed(turn, thread, started.begin, run_id=started.run_id, origin=started.origin)


async def _still_arranged(turn: Turn, work: Work) -> bool:
    """Whether the scenario still has to go on after a chat: the client may have been quicker."""
    started: Any = work.what
    thread = turn.threads[work.key]
    if thread.owner in HUMAN:
        return False
    alias = await endings.arranged(turn, thread)
    work.what = msgspec.structs.replace(
        started, begin=msgspec.structs.replace(started.begin, alias=alias)
    )
    return bool(alias)


async def _has_begun(turn: Turn, run_id: int) -> bool:
    if any(row[0] == run_id for row in turn.rows.runs):
        return True
    return await queries.has_begun(await turn.ctx.driver(), run_id)


async def answer(turn: Turn, work: Work) -> None:
    """Give an action's result to the scenario; one that nobody waits for any more is only kept."""
    answered: Any = work.what
    assert isinstance(answered, Answered)  # noqa: S101 - the group dispatches by this type
    thread, done = turn.threads[work.key], answered.done
    awaited = thread.call_id == done.call_id
    turn.rows.calls_done.append(
        (
            thread.id,
            done.call_id,
            "done" if awaited else "late",
            _encode(done).decode(),
            _encode(answered.log).decode(),
        )
    )
    if awaited:
        thread.call_id = None
        await steps.feed(turn, thread, done)


async def timer(turn: Turn, work: Work) -> None:
    """A deadline came; while an action runs it waits its turn like any other event."""
    due: Any = work.what
    assert isinstance(due, TimerDue)  # noqa: S101 - the group dispatches by this type
    thread = turn.threads[work.key]
    asleep = thread.person.blocked or not turn.bots[thread.bot_id].active
    if asleep or thread.owner not in LED_BY_BOT:
        thread.deadline_at = None
        return
    event: model.Event = Due(timer=due.timer)
    if thread.call_id is not None:
        park(turn, thread, event)
        return
    await steps.feed(turn, thread, event)
