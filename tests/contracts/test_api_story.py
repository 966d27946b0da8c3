"""The API as a program meets it: the documented calls, a missing scope, tokens, a chat closed."""

import pytest

from connective.kit.testing.app_client import AppClient
from connective.kit.testing.chats import Chats
from connective.kit.testing.databases import Database
from connective.kit.testing.moving_clock import MovingClock
from connective.kit.testing.people import sign_in
from connective.kit.testing.polling import polled
from connective.kit.testing.receiver import Receiver
from connective.kit.testing.shop import Shop
from connective.modules.accounts.service import passwords

pytestmark = pytest.mark.proves("INT-13", part="entities that exist")
PASSWORD = "a-Long-passw0rd"
DOCUMENTED = ("/kw/api/general/KwBots/get", "/kw/api/operator_panel/OpChatRooms/get")


async def key(shop: Shop, *scopes: str) -> str:
    made = await shop.admin.post("/api/v1/keys", {"name": "CRM", "scopes": list(scopes)})
    assert made.status == 201, made.text
    return str(made.json["secret"])


@pytest.mark.parametrize("path", DOCUMENTED)
async def test_the_documented_calls_give_data(
    db: Database, app: AppClient, shop: Shop, path: str
) -> None:
    chats = await Chats.open(db, app, shop)
    await chats.publish("success")
    await chats.connected("c1")
    # curl --location "$BASE$path" --header "Authorization: API-Key $KEY"
    authorization = f"API-Key {await key(shop, 'bots:read', 'chats:read')}"
    called = await app.another().get(path, headers={"Authorization": authorization})
    assert (called.status, called.json["status"]) == (200, "success")
    assert called.json["meta"]["total"] == len(called.json["data"]) == 1


async def test_a_key_without_the_scope_is_told_which_it_lacks(app: AppClient, shop: Shop) -> None:
    caller = app.another(Authorization=f"API-Key {await key(shop, 'bots:read')}")
    refused = await caller.get(DOCUMENTED[1])
    assert (refused.status, refused.json["code"]) == (403, "scope_needed")
    assert "chats:read" in refused.json["message"]
    assert refused.json["request_id"] == refused.headers["X-Request-Id"]


async def test_a_login_works_until_its_end_and_its_refresh_once(
    moving_clock: MovingClock, app: AppClient, db: Database
) -> None:
    person = await sign_in(db, app, "administrator", is_root=True)
    made = await passwords.make_hash(PASSWORD)
    await db.execute("UPDATE users SET password_hash = $1 WHERE id = $2", made, person.id)
    asked = {"email": person.email, "password": PASSWORD}
    signed = await app.another().post("/api/v1/auth/login", asked)
    assert (signed.status, signed.json["token_type"]) == (200, "Bearer")

    async def reads(token: str) -> int:
        return (await app.another(Authorization=f"Bearer {token}").get(DOCUMENTED[0])).status

    async def refreshed(token: str) -> tuple[int, dict[str, str]]:
        answer = await app.another().post("/api/v1/auth/refresh", {"refresh_token": token})
        return answer.status, answer.json

    assert await reads(signed.json["access_token"]) == 200
    moving_clock.advance(signed.json["expires_in"] + 1)
    assert await reads(signed.json["access_token"]) == 401
    status, tokens = await refreshed(signed.json["refresh_token"])
    assert (status, await reads(tokens["access_token"])) == (200, 200)
    assert (await refreshed(signed.json["refresh_token"]))[0] == 401
    # who shows a used one may have stolen it: the whole family ends
    assert await reads(tokens["access_token"]) == 401


async def test_a_chat_closed_by_a_program_shows_its_name_in_the_panel_and_in_the_events(
    db: Database, app: AppClient, shop: Shop, receiver: Receiver
) -> None:
    chats = await Chats.open(db, app, shop)
    await chats.publish("success")
    hook = {"name": "Log", "url": f"{receiver.url}/log", "events": ["chat_closed"]}
    assert (await shop.admin.post("/api/v1/webhooks", hook)).status == 201
    request = await chats.connected("c1")
    caller = app.another(Authorization=f"API-Key {await key(shop, 'chats:write')}")
    closed = await caller.patch(f"/api/v1/chats/{request['id']}", {"status": "closed"})
    assert (closed.status, closed.json["closed_by"]) == (200, "api")
    log = await shop.admin.get(f"/api/v1/requests/{request['id']}/log")
    assert "API: CRM" in {line["actor_name"] for line in log.json["items"]}

    async def told() -> bool:
        return any(one.path == "/log" for one in receiver.requests)

    await polled(told)
    (event,) = [one.json for one in receiver.requests if one.path == "/log"]
    assert (event["event_name"], event["chat_room_id"]) == ("chat_closed", request["id"])
