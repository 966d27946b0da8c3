"""`connective replay`: does the journal of a dialog still give the same transcript?"""

import argparse
import asyncio
from typing import Any

from connective.app import asgi, database, first_start
from connective.app.terminal import note, say
from connective.kit import settings as environment
from connective.kit.context import unit_of_work
from connective.kit.settings import Settings
from connective.modules.turns import service as turns


def add(commands: Any) -> None:
    replay = commands.add_parser("replay", help="run a dialog's journal again and compare")
    replay.add_argument("--dialog", type=int, required=True, help="id of the dialog")
    replay.set_defaults(run=_replay)


def _replay(chosen: argparse.Namespace) -> int:
    settings = environment.load()
    with database.opened(settings, progress=note) as dsn:
        found = asyncio.run(_run(settings, dsn, chosen.dialog))
    for each in found.differences:
        say(f"step {each.step} (journal {each.journal_id}, run {each.run_id}): {each.what} differs")
        for line in turns.changes(each):
            say(f"    {line}")
    say(f"{found.steps} steps, {len(found.differences)} differences")
    return 1 if found.differences else 0


async def _run(settings: Settings, dsn: str, dialog_id: int) -> turns.Replayed:
    asgi.fill_points()
    async with first_start.configured(settings, dsn), unit_of_work() as ctx:
        return await turns.replay(ctx, dialog_id)
