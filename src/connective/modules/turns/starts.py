"""Starts from outside, results of actions, and deadlines: what moves a dialog without a message."""

from typing import Any

import msgspec

from connective.engine import model
from connective.engine.model import Due
from connective.modules.dialogs.service import Thread
from connective.modules.requests.service import LED_BY_BOT
from connective.modules.turns import endings, parking, steps, visits
from connective.modules.turns.queries import recorded
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
    if refused := _refused(turn, thread, started):
        work.result.refused = refused
        return
    if started.after_chat:
        started = await _arranged(turn, thread, started)
        if started is None:
            work.result.refused = "overtaken"
            return
    work.result.run_id = started.run_id
    turn.rows.promised.add(started.run_id)
    if started.waits and thread.call_id is not None:
        parking.park_start(turn, thread, started)
    else:
        await _begin(turn, thread, started)


async def go_on(turn: Turn, thread: Thread, started: Started) -> None:
    """A start that waited behind an action; what is in its way by now is noted at its run."""
    turn.rows.promised.add(started.run_id)
    if refused := _refused(turn, thread, started):
        turn.rows.ended.append((started.run_id, "error", refused))
    else:
        await _begin(turn, thread, started)


def _refused(turn: Turn, thread: Thread, started: Started) -> str | None:
    """Why a run cannot start in this dialog."""
    if not turn.bots[thread.bot_id].active:
        return "bot_inactive"
    if thread.bot_id not in turn.programs:
        return "scenario_not_published"
    if thread.person.blocked:
        return "blocked"
    if not visits.may_begin(thread, started.begin.trigger):
        return "unsubscribed"
    if thread.owner in HUMAN and (started.after_chat or started.on_busy == "skip"):
        return "overtaken" if started.after_chat else "busy"
    return None


async def _arranged(turn: Turn, thread: Thread, started: Started) -> Started | None:
    """Where the scenario has to go on after a chat; None where the client was quicker."""
    alias = await endings.arranged(turn, thread)
    if not alias:
        return None
    return msgspec.structs.replace(
        started, begin=msgspec.structs.replace(started.begin, alias=alias)
    )


async def _begin(turn: Turn, thread: Thread, started: Started) -> None:
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
    await steps.feed(turn, thread, started.begin, run_id=started.run_id, origin=started.origin)


async def _has_begun(turn: Turn, run_id: int) -> bool:
    if any(row[0] == run_id for row in turn.rows.runs):
        return True
    return await recorded.has_begun(await turn.ctx.driver(), run_id)


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
        parking.park_event(turn, thread, event)
        return
    await steps.feed(turn, thread, event)
