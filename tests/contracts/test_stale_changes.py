"""Changes of what has been changed meanwhile: 412 wherever there is something to change."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI

from connective.kit import clock
from connective.kit.settings import Settings
from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.people import Person
from connective.kit.testing.shop import Shop

pytestmark = [
    pytest.mark.proves("P-04", part="If-Match"),
    pytest.mark.proves("INT-13", part="If-Match"),
]
# What is done, and not a change of what somebody has read; a draft of a scenario carries its own
# `rev`, one of a message the time it was written at.
DONE = {
    "DELETE /api/v1/me/sessions",
    "DELETE /api/v1/me/sessions/{session_id}",
    "DELETE /api/v1/users/{user_id}/sessions",
    "DELETE /api/v1/users/{user_id}/sessions/{session_id}",
    "PUT /api/v1/me/picture",
    "DELETE /api/v1/me/picture",
    "PUT /api/v1/users/{user_id}/picture",
    "DELETE /api/v1/users/{user_id}/picture",
    "PUT /api/v1/me/notices/read",
    "PUT /api/v1/operators/me/status",
    "PUT /api/v1/operators/{user_id}/status",
    "PUT /api/v1/bots/{bot_id}/scenario/draft",
    "PUT /api/v1/requests/{request_id}/drafts/{kind}",
    "DELETE /api/v1/integrations/zoho/oauth",
    "DELETE /api/v1/messenger/catchers/{code}",
    "PUT /api/v1/messenger/catchers/{code}/answer",
    "DELETE /api/v1/messenger/catchers/{code}/requests",
}
STALE = {"If-Match": '"of yesterday"'}
GREETING = ([(1, "start", {}), (2, "message", {"text": "Hello"})], [(1, "next", 2)])


def test_every_change_can_be_made_to_depend_on_what_was_read(
    create_app: Callable[..., FastAPI],
) -> None:
    paths = create_app(Settings()).openapi()["paths"]
    without = {
        f"{method.upper()} {path}"
        for path, operations in paths.items()
        for method, operation in operations.items()
        if path.startswith("/api/v1/") and method in ("put", "patch", "delete")
        if "412" not in operation["responses"]
    }
    assert without == DONE


async def made(admin: AppClient, path: str, body: dict[str, Any]) -> str:
    answer = await admin.post(path, body)
    assert answer.status == 201, answer.text
    return f"{path}/{answer.json['id']}"


async def message(shop: Shop, db: Database) -> str:
    """A message of an operator in a chat."""
    await shop.publish(*GREETING)
    await shop.say("/start")
    await shop.texts(1)
    dialog = await db.value("SELECT max(id) FROM dialogs")
    taken = await shop.admin.post(f"/api/v1/dialogs/{dialog}/takeover", {})
    path = f"/api/v1/requests/{taken.json['id']}/messages"
    # a note: no channel has to be able to change it
    return await made(shop.admin, path, {"client_msg_id": "n", "text": "Note", "kind": "note"})


async def test_a_stale_change_changes_nothing_and_a_fresh_one_counts(
    shop: Shop, admin: Person, db: Database
) -> None:
    """Each thing with a change of it; what was read before that change is stale after it."""
    bot = f"/api/v1/bots/{shop.id}"
    said = await message(shop, db)
    moments = [clock.rfc3339(clock.now() + timedelta(days=days)) for days in (1, 2)]
    later = {"client_msg_id": "s", "text": "Later", "send_at": moments[0]}
    waiting = f"{said.rpartition('/messages/')[0]}/scheduled-messages"
    contact = await db.value("SELECT min(id) FROM contacts")
    secret = "/api/v1/secrets/CRM"
    await shop.admin.put(secret, {"value": "old"})
    link = await shop.admin.post(
        "/api/v1/links", {"bot_id": shop.id, "channel": "custom_channel", "label": "A"}
    )
    assert link.status == 201, link.text
    changes: dict[str, tuple[str, dict[str, Any]]] = {
        await made(shop.admin, "/api/v1/tags", {"name": "vip"}): ("PATCH", {"name": "VIPs"}),
        await made(shop.admin, "/api/v1/skill-groups", {"name": "A"}): ("PATCH", {"name": "B"}),
        await made(shop.admin, "/api/v1/bot-groups", {"name": "A"}): ("PATCH", {"name": "B"}),
        await made(shop.admin, "/api/v1/operator-statuses", {"name": "Lunch", "kind": "pause"}): (
            "PATCH",
            {"name": "Dinner"},
        ),
        await made(shop.admin, "/api/v1/keys", {"name": "A"}): ("PATCH", {"name": "B"}),
        f"/api/v1/operators/{admin.id}": ("PATCH", {"dialog_limit": 3}),
        f"/api/v1/subscriptions/{contact}": ("PATCH", {"status": "unsubscribed"}),
        f"/api/v1/links/{link.json['code']}": ("PATCH", {"label": "B"}),
        f"{bot}/custom-channel": (
            "PUT",
            {"enabled": False, "custom_channel_url": shop.receiver.url},
        ),
        "/api/v1/embed/origins": ("PUT", {"origins": ["https://crm.example"]}),
        secret: ("PUT", {"value": "new"}),
        said: ("PATCH", {"text": "Another note"}),
        await made(shop.admin, waiting, later): ("PATCH", {"send_at": moments[1]}),
    }
    for path, (method, body) in changes.items():
        read = await shop.admin.get(path)
        assert read.status == 200, (path, read.text)
        seen = {"If-Match": read.headers["ETag"]}
        refused = await shop.admin.request(method, path, json=body, headers=STALE)
        assert (refused.status, refused.json["code"]) == (412, "stale_etag"), path
        fresh = await shop.admin.request(method, path, json=body, headers=seen)
        assert fresh.status == 200, (path, fresh.text)
        again = await shop.admin.get(path)
        assert again.headers["ETag"] not in (None, seen["If-Match"]), path
        assert fresh.headers["ETag"] == again.headers["ETag"], path
        late = await shop.admin.request(method, path, json=body, headers=seen)
        assert late.status == 412, path


@pytest.mark.parametrize("path", ["/api/v1/tags", "/api/v1/skill-groups", "/api/v1/keys"])
async def test_what_has_changed_is_not_taken_away_either(admin: Person, path: str) -> None:
    thing = await made(admin.client, path, {"name": "A"})
    assert (await admin.client.delete(thing, headers=STALE)).status == 412
    seen = {"If-Match": (await admin.client.get(thing)).headers["ETag"]}
    assert (await admin.client.delete(thing, headers=seen)).status == 204


async def test_of_many_who_have_seen_the_same_one_is_first(admin: Person) -> None:
    tag = await made(admin.client, "/api/v1/tags", {"name": "vip"})
    seen = {"If-Match": (await admin.client.get(tag)).headers["ETag"]}
    found = await asyncio.gather(
        *(admin.client.patch(tag, {"name": f"vip {n}"}, headers=seen) for n in range(8))
    )
    assert sorted(answer.status for answer in found) == [200, *[412] * 7]
