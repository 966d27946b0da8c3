"""The connection to Zoho: stored, granted by a person, checked, shown to whoever may see it."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.moving_clock import MovingClock
from connective.kit.testing.people import sign_in

PATH = "/api/v1/integrations/zoho"


async def test_a_connection_that_nobody_set_up_shows_what_it_would_be(crm: Any) -> None:
    shown = await crm.shown()
    assert (shown["state"], shown["dc"], shown["version"]) == ("new", "com", 0)
    assert shown["api_base"] == "https://www.zohoapis.com"
    assert (shown["product_name"], shown["instance_name"]) == (None, "Connective")
    start = await crm.admin.client.get(f"{PATH}/oauth/start")
    assert (start.status, start.json["code"]) == (409, "zoho_not_configured")


@pytest.mark.parametrize(
    ("dc", "api", "accounts"),
    [
        ("eu", "https://www.zohoapis.eu", "https://accounts.zoho.eu"),
        ("com.au", "https://www.zohoapis.com.au", "https://accounts.zoho.com.au"),
        ("ca", "https://www.zohoapis.ca", "https://accounts.zohocloud.ca"),
    ],
)
async def test_a_data_centre_has_its_own_addresses(
    crm: Any, dc: str, api: str, accounts: str
) -> None:
    stored = await crm.put(dc=dc, api_base=None, accounts_base=None)
    assert (stored.json["api_base"], stored.json["accounts_base"]) == (api, accounts)


@pytest.mark.proves("INT-05", part="product name")
@pytest.mark.parametrize("name", ["", "   ", "x" * 61])
async def test_a_product_name_that_is_empty_or_too_long_is_refused(crm: Any, name: str) -> None:
    refused = await crm.put(product_name=name)
    assert refused.status == 422
    assert refused.json["errors"][0]["field"] == "product_name"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"dc": "moon"}, "dc"),
        ({"module": "Deals"}, "module"),
        ({"api_base": "ftp://crm"}, "api_base"),
        ({"mapping": [{"source": "phone", "field": "a b"}]}, "mapping[0].field"),
        ({"mapping": [{"source": "", "field": "Phone"}]}, "mapping[0].source"),
    ],
)
async def test_what_cannot_be_stored_is_named(crm: Any, given: dict[str, Any], field: str) -> None:
    refused = await crm.put(**given)
    assert refused.status == 422, refused.text
    assert refused.json["errors"][0]["field"] == field


async def test_secrets_are_sealed_and_never_told(crm: Any, db: Database) -> None:
    await crm.connect(client_secret="demo")
    told = str(await crm.shown())
    row = (await db.fetch("SELECT * FROM zoho_account"))[0]
    audited = str(await db.fetch("SELECT * FROM audit WHERE object_id = 'zoho'"))
    for text in (told, str(row), audited):
        assert "1000." not in text
    assert row["client_secret"] != "demo"
    assert (await crm.shown())["client_secret_set"]


async def test_a_stale_version_is_refused(crm: Any) -> None:
    await crm.put()
    shown = await crm.admin.client.get(PATH)
    await crm.changed(product_name="Shop Care")
    stale = await crm.admin.client.put(
        PATH, {"client_id": "other"}, headers={"If-Match": shown.headers["ETag"]}
    )
    assert stale.status == 412


async def test_another_application_needs_a_new_grant_and_its_own_secret(crm: Any) -> None:
    await crm.connect()
    kept = await crm.changed(product_name="Shop Care")
    assert kept["state"] == "connected"
    moved = await crm.put(client_secret=None, accounts_base="https://accounts.example")
    assert moved.status == 422
    assert moved.json["errors"][0]["field"] == "client_secret"
    assert (await crm.put(client_id="other")).json["state"] == "new"


@pytest.mark.proves("INT-05", part="grant")
async def test_the_grant_is_for_the_person_who_asked_within_ten_minutes(
    moving_clock: MovingClock, crm: Any, db: Database, app: AppClient
) -> None:
    await crm.put()
    start = await crm.admin.client.get(f"{PATH}/oauth/start")
    asked = urlsplit(start.headers["Location"])
    query = {name: values[0] for name, values in parse_qs(asked.query).items()}
    assert f"{asked.scheme}://{asked.netloc}{asked.path}" == f"{crm.url}/oauth/v2/auth"
    assert query["scope"] == "ZohoCRM.modules.ALL"
    assert (query["access_type"], query["response_type"]) == ("offline", "code")
    assert query["redirect_uri"].endswith(f"{PATH}/oauth/callback")

    code, state = await crm.consent()
    other = (await sign_in(db, app, "administrator")).client
    foreign = await other.get(f"{PATH}/oauth/callback", params={"code": code, "state": state})
    assert foreign.headers["Location"] == "/integrations/zoho?grant=zoho_state_refused"
    forged = await crm.back(code=code, state=state[:-2] + "AA")
    assert forged.headers["Location"] == "/integrations/zoho?grant=zoho_state_refused"
    nobody = app.another()
    assert (await nobody.get(f"{PATH}/oauth/callback")).status == 401
    moving_clock.advance(601)
    late = await crm.back(code=code, state=state)
    assert late.headers["Location"] == "/integrations/zoho?grant=zoho_state_refused"

    refused = await crm.back(error="access_denied", state=state)
    assert refused.headers["Location"] == "/integrations/zoho?grant=access_denied"
    _, state = await crm.consent()
    wrong = await crm.back(code="1000.unknown", state=state)
    assert wrong.headers["Location"] == "/integrations/zoho?grant=invalid_code"
    assert (await crm.shown())["state"] == "new"
    await crm.grant()
    assert (await crm.shown())["state"] == "connected"


async def test_the_grant_leaves_no_trace_in_the_request_log(crm: Any, db: Database) -> None:
    await crm.put()
    code, state = await crm.consent()
    key = {"name": "Log", "scopes": ["settings:write"]}
    secret = (await crm.admin.client.post("/api/v1/keys", key)).json["secret"]
    caller = crm.admin.client.another(Authorization=f"API-Key {secret}")
    assert (await caller.get(f"{PATH}/oauth/start")).status == 403
    await caller.get(f"{PATH}/oauth/callback", params={"code": code, "state": state})
    rows = await db.fetch("SELECT url FROM request_log")
    assert not [row for row in rows if "oauth" in row["url"]]


@pytest.mark.proves("INT-05", part="check")
async def test_check_connection_says_how_it_is(crm: Any) -> None:
    check = f"{PATH}/check"
    unset = (await crm.admin.client.post(check)).json
    assert (unset["ok"], unset["code"]) == (False, "zoho_not_configured")
    await crm.connect()
    good = (await crm.admin.client.post(check)).json
    assert (good["ok"], good["http_status"]) == (True, 200)
    crm.other.revoke()
    lost = (await crm.admin.client.post(check)).json
    assert (lost["ok"], lost["code"]) == (False, "zoho_reconnect")
    shown = await crm.shown()
    assert (shown["state"], shown["last_error"]["text"]) == ("reconnect", "invalid_code")
    assert (await crm.admin.client.delete(f"{PATH}/oauth")).status == 204
    assert (await crm.shown())["state"] == "new"


@pytest.mark.proves("INT-05", part="permissions")
async def test_only_integrators_and_administrators_see_the_connection(
    crm: Any, db: Database, app: AppClient
) -> None:
    await crm.put()
    for role in ("operator", "light_agent", "supervisor", "analyst"):
        other = (await sign_in(db, app, role)).client
        assert (await other.get(PATH)).status == 403
        assert (await other.put(PATH, {})).status == 403
        assert (await other.post(f"{PATH}/check")).status == 403
        assert (await other.get(f"{PATH}/oauth/start")).status == 403
        assert (await other.get(f"{PATH}/notes")).status == 403
    integrator = (await sign_in(db, app, "integrator")).client
    assert (await integrator.get(PATH)).status == 200
    assert (await integrator.get(f"{PATH}/oauth/start")).status == 302
    bot = await crm.admin.client.post("/api/v1/bots", {"name": "Shop"})
    limited = (await sign_in(db, app, "integrator", bot_ids=[bot.json["id"]])).client
    refused = await limited.put(PATH, {"client_id": "x"})
    assert (refused.status, refused.json["code"]) == (403, "zoho_whole_instance")
