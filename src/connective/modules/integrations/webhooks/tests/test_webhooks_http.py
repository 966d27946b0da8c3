"""Webhooks over HTTP: set-up, refusals, secrets, the whole way of an event to a receiver."""

import base64
import json
from typing import Any

import pytest
from standardwebhooks import Webhook as PublicVerifier

from connective.kit.context import unit_of_work
from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.people import Person, sign_in
from connective.kit.testing.receiver import Receiver

pytestmark = pytest.mark.proves("INT-14", part="subscriptions")
PATH = "/api/v1/webhooks"


async def make(admin: Person, url: str, **more: Any) -> dict[str, Any]:
    answer = await admin.client.post(PATH, {"name": "CRM", "url": url, "events": ["*"], **more})
    assert answer.status == 201, answer.text
    made: dict[str, Any] = answer.json
    return made


async def bot(admin: Person, name: str = "Shop") -> int:
    answer = await admin.client.post("/api/v1/bots", {"name": name, "languages": ["en"]})
    return int(answer.json["id"])


async def test_the_secret_is_shown_once_and_nowhere_else(
    admin: Person, receiver: Receiver, db: Database
) -> None:
    made = await make(admin, receiver.url, x_access_token="t0ken-of-theirs")
    secret = made.pop("secret")
    assert len(base64.b64decode(secret.removeprefix("whsec_"))) == 32
    assert made["x_access_token_set"] is True
    one = await admin.client.get(f"{PATH}/{made['id']}")
    every = await admin.client.get(PATH)
    await admin.client.post(f"{PATH}/{made['id']}/test")
    (request,) = await receiver.wait_for(1)
    stored = await db.fetch("SELECT * FROM endpoints")
    trail = await db.fetch("SELECT * FROM audit")
    for shown in (one.text, every.text, str(request.headers), request.body.decode(), str(trail)):
        assert secret not in shown
        assert secret.removeprefix("whsec_") not in shown
    assert secret not in str(stored)
    assert "t0ken-of-theirs" not in str(stored) + str(trail) + one.text
    assert request.headers["x-access-token"] == "t0ken-of-theirs"


async def test_a_hundred_webhooks_have_a_hundred_secrets(admin: Person, receiver: Receiver) -> None:
    secrets = {(await make(admin, receiver.url))["secret"] for _ in range(100)}
    assert len(secrets) == 100


async def test_an_event_reaches_its_receiver_signed_and_in_the_documented_shape(
    admin: Person, receiver: Receiver
) -> None:
    made = await make(admin, receiver.url, events=["bot_activated"])
    number = await bot(admin)
    await admin.client.post(f"/api/v1/bots/{number}/activate")
    (request,) = await receiver.wait_for(1)
    body = PublicVerifier(made["secret"]).verify(request.body, dict(request.headers))
    assert request.headers["webhook-id"] == body["event_id"]
    assert body["event_id"].startswith("ev_")
    assert set(body) == {
        *("event_name", "event_id", "sequence", "created_at", "bot_id", "channel", "chat_id"),
        *("chat_room_id", "chat", "client", "operator", "message", "data"),
    }
    assert (body["event_name"], body["bot_id"], body["sequence"]) == ("bot_activated", number, 1)
    assert body["chat_room_id"] is None
    assert body["data"]["name"] == "Shop"


async def test_only_what_was_asked_for_comes(admin: Person, receiver: Receiver) -> None:
    first, second = await bot(admin, "One"), await bot(admin, "Two")
    await make(admin, receiver.url, events=["bot_activated"], bot_ids=[second])
    for number in (first, second):
        await admin.client.post(f"/api/v1/bots/{number}/activate")
        await admin.client.post(f"/api/v1/bots/{number}/deactivate")
    await make(admin, receiver.url + "/all")
    await admin.client.post(f"/api/v1/bots/{first}/activate")
    requests = await receiver.wait_for(2)
    heard = sorted((r.path, r.json["event_name"], r.json["bot_id"]) for r in requests)
    assert heard == [("/", "bot_activated", second), ("/all", "bot_activated", first)]


