"""What /metrics tells after something was done: each number that the guide names."""

import asyncio
import re
from typing import Any

import pytest

from connective.kit import request_log
from connective.kit.context import unit_of_work
from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.polling import polled
from connective.kit.testing.shop import Shop
from connective.kit.testing.wire import Wire

pytestmark = pytest.mark.proves("P-10", part="metrics")
GREETING = ([(1, "start", {}), (2, "message", {"text": {"en": "Hello"}})], [(1, "next", 2)])
LINE = re.compile(
    r"^(?P<name>connective_\w+)(?:\{(?P<labels>[^}]*)\})? (?P<value>\S+)$", re.MULTILINE
)


async def numbers(app: AppClient) -> dict[str, float]:
    """`name{labels}` -> value."""
    text = (await app.get("/metrics")).text
    return {
        f"{found['name']}{{{found['labels'] or ''}}}": float(found["value"])
        for found in LINE.finditer(text)
    }


class Growth:
    """How much numbers have grown since this was made; they count the whole process."""

    def __init__(self, app: AppClient, before: dict[str, float]) -> None:
        self._app, self._before = app, before

    async def of(self, name: str) -> float:
        return (await numbers(self._app)).get(name, 0.0) - self._before.get(name, 0.0)

    async def reaches(self, name: str, wanted: float) -> None:
        """Wait until a number has grown so much."""

        async def grown() -> bool:
            return await self.of(name) >= wanted

        async with asyncio.timeout(20):
            await polled(grown)


@pytest.fixture
async def growth(app: AppClient) -> Growth:
    return Growth(app, await numbers(app))


async def test_a_turn_counts_with_its_time_and_the_size_of_its_group(
    shop: Shop, growth: Growth
) -> None:
    await shop.publish(*GREETING)
    await shop.say("/start")
    assert await growth.of("connective_turn_seconds_count{}") >= 1
    assert await growth.of('connective_turn_seconds_bucket{le="+Inf"}') >= 1
    assert await growth.of("connective_turn_group_size_sum{}") >= 1


async def test_a_delivery_counts_by_kind_and_outcome_with_its_time(
    shop: Shop, growth: Growth
) -> None:
    shop.receiver.answer(500, times=1)
    await shop.publish(*GREETING)
    await shop.say("/start")
    of = "connective_delivery_outcomes_total"
    await growth.reaches(f'{of}{{kind="custom_channel",status="retrying"}}', 1)
    await shop.say("/start", chat="u-78_viber")
    await growth.reaches(f'{of}{{kind="custom_channel",status="delivered"}}', 1)
    assert await growth.of('connective_delivery_seconds_count{kind="custom_channel"}') >= 2


async def test_a_job_counts_by_name_and_by_how_it_ended(app: AppClient, growth: Growth) -> None:
    async with unit_of_work() as ctx:
        ctx.enqueue("mail.send", mail_id=0)
    await growth.reaches('connective_job_seconds_count{job="mail.send",outcome="done"}', 1)


async def test_every_queue_has_a_depth_and_an_age(app: AppClient) -> None:
    found = await numbers(app)
    for of in ("turns", "aside", "actions", "media", "timers", "deliveries", "jobs"):
        assert found[f'connective_queue_depth{{of="{of}"}}'] == 0
        assert found[f'connective_queue_oldest_seconds{{of="{of}"}}'] == 0


async def test_readers_of_events_have_a_lag_and_failing_endpoints_are_counted(
    app: AppClient, db: Database, admin: Any
) -> None:
    await admin.client.post("/api/v1/bots", {"name": "Shop"})
    await db.execute(
        "INSERT INTO endpoints (kind, name, url, secret, created_at, failing_since)"
        " VALUES ('webhook', 'CRM', 'http://127.0.0.1:9', 'x', now(), now())"
    )

    async def read() -> bool:
        return (await numbers(app)).get('connective_events_behind{of="webhooks"}') == 0

    async with asyncio.timeout(20):
        await polled(read)
    found = await numbers(app)
    assert found['connective_event_lag_seconds{of="webhooks"}'] == 0
    assert found['connective_endpoints{of="failing"}'] == 1
    assert found['connective_events_put_aside{of=""}'] == 0


async def test_sockets_and_requests_are_counted(app: AppClient, admin: Any, growth: Growth) -> None:
    wire = await Wire.open(admin.client, "bots")
    await admin.client.post("/api/v1/bots", {"name": "Shop"})
    await wire.until(kind="bot.created")
    assert await growth.of("connective_sockets{}") == 1
    assert await growth.of("connective_socket_frames_total{}") >= 1
    route = 'method="POST",route="/api/v1/bots",status="201"'
    assert await growth.of(f"connective_http_request_seconds_count{{{route}}}") == 1


async def test_what_the_request_log_could_not_take_is_counted(
    app: AppClient, growth: Growth, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(request_log, "MOST", 0)
    await app.get("/kw/api/general/KwBots/get")
    await growth.reaches('connective_request_log_dropped_total{reason="full"}', 1)
