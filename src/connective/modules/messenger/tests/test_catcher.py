"""The catcher: what it keeps, checks, answers and forgets, and who may look."""

import asyncio
import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from standardwebhooks import Webhook

from connective.kit import crypto
from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.moving_clock import MovingClock
from connective.kit.testing.people import Person, sign_in
from connective.kit.testing.shop import Shop

pytestmark = pytest.mark.proves("INT-06", part="catcher")
GREETING = ([(1, "start", {}), (2, "message", {"text": "Hello {{first_name}}"})], [(1, "next", 2)])


async def made(admin: Person) -> tuple[str, str]:
    """A catcher: its code and the path of its address."""
    answer = await admin.client.post("/api/v1/messenger/catchers", {"name": "Partner"})
    assert answer.status == 201, answer.text
    code = answer.json["code"]
    assert answer.json["url"] == f"{admin.client.url}/catcher/{code}"
    assert len(code) >= 22  # 128 random bits
    return code, f"/catcher/{code}"


async def caught(admin: Person, code: str, query: str = "") -> list[dict[str, Any]]:
    answer = await admin.client.get(f"/api/v1/messenger/catchers/{code}/requests?{query}")
    assert answer.status == 200, answer.text
    found: list[dict[str, Any]] = answer.json["items"]
    return found


async def test_a_request_of_any_method_is_kept_as_it_came(admin: Person, app: AppClient) -> None:
    code, path = await made(admin)
    first = await app.post(f"{path}?a=1", {"x": "й"}, headers={"X-Own": "1"})
    assert first.status == 200
    for method in ("GET", "PUT", "PATCH", "DELETE", "OPTIONS"):
        assert (await app.request(method, path, data=b"\xff\x00")).status == 200
    items = await caught(admin, code)
    assert first.json == {"message_id": f"caught-{items[0]['id']}"}
    assert [i["method"] for i in items] == ["POST", "GET", "PUT", "PATCH", "DELETE", "OPTIONS"]
    assert items[0]["path"] == f"{path}?a=1"
    assert items[0]["headers"]["x-own"] == "1"
    assert items[0]["body"] == '{"x": "\\u0439"}'
    assert (items[1]["body"], items[1]["body_base64"]) == (None, "/wA=")
    assert items[0]["signature"] == "unsigned"


async def test_only_the_last_fifty_are_kept(admin: Person, app: AppClient) -> None:
    code, path = await made(admin)
    for number in range(53):
        await app.request("POST", path, data=str(number).encode())
    items = await caught(admin, code)
    assert [i["body"] for i in items] == [str(n) for n in range(3, 53)]
    assert await caught(admin, code, f"since={items[47]['id']}") == items[48:]
    assert (await admin.client.delete(f"/api/v1/messenger/catchers/{code}/requests")).status == 204
    assert await caught(admin, code) == []


async def test_the_answer_can_be_set(admin: Person, app: AppClient) -> None:
    code, path = await made(admin)
    api = f"/api/v1/messenger/catchers/{code}/answer"
    set_up = await admin.client.put(api, {"status": 503, "body": {"status": "error"}})
    assert set_up.json["answer_status"] == 503
    busy = await app.post(path, {})
    assert (busy.status, busy.json) == (503, {"status": "error"})
    await admin.client.put(api, {"status": 204})
    assert (await app.post(path, {})).status == 204
    assert [i["answer_status"] for i in await caught(admin, code)] == [503, 204]
    for bad in ({"status": 199}, {"status": 600}, {"body": "a\0b"}, {"colour": 1}):
        assert (await admin.client.put(api, bad)).status == 422


async def test_an_unknown_address_and_a_large_body_are_refused(
    admin: Person, app: AppClient
) -> None:
    code, path = await made(admin)
    for unknown in ("/catcher/nobody", "/catcher/a%00b"):
        assert (await app.post(unknown, {})).status == 404
    large = await app.request("POST", path, data=io.BytesIO(b"x" * (1024 * 1024 + 1)))
    assert large.status == 413
    assert await caught(admin, code) == []
    assert (await admin.client.delete(f"/api/v1/messenger/catchers/{code}")).status == 204
    assert (await app.post(path, {})).status == 404


