"""API keys: what is stored, what they open, and how they end."""

from typing import Any

import pytest

from connective.kit import errors
from connective.kit.context import unit_of_work
from connective.kit.testing.app_client import Answer, AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.moving_clock import MovingClock
from connective.kit.testing.people import Person, sign_in
from connective.modules.accounts import service as accounts
from connective.modules.accounts.permissions import DEFAULT_SCOPES
from connective.modules.accounts.service import authentication

HOUR = 3600
pytestmark = [pytest.mark.proves("INT-13", part="keys"), pytest.mark.proves("SE-02", part="keys")]


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    authentication.limiter.forget()


async def make(person: Person, **given: Any) -> dict[str, Any]:
    answer = await person.client.post("/api/v1/keys", {"name": "Shop"} | given)
    assert answer.status == 201, answer.text
    made: dict[str, Any] = answer.json
    return made


async def ask(app: AppClient, secret: str, path: str = "/api/v1/users") -> Answer:
    headers = {"Authorization": f"API-Key {secret}"}
    return await app.another().get(path, headers=headers)


async def test_the_secret_is_shown_once_and_only_its_hash_is_stored(
    admin: Person, db: Database
) -> None:
    made = await make(admin)
    assert made["secret"].startswith(made["prefix"])
    assert len(made["prefix"]) == 8
    listed = (await admin.client.get("/api/v1/keys")).text
    one = (await admin.client.get(f"/api/v1/keys/{made['id']}")).text
    stored = str([*await db.fetch("TABLE api_keys"), *await db.fetch("TABLE audit")])
    assert not [text for text in (listed, one, stored) if made["secret"] in text]


async def test_a_key_gets_all_reads_and_starting_scenarios_by_default(admin: Person) -> None:
    assert set((await make(admin))["scopes"]) == set(DEFAULT_SCOPES)


async def test_every_form_of_showing_a_key(app: AppClient, admin: Person) -> None:
    secret = (await make(admin))["secret"]
    other = app.another()
    for header, value in (
        ("Authorization", f"API-Key {secret}"),
        ("Authorization", f"api-key {secret}"),
        ("x-auth-token", secret),
    ):
        assert (await other.get("/api/v1/users", headers={header: value})).status == 200
    assert (await other.get(f"/api/v1/users?key={secret}")).status == 401
    assert (await other.get(f"/api/v1/users?api_key={secret}")).status == 401
    assert (await ask(app, f"{secret}x")).status == 401
    assert (await ask(app, "")).status == 401


async def test_a_jwt_may_come_as_an_external_token(app: AppClient, admin: Person) -> None:
    person = {"first_name": "Ann", "email": "ann@example.com", "role": "administrator"}
    password = {"password": "correct horse battery", "must_change_password": False}
    assert (await admin.client.post("/api/v1/users", person | password)).status == 201
    login = {"email": "ann@example.com", "password": "correct horse battery"}
    token = (await app.post("/api/v1/auth/login", login)).json["access_token"]
    answer = await app.another().get("/api/v1/users", headers={"x-auth-token": token})
    assert answer.status == 200


async def test_a_missing_scope_is_named(app: AppClient, admin: Person) -> None:
    secret = (await make(admin, scopes=["bots:read"]))["secret"]
    refused = await ask(app, secret)
    assert (refused.status, refused.json["code"]) == (403, "scope_needed")
    assert "users:read" in refused.json["detail"]


async def test_no_key_manages_keys_secrets_or_its_makers_account(
    app: AppClient, admin: Person
) -> None:
    every = list(accounts_scopes())
    secret = (await make(admin, scopes=every))["secret"]
    paths = ("/api/v1/keys", "/api/v1/secrets", "/api/v1/audit", "/api/v1/me")
    assert [(await ask(app, secret, path)).status for path in paths] == [403] * 4
    rights = (await ask(app, secret, "/api/v1/me/permissions")).json
    assert rights["scopes"] == sorted(every)


def accounts_scopes() -> tuple[str, ...]:
    return (*DEFAULT_SCOPES, "users:write", "settings:write")


async def test_a_key_is_refused_from_another_address(app: AppClient, admin: Person) -> None:
    far = (await make(admin, ip_allowlist=["203.0.113.0/24", "2001:db8::/32"]))["secret"]
    refused = await ask(app, far)
    assert (refused.status, refused.json["code"]) == (403, "address_refused")
    near = (await make(admin, ip_allowlist=["127.0.0.0/8"]))["secret"]
    assert (await ask(app, near)).status == 200


async def test_a_key_ends_at_its_time(
    moving_clock: MovingClock, app: AppClient, admin: Person
) -> None:
    secret = (await make(admin, expires_at="2026-05-04T10:00:00Z"))["secret"]
    moving_clock.advance(HOUR - 1)
    assert (await ask(app, secret)).status == 200
    moving_clock.advance(1)
    assert (await ask(app, secret)).status == 401


