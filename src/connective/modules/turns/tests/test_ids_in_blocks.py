"""Ids that a process takes in blocks rise, and are given once."""

from connective.kit.context import unit_of_work
from connective.kit.testing.databases import Database
from connective.modules.turns.models import run_ids


async def test_ids_of_several_blocks_rise_and_another_process_gets_others(db: Database) -> None:
    run_ids.forget()
    async with unit_of_work() as ctx:
        one = await run_ids.take(ctx.db, 1)
        many = await run_ids.take(ctx.db, 1500)
        run_ids.forget()  # as another process begins
        other = await run_ids.take(ctx.db, 10)
    taken = one + many + other
    assert taken == sorted(set(taken))
    assert len(taken) == 1511
