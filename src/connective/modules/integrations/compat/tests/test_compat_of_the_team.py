"""Statuses, skill groups, subscribers, runs and channels in the compat API."""

from typing import Any

import pytest

from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.people import Person, sign_in
from connective.kit.testing.shop import Shop

pytestmark = pytest.mark.proves("INT-13", part="statuses, groups, subscribers, runs, channels")
STATUSES, GROUPS = "/kw/api/operator_panel/OpStatuses", "/kw/api/operator_panel/OpSkillGroups"
USERS, RUNS = "/kw/api/broadcast/BrUsers", "/kw/api/general/KwRuns"
CHANNELS = "/kw/api/general/KwChannels"
GREETING = ([(1, "start", {}), (2, "message", {"text": "Hello"})], [(1, "next", 2)])


async def rows(caller: AppClient, root: str, query: str = "") -> list[dict[str, Any]]:
    answer = await caller.get(f"{root}/get?{query}")
    assert answer.status == 200, answer.text
    data: list[dict[str, Any]] = answer.json["data"]
    return data


async def changed(caller: AppClient, root: str, body: Any, op: str = "set") -> Any:
    answer = await caller.post(f"{root}/{op}", body)
    assert answer.status == 200, answer.text
    return answer.json["data"][0]


async def key(shop: Shop, app: AppClient, **given: Any) -> AppClient:
    made = await shop.admin.post("/api/v1/keys", {"name": "K", **given})
    return app.another(Authorization=f"API-Key {made.json['secret']}")


async def test_statuses_are_made_changed_and_taken_out_of_use(admin: Person) -> None:
    lunch = await changed(admin.client, STATUSES, {"name": "Lunch", "max_minutes": 30})
    assert (lunch["kind"], lunch["is_system"]) == ("pause", False)
    await changed(admin.client, STATUSES, {"id": lunch["id"], "max_minutes": 45})
    (found,) = await rows(admin.client, STATUSES, "is_system=false&fields=name,max_minutes")
    assert found == {"name": "Lunch", "max_minutes": 45}
    await changed(admin.client, STATUSES, {"id": lunch["id"]}, "delete")
    assert await rows(admin.client, STATUSES, "name=Lunch") == []
    online = (await rows(admin.client, STATUSES, "alias=online"))[0]["id"]
    refused = await admin.client.post(f"{STATUSES}/delete", {"id": online})
    assert (refused.status, refused.json["code"]) == (409, "status_is_system")


async def test_groups_are_shown_to_those_who_are_in_them(
    admin: Person, db: Database, app: AppClient
) -> None:
    person = await sign_in(db, app, "supervisor")
    first = await changed(admin.client, GROUPS, {"name": "First", "member_ids": [person.id]})
    await changed(admin.client, GROUPS, {"name": "Second"})
    assert first["member_ids"] == [person.id]
    assert len(await rows(admin.client, GROUPS)) == 2
    assert [row["name"] for row in await rows(person.client, GROUPS)] == ["First"]
    assert (await person.client.get(f"{GROUPS}/count")).json["count"] == 1
    await changed(admin.client, GROUPS, {"id": first["id"], "member_ids": []})
    assert await rows(person.client, GROUPS) == []
    await changed(admin.client, GROUPS, {"id": first["id"]}, "delete")
    assert [row["name"] for row in await rows(admin.client, GROUPS)] == ["Second"]


async def test_subscribers_runs_and_channels_are_those_of_ones_bots(
    shop: Shop, app: AppClient, db: Database
) -> None:
    await shop.publish(*GREETING)
    await shop.say("/start")
    await shop.texts(1)
    await db.execute("UPDATE clients SET phone = '+380501112233'")
    own = await key(shop, app, scopes=["clients:read", "clients:write", "scenarios:read"])
    (user,) = await rows(own, USERS, "phone=380501112233&status=subscribed")
    assert (user["bot_id"], user["chat_id"], user["channel"]) == (
        shop.id,
        "u-77_viber",
        "custom_channel",
    )
    stopped = await changed(own, USERS, {"id": user["id"], "status": "unsubscribed"})
    assert stopped["status"] == "unsubscribed"
    (found,) = await rows(own, USERS, f"id={user['id']}&include=consents&fields=id")
    assert found["consents"][0]["subscribed"] is False
    made = await own.post(f"{USERS}/set", {"status": "subscribed"})
    assert (made.status, made.json["errors"][0]["field"]) == (422, "id")
    (run,) = await rows(own, RUNS, "source=client&sort=-id")
    assert (run["bot_id"], run["status"]) == (shop.id, "done")
    (channel,) = await rows(shop.admin, CHANNELS, "channel=custom_channel")
    assert not {"settings", "credentials", "webhook_secret"} & channel.keys()
    other = (await shop.admin.post("/api/v1/bots", {"name": "Other"})).json["id"]
    scopes = ["clients:read", "scenarios:read", "channels:read"]
    stranger = await key(shop, app, scopes=scopes, bot_ids=[other])
    for root in (USERS, RUNS, CHANNELS):
        assert await rows(stranger, root) == []
    assert (await own.get(f"{CHANNELS}/get")).status == 403
    assert (await own.post(f"{RUNS}/set", {"id": run["id"]})).status == 404
