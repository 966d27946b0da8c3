"""Rules about sessions, networks and the second factor: each is kept, at once."""

from typing import Any

import pyotp
import pytest

from connective.kit.context import unit_of_work
from connective.kit.testing.app_client import Answer, AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.moving_clock import MovingClock
from connective.kit.testing.people import Person, sign_in
from connective.kit.testing.wire import Wire
from connective.modules.accounts.service import authentication
from connective.modules.accounts.service import rules as sign_in_rules

EMAIL, PASSWORD = "olena@example.com", "correct horse battery"
RULES = "/api/v1/auth/settings"
MINUTE, DAY = 60, 86_400


async def put(person: Person, **rules: Any) -> Answer:
    return await person.client.put(RULES, rules)


async def rule(person: Person, **rules: Any) -> None:
    answer = await put(person, **rules)
    assert answer.status == 200, answer.text


async def login(app: AppClient) -> Answer:
    body = {"email": EMAIL, "password": PASSWORD}
    return await app.another().post("/api/v1/auth/login", body)


def bearer(answer: Answer) -> dict[str, str]:
    assert answer.status == 200, answer.text
    return {"Authorization": f"Bearer {answer.json['access_token']}"}


async def refresh(app: AppClient, opened: Answer) -> Answer:
    body = {"refresh_token": opened.json["refresh_token"]}
    return await app.another().post("/api/v1/auth/refresh", body)


class TestSessions:
    pytestmark = pytest.mark.proves("SE-02", part="sessions")

    async def test_a_shorter_rest_counts_for_open_sessions_at_once(
        self, moving_clock: MovingClock, admin: Person, app: AppClient, db: Database
    ) -> None:
        operator = await sign_in(db, app, "operator")
        await rule(admin, sessions={"idle_min": 30})
        moving_clock.advance(30 * MINUTE - 1)
        assert (await operator.client.get("/api/v1/me")).status == 200
        moving_clock.advance(30 * MINUTE)
        assert (await operator.client.get("/api/v1/me")).status == 401

    async def test_a_shorter_life_counts_for_open_sessions_at_once(
        self, moving_clock: MovingClock, app: AppClient, olena: int
    ) -> None:
        opened = await login(app)
        moving_clock.advance(2 * DAY)
        later = await login(app)
        async with unit_of_work() as ctx:
            await sign_in_rules.change(ctx, {"sessions": {"absolute_days": 1}})
        assert (await refresh(app, opened)).status == 401
        assert (await refresh(app, later)).status == 200

    async def test_an_access_token_lasts_as_long_as_the_rule_says(
        self, moving_clock: MovingClock, admin: Person, app: AppClient, olena: int
    ) -> None:
        await rule(admin, sessions={"access_min": 5})
        opened = await login(app)
        assert opened.json["expires_in"] == 300
        moving_clock.advance(299)
        client = app.another()
        assert (await client.get("/api/v1/me", headers=bearer(opened))).status == 200
        moving_clock.advance(1)
        assert (await client.get("/api/v1/me", headers=bearer(opened))).status == 401

    @pytest.mark.proves("INT-13", part="rate of tokens")
    async def test_calls_with_tokens_have_a_rate_that_every_answer_tells(
        self, moving_clock: MovingClock, admin: Person, app: AppClient, olena: int
    ) -> None:
        authentication.limiter.forget()
        await rule(admin, sessions={"token_rate_per_min": 10})
        client, shown = app.another(), bearer(await login(app))
        for left in range(9, -1, -1):
            answer = await client.get("/api/v1/me", headers=shown)
            assert answer.headers["X-RateLimit-Limit"] == "10"
            assert answer.headers["X-RateLimit-Remaining"] == str(left)
        refused = await client.get("/api/v1/me", headers=shown)
        assert (refused.status, refused.json["code"]) == (429, "rate_limited")
        moving_clock.advance(int(refused.headers["Retry-After"]))
        assert (await client.get("/api/v1/me", headers=shown)).status == 200
        # the pages of the web app are no program
        for _ in range(12):
            assert (await admin.client.get("/api/v1/me")).status == 200

    async def test_with_one_session_only_the_newest_stays(
        self, admin: Person, app: AppClient, olena: int
    ) -> None:
        await rule(admin, sessions={"one_only": True})
        first, second = bearer(await login(app)), bearer(await login(app))
        client = app.another()
        assert (await client.get("/api/v1/me", headers=first)).status == 401
        assert (await client.get("/api/v1/me", headers=second)).status == 200

    async def test_a_role_works_only_from_its_networks(
        self, admin: Person, app: AppClient, db: Database
    ) -> None:
        operator = await sign_in(db, app, "operator")
        await rule(admin, networks={"operator": ["203.0.113.0/24"]})
        refused = await operator.client.get("/api/v1/auth/me")
        assert (refused.status, refused.json["code"]) == (403, "network_refused")
        await rule(admin, networks={"operator": ["203.0.113.0/24", "127.0.0.0/8"]})
        assert (await operator.client.get("/api/v1/me")).status == 200
        await rule(admin, networks={})
        assert (await admin.client.get(RULES)).json["networks"] == {}

    async def test_networks_that_shut_out_the_one_who_sets_them_need_his_word(
        self, app: AppClient, db: Database
    ) -> None:
        plain = await sign_in(db, app, "administrator")
        elsewhere = {"administrator": ["203.0.113.0/24"]}
        refused = await put(plain, networks=elsewhere)
        assert (refused.status, refused.json["code"]) == (409, "networks_exclude_you")
        assert (await plain.client.get(RULES)).json["networks"] == {}
        await rule(plain, networks=elsewhere, confirm=True)
        assert (await plain.client.get(RULES)).status == 403

    async def test_a_root_administrator_always_gets_in(self, app: AppClient, db: Database) -> None:
        root = await sign_in(db, app, "administrator", is_root=True)
        await rule(root, networks={"administrator": ["203.0.113.0/24"]}, confirm=True)
        assert (await root.client.get("/api/v1/me")).status == 200


