"""The request log over HTTP: what gets into it, who sees it, and that no secret ever does."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest

from connective.kit import clock
from connective.kit.context import unit_of_work
from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.people import Person, sign_in
from connective.kit.testing.polling import polled
from connective.kit.testing.receiver import Receiver
from connective.kit.testing.shop import Shop
from connective.modules.integrations.request_log import keeping

PATH = "/api/v1/integrations/logs"
OPEN_POINT = [
    (1, "start", {}),
    (2, "message", {"text": "Hello"}),
    (3, "entry", {"alias": "crm", "trigger": "webhook"}),
]
Logged = Callable[..., Awaitable[list[dict[str, Any]]]]


@pytest.fixture
def logged(admin: Person) -> Logged:
    """Waits until so many requests of a kind are in the log; gives them, the newest first."""

    async def look(count: int = 1, who: Person = admin, **filters: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []

        async def there() -> bool:
            answer = await who.client.get(PATH, params=filters)
            assert answer.status == 200, answer.text
            found[:] = answer.json["items"]
            return len(found) >= count

        async with asyncio.timeout(20):
            await polled(there)
        return found

    return look


async def detail(who: Person, entry: dict[str, Any]) -> dict[str, Any]:
    answer = await who.client.get(f"{PATH}/{entry['id']}")
    assert answer.status == 200, answer.text
    whole: dict[str, Any] = answer.json
    return whole


@pytest.mark.proves("INT-10", part="request log")
async def test_a_call_of_an_entry_point_is_logged_with_key_bot_run_and_bodies(
    shop: Shop, app: AppClient, admin: Person, logged: Logged
) -> None:
    await shop.publish(OPEN_POINT, [(1, "next", 2), (3, "next", 2)])
    keyed = app.another(Authorization=f"API-Key {shop.key}")
    path = f"/kw/api/call_node/{shop.id}/3"
    answer = await keyed.post(f"{path}?name=Ann", {"chat_id": "c-1", "data": {"n": 1}})
    assert answer.status == 200, answer.text
    (entry,) = await logged(source="call_node")
    assert (entry["direction"], entry["method"], entry["status"]) == ("in", "POST", 200)
    assert entry["url"] == f"{path}?name=Ann"
    assert (entry["bot_id"], entry["run_id"]) == (shop.id, answer.json["run_id"])
    assert entry["caller"]["kind"] == "key"
    assert shop.key.startswith(entry["caller"]["key_prefix"])
    assert entry["request_id"] == answer.headers["X-Request-Id"]
    assert entry["address"] == "127.0.0.1"
    whole = await detail(admin, entry)
    assert '"chat_id": "c-1"' in whole["request_body"]
    assert whole["response_body"] == answer.text
    assert whole["request_headers"]["authorization"] == "***"


@pytest.mark.proves("INT-13", part="request log")
async def test_calls_with_a_key_are_logged_and_those_of_the_browser_are_not(
    admin: Person, app: AppClient, logged: Logged
) -> None:
    bot = (await admin.client.post("/api/v1/bots", {"name": "Shop"})).json
    keyed = app.another(**{"x-auth-token": bot["api_key"]})
    assert (await keyed.get("/api/v1/bots")).status == 200
    assert (await keyed.get("/kw/api/general/KwBots/get?active=true")).status == 200
    assert (await keyed.post("/api/v1/bots", {"name": "No right"})).status == 403
    (api,) = await logged(source="api", status="2xx")
    assert (api["url"], api["bot_id"]) == ("/api/v1/bots", bot["id"])
    (compat,) = await logged(source="kw_api")
    assert compat["url"].endswith("KwBots/get?active=true")
    (refused,) = await logged(source="api", status="4xx")
    assert refused["error"].startswith("scope_needed: ")
    urls = [entry["url"] for entry in await logged(3)]
    assert len(urls) == 3


@pytest.mark.proves("INT-06", part="request log of refused updates")
async def test_a_hook_is_logged_only_when_it_refuses(
    shop: Shop, admin: Person, logged: Logged
) -> None:
    await shop.publish(OPEN_POINT, [(1, "next", 2), (3, "next", 2)])
    await shop.say("/start")
    assert (await shop.post({"update_id": 1, "message": {"text": "no chat"}})).status == 422
    await shop.channel(input_token="in-token-1234567", x_access_token="T")
    refused = await shop.post(shop.update(text="hi"), **{"x-access-token": "wrong-token-9"})
    assert refused.status == 401
    batch = [shop.update(text="good"), {"update_id": 5}]
    good = {"x-access-token": "in-token-1234567"}
    assert (await shop.post(batch, **good)).status == 200
    entries = await logged(3, source="hook")
    assert len(entries) == 3
    assert [entry["status"] for entry in entries] == [422, 401, 422]
    assert all(entry["bot_id"] == shop.id for entry in entries)
    assert entries[1]["error"] == "hook_unverified"
    assert "message.chat" in entries[2]["error"]
    whole = await detail(admin, entries[2])
    assert "no chat" in whole["request_body"]
    for entry in entries:
        text = str(await detail(admin, entry))
        assert "in-token-1234567" not in text
        assert "wrong-token-9" not in text


@pytest.mark.proves("INT-08", part="request log")
async def test_requests_of_a_scenario_are_logged_with_run_and_both_bodies(
    shop: Shop, admin: Person, receiver: Receiver, logged: Logged
) -> None:
    await admin.client.put("/api/v1/secrets/CRM", json={"value": "s3cret-t0ken-of-crm"})
    values = {
        "url": f"{receiver.url}/orders?t={{{{secret.CRM}}}}",
        "method": "POST",
        "format": "JSON",
        "data": {"order": 7},
        "bearer_auth": "{{secret.CRM}}",
    }
    receiver.answer(json_body={"echo": "s3cret-t0ken-of-crm", "total": 12}, path="/orders")
    action = (2, "action", {"template_id": "action_send_request", "values": values})
    await shop.publish(
        [(1, "start", {}), action, (3, "message", {"text": "Done"})],
        [(1, "next", 2), (2, "ok", 3)],
    )
    await shop.say("/start")
    (entry,) = await logged(direction="out")
    assert (entry["source"], entry["method"], entry["status"]) == ("send_request", "POST", 200)
    assert (entry["bot_id"], entry["caller"]) == (shop.id, None)
    assert entry["run_id"] == (await admin.client.get("/api/v1/runs")).json["items"][0]["id"]
    assert entry["url"] == f"{receiver.url}/orders?t=***"
    whole = await detail(admin, entry)
    assert whole["request_body"] == '{"order":7}'
    assert whole["request_headers"]["Authorization"] == "***"
    assert whole["response_body"] == '{"echo": "***", "total": 12}'
    assert "s3cret" not in str(whole)


@pytest.mark.proves("INT-08", part="request log")
async def test_a_request_without_an_answer_is_logged_with_its_reason(
    admin: Person, logged: Logged
) -> None:
    config = {"url": "http://127.0.0.1:9/nobody", "method": "GET", "retry": {"attempts": 0}}
    tried = await admin.client.post("/api/v1/actions/send_request/test", {"config": config})
    assert tried.json["event"] == "not_ok"
    (entry,) = await logged(direction="out", status="none")
    assert (entry["status"], entry["bot_id"]) == (None, None)
    assert entry["error"]


@pytest.mark.proves("INT-08", part="secrets never in the log")
async def test_no_credential_and_no_secret_reaches_the_log(
    db: Database, shop: Shop, admin: Person, app: AppClient, logged: Logged
) -> None:
    await admin.client.put("/api/v1/secrets/SHOP", json={"value": "vault-value-42"})
    await shop.publish(OPEN_POINT, [(1, "next", 2), (3, "next", 2)])
    point = f"/api/v1/bots/{shop.id}/entry-points/3"
    assert (await admin.client.patch(point, {"key_in_query": True})).status == 200
    call = f"/kw/api/call_node/{shop.id}/3"
    assert (await app.another().get(f"{call}?key={shop.key}&note=vault-value-42")).status == 200
    refresh, access = "refresh-77", "wrong-access"
    bearer = app.another(Authorization=f"Bearer {access}")
    await bearer.post("/api/v1/auth/refresh", {"refresh_token": refresh})
    await bearer.post("/api/v1/auth/login", {"email": "a@b.c", "password": "pa55-word"})
    scopes = {"name": "Writer", "scopes": ["bots:write", "webhooks:write"]}
    written = await admin.client.post("/api/v1/keys", scopes)
    assert written.status == 201, written.text
    writer = written.json["secret"]
    keyed = app.another(Authorization=f"API-Key {writer}")
    made = await keyed.post("/api/v1/bots", {"name": "Other"})
    assert made.status == 201, made.text
    hook = {"name": "CRM", "url": shop.receiver.url, "x_access_token": "hook-token-5"}
    webhook = await keyed.post("/api/v1/webhooks", hook)
    assert webhook.status == 201, webhook.text
    await logged(5)
    secrets = (
        *(shop.key, writer, "vault-value-42", refresh, access, "pa55-word", "hook-token-5"),
        *(made.json["api_key"], webhook.json["secret"]),
    )
    told = str(await db.fetch("SELECT * FROM request_log"))
    assert made.json["name"] in told
    for secret in secrets:
        assert secret not in told, secret


@pytest.mark.proves("INT-13", part="request log")
async def test_a_user_of_one_bot_sees_the_requests_of_that_bot_only(
    db: Database, app: AppClient, admin: Person, logged: Logged
) -> None:
    bots = [(await admin.client.post("/api/v1/bots", {"name": n})).json for n in ("One", "Two")]
    for bot in bots:
        keyed = app.another(Authorization=f"API-Key {bot['api_key']}")
        assert (await keyed.get(f"/api/v1/bots/{bot['id']}")).status == 200
    assert (await app.another(Authorization="API-Key unknown").get("/api/v1/bots")).status == 401
    everything = await logged(3)
    limited = await sign_in(db, app, "integrator", bot_ids=[bots[1]["id"]])
    seen = (await limited.client.get(PATH, params={"count": "true"})).json
    assert [entry["bot_id"] for entry in seen["items"]] == [bots[1]["id"]]
    assert seen["total"] == 1
    for entry in everything:
        answer = await limited.client.get(f"{PATH}/{entry['id']}")
        assert answer.status == (200 if entry["bot_id"] == bots[1]["id"] else 404)
    operator = await sign_in(db, app, "operator")
    assert (await operator.client.get(PATH)).status == 403
    assert (await app.another().get(PATH)).status == 401


@pytest.mark.proves("INT-13", part="request log")
async def test_the_list_is_filtered_and_paged_by_a_key(
    admin: Person, app: AppClient, logged: Logged
) -> None:
    bot = (await admin.client.post("/api/v1/bots", {"name": "Shop"})).json
    keyed = app.another(Authorization=f"API-Key {bot['api_key']}")
    for number in range(5):
        await keyed.get(f"/api/v1/bots?limit={number + 1}")
    await keyed.get("/kw/api/general/KwBots/count")
    newest = (await logged(6))[0]
    key = str(newest["caller"]["key_id"])
    mine = {"path": "/api/v1/BOTS?limit", "key_id": key, "limit": "2", "direction": "in"}
    urls: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        page = (await admin.client.get(PATH, params=mine | cursor)).json
        urls += [entry["url"] for entry in page["items"]]
        assert len(page["items"]) <= 2
        if page["next_cursor"] is None:
            break
        cursor = {"cursor": page["next_cursor"]}
    assert urls == [f"/api/v1/bots?limit={n}" for n in (5, 4, 3, 2, 1)]
    none = (await admin.client.get(PATH, params={"path": "100%", "key_id": key})).json
    assert none["items"] == []
    since = await admin.client.get(PATH, params={"from": newest["at"], "key_id": key})
    assert newest["id"] in [entry["id"] for entry in since.json["items"]]
    until = await admin.client.get(PATH, params={"to": newest["at"], "source": "kw_api"})
    assert until.json["items"] == []
    bad = await admin.client.get(PATH, params={"status": "teapot", "cursor": "x"})
    assert bad.status == 422


@pytest.mark.proves("INT-08", part="request log is kept 14 days")
async def test_requests_are_forgotten_after_fourteen_days(
    db: Database, admin: Person, app: AppClient, logged: Logged
) -> None:
    await app.another(Authorization="API-Key no").get("/api/v1/bots")
    (old,) = await logged()
    await db.execute("UPDATE request_log SET at = $1", clock.now() - timedelta(days=14, hours=1))
    await app.another(Authorization="API-Key no").get("/api/v1/clients")
    await logged(2)
    async with unit_of_work() as ctx:
        await keeping.forget_old(ctx)
    left = await logged()
    assert [entry["url"] for entry in left] == ["/api/v1/clients"]
    assert (await admin.client.get(f"{PATH}/{old['id']}")).status == 404


async def test_bodies_are_cut_at_eight_kilobytes_and_files_stay_out(
    admin: Person, logged: Logged
) -> None:
    await admin.client.post("/kw/api/general/KwBots/set", {"name": "x" * 20_000})
    kind = {"Content-Type": "image/png"}
    await admin.client.post("/kw/api/general/KwBots/set", data=b"\x89PNG\0\0", headers=kind)
    png, long = await logged(2)
    assert len((await detail(admin, long))["request_body"]) == 8192
    assert (await detail(admin, png))["request_body"] == ""
