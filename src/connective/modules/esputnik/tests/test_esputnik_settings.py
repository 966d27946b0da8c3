"""A bot's connection to eSputnik: stored, checked, shown to whoever may see it."""

from typing import Any

import pytest

from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.people import sign_in
from connective.kit.testing.polling import polled
from connective.stand_ins.esputnik import APP


async def test_a_connection_keeps_its_key_to_itself(marketing: Any) -> None:
    assert (await marketing.shop.admin.get(marketing.path)).json is None

    stored = await marketing.connect(push_changes=True)

    assert stored["api_key_set"]
    assert "demo" not in str(stored)
    assert (stored["app_uuid"], stored["push_changes"], stored["state"]) == (APP, True, "active")
    assert {one["field"] for one in stored["mapping"]} == {
        *("firstName", "lastName", "phone", "email", "externalCustomerId")
    }
    row = await marketing.db.value("SELECT api_key FROM esputnik_accounts")
    assert row != "demo"
    audited = await marketing.db.fetch(
        "SELECT after::text FROM audit WHERE action LIKE 'esputnik%'"
    )
    assert audited
    assert "demo" not in str(audited)


async def test_a_key_left_out_stays_but_follows_to_no_other_address(marketing: Any) -> None:
    first = await marketing.connect()
    again = {"app_uuid": APP, "base_url": first["base_url"], "push_changes": True}
    kept = await marketing.shop.admin.put(marketing.path, again)
    assert (kept.status, kept.json["push_changes"]) == (200, True)

    moved = await marketing.shop.admin.put(
        marketing.path, {"app_uuid": APP, "base_url": "https://elsewhere.example/api"}
    )
    assert moved.status == 422
    assert moved.json["errors"][0]["field"] == "api_key"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"app_uuid": APP}, "api_key"),
        ({"api_key": "", "app_uuid": APP}, "api_key"),
        ({"api_key": "k", "app_uuid": "not-one"}, "app_uuid"),
        ({"api_key": "k", "app_uuid": APP, "base_url": "ftp://x"}, "base_url"),
        (
            {"api_key": "k", "app_uuid": APP, "mapping": [{"source": "secret", "field": "phone"}]},
            "mapping[0].source",
        ),
        (
            {"api_key": "k", "app_uuid": APP, "mapping": [{"source": "phone", "field": "Tel"}]},
            "mapping[0].field",
        ),
    ],
)
async def test_what_cannot_be_stored_is_named(
    marketing: Any, body: dict[str, Any], field: str
) -> None:
    refused = await marketing.shop.admin.put(marketing.path, body)
    assert refused.status == 422, refused.text
    assert refused.json["errors"][0]["field"] == field


async def test_a_stale_version_is_refused(marketing: Any) -> None:
    await marketing.connect()
    shown = await marketing.shop.admin.get(marketing.path)
    await marketing.connect(push_changes=True)
    stale = await marketing.shop.admin.put(
        marketing.path,
        {"app_uuid": APP, "base_url": f"{marketing.url}/api"},
        headers={"If-Match": shown.headers["ETag"]},
    )
    assert stale.status == 412


@pytest.mark.proves("INT-11", part="check")
async def test_check_connection_says_whose_the_key_is_or_what_is_wrong(marketing: Any) -> None:
    check = f"{marketing.path}/check"
    assert (await marketing.shop.admin.post(check)).status == 409
    await marketing.connect()
    good = (await marketing.shop.admin.post(check)).json
    assert (good["ok"], good["http_status"]) == (True, 200)
    assert "Stand-in" in good["text"]
    await marketing.connect(api_key="wrong")
    bad = (await marketing.shop.admin.post(check)).json
    assert (bad["ok"], bad["code"]) == (False, "esputnik_unauthorized")
    assert (await marketing.shop.admin.get(marketing.path)).json["state"] == "error"


@pytest.mark.proves("INT-11", part="permissions")
async def test_only_integrators_and_administrators_see_the_connection(
    marketing: Any, db: Database, app: AppClient
) -> None:
    await marketing.connect()
    push = f"{marketing.path}/pushes"
    for role in ("operator", "light_agent", "supervisor", "analyst"):
        other = (await sign_in(db, app, role)).client
        assert (await other.get(marketing.path)).status == 403
        assert (await other.put(marketing.path, {"app_uuid": APP})).status == 403
        assert (await other.post(f"{marketing.path}/check")).status == 403
        assert (await other.post(push)).status == 403
    integrator = (await sign_in(db, app, "integrator")).client
    assert (await integrator.get(marketing.path)).status == 200
    assert (await integrator.post(f"{marketing.path}/check")).status == 200
    outside = await marketing.shop.admin.post("/api/v1/bots", {"name": "Other"})
    limited = await sign_in(db, app, "integrator", bot_ids=[outside.json["id"]])
    assert (await limited.client.get(marketing.path)).status == 404
    assert (await limited.client.post(push)).status == 404


async def test_calls_stand_in_the_request_log_without_the_key_and_the_token(
    marketing: Any, db: Database
) -> None:
    await marketing.clients(1)
    await marketing.connect(api_key="demo")
    token = await marketing.token()
    started = await marketing.push(bot_id=marketing.shop.id, token=token)
    await marketing.until(started.json["job_id"], status="done")

    async def logged() -> bool:
        sources = [r["source"] for r in await db.fetch("SELECT source FROM request_log")]
        return {"esputnik", "kw_api"} <= set(sources)

    await polled(logged)
    rows = str(await db.fetch("SELECT * FROM request_log"))
    assert token not in rows
    assert "Basic ZGVtbzpkZW1v" not in rows