class TestSecondFactor:
    pytestmark = pytest.mark.proves("SE-02", part="TOTP")

    async def test_a_role_that_needs_it_does_nothing_before_it_is_on(
        self, admin: Person, app: AppClient, db: Database
    ) -> None:
        operator = await sign_in(db, app, "operator")
        await rule(admin, second_factor={"mode": "required", "roles": ["operator"]})
        assert (await admin.client.get("/api/v1/me")).status == 200
        refused = await operator.client.get("/api/v1/me")
        assert (refused.status, refused.json["code"]) == (403, "second_factor_needed")
        assert (await operator.client.get("/api/v1/auth/me")).json["second_factor_needed"]
        begun = await operator.client.post("/api/v1/auth/totp")
        code = pyotp.TOTP(begun.json["secret"]).now()
        confirmed = await operator.client.post("/api/v1/auth/totp/confirm", {"code": code})
        assert confirmed.status == 200, confirmed.text
        assert not (await operator.client.get("/api/v1/me")).json["second_factor_needed"]

    async def test_required_without_roles_means_everyone(
        self, admin: Person, app: AppClient, db: Database
    ) -> None:
        operator = await sign_in(db, app, "operator")
        await rule(admin, second_factor={"mode": "required"})
        for person in (admin, operator):
            refused = await person.client.get("/api/v1/me")
            assert refused.json["code"] == "second_factor_needed"

    async def test_switched_off_nobody_begins_one(self, admin: Person) -> None:
        await rule(admin, second_factor={"mode": "off"})
        refused = await admin.client.post("/api/v1/auth/totp")
        assert (refused.status, refused.json["code"]) == (409, "totp_not_offered")

    async def test_a_socket_is_as_strict_as_a_request(
        self, admin: Person, app: AppClient, db: Database
    ) -> None:
        operator = await sign_in(db, app, "supervisor")
        await rule(admin, second_factor={"mode": "required", "roles": ["supervisor"]})
        assert await (await Wire.open(operator.client, "bots")).code() == 4401