async def test_a_catcher_is_seen_by_those_who_may_use_the_messenger(
    admin: Person, app: AppClient, db: Database, shop: Shop
) -> None:
    chat = await admin.client.post("/api/v1/messenger/chats", {"bot_id": shop.id})
    code = chat.json["catcher"]["code"]
    path = f"/api/v1/messenger/catchers/{code}/requests"
    assert (await app.another().get(path)).status == 401
    operator = await sign_in(db, app, "operator")
    assert (await operator.client.get(path)).status == 403
    other = await sign_in(db, app, "integrator", bot_ids=[shop.id + 1])
    assert (await other.client.get(path)).status == 404
    assert (await other.client.get("/api/v1/messenger/catchers")).json == []
    mine = await sign_in(db, app, "integrator", bot_ids=[shop.id])
    assert (await mine.client.get(path)).status == 200
    (listed,) = (await mine.client.get("/api/v1/messenger/catchers")).json
    assert listed["code"] == code
    assert (await admin.client.get("/api/v1/messenger/catchers/nobody")).status == 404


async def test_a_long_poll_waits_for_the_next_request(admin: Person, app: AppClient) -> None:
    code, path = await made(admin)
    waiting = asyncio.create_task(caught(admin, code, "wait=20"))
    await app.post(path, {"n": 1})
    (item,) = await waiting
    assert item["body"] == '{"n": 1}'
    assert await caught(admin, code, f"since={item['id']}&wait=0.05") == []
    too_long = await admin.client.get(f"/api/v1/messenger/catchers/{code}/requests?wait=26")
    assert too_long.status == 422


async def test_signatures_are_checked_against_the_secret_of_the_channel(
    admin: Person, app: AppClient, shop: Shop, moving_clock: MovingClock
) -> None:
    code, path = await made(admin)
    await shop.channel(custom_channel_url=f"{app.url}{path}")
    now = moving_clock.now()

    async def sent(secret: str, at: datetime, **changed: str) -> str:
        body = '{"text":"hi"}'
        headers = {
            "webhook-id": "d_1",
            "webhook-timestamp": str(int(at.timestamp())),
            "webhook-signature": Webhook(secret).sign("d_1", at, body),
        }
        await app.request("POST", path, data=body, headers=headers | changed)
        return str((await caught(admin, code))[-1]["signature"])

    assert await sent(shop.secret, now) == "valid"
    assert await sent(shop.secret, now - timedelta(minutes=6)) == "stale"
    assert await sent(crypto.webhook_secret(), now) == "wrong"
    assert await sent(shop.secret, now, **{"webhook-id": "d.1"}) == "wrong"
    assert await sent(shop.secret, now, **{"webhook-timestamp": "9" * 30}) == "wrong"
    assert await sent(shop.secret, datetime(2026, 5, 4, 9, tzinfo=UTC)) == "valid"
    rotated = await admin.client.post(f"/api/v1/bots/{shop.id}/custom-channel/rotate-secret", {})
    assert await sent(rotated.json["signing_secret"], now) == "valid"
    assert await sent(shop.secret, now) == "valid"  # the old one, while both sign
    other_code, other = await made(admin)
    headers = {"webhook-id": "a", "webhook-timestamp": "1", "webhook-signature": "v1,x"}
    await app.post(other, {}, headers=headers)
    assert (await caught(admin, other_code))[0]["signature"] == "unknown"


async def test_a_scenario_answers_into_the_catcher_signed_and_once_after_failures(
    admin: Person, app: AppClient, shop: Shop
) -> None:
    code, path = await made(admin)
    await shop.channel(custom_channel_url=f"{app.url}{path}", x_access_token="T")
    await shop.publish(*GREETING)
    update = shop.update(text="/start")
    assert (await shop.post(update)).json["duplicate"] is False
    (item,) = await caught(admin, code, "wait=20")
    assert item["headers"]["x-access-token"] == "T"
    assert item["signature"] == "valid"
    Webhook(shop.secret).verify(item["body"], item["headers"])
    assert (await shop.post(update)).json["duplicate"] is True
    await shop.say("/start")
    (second,) = await caught(admin, code, f"since={item['id']}&wait=20")
    assert '"sequence":2' in second["body"]
