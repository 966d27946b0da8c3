"""How long deliveries are kept: finished ones, and those that nobody may take."""

from datetime import timedelta
from typing import Any

import pytest

from connective.kit import clock
from connective.kit.context import unit_of_work
from connective.kit.testing.databases import Database
from connective.kit.testing.people import Person
from connective.kit.testing.receiver import Receiver
from connective.modules.integrations.deliveries import keeping

pytestmark = pytest.mark.proves("INT-14", part="kept events")
LOG = "/api/v1/deliveries"


async def events(admin: Person, receiver: Receiver) -> tuple[int, int]:
    """A webhook that hears a bot being switched, and the bot."""
    bot = (await admin.client.post("/api/v1/bots", {"name": "Shop"})).json["id"]
    given = {"name": "CRM", "url": receiver.url, "events": ["bot_activated", "bot_deactivated"]}
    made = await admin.client.post("/api/v1/webhooks", given)
    return made.json["id"], bot


async def waiting(admin: Person, status: str, count: int) -> list[dict[str, Any]]:
    while True:
        found = (await admin.client.get(LOG, params={"status": status})).json["items"]
        if len(found) >= count:
            return list(found)


async def aged(db: Database, **age: int) -> None:
    moment = clock.now() - timedelta(**age)
    await db.execute("UPDATE deliveries SET created_at = $1, done_at = $1", moment)


@pytest.mark.timeout(30)
async def test_events_of_a_paused_webhook_wait_seven_days_and_no_longer(
    admin: Person, receiver: Receiver, db: Database
) -> None:
    webhook, bot = await events(admin, receiver)
    await admin.client.post(f"/api/v1/webhooks/{webhook}/pause")
    await admin.client.post(f"/api/v1/bots/{bot}/activate")
    (kept,) = await waiting(admin, "pending", 1)
    early = clock.now() - timedelta(days=6, hours=23)
    await db.execute("UPDATE deliveries SET created_at = $1", early)
    async with unit_of_work() as ctx:
        await keeping.give_up_kept(ctx)
    assert (await admin.client.get(f"{LOG}/{kept['id']}")).json["status"] == "pending"
    late = clock.now() - timedelta(days=7, hours=1)
    await db.execute("UPDATE deliveries SET created_at = $1", late)
    async with unit_of_work() as ctx:
        await keeping.give_up_kept(ctx)
    given_up = (await admin.client.get(f"{LOG}/{kept['id']}")).json
    assert (given_up["status"], given_up["last_error"]) == ("cancelled", "expired")
    assert receiver.requests == []


@pytest.mark.timeout(30)
async def test_finished_deliveries_are_forgotten_after_ninety_days(
    admin: Person, receiver: Receiver, db: Database
) -> None:
    _, bot = await events(admin, receiver)
    await admin.client.post(f"/api/v1/bots/{bot}/activate")
    (done,) = await waiting(admin, "delivered", 1)
    await aged(db, days=89)
    async with unit_of_work() as ctx:
        await keeping.forget_old(ctx)
    assert (await admin.client.get(f"{LOG}/{done['id']}")).status == 200
    await aged(db, days=91)
    async with unit_of_work() as ctx:
        await keeping.forget_old(ctx)
    assert (await admin.client.get(f"{LOG}/{done['id']}")).status == 404
