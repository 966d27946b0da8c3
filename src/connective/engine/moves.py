"""Moving through the graph: from node to node, to an alias, out of a failure."""

import contextlib
from typing import Any, Final

from connective.engine.budget import NODE, RESERVE, OverBudget
from connective.engine.effects import TraceStep
from connective.engine.model import ActionDone, Event, Message, Press
from connective.engine.program import Block, Next
from connective.engine.walk import Walk

MAX_NODES: Final = 200
MAX_MS: Final = 60_000
IN_LINE_MS: Final = 1_000
OVER: Final = "over_budget"
_FALLS_TO: Final = {
    "timeout": "not_ok", "http_4xx": "not_ok", "http_5xx": "not_ok", "not_ok": "error",
}  # fmt: skip
_FAILING: Final = frozenset({"error", "not_ok"})
_SILENT: Final = ""


def advance(walk: Walk, node_id: int | None) -> None:
    """Run nodes from this one on until something stops the walk."""
    while node_id is not None:
        if walk.passed >= MAX_NODES:
            limited(walk, node_id)
            return
        walk.passed += 1
        walk.spend(NODE)
        block = walk.program.blocks.get(node_id)
        if block is None:
            node_id = changed_scenario(walk)
            continue
        walk.state.node_id = node_id
        node_id = leave(walk, block, block.kind.run(walk, block))
    if not walk.halted:
        walk.end("done")


def leave(walk: Walk, block: Block, to: Next, *, ms: int | None = None) -> int | None:
    """Note what a node did and find the next one."""
    changed, walk.changed = walk.changed, {}
    if not isinstance(to, str):
        note = None if to is None else f"-> {to}"
        passed = TraceStep(
            node_id=block.id, type=block.kind.type, ms=ms, note=note, changed=changed
        )
        walk.trace.append(passed)
        return to
    error = _last_code(walk) if to in _FAILING else None
    walk.trace.append(
        TraceStep(
            node_id=block.id, type=block.kind.type, port=to, ms=ms, error=error, changed=changed
        )
    )
    target = block.out.get(to)
    return target if target is not None else unwired(walk, block, to)


def _last_code(walk: Walk) -> str | None:
    last = walk.state.system.get("last_error")
    return last.get("code") if isinstance(last, dict) else None


def unwired(walk: Walk, block: Block, port: str) -> int | None:
    """Where a port without an edge leads: `default`, a failure to `error`, else the end."""
    if block.kind.acts:
        if port != "error" and (target := block.out.get("default")) is not None:
            return target
        falls_to: str | None = port
        while (falls_to := _FALLS_TO.get(falls_to or _SILENT)) is not None:
            if falls_to != "error" and falls_to not in block.data.events:
                return None
            if (target := block.out.get(falls_to)) is not None:
                return target
            if falls_to == "error":
                return failed(walk)
    if port in {"error", "failed"}:
        return failed(walk)
    return None


def note_error(walk: Walk, action: str, code: str, message: str = "") -> None:
    """Remember the last error, where scenarios read it."""
    walk.system(last_error={"action": action, "code": code, "message": message})


def failed(walk: Walk) -> int | None:
    """Nobody took the error: tell the client, go to `on_error` where the bot has it, once."""
    run = walk.state.run
    last = walk.state.system.get("last_error")
    code = str(last.get("code", "error")) if isinstance(last, dict) else "error"
    if run is not None:
        run.failures += 1
        run.error = code
        if run.failures > 1:
            return None
    walk.say_constant("error_text")
    return walk.program.aliases.get("on_error")


def limited(walk: Walk, node_id: int | None) -> None:
    """Too many nodes or too long without a wait: stop the run and say so."""
    walk.warn("limited", node=node_id)
    walk.say_constant("error_text")
    walk.end("limited", "limited")


def exhausted(walk: Walk) -> None:
    """The step has done more than it may: stop the run at its node and say so."""
    walk.left = RESERVE
    node_id = walk.state.node_id
    block = walk.program.blocks.get(node_id or 0)
    if block is not None:
        passed = TraceStep(node_id=block.id, type=block.kind.type, error=OVER, changed=walk.changed)
        walk.trace.append(passed)
    walk.warn(OVER, node=node_id)
    with contextlib.suppress(OverBudget):
        walk.say_constant("error_text")
    walk.end("limited", OVER)


def out_of_time(walk: Walk) -> bool:
    """Whether the run has gone on too long without a wait."""
    run = walk.state.run
    return run is not None and run.spent_ms > MAX_MS


def spend(walk: Walk, done: ActionDone) -> int:
    """Count the milliseconds of an action: its own, and up to a second in which it stood in line.

    More may have passed by the time of day when it jumped, or when the database was away; a run
    must not end for that.
    """
    passed = walk.env.now - walk.state.waiting.since
    ms = done.took_ms + min(max(passed - done.took_ms, 0), IN_LINE_MS)
    if walk.state.run is not None:
        walk.state.run.spent_ms += ms
    return ms


def start(walk: Walk) -> int | None:
    """Where the scenario begins in this channel."""
    alias = walk.program.triggers.channels.get(walk.env.channel)
    found = walk.program.aliases.get(alias) if alias else None
    return found if found is not None else walk.program.start_id


def at_alias(walk: Walk, alias: str) -> int | None:
    """The entry of an alias; Start, with a warning, when nothing has that alias."""
    found = walk.program.aliases.get(alias)
    if found is None:
        walk.warn("alias_missing", alias=alias[:128])
        return start(walk)
    return found


def changed_scenario(walk: Walk) -> int | None:
    """The node is gone in this version: alias `scenario_changed`, else Start."""
    walk.settle()
    walk.state.stack, walk.state.loops = [], []
    walk.warn("scenario_changed")
    found = walk.program.aliases.get("scenario_changed")
    return found if found is not None else start(walk)


def fresh(walk: Walk, trigger: str, node_id: int | None, **system: Any) -> None:
    """Begin a run at a node."""
    walk.begin(trigger, node_id)
    if system:
        walk.system(**system)
    advance(walk, node_id)


def resume(walk: Walk, event: Event) -> None:
    """Give the waiting node what it waited for, and go on."""
    waiting = walk.state.waiting
    block = walk.program.blocks.get(waiting.node_id or 0)
    if block is None or block.kind.resume is None:
        advance(walk, changed_scenario(walk))
        return
    walk.state.node_id = block.id
    if walk.state.run is not None and isinstance(event, Message | Press):
        walk.state.run.depth = 0
    ms = spend(walk, event) if isinstance(event, ActionDone) else None
    waited_outside = ms is None or block.data.waits
    if waited_outside:
        walk.heard()
    walk.passed += 1
    to = block.kind.resume(walk, block, event)
    if to is not None:
        walk.settle()
    node_id = leave(walk, block, to, ms=ms)
    if not waited_outside and node_id is not None and out_of_time(walk):
        limited(walk, node_id)
    elif not walk.halted:
        advance(walk, node_id)
