"""The delivery log over HTTP: lists, one delivery, retry, cancel, replay, pause and resume."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
import pytest_asyncio

from connective.kit import clock
from connective.kit.testing.app_client import Answer, AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.people import Person, sign_in
from connective.kit.testing.receiver import Receiver

pytestmark = pytest.mark.proves("INT-14", part="replay")
PATH = "/api/v1/deliveries"


class Desk:
    """A webhook, a bot whose switch makes events, and the log."""

    def __init__(self, admin: Person, receiver: Receiver) -> None:
        self.client, self.receiver = admin.client, receiver
        self.webhook = self.bot = 0
        self.active = False

    async def open(self) -> None:
        bot = await self.client.post("/api/v1/bots", {"name": "Shop", "languages": ["en"]})
        events = ["bot_activated", "bot_deactivated"]
        given = {"name": "CRM", "url": self.receiver.url, "events": events}
        webhook = await self.client.post("/api/v1/webhooks", given)
        self.bot, self.webhook = bot.json["id"], webhook.json["id"]

    async def switch(self, times: int = 1) -> None:
        """So many events in one chatless lane."""
        for _ in range(times):
            verb = "deactivate" if self.active else "activate"
            await self.client.post(f"/api/v1/bots/{self.bot}/{verb}")
            self.active = not self.active

    async def log(self, **asked: Any) -> list[dict[str, Any]]:
        answer = await self.client.get(PATH, params={"endpoint": self.webhook, **asked})
        assert answer.status == 200, answer.text
        items: list[dict[str, Any]] = answer.json["items"]
        return items

    async def settled(self, count: int, *statuses: str) -> list[dict[str, Any]]:
        """The log once so many have one of the statuses."""
        async with asyncio.timeout(15):
            while True:
                found = [item for item in await self.log() if item["status"] in statuses]
                if len(found) >= count:
                    return found

    async def post(self, path: str, body: Any = None) -> Answer:
        return await self.client.post(path, body)


@pytest_asyncio.fixture
async def desk(admin: Person, receiver: Receiver) -> Desk:
    desk = Desk(admin, receiver)
    await desk.open()
    return desk


async def test_the_log_has_the_newest_first_and_each_try(desk: Desk, receiver: Receiver) -> None:
    receiver.answer(200, body=b"fine")
    receiver.answer(400, body=b"what is this?")
    await desk.switch(2)
    newest, oldest = await desk.settled(2, "delivered", "failed")
    assert (newest["event_name"], newest["status"]) == ("bot_deactivated", "failed")
    assert (oldest["event_name"], oldest["status"]) == ("bot_activated", "delivered")
    assert (newest["sequence"], oldest["sequence"]) == (2, 1)
    detail = (await desk.client.get(f"{PATH}/{newest['id']}")).json
    (attempt,) = detail["attempts"]
    assert (attempt["http_status"], attempt["response"]) == (400, "what is this?")
    assert detail["body"] == receiver.requests[1].body.decode()
    assert detail["webhook_id"] == receiver.requests[1].headers["webhook-id"]


async def test_the_log_is_narrowed_and_paged(desk: Desk, receiver: Receiver) -> None:
    await desk.switch(5)
    await desk.settled(5, "delivered")
    assert len(await desk.log(event="bot_activated")) == 3
    assert await desk.log(status="failed") == []
    later = clock.rfc3339(clock.now() + timedelta(hours=1))
    assert await desk.log(**{"from": later}) == []
    assert len(await desk.log(to=later)) == 5
    first = await desk.client.get(PATH, params={"limit": 3, "count": 1})
    assert first.json["total"] == 5
    following = {"limit": 3, "cursor": first.json["next_cursor"]}
    second = await desk.client.get(PATH, params=following)
    found = [item["id"] for item in first.json["items"] + second.json["items"]]
    assert (len(found), len(set(found)), second.json["next_cursor"]) == (5, 5, None)


async def test_a_failed_delivery_is_retried_by_hand_with_the_same_id_and_bytes(
    desk: Desk, receiver: Receiver, db: Database, admin: Person
) -> None:
    receiver.answer(400)
    await desk.switch()
    (failed,) = await desk.settled(1, "failed")
    answer = await desk.post(f"{PATH}/{failed['id']}/retry")
    assert (answer.status, answer.json["id"]) == (202, failed["id"])
    (done,) = await desk.settled(1, "delivered")
    first, second = receiver.requests
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.body == second.body
    detail = (await desk.client.get(f"{PATH}/{done['id']}")).json
    assert [attempt["manual"] for attempt in detail["attempts"]] == [False, True]
    trail = await db.fetch("SELECT actor_id FROM audit WHERE action = 'delivery.retried'")
    assert [row["actor_id"] for row in trail] == [admin.id]


async def test_a_retry_by_hand_does_not_wait_for_the_plan(desk: Desk, receiver: Receiver) -> None:
    receiver.answer(503, headers={"Retry-After": "3600"})
    await desk.switch(2)
    (holding,) = await desk.settled(1, "retrying")
    (waiting,) = await desk.settled(1, "pending")
    refused = await desk.post(f"{PATH}/{waiting['id']}/retry")
    assert (refused.status, refused.json["code"]) == (409, "delivery_waits_its_turn")
    assert (await desk.post(f"{PATH}/{holding['id']}/retry")).status == 202
    await desk.settled(2, "delivered")
    assert [request.json["sequence"] for request in receiver.requests] == [1, 1, 2]


async def test_a_cancelled_delivery_lets_its_lane_go_on(desk: Desk, receiver: Receiver) -> None:
    receiver.answer(503, headers={"Retry-After": "3600"})
    await desk.switch(2)
    (holding,) = await desk.settled(1, "retrying")
    assert (await desk.post(f"{PATH}/{holding['id']}/cancel")).status == 202
    await desk.settled(1, "delivered")
    assert [request.json["sequence"] for request in receiver.requests] == [1, 2]
    again = await desk.post(f"{PATH}/{holding['id']}/cancel")
    assert (again.status, again.json["code"]) == (409, "delivery_done")


async def test_a_period_is_replayed_in_order_with_the_same_ids(
    desk: Desk, receiver: Receiver
) -> None:
    await desk.switch(4)
    await desk.settled(4, "delivered")
    since = clock.rfc3339(clock.now() - timedelta(minutes=5))
    answer = await desk.post(f"{PATH}/replay", {"endpoint_id": desk.webhook, "from": since})
    assert (answer.status, answer.json) == (202, {"replayed": 4})
    requests = await receiver.wait_for(8)
    assert [r.json["sequence"] for r in requests] == [1, 2, 3, 4, 1, 2, 3, 4]
    for before, after in zip(requests[:4], requests[4:], strict=True):
        assert before.body == after.body
        assert before.headers["webhook-id"] == after.headers["webhook-id"]


async def test_two_who_replay_at_once_send_once_and_are_both_recorded(
    desk: Desk, receiver: Receiver, db: Database, app: AppClient
) -> None:
    await desk.switch()
    (done,) = await desk.settled(1, "delivered")
    await desk.post(f"/api/v1/webhooks/{desk.webhook}/pause")
    other = await sign_in(db, app, "integrator")
    body = {"ids": [done["id"]]}
    answers = await asyncio.gather(
        desk.post(f"{PATH}/replay", body), other.client.post(f"{PATH}/replay", body)
    )
    assert sorted(answer.json["replayed"] for answer in answers) == [0, 1]
    trail = await db.fetch("SELECT actor_id FROM audit WHERE action = 'delivery.replayed'")
    assert len({row["actor_id"] for row in trail}) == 2
    await desk.post(f"/api/v1/webhooks/{desk.webhook}/resume")
    assert len(await receiver.wait_for(2)) == 2


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"ids": ["d_1"], "endpoint_id": 1, "from": "2026-05-04T00:00:00Z"},
        {"endpoint_id": 1},
        {"ids": ["d_1"], "statuses": ["pending"]},
        {"endpoint_id": 1, "from": "yesterday"},
    ],
)
async def test_a_replay_of_nothing_in_particular_is_refused(
    admin: Person, body: dict[str, Any]
) -> None:
    assert (await admin.client.post(f"{PATH}/replay", body)).status == 422


async def test_a_paused_webhook_gets_its_gap_when_it_resumes(
    desk: Desk, receiver: Receiver
) -> None:
    path = f"/api/v1/webhooks/{desk.webhook}"
    assert (await desk.post(f"{path}/pause")).json["status"] == "paused"
    await desk.switch(3)
    await desk.settled(3, "pending")
    assert (await desk.client.get(path)).json["waiting"] == 3
    assert receiver.requests == []
    assert (await desk.post(f"{path}/resume")).json["status"] == "active"
    requests = await receiver.wait_for(3)
    assert [request.json["sequence"] for request in requests] == [1, 2, 3]


async def test_a_resumption_may_leave_out_what_lies_outside_a_period(
    desk: Desk, receiver: Receiver
) -> None:
    path = f"/api/v1/webhooks/{desk.webhook}"
    await desk.post(f"{path}/pause")
    await desk.switch()
    await desk.settled(1, "pending")
    between = clock.rfc3339(clock.now() + timedelta(milliseconds=1))
    await desk.switch(2)
    await desk.settled(3, "pending")
    await desk.post(f"{path}/resume", {"from": between})
    requests = await receiver.wait_for(1)
    assert 1 not in [request.json["sequence"] for request in requests]
    assert len(await desk.settled(1, "cancelled")) == 1


async def test_a_webhook_that_said_410_is_disabled_until_it_is_resumed(
    desk: Desk, receiver: Receiver
) -> None:
    receiver.answer(410)
    await desk.switch()
    await desk.settled(1, "failed")
    shown = (await desk.client.get(f"/api/v1/webhooks/{desk.webhook}")).json
    assert (shown["status"], shown["disabled_reason"]) == ("disabled_by_failures", "gone")
    await desk.switch(2)
    await desk.post(f"/api/v1/webhooks/{desk.webhook}/resume")
    requests = await receiver.wait_for(2)
    assert requests[1].json["sequence"] == 2


async def test_deliveries_of_other_bots_are_not_there(
    desk: Desk, receiver: Receiver, db: Database, app: AppClient
) -> None:
    await desk.switch()
    (done,) = await desk.settled(1, "delivered")
    limited = await sign_in(db, app, "integrator", bot_ids=[desk.bot + 1000])
    assert (await limited.client.get(PATH)).json["items"] == []
    for answer in (
        await limited.client.get(f"{PATH}/{done['id']}"),
        await limited.client.post(f"{PATH}/{done['id']}/retry"),
        await limited.client.post(f"{PATH}/{done['id']}/cancel"),
    ):
        assert answer.status == 404
    replay = await limited.client.post(f"{PATH}/replay", {"ids": [done["id"]]})
    assert replay.json == {"replayed": 0}
    period = {"endpoint_id": desk.webhook, "from": "2026-01-01T00:00:00Z"}
    assert (await limited.client.post(f"{PATH}/replay", period)).status == 404
    own = await sign_in(db, app, "integrator", bot_ids=[desk.bot])
    assert (await own.client.post(f"{PATH}/replay", period)).json == {"replayed": 1}
