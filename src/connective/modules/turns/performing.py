"""Does what scenarios ask of the outside: claims calls, performs them, brings their results back.

A call that its process did not live to finish is performed again only if its action says that a
repeat does no harm; else it ends in `not_ok` with the code `uncertain`.
"""

import asyncio
import logging
from typing import Any

import msgspec
from structlog.contextvars import bound_contextvars

from connective.contracts.action import (
    ACTIONS,
    Action,
    ActionCall,
    ActionError,
    ActionResult,
)
from connective.engine.model import ActionDone
from connective.kit import clock, errors, wake
from connective.kit.context import unit_of_work
from connective.kit.http.problem import is_outage
from connective.kit.loops import SWEEP_S, idle
from connective.modules.turns import services
from connective.modules.turns.claims import claimant
from connective.modules.turns.queries import calls
from connective.modules.turns.queue import queue
from connective.modules.turns.work import Answered, Work

AT_ONCE = 50
RETRY_S = 1.0
UNCERTAIN = ActionError("uncertain", "the process stopped while the request was under way")
log = logging.getLogger(__name__)


# What this process performs now. It outlives a restart of the loop, whose new name takes it over.
_under_way: "dict[tuple[int, str], asyncio.Task[None]]" = {}


async def run(stop: asyncio.Event) -> None:
    """Perform calls until the stop; those under way then are finished."""
    async with claimant() as owner:
        with wake.waiter("actions") as woken:
            await _claiming(stop, woken, owner)


async def _claiming(stop: asyncio.Event, woken: asyncio.Event, owner: int) -> None:
    while not stop.is_set():
        room = AT_ONCE - len(_under_way)
        rows = await claim(owner, room) if room else []
        for row in rows:
            _launch(row, woken)
        if len(rows) < room or not room:
            await idle(stop, woken, SWEEP_S)
    await asyncio.gather(*_under_way.values())


def _launch(row: Any, woken: asyncio.Event) -> None:
    key = (row["dialog_id"], row["call_id"])
    if key in _under_way:
        return

    def ended(_: asyncio.Task[None]) -> None:
        _under_way.pop(key, None)
        woken.set()

    _under_way[key] = asyncio.create_task(bring(row))
    _under_way[key].add_done_callback(ended)


async def claim(owner: int, count: int) -> list[Any]:
    """Calls that nobody performs, the oldest first, now ours."""
    async with unit_of_work() as ctx:
        return list(await calls.claim(await ctx.driver(), owner, count, ctx.now))


async def bring(row: Any) -> None:
    """Perform one call and give its result to the dialog; tried until the database takes it."""
    began = clock.monotonic()
    with bound_contextvars(dialog_id=row["dialog_id"]):
        result = await perform(row)
    done = ActionDone(
        call_id=row["call_id"],
        event=result.event,
        writes=result.writes,
        say=result.say,
        keyboard=result.keyboard,
        error=msgspec.to_builtins(result.error) if result.error else None,
        took_ms=round((clock.monotonic() - began) * 1000),
    )
    log_entry = {
        "lines": msgspec.to_builtins(result.log),
        "requests": msgspec.to_builtins(result.requests),
    }
    while True:
        work = Work(
            key=(row["account_id"], row["chat_id"]), what=Answered(done=done, log=log_entry)
        )
        try:
            await queue().submit(work)
        except (errors.Unavailable, OSError) as failure:
            log.warning("the result of %s waits: %r", row["call_id"], failure)
        except Exception as failure:
            if not is_outage(failure):
                raise
        else:
            return
        await asyncio.sleep(RETRY_S)


async def perform(row: Any) -> ActionResult:
    """The result of a call; any failure of ours becomes an error of the action."""
    action = _actions().get(row["action"])
    if action is None:
        error = ActionError("unknown_action", row["action"])
        return ActionResult(event="error", error=error)
    call = _call(row)
    if row["interrupted"] and not action.idempotent(call.values):
        return ActionResult(event="not_ok", error=UNCERTAIN)
    try:
        if action.kind == "local":
            return await _inside(action, call)
        return await action.run(call, services.of(call, perform_later))
    except Exception as failure:
        log.exception("action %s failed", action.id)
        return ActionResult(event="error", error=ActionError("internal", repr(failure)))


async def _inside(action: Action, call: ActionCall) -> ActionResult:
    """A local action does its work in one transaction; an outage is waited out."""
    given = services.of(call, perform_later)
    while True:
        try:
            async with unit_of_work() as ctx:
                return await action.run(call, msgspec.structs.replace(given, ctx=ctx))
        except Exception as failure:
            if not is_outage(failure):
                raise
            log.warning("action %s waits for the database: %r", action.id, failure)
        await asyncio.sleep(RETRY_S)


async def perform_later(call: ActionCall) -> None:
    """Queue a call that nobody waits for; a worker performs it like any other."""
    async with unit_of_work() as ctx:
        await calls.add_detached(await ctx.driver(), call, ctx.now)
        ctx.wakes("actions")


def _actions() -> dict[str, Action]:
    return {action.id: action for _, group in ACTIONS.items() for action in group}


def _call(row: Any) -> ActionCall:
    state = msgspec.json.decode(row["state"] or "{}")
    return ActionCall(
        call_id=row["call_id"],
        bot_id=row["bot_id"],
        dialog_id=row["dialog_id"],
        run_id=row["run_id"],
        node_id=row["node_id"],
        chat_id=row["chat_id"],
        channel=row["channel"],
        language=row["language"],
        values=msgspec.json.decode(row["values"]),
        variables=state.get("variables", {}),
        detached=row["detached"],
        tries=row["tries"],
    )
