"""The panel within other systems, over HTTP: origins, tokens and whom they open."""

import io
import json
from typing import Any
from zipfile import ZipFile

import pytest
import pytest_asyncio

from connective.kit.testing.app_client import Answer, AppClient
from connective.kit.testing.chats import Chats
from connective.kit.testing.databases import Database
from connective.kit.testing.moving_clock import MovingClock
from connective.kit.testing.people import Person, sign_in
from connective.kit.testing.receiver import Receiver
from connective.kit.testing.shop import Shop
from connective.kit.testing.wire import PATH, Wire

pytestmark = pytest.mark.proves("INT-04", part="origins, tokens, whom they open")
CRM = "https://crm.example.com"
ROOT = "/api/v1/embed"


async def allow(admin: Person, *origins: str) -> Answer:
    return await admin.client.put(f"{ROOT}/origins", {"origins": list(origins)})


async def key_of(admin: Person, app: AppClient, **given: Any) -> AppClient:
    """A client with a key of its own."""
    body = {"name": "CRM", "scopes": ["embed:create"], **given}
    made = await admin.client.post("/api/v1/keys", body)
    assert made.status == 201, made.text
    return app.another(Authorization=f"Api-Key {made.json['secret']}")


@pytest_asyncio.fixture
async def crm(admin: Person, app: AppClient) -> AppClient:
    """The server of a CRM whose origin is allowed."""
    assert (await allow(admin, CRM)).status == 200
    return await key_of(admin, app)


async def token(crm: AppClient, **body: Any) -> Answer:
    return await crm.post(f"{ROOT}/tokens", {"origin": CRM, **body})


def bearer(app: AppClient, made: Answer, **headers: str) -> AppClient:
    assert made.status == 201, made.text
    return app.another(Authorization=f"Bearer {made.json['token']}", **headers)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("crm.example.com", "origin_no_scheme"),
        ("ftp://crm.example.com", "origin_bad_scheme"),
        ("https://crm.example.com/", "origin_slash"),
        ("https://crm.example.com/deals", "origin_path"),
        ("https://crm.example.com?x=1", "origin_path"),
        ("https://*.example.com", "origin_star"),
        ("https://CRM.example.com", "origin_bad_host"),
        ("https://me@crm.example.com", "origin_bad_host"),
        ("https://crm.example.com; script-src x", "origin_bad_host"),
        ("https://crm.example.com:70000", "origin_bad_port"),
        ("https://crm.example.com:443", "origin_usual_port"),
    ],
)
async def test_a_bad_origin_says_what_is_wrong_with_it(
    admin: Person, given: str, code: str
) -> None:
    answer = await allow(admin, CRM, given)
    assert answer.status == 422
    (fault,) = answer.json["errors"]
    assert (fault["field"], fault["code"]) == ("origins[1]", code)
    assert given in fault["message"]
    assert (await admin.client.get(f"{ROOT}/origins")).json == {"origins": []}


async def test_each_bad_row_has_its_own_reason_and_none_is_stored(admin: Person) -> None:
    good = ["http://localhost:9000", "http://127.0.0.1:9000", "https://xn--80ak6aa92e.com"]
    answer = await allow(admin, *good, "https://a.example.com/", "x.example.com", good[0])
    assert [fault["field"] for fault in answer.json["errors"]] == [
        *("origins[3]", "origins[4]", "origins[5]")
    ]
    assert (await allow(admin, *good)).json == {"origins": good}


async def test_only_allowed_parents_may_show_the_page_and_other_pages_only_ours(
    admin: Person, app: AppClient
) -> None:
    await allow(admin, CRM, "http://localhost:9000")
    page = await app.get("/embed/operator-panel?view=list")
    policy = page.headers["Content-Security-Policy"]
    assert policy.endswith(f"frame-ancestors 'self' {CRM} http://localhost:9000")
    for other in ("/login", "/embed/other"):
        own = (await app.get(other)).headers["Content-Security-Policy"]
        assert own.endswith("frame-ancestors 'self'")
    script = await app.get("/embed/operator-panel.js")
    assert script.status == 200
    assert script.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


