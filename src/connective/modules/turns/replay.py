"""Runs a dialog's journal through the engine again and compares what comes out, byte for byte.

The state is carried from step to step; where the journal holds a snapshot (before the first step
of a run), it must be the state carried so far, and goes on from there.
"""

from typing import Any

import msgspec
from msgspec import Struct, field

from connective.engine import outside
from connective.engine.model import State
from connective.engine.outside import Outside
from connective.kit import errors
from connective.kit.context import Ctx
from connective.modules.scenarios.service import programs
from connective.modules.turns import steps
from connective.modules.turns.journal import Input, Output, encoder, output_of, outside_of
from connective.modules.turns.queries import recorded

PIECE = 500
NOTHING = "{}"
_input = msgspec.json.Decoder(Input)
_state = msgspec.json.Decoder(State)


class Difference(Struct, frozen=True, kw_only=True):
    """Where a replay leaves the record: `what` is the state, the output or the program."""

    step: int
    journal_id: int
    run_id: int | None
    what: str
    recorded: str
    replayed: str


class Replayed(Struct):
    """How far a replay came and what it found."""

    steps: int = 0
    differences: list[Difference] = field(default_factory=list)


async def dialog(ctx: Ctx, dialog_id: int) -> Replayed:
    """Replay all of a dialog's journal. Reads only."""
    found, state, last = Replayed(), NOTHING, 0
    driver = await ctx.driver()
    while rows := await recorded.journal_of_dialog(driver, dialog_id, last, PIECE):
        for row in rows:
            state = await _step(ctx, found, row, state)
        last = rows[-1]["id"]
    return found


async def _step(ctx: Ctx, found: Replayed, row: Any, state: str) -> str:
    """Run one step again; gives the state after it."""
    found.steps += 1
    if row["snapshot"] is not None:
        _compare(found, row, "state", recorded=row["snapshot"], replayed=state)
        state = row["snapshot"]
    given = _input.decode(row["input"])
    before = State() if state == NOTHING else _state.decode(state)
    if isinstance(given.event, Outside):
        later = outside.after(before, given.event)
        _compare_output(found, row, outside_of(later.waiting))
        return encoder.encode(later).decode()
    assert given.env is not None  # noqa: S101 - a step has its circumstances
    try:
        program = await programs.of_version(
            ctx.db, row["version_id"], languages=given.env.languages
        )
    except errors.NotFound:
        gone = f"version {row['version_id']} is no longer kept"
        _compare(found, row, "program", recorded=str(row["version_id"]), replayed=gone)
        return state
    outcome, after = steps.run(program, before, given.event, given.env)
    _compare_output(found, row, output_of(outcome))
    return after


def _compare_output(found: Replayed, row: Any, output: Output) -> None:
    replayed = encoder.encode(output).decode()
    _compare(found, row, "output", recorded=row["output"], replayed=replayed)


def _compare(found: Replayed, row: Any, what: str, *, recorded: str, replayed: str) -> None:
    if recorded != replayed:
        found.differences.append(
            Difference(
                step=found.steps,
                journal_id=row["id"],
                run_id=row["run_id"],
                what=what,
                recorded=recorded,
                replayed=replayed,
            )
        )


def changes(difference: Difference) -> list[str]:
    """The values that differ, one a line: `effects[0].text: "Hello" -> "Hallo"`."""
    try:
        pair = msgspec.json.decode(difference.recorded), msgspec.json.decode(difference.replayed)
    except msgspec.DecodeError:
        return [f"{difference.recorded} -> {difference.replayed}"]
    lines = list(_unlike("", *pair))
    return lines or ["the same values, written in another way"]


def _unlike(path: str, recorded: Any, replayed: Any) -> list[str]:
    if isinstance(recorded, dict) and isinstance(replayed, dict):
        inner = [(f"{path}.{key}".lstrip("."), key) for key in sorted({*recorded, *replayed})]
        pairs = [(name, recorded.get(key), replayed.get(key)) for name, key in inner]
    elif isinstance(recorded, list) and isinstance(replayed, list):
        if len(recorded) != len(replayed):
            return [f"{path}: {len(recorded)} items -> {len(replayed)}: {_json(replayed)}"]
        both = enumerate(zip(recorded, replayed, strict=True))
        pairs = [(f"{path}[{index}]", *values) for index, values in both]
    else:
        same = recorded == replayed
        return [] if same else [f"{path}: {_json(recorded)} -> {_json(replayed)}"]
    return [line for pair in pairs for line in _unlike(*pair)]


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()
