"""After a restore: endpoints that are not called until somebody says what becomes of what waits."""

from typing import Any

import pytest_asyncio

from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.people import Person, sign_in
from connective.kit.testing.polling import polled
from connective.kit.testing.receiver import Receiver

HELD = "/api/v1/deliveries/held"
_RESTORED = """
UPDATE endpoints SET status = 'paused', disabled_reason = 'restored', bot_id = $2,
                     failing_since = now() - interval '4 days' WHERE id = $1
"""


class Held:
    """A webhook that a restore has paused, and the bot whose switch makes an event for it."""

    def __init__(self, admin: Person, webhook: int, bot: int) -> None:
        self.admin, self.id, self.bot = admin, webhook, bot

    async def listed(self, person: Person | None = None) -> list[dict[str, Any]]:
        answer = await (person or self.admin).client.get(HELD)
        return list(answer.json["items"])

    async def status(self) -> str:
        log = await self.admin.client.get("/api/v1/deliveries", params={"endpoint": self.id})
        return str(log.json["items"][0]["status"])

    async def release(self, *, send: bool, person: Person | None = None) -> int:
        path = f"{HELD}/{self.id}/release"
        return (await (person or self.admin).client.post(path, {"send": send})).status

    async def waits(self) -> bool:
        return bool(found := await self.listed()) and found[0]["waiting"] == 1


@pytest_asyncio.fixture
async def held(admin: Person, receiver: Receiver, db: Database) -> Held:
    bot = (await admin.client.post("/api/v1/bots", {"name": "Shop"})).json["id"]
    given = {"name": "CRM", "url": receiver.url, "events": ["bot_activated"]}
    webhook = (await admin.client.post("/api/v1/webhooks", given)).json["id"]
    await db.execute(_RESTORED, webhook, bot)
    await admin.client.post(f"/api/v1/bots/{bot}/activate")
    found = Held(admin, webhook, bot)
    await polled(found.waits)
    return found


async def test_what_waits_after_a_restore_is_shown_and_sent(
    held: Held, receiver: Receiver, db: Database
) -> None:
    (shown,) = await held.listed()
    assert (shown["id"], shown["name"], shown["waiting"]) == (held.id, "CRM", 1)
    assert shown["oldest_at"]
    assert receiver.requests == []
    assert await held.release(send=True) == 204
    (arrived,) = await receiver.wait_for(1)
    assert b"bot_activated" in arrived.body
    assert await db.value("SELECT failing_since FROM endpoints WHERE id = $1", held.id) is None
    assert await held.listed() == []
    assert await held.release(send=True) == 404


async def test_what_waits_after_a_restore_is_cancelled_and_new_calls_go_out(
    held: Held, receiver: Receiver
) -> None:
    assert await held.release(send=False) == 204
    assert await held.status() == "cancelled"
    await held.admin.client.post(f"/api/v1/bots/{held.bot}/deactivate")
    await held.admin.client.post(f"/api/v1/bots/{held.bot}/activate")
    assert len(await receiver.wait_for(1)) == 1


async def test_only_those_who_may_send_again_release_what_they_see(
    held: Held, app: AppClient, db: Database
) -> None:
    analyst = await sign_in(db, app, "analyst")
    stranger = await sign_in(db, app, "integrator", bot_ids=[held.bot + 1])
    assert await held.release(send=True, person=analyst) == 403
    assert (await held.listed(stranger), await held.release(send=True, person=stranger)) == (
        [],
        404,
    )
    answer = await held.admin.client.post(f"{HELD}/{held.id}/release", {})
    assert (answer.status, "send" in answer.text) == (422, True)
    assert await held.status() == "pending"