async def test_a_refused_parent_reads_which_origin_to_add(admin: Person, app: AppClient) -> None:
    await allow(admin, CRM)
    shop = "https://shop.example.com"
    frame = {"Sec-Fetch-Dest": "iframe", "Referer": f"{shop}/deals/7?x=1"}
    refused = await app.get("/embed/operator-panel", headers=frame)
    assert refused.status == 403
    assert f"Add {shop} in Integrations" in refused.text
    assert "frame-ancestors 'none'" in refused.headers["Content-Security-Policy"]
    opened = await app.get(f"/embed/operator-panel?origin={shop}&lang=uk")
    assert opened.status == 403
    assert f"Додайте {shop}" in opened.text
    evil = await app.get("/embed/operator-panel?origin=%3Cscript%3E")
    assert (evil.status, "<script>" in evil.text) == (403, False)
    good = {"Sec-Fetch-Dest": "iframe", "Referer": f"{CRM}/deals/7"}
    assert (await app.get("/embed/operator-panel", headers=good)).status == 200


async def test_a_token_gives_the_rights_of_its_user_and_no_others(
    db: Database, app: AppClient, crm: AppClient
) -> None:
    ann = await sign_in(db, app, "operator")
    made = await token(crm, user_email=ann.email.upper(), context={"phone": "380501112233"})
    as_ann = bearer(app, made)
    assert made.json["url"].endswith(
        f"/embed/operator-panel?origin={CRM}#token={made.json['token']}"
    )
    session = (await as_ann.get(f"{ROOT}/session?parent={CRM}")).json
    assert (session["user_id"], session["origin"]) == (ann.id, CRM)
    assert session["context"] == {"phone": "380501112233"}
    assert session["expires_at"] == made.json["expires_at"]
    me, same = await as_ann.get("/api/v1/auth/me"), await ann.client.get("/api/v1/auth/me")
    assert me.json["permissions"] == same.json["permissions"]
    for path, status in (("/api/v1/requests", 200), ("/api/v1/users", 403)):
        assert (await as_ann.get(path)).status == (await ann.client.get(path)).status == status
    assert (await as_ann.get(f"{ROOT}/session?parent=https://other.example.com")).status == 403


async def test_a_token_is_good_in_its_own_origin_alone_and_ends_with_it(
    admin: Person, db: Database, app: AppClient, crm: AppClient
) -> None:
    ann = await sign_in(db, app, "operator")
    made = await token(crm, user_id=ann.id)
    at_home = bearer(app, made, Origin=app.url)
    assert (await at_home.get("/api/v1/auth/me")).status == 200
    elsewhere = bearer(app, made, Origin="https://shop.example.com")
    assert (await elsewhere.get("/api/v1/auth/me")).status == 401
    assert (await allow(admin, "https://shop.example.com")).status == 200
    assert (await at_home.get("/api/v1/auth/me")).status == 401


async def test_a_token_ends_in_time_and_with_its_user(
    admin: Person, db: Database, app: AppClient, crm: AppClient, moving_clock: MovingClock
) -> None:
    ann = await sign_in(db, app, "operator")
    short = bearer(app, await token(crm, user_id=ann.id, ttl_s=60))
    usual = bearer(app, await token(crm, user_id=ann.id))
    moving_clock.advance(61)
    assert (await short.get("/api/v1/auth/me")).status == 401
    assert (await usual.get("/api/v1/auth/me")).status == 200
    gone = await admin.client.post(f"/api/v1/users/{ann.id}/deactivate")
    assert gone.status == 200, gone.text
    assert (await usual.get("/api/v1/auth/me")).status == 401
    refused = await token(crm, user_id=ann.id)
    assert (refused.status, refused.json["code"]) == (422, "embed_user_inactive")