@pytest.mark.parametrize("ends", ["2026-05-04T09:00:00Z", "2026-05-04T12:00:00"])
async def test_an_end_needs_a_zone_and_lies_ahead(
    moving_clock: MovingClock, admin: Person, ends: str
) -> None:
    answer = await admin.client.post("/api/v1/keys", {"name": "Shop", "expires_at": ends})
    assert (answer.status, answer.json["errors"][0]["field"]) == (422, "expires_at")


@pytest.mark.proves("SE-03", part="key rotation")
async def test_after_a_rotation_both_work_within_the_overlap_only(
    moving_clock: MovingClock, app: AppClient, admin: Person
) -> None:
    made = await make(admin)
    path = f"/api/v1/keys/{made['id']}/rotate"
    rotated = await admin.client.post(path, {"overlap_h": 2})
    assert rotated.status == 200
    old, new = made["secret"], rotated.json["secret"]
    moving_clock.advance(2 * HOUR - 1)
    assert [(await ask(app, key)).status for key in (old, new)] == [200, 200]
    moving_clock.advance(1)
    assert [(await ask(app, key)).status for key in (old, new)] == [401, 200]


async def test_a_rotation_without_overlap_ends_the_old_key_at_once(
    app: AppClient, admin: Person
) -> None:
    made = await make(admin)
    path = f"/api/v1/keys/{made['id']}/rotate"
    new = (await admin.client.post(path, {"overlap_h": 0})).json["secret"]
    assert [(await ask(app, key)).status for key in (made["secret"], new)] == [401, 200]
    assert (await admin.client.post(path, {"overlap_h": 73})).status == 422


async def test_a_revoked_key_is_refused_with_its_older_one(app: AppClient, admin: Person) -> None:
    made = await make(admin)
    new = (await admin.client.post(f"/api/v1/keys/{made['id']}/rotate", {})).json["secret"]
    assert (await admin.client.delete(f"/api/v1/keys/{made['id']}")).status == 204
    assert [(await ask(app, key)).status for key in (made["secret"], new)] == [401, 401]
    assert (await admin.client.get(f"/api/v1/keys/{made['id']}")).status == 404
    assert (await admin.client.get("/api/v1/keys")).json["items"] == []


async def test_one_call_too_many_gets_429_and_every_answer_tells_the_limit(
    moving_clock: MovingClock, app: AppClient, admin: Person
) -> None:
    secret = (await make(admin, rate_per_min=3))["secret"]
    answers = [await ask(app, secret) for _ in range(4)]
    assert [a.status for a in answers] == [200, 200, 200, 429]
    assert [a.headers["X-RateLimit-Remaining"] for a in answers] == ["2", "1", "0", "0"]
    assert {a.headers["X-RateLimit-Limit"] for a in answers} == {"3"}
    assert answers[3].headers["Retry-After"] == answers[3].headers["X-RateLimit-Reset"] == "60"
    other = (await make(admin))["secret"]
    assert (await ask(app, other)).status == 200
    moving_clock.advance(60)
    assert (await ask(app, secret)).status == 200


async def test_last_use_is_noted_with_the_address(
    moving_clock: MovingClock, app: AppClient, admin: Person
) -> None:
    made = await make(admin)
    await ask(app, made["secret"])
    moving_clock.advance(30)
    await ask(app, made["secret"])
    shown = (await admin.client.get(f"/api/v1/keys/{made['id']}")).json
    assert shown["last_used_address"] == "127.0.0.1"
    assert shown["last_used_at"] == "2026-05-04T09:00:00.000Z"


async def test_unknown_scopes_and_addresses_are_refused_by_place(admin: Person) -> None:
    scopes = await admin.client.post(
        "/api/v1/keys", {"name": "Shop", "scopes": ["bots:read", "bots:eat"]}
    )
    assert (scopes.status, scopes.json["errors"][0]["field"]) == (422, "scopes[1]")
    networks = await admin.client.post("/api/v1/keys", {"name": "Shop", "ip_allowlist": ["here"]})
    assert (networks.status, networks.json["errors"][0]["field"]) == (422, "ip_allowlist[0]")