async def test_the_test_call_goes_through_the_log(admin: Person, receiver: Receiver) -> None:
    made = await make(admin, receiver.url)
    sent = await admin.client.post(f"{PATH}/{made['id']}/test")
    assert sent.status == 202
    (request,) = await receiver.wait_for(1)
    assert request.json["event_name"] == "test"
    name = sent.json["delivery_id"]
    assert (await admin.client.get(f"/api/v1/deliveries/{name}")).json["event_name"] == "test"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"url": "http://169.254.169.254/latest"}, "url"),
        ({"url": "ftp://example.com"}, "url"),
        ({"url": "not an address"}, "url"),
        ({"url": "http://user:word@example.com"}, "url"),
        ({"events": ["chat_exploded"]}, "events[0]"),
        ({"events": []}, "events"),
        ({"name": ""}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"bot_ids": [987654]}, "bot_ids"),
        ({"headers": {"bad header": "x"}}, "headers.bad header.[key]"),
        ({"headers": {"X-Ok": "line\nbreak"}}, "headers.X-Ok"),
        ({"timeout_s": 31}, "timeout_s"),
        ({"surprise": 1}, "surprise"),
    ],
)
async def test_a_bad_set_up_is_refused_with_the_name_of_the_field(
    admin: Person, body: dict[str, Any], field: str
) -> None:
    given = {"name": "CRM", "url": "http://127.0.0.1:9/", "events": ["*"]} | body
    answer = await admin.client.post(PATH, given)
    assert answer.status == 422, answer.text
    assert [error["field"] for error in answer.json["errors"]] == [field]
    assert answer.json["errors"][0]["message"]


async def test_header_values_are_sent_but_never_shown(
    admin: Person, receiver: Receiver, db: Database
) -> None:
    made = await make(admin, receiver.url, headers={"Authorization": "Bearer theirs"})
    assert made["headers"] == {"Authorization": "***"}
    assert "Bearer theirs" not in str(await db.fetch("SELECT * FROM endpoints"))
    kept = {"headers": {"Authorization": "***", "X-Shop": "7"}}
    await admin.client.patch(f"{PATH}/{made['id']}", kept)
    await admin.client.post(f"{PATH}/{made['id']}/test")
    (request,) = await receiver.wait_for(1)
    assert request.headers["Authorization"] == "Bearer theirs"
    assert request.headers["X-Shop"] == "7"


async def test_both_secrets_sign_while_a_rotation_overlaps(
    admin: Person, receiver: Receiver
) -> None:
    made = await make(admin, receiver.url)
    rotated = await admin.client.post(f"{PATH}/{made['id']}/rotate-secret")
    assert rotated.status == 200
    await admin.client.post(f"{PATH}/{made['id']}/test")
    (request,) = await receiver.wait_for(1)
    for secret in (made["secret"], rotated.json["secret"]):
        assert PublicVerifier(secret).verify(request.body, dict(request.headers))
    assert len(request.headers["webhook-signature"].split(" ")) == 2
    now_only = {"overlap_h": 0}
    last = await admin.client.post(f"{PATH}/{made['id']}/rotate-secret", now_only)
    await admin.client.post(f"{PATH}/{made['id']}/test")
    request = (await receiver.wait_for(2))[1]
    assert len(request.headers["webhook-signature"].split(" ")) == 1
    assert PublicVerifier(last.json["secret"]).verify(request.body, dict(request.headers))


async def test_a_changed_address_is_used_from_the_next_call_on(
    admin: Person, receiver: Receiver
) -> None:
    made = await make(admin, receiver.url + "/old")
    path = f"{PATH}/{made['id']}"
    read = await admin.client.get(path)
    change = {"url": receiver.url + "/new"}
    stale = await admin.client.patch(path, change, headers={"If-Match": '"stale"'})
    assert stale.status == 412
    changed = await admin.client.patch(path, change, headers={"If-Match": read.headers["ETag"]})
    assert changed.json["url"].endswith("/new")
    await admin.client.post(f"{path}/test")
    (request,) = await receiver.wait_for(1)
    assert request.path == "/new"


async def test_a_deleted_webhook_is_gone_and_hears_nothing(
    admin: Person, receiver: Receiver, db: Database
) -> None:
    made = await make(admin, receiver.url)
    path = f"{PATH}/{made['id']}"
    assert (await admin.client.delete(path)).status == 204
    assert (await admin.client.get(path)).status == 404
    assert (await admin.client.post(f"{path}/test")).status == 404
    assert (await admin.client.get(PATH)).json["items"] == []
    await bot(admin)
    assert await db.value("SELECT count(*) FROM deliveries") == 0