async def test_a_bad_wish_for_a_token_is_refused(
    admin: Person, db: Database, app: AppClient, crm: AppClient
) -> None:
    ann = await sign_in(db, app, "operator", bot_ids=[1])
    for body, status, code in (
        ({"user_id": ann.id, "ttl_s": 59}, 422, None),
        ({"user_id": ann.id, "ttl_s": 3601}, 422, None),
        ({}, 422, None),
        ({"user_id": ann.id, "user_email": ann.email}, 422, None),
        ({"user_email": "nobody@example.com"}, 422, "embed_unknown_user"),
        ({"user_id": ann.id, "origin": "https://x.example.com"}, 422, "embed_origin_refused"),
        ({"user_id": ann.id, "origin": "x.example.com"}, 422, "origin_no_scheme"),
    ):
        answer = await token(crm, **body)
        assert answer.status == status, answer.text
        assert code in (None, answer.json["code"])
    narrow = await key_of(admin, app, bot_ids=[2])
    assert (await token(narrow, user_id=ann.id)).json["code"] == "embed_other_bots"
    plain = await key_of(admin, app, scopes=["chats:read"])
    assert (await token(plain, user_id=ann.id)).json["code"] == "scope_needed"
    assert (await token(admin.client, user_id=ann.id)).json["code"] == "embed_needs_key"
    assert (await allow(ann, CRM)).status == 403


async def test_nobody_comes_by_more_rights_than_he_has_through_a_key(
    db: Database, app: AppClient, admin: Person
) -> None:
    integrator = await sign_in(db, app, "integrator")
    wish = {"name": "CRM", "scopes": ["embed:create"]}
    refused = await integrator.client.post("/api/v1/keys", wish)
    assert (refused.status, refused.json["code"]) == (403, "grants_too_much")
    root = await sign_in(db, app, is_root=True)
    assert (await allow(admin, CRM)).status == 200
    plain = await sign_in(db, app, "administrator")
    by_plain, by_root = await key_of(plain, app), await key_of(root, app)
    assert (await token(by_plain, user_id=root.id)).json["code"] == "embed_root_refused"
    assert (await token(by_root, user_id=root.id)).status == 201


async def test_the_widget_for_zoho_is_made_for_this_instance(admin: Person, db: Database) -> None:
    await admin.client.put("/api/v1/instance", {"project_name": "Shop & <Care>"})
    packed = await admin.client.get(f"{ROOT}/zoho-widget")
    assert packed.headers["Content-Type"] == "application/zip"
    with ZipFile(io.BytesIO(packed.body)) as folder:
        assert folder.namelist() == ["plugin-manifest.json", "app/widget.html"]
        assert json.loads(folder.read("plugin-manifest.json")) == {"service": "CRM"}
        page = folder.read("app/widget.html").decode()
    assert "<title>Shop &amp; &lt;Care&gt;</title>" in page
    assert "/embed/operator-panel.js" in page
    assert "{{" not in page
    operator = await sign_in(db, admin.client, "operator")
    assert (await operator.client.get(f"{ROOT}/zoho-widget")).status == 403


async def test_who_answers_no_clients_reads_which_permission_is_missing(
    db: Database, app: AppClient, crm: AppClient
) -> None:
    analyst = await sign_in(db, app, "analyst")
    answer = await bearer(app, await token(crm, user_id=analyst.id)).get(f"{ROOT}/session")
    assert (answer.status, answer.json["code"]) == (403, "permission_needed")
    assert "requests.view" in answer.text


async def test_a_client_is_found_by_what_the_crm_knows_and_his_chat_opens(
    db: Database, app: AppClient, shop: Shop, crm: AppClient
) -> None:
    chats = await Chats.open(db, app, shop)
    await chats.publish()
    ann = await chats.operator("Ann")
    as_ann = bearer(app, await token(crm, user_id=ann.id))
    request = await chats.connected("c1")
    await db.execute("UPDATE clients SET phone = '+380501112233', email = 'Ivan@example.com'")
    record = "https://crm.example.com/leads/7"
    for wish in (
        {"phone": "380501112233", "crm_record_url": record},
        {"email": "ivan@example.com"},
        {"chat_id": str(request["id"])},
        {"chat_id": "c1"},
    ):
        opened = await as_ann.post(f"{ROOT}/open", wish)
        assert opened.status == 200, opened.text
        assert (opened.json["chat_id"], opened.json["active"]) == (request["id"], True)
        assert opened.json["client"]["record_url"] == record
    card = (await as_ann.get(f"/api/v1/requests/{request['id']}")).json["client"]
    assert card["record_url"] == record
    await chats.done(ann, request["id"], "take")
    await chats.done(ann, request["id"], "close")
    again = (await as_ann.post(f"{ROOT}/open", {"phone": "+380501112233"})).json
    assert (again["chat_id"], again["active"]) == (request["id"], False)