class TestIntegrator:
    """Keys of one's own bots only, and none about users."""

    @pytest.fixture
    async def integrator(self, app: AppClient, db: Database) -> Person:
        return await sign_in(db, app, "integrator", bot_ids=[1, 2])

    async def test_may_make_keys_for_his_own_bots(self, integrator: Person) -> None:
        made = await make(integrator, bot_ids=[2])
        assert not [s for s in made["scopes"] if s.startswith("users:")]

    @pytest.mark.parametrize("bots", [[], [3], [1, 3]])
    async def test_may_not_reach_further(self, integrator: Person, bots: list[int]) -> None:
        answer = await integrator.client.post("/api/v1/keys", {"name": "Shop", "bot_ids": bots})
        assert (answer.status, answer.json["code"]) == (403, "grants_other_bots")

    async def test_may_not_give_scopes_about_users(self, integrator: Person) -> None:
        wanted = {"name": "Shop", "bot_ids": [1], "scopes": ["users:read"]}
        answer = await integrator.client.post("/api/v1/keys", wanted)
        assert (answer.status, answer.json["code"]) == (403, "grants_too_much")

    async def test_does_not_see_or_touch_keys_of_others(
        self, integrator: Person, admin: Person
    ) -> None:
        theirs = [await make(admin, bot_ids=bots) for bots in ([], [3], [1, 3])]
        own = await make(admin, bot_ids=[1])
        listed = (await integrator.client.get("/api/v1/keys")).json["items"]
        assert [key["id"] for key in listed] == [own["id"]]
        for key in theirs:
            path = f"/api/v1/keys/{key['id']}"
            assert (await integrator.client.get(path)).status == 404
            assert (await integrator.client.delete(path)).status == 404
            assert (await integrator.client.post(f"{path}/rotate", {})).status == 404

    async def test_may_not_rotate_a_key_that_has_more_than_he_may_give(
        self, integrator: Person, admin: Person
    ) -> None:
        key = await make(admin, bot_ids=[1], scopes=["users:read"])
        answer = await integrator.client.post(f"/api/v1/keys/{key['id']}/rotate", {})
        assert answer.status == 403


@pytest.mark.parametrize("role", ["supervisor", "operator", "analyst", "light_agent"])
async def test_other_roles_have_nothing_to_do_with_keys(
    app: AppClient, db: Database, role: str
) -> None:
    person = await sign_in(db, app, role)
    refused = await person.client.get("/api/v1/keys")
    assert (refused.status, refused.json["code"]) == (403, "permission_needed")
    assert "keys.view" in refused.json["detail"]


async def test_a_bot_has_one_default_key_that_can_be_rotated(app: AppClient, admin: Person) -> None:
    async with unit_of_work() as ctx:
        first = await accounts.create_bot_key(ctx, 18, "Shop bot")
    async with unit_of_work() as ctx:
        second = await accounts.rotate_bot_key(ctx, 18)
    rights = [(await ask(app, key, "/api/v1/me/permissions")).json for key in (first, second)]
    assert [r["bot_ids"] for r in rights] == [[18], [18]]
    async with unit_of_work() as ctx:
        with pytest.raises(errors.NotFound):
            await accounts.rotate_bot_key(ctx, 19)


async def test_a_key_in_hand_is_checked_for_call_node(app: AppClient, admin: Person) -> None:
    made = await make(admin, ip_allowlist=["203.0.113.7"], rate_per_min=1)
    async with unit_of_work() as ctx:
        actor = await accounts.authenticate_key(ctx, made["secret"], "203.0.113.7")
        assert (actor.kind, actor.id, actor.name) == ("key", made["id"], "API: Shop")
        with pytest.raises(errors.TooManyRequests):
            await accounts.authenticate_key(ctx, made["secret"], "203.0.113.7")
        with pytest.raises(errors.Forbidden):
            await accounts.authenticate_key(ctx, made["secret"], "203.0.113.8")
        with pytest.raises(errors.Unauthorized):
            await accounts.authenticate_key(ctx, "unknown", "203.0.113.7")


async def test_changes_of_keys_stand_in_the_audit_trail(admin: Person) -> None:
    made = await make(admin)
    path = f"/api/v1/keys/{made['id']}"
    await admin.client.patch(path, {"name": "Warehouse"})
    await admin.client.post(f"{path}/rotate", {})
    await admin.client.delete(path)
    rows = (await admin.client.get(f"/api/v1/audit?object=key&object_id={made['id']}")).json
    actions = [row["action"] for row in rows["items"]]
    assert actions == ["key.revoked", "key.rotated", "key.changed", "key.created"]
    assert rows["items"][2]["before"]["name"] == "Shop"
    assert rows["items"][2]["after"]["name"] == "Warehouse"
    assert made["secret"] not in str(rows)


async def test_a_stale_change_is_refused(admin: Person) -> None:
    made = await make(admin)
    path = f"/api/v1/keys/{made['id']}"
    etag = (await admin.client.get(path)).headers["ETag"]
    first = await admin.client.patch(path, {"name": "First"}, headers={"If-Match": etag})
    assert first.status == 200
    second = await admin.client.patch(path, {"name": "Second"}, headers={"If-Match": etag})
    assert (second.status, second.json["code"]) == (412, "stale_etag")
