"""The quota of clients a day: counted once each, and where it is hard the end of new chats."""

from typing import Any

import pytest
import pytest_asyncio

from connective.app.asgi import fill_points
from connective.kit.context import unit_of_work
from connective.kit.paging import PageQuery
from connective.kit.testing.crowd import Crowd
from connective.kit.testing.databases import Database
from connective.kit.testing.moving_clock import MovingClock
from connective.modules.operators import service as operators
from connective.modules.operators.schemas import QuotaRulesIn, Worker
from connective.modules.operators.service import loads, quotas
from connective.modules.requests import service
from connective.modules.requests.distributing import distribute
from connective.modules.requests.distribution import waiting
from connective.modules.requests.schemas.changes import Assign, Close

DAY_S = 86_400


@pytest_asyncio.fixture
async def crowd(db: Database) -> Crowd:
    fill_points()
    return await Crowd.gather(db)


async def set_quota(daily: int, *, hard: bool) -> None:
    async with unit_of_work() as ctx:
        await quotas.change_rules(ctx, QuotaRulesIn(daily=daily, hard=hard))


async def worker(user_id: int) -> Worker:
    async with unit_of_work() as ctx:
        return (await operators.workers(ctx, [user_id]))[0]


async def reasons(crowd: Crowd) -> list[Any]:
    rows = await crowd.db.fetch("SELECT waits_because FROM requests WHERE state = 'queue'")
    return [row["waits_because"] for row in rows]


@pytest.mark.proves("OP-02", part="quota")
@pytest.mark.proves("OP-25", part="quota")
async def test_whoever_has_used_up_a_hard_quota_gets_no_more_until_his_next_day(
    crowd: Crowd, moving_clock: MovingClock
) -> None:
    him = await crowd.operator("him", limit=9)
    await set_quota(2, hard=True)
    first, *_ = await crowd.requests(4)
    assert await distribute() == 2
    assert await reasons(crowd) == ["quota", "quota"]
    tried = await crowd.db.value("SELECT candidates FROM distribution_attempts WHERE reason = $1"
                                 " LIMIT 1", "quota")  # fmt: skip
    assert f'"quota": [{him}]' in tried
    async with unit_of_work() as ctx:
        await service.close(ctx, first, Close())
    assert await distribute() == 0

    moving_clock.advance(DAY_S)
    async with unit_of_work() as ctx:
        await operators.seen(ctx, [him])
        await loads.forget_touches(ctx)
    assert (await worker(him)).touched == 0
    assert await distribute() == 2
    assert (await worker(him)).touched == 2
    assert await crowd.db.value("SELECT count(*) FROM operator_touches") == 4


@pytest.mark.proves("OP-02", part="quota")
async def test_a_quota_that_is_not_hard_is_only_counted(crowd: Crowd) -> None:
    him = await crowd.operator("him", limit=9)
    await set_quota(1, hard=False)
    await crowd.requests(3)
    assert await distribute() == 3
    found = await worker(him)
    assert (found.touched, found.quota) == (3, None)


@pytest.mark.proves("OP-02", part="quota")
async def test_a_client_counts_once_a_day_whoever_gives_his_chat(crowd: Crowd) -> None:
    him = await crowd.operator("him", limit=9)
    await set_quota(2, hard=True)
    one, two, three, four = await crowd.requests(4)
    await crowd.db.execute("UPDATE requests SET client_id = $1 WHERE id = $2", one, two)
    async with unit_of_work() as ctx:
        await service.assign(ctx, one, Assign(operator_id=him))
    assert await distribute() == 2
    assert await crowd.holders([one, two, three]) == {one: him, two: him, three: him}
    assert (await worker(him)).touched == 2
    async with unit_of_work() as ctx:  # by hand he may get more
        await service.assign(ctx, four, Assign(operator_id=him))
    assert (await worker(him)).touched == 3


@pytest.mark.proves("OP-02", part="quota")
async def test_an_own_quota_goes_before_everybodys_and_0_is_none(crowd: Crowd) -> None:
    own, free, like_all = [await crowd.operator(name, limit=9) for name in ("own", "free", "all")]
    await set_quota(1, hard=True)
    await crowd.db.execute("UPDATE operators SET touch_quota = 2 WHERE user_id = $1", own)
    await crowd.db.execute("UPDATE operators SET touch_quota = 0 WHERE user_id = $1", free)
    await crowd.requests(9)
    assert await distribute() == 9
    counted = {user_id: counts[0] for user_id, counts in (await crowd.loads()).items()}
    assert counted == {own: 2, free: 6, like_all: 1}


@pytest.mark.proves("OP-25", part="quota")
async def test_cards_count_only_whoever_has_something_left(crowd: Crowd) -> None:
    await crowd.operator("used up")
    await crowd.db.execute("UPDATE operators SET touch_quota = 1")
    await set_quota(0, hard=True)
    await crowd.requests(2)
    await distribute()
    async with unit_of_work() as ctx:
        shown = await waiting.queue(ctx, PageQuery())
    assert (shown.operators_able, [row.reason for row in shown.items]) == (0, ["quota"])
