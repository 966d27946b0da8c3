"""In any crowd: order, limits and quotas hold, and nobody who could have a request is left idle."""

import asyncio
import random
from typing import Any

import pytest
import pytest_asyncio

from connective.app.asgi import fill_points
from connective.kit.context import unit_of_work
from connective.kit.testing.crowd import Crowd
from connective.kit.testing.databases import Database
from connective.modules.operators.schemas import QuotaRulesIn
from connective.modules.operators.service import quotas
from connective.modules.requests import service
from connective.modules.requests.distributing import distribute
from connective.modules.requests.distribution import facts, queries
from connective.modules.requests.distribution.choose import Candidate, why_not
from connective.modules.requests.schemas.changes import Close


@pytest_asyncio.fixture
async def crowd(db: Database) -> Crowd:
    fill_points()
    return await Crowd.gather(db)


@pytest.mark.proves("OP-02", part="invariants")
@pytest.mark.parametrize("seed", range(4))
async def test_in_any_crowd_order_and_limits_hold_and_nobody_fit_is_left_idle(
    crowd: Crowd, seed: int
) -> None:
    chance = random.Random(seed)
    for n in range(5):
        groups = chance.sample([1, 2, 3], chance.randint(0, 2))
        him = await crowd.operator(f"o{n}", limit=chance.randint(0, 4), group_ids=groups)
        await crowd.db.execute(
            "UPDATE operators SET touch_quota = $2 WHERE user_id = $1",
            him,
            chance.choice([0, 2, 4]),
        )
    async with unit_of_work() as ctx:
        await quotas.change_rules(ctx, QuotaRulesIn(hard=True))
    ids: list[int] = []
    for _ in range(3):
        for _ in range(5):
            groups = chance.sample([1, 2, 3], chance.randint(0, 1))
            ids += await crowd.requests(1, group_ids=groups, weight=chance.choice([0, 0, 5]))
        await crowd.db.execute("UPDATE requests SET client_id = 1000001 + id % 5")
        await asyncio.gather(distribute(), distribute())
        await _free_some(crowd, chance)
    await distribute()

    async with unit_of_work() as ctx:
        people = list((await facts.candidates(ctx)).values())
        left = [facts.wanted(row) for row in await queries.waiting(ctx.db, after=None, limit=99)]
    assert all(why_not(wanted, who) for wanted in left for who in people)
    assert all(counted == has for counted, has in (await crowd.loads()).values())
    assert all(who.active <= who.limit for who in people)
    assert all(who.quota is None or who.touched <= who.quota for who in people)
    assert {who.user_id: who.touched for who in people} == await _clients_of(crowd, people)
    await _nobody_was_passed_over(crowd)


async def _clients_of(crowd: Crowd, people: list[Candidate]) -> dict[int, int]:
    """How many different clients each of them was ever given."""
    rows = await crowd.db.fetch(
        "SELECT a.chosen_id, count(DISTINCT r.client_id) AS count FROM distribution_attempts a"
        " JOIN requests r ON r.id = a.request_id WHERE a.chosen_id IS NOT NULL GROUP BY 1"
    )
    found = {row["chosen_id"]: row["count"] for row in rows}
    return {who.user_id: found.get(who.user_id, 0) for who in people}


async def _free_some(crowd: Crowd, chance: random.Random) -> None:
    rows = await crowd.db.fetch("SELECT id FROM requests WHERE state = 'open' ORDER BY id")
    for row in rows:
        if chance.random() < 0.4:
            async with unit_of_work() as ctx:
                await service.close(ctx, row["id"], Close())


async def _nobody_was_passed_over(crowd: Crowd) -> None:
    """Of two alike, the one who came later was never given before the other."""
    rows = await crowd.db.fetch(
        "SELECT r.group_ids, r.weight, r.queued_at, r.id, min(a.id) AS given FROM requests r"
        " LEFT JOIN distribution_attempts a ON a.request_id = r.id AND a.chosen_id IS NOT NULL"
        " GROUP BY r.id ORDER BY r.queued_at, r.id"
    )
    alike: dict[Any, list[Any]] = {}
    for row in rows:
        alike.setdefault((tuple(row["group_ids"]), row["weight"]), []).append(row["given"])
    for given in alike.values():
        placed = [number for number in given if number is not None]
        assert placed == sorted(placed)
        assert given == [*placed, *[None] * (len(given) - len(placed))]