async def test_an_unknown_client_is_named_and_made_once_when_asked_for(
    db: Database, app: AppClient, crm: AppClient
) -> None:
    ann = await sign_in(db, app, "operator", bot_ids=[1])
    as_ann = bearer(app, await token(crm, user_id=ann.id))
    unknown = await as_ann.post(f"{ROOT}/open", {"phone": "380509990000"})
    assert (unknown.status, unknown.json["code"]) == (404, "embed_unknown_phone")
    assert "No client with phone +380509990000" in unknown.text
    wish = {"phone": "380509990000", "external_id": "lead-7", "create": True}
    first, second = [await as_ann.post(f"{ROOT}/open", wish) for _ in range(2)]
    assert first.status == 200, first.text
    assert (first.json["created"], second.json["created"]) == (True, False)
    assert first.json["client"]["id"] == second.json["client"]["id"]
    assert (first.json["chat_id"], first.json["client"]["external_id"]) == (None, "lead-7")
    assert (await as_ann.post(f"{ROOT}/open", {"chat_id": "none"})).status == 404
    for bad in ({}, {"phone": "12", "create": True}, {"phone": "1", "crm_record_url": "ftp://x"}):
        assert (await as_ann.post(f"{ROOT}/open", bad)).status == 422
    light = await sign_in(db, app, "light_agent")
    as_light = bearer(app, await token(crm, user_id=light.id))
    assert (await as_light.post(f"{ROOT}/open", {"phone": "380508", "create": True})).status == 403


async def test_a_client_made_in_the_crm_is_told_of_and_stays_one_when_he_writes(
    db: Database, app: AppClient, shop: Shop, crm: AppClient
) -> None:
    chats = await Chats.open(db, app, shop)
    await chats.publish()
    as_ann = bearer(app, await token(crm, user_id=(await chats.operator("Ann")).id))
    wish = {"phone": "380509990000", "external_id": "lead-7", "create": True}
    async with Receiver() as listener:
        told = {"name": "CRM", "url": listener.url, "events": ["client_created", "client_updated"]}
        assert (await shop.admin.post("/api/v1/webhooks", told)).status == 201
        made = (await as_ann.post(f"{ROOT}/open", wish)).json["client"]
        update = shop.update("c1", text="/start")
        update["message"]["from"]["phone"] = wish["phone"]
        assert (await shop.post(update)).status == 200
        bodies = [heard.json for heard in await listener.wait_for(2)]
    assert [body["event_name"] for body in bodies] == ["client_created", "client_updated"]
    assert [(body["client"]["id"], body["chat_id"]) for body in bodies] == [
        (made["id"], None),
        (made["id"], "c1"),
    ]
    assert bodies[1]["client"]["external_id"] == "lead-7"
    request = await chats.unclosed("c1")
    opened = (await as_ann.post(f"{ROOT}/open", {"external_id": "lead-7"})).json
    assert (opened["client"]["id"], opened["client"]["name"]) == (made["id"], "Ann")
    assert (opened["chat_id"], opened["active"]) == (request["id"], True)


async def test_the_socket_takes_the_token_and_not_whoever_else_is_signed_in(
    db: Database, app: AppClient, crm: AppClient
) -> None:
    ann = await sign_in(db, app, "operator")
    bob = await sign_in(db, app, "analyst")
    made = await token(crm, user_id=ann.id)
    same_browser = app.another(**bob.client.headers)
    wire = Wire(await same_browser.ws(f"{PATH}?by=token"))
    await wire.say(type="auth", token=made.json["token"])
    await wire.subscribe("requests")
    counters = await wire.next(but=("ping",))
    assert counters["type"] == "counters"
    assert counters["data"]["my"] == 0
    other = Wire(await same_browser.ws(PATH))
    await other.subscribe("requests")
    assert await other.code() == 4403