async def test_the_catalogue_has_a_sample_of_each_event_in_both_languages(
    admin: Person, db: Database, app: AppClient
) -> None:
    ukrainian = await sign_in(db, app, "integrator", language="uk")
    whole = (await admin.client.get(f"{PATH}/events")).json
    english = whole["items"]
    shape = whole["body_schema"]["$defs"]["Envelope"]["properties"]
    translated = (await ukrainian.client.get(f"{PATH}/events")).json["items"]
    assert {"message_from_client", "message_from_bot", "run_failed"} <= {
        item["event_name"] for item in english
    }
    for here, there in zip(english, translated, strict=True):
        assert here["sample"]["event_name"] == here["event_name"]
        assert here["sample"].keys() == shape.keys()
        assert not here["description"].startswith("webhooks.")
        assert here["description"] != there["description"]


async def test_who_may_not_is_told_which_permission_is_missing(
    db: Database, app: AppClient, receiver: Receiver
) -> None:
    operator = await sign_in(db, app, "operator")
    refused = await operator.client.get(PATH)
    assert (refused.status, "webhooks.view" in refused.text) == (403, True)
    supervisor = await sign_in(db, app, "supervisor")
    assert (await supervisor.client.get("/api/v1/deliveries")).status == 200
    assert (await supervisor.client.post("/api/v1/deliveries/replay", {"ids": []})).status == 403
    assert (await app.get(PATH)).status == 401


async def test_someone_limited_to_bots_sees_and_makes_only_webhooks_of_these(
    admin: Person, db: Database, app: AppClient, receiver: Receiver
) -> None:
    own, foreign = await bot(admin, "Own"), await bot(admin, "Foreign")
    for_all = await make(admin, receiver.url)
    for_own = await make(admin, receiver.url, bot_ids=[own])
    limited = await sign_in(db, app, "integrator", bot_ids=[own])
    seen = (await limited.client.get(PATH)).json["items"]
    assert [item["id"] for item in seen] == [for_own["id"]]
    assert (await limited.client.get(f"{PATH}/{for_all['id']}")).status == 404
    given = {"name": "Mine", "url": receiver.url, "events": ["*"]}
    assert (await limited.client.post(PATH, given)).status == 422
    assert (await limited.client.post(PATH, given | {"bot_ids": [foreign]})).status == 422
    assert (await limited.client.post(PATH, given | {"bot_ids": [own]})).status == 201
    widened = await limited.client.patch(f"{PATH}/{for_own['id']}", {"bot_ids": []})
    assert widened.status == 422


async def test_every_change_is_in_the_trail_without_its_secrets(
    admin: Person, receiver: Receiver, db: Database
) -> None:
    made = await make(admin, receiver.url)
    path = f"{PATH}/{made['id']}"
    await admin.client.patch(path, {"name": "ERP"})
    for act in ("pause", "resume", "rotate-secret"):
        assert (await admin.client.post(f"{path}/{act}")).status == 200
    await admin.client.delete(path)
    rows = await db.fetch(
        "SELECT action, actor_id, before FROM audit WHERE object_type = 'webhook' ORDER BY id"
    )
    assert [row["action"] for row in rows] == [
        *("webhook.created", "webhook.changed", "webhook.paused", "webhook.resumed"),
        *("webhook.secret_rotated", "webhook.deleted"),
    ]
    assert {row["actor_id"] for row in rows} == {admin.id}
    assert json.loads(rows[1]["before"])["name"] == "CRM"


async def test_events_of_before_the_webhook_do_not_come(admin: Person, receiver: Receiver) -> None:
    number = await bot(admin)
    await admin.client.post(f"/api/v1/bots/{number}/activate")
    await make(admin, receiver.url)
    async with unit_of_work() as ctx:
        ctx.emit("bot.deactivated", {"id": number, "name": "Shop", "alias": "shop"})
    (request,) = await receiver.wait_for(1)
    assert request.json["event_name"] == "bot_deactivated"
