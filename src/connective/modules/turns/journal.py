"""What the journal of a dialog keeps: its steps, and what changed its state beside the scenario."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct

from connective.engine import model
from connective.engine.effects import Effect, Outcome, TraceStep, Warn
from connective.engine.model import Env
from connective.engine.outside import Outside
from connective.kit.context import Ctx
from connective.kit.db import bulk
from connective.modules.dialogs.service import Thread
from connective.modules.turns.models import JOURNAL

# Objects keep their order over steps: they are said in it. The engine gives the same one again.
encoder = msgspec.json.Encoder()


class Input(Struct, omit_defaults=True):
    """What a step was given; no circumstances matter to what came from outside the scenario."""

    event: model.Event | Outside
    env: Env | None = None


class Output(Struct):
    """What a step gave."""

    effects: list[Effect]
    trace: list[TraceStep]
    warnings: list[Warn]
    waiting: model.Waiting


def output_of(outcome: Outcome) -> Output:
    return Output(outcome.effects, outcome.trace, outcome.warnings, outcome.state.waiting)


def outside_of(waiting: model.Waiting) -> Output:
    """What came from outside has no effects; only what is awaited may change."""
    return Output([], [], [], waiting)


def beside(thread: Thread, now: datetime) -> list[tuple[Any, ...]]:
    """The rows of what was done beside the scenario of a dialog and stands nowhere yet."""
    done, thread.beside = thread.beside, []
    return [
        (
            thread.id,
            each.run_id,
            None,
            now,
            None,
            encoder.encode(Input(each.change)).decode(),
            encoder.encode(outside_of(each.waiting)).decode(),
        )
        for each in done
    ]


async def note(ctx: Ctx, threads: Sequence[Thread]) -> None:
    """Write these rows in the transaction that writes the dialogs."""
    rows = [row for thread in threads for row in beside(thread, ctx.now)]
    if rows:
        await bulk.insert(await ctx.driver(), "journal", JOURNAL, rows)
