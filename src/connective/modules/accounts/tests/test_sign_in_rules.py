"""The rules of signing in: who may change them, what they refuse, and that each one is kept."""

import itertools
from typing import Any

import pytest

from connective.kit.testing.app_client import Answer, AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.moving_clock import MovingClock
from connective.kit.testing.people import Person, sign_in

EMAIL, PASSWORD = "olena@example.com", "correct horse battery"
RULES = "/api/v1/auth/settings"
MINUTE, DAY = 60, 86_400
DEFAULTS: dict[str, Any] = {
    "password": {"min_length": 10, "classes": [], "history": 0, "expires_days": 0},
    "lock": {"failures": 5, "window_min": 15, "lock_min": 15, "address_failures": 50},
    "sessions": {
        "idle_min": 480,
        "absolute_days": 30,
        "access_min": 15,
        "token_rate_per_min": 600,
        "one_only": False,
    },
    "second_factor": {"mode": "optional", "roles": []},
    "networks": {},
}
passwords = pytest.mark.proves("SE-02", part="passwords")


async def put(person: Person, **rules: Any) -> Answer:
    return await person.client.put(RULES, rules)


async def rule(person: Person, **rules: Any) -> None:
    answer = await put(person, **rules)
    assert answer.status == 200, answer.text


async def login(app: AppClient, password: str = PASSWORD, **more: Any) -> Answer:
    return await app.another().post(
        "/api/v1/auth/login", {"email": EMAIL, "password": password} | more
    )


def bearer(answer: Answer) -> dict[str, str]:
    assert answer.status == 200, answer.text
    return {"Authorization": f"Bearer {answer.json['access_token']}"}


async def change(app: AppClient, old: str, new: str) -> Answer:
    """Sign in with the old password and set the new one."""
    headers = bearer(await login(app, old))
    body = {"current_password": old, "new_password": new}
    return await app.another().post("/api/v1/auth/password", body, headers=headers)


@passwords
async def test_before_anybody_changes_them_the_rules_are_the_defaults(admin: Person) -> None:
    assert (await admin.client.get(RULES)).json == DEFAULTS


@passwords
async def test_a_change_leaves_the_other_rules_as_they_are(admin: Person) -> None:
    await rule(admin, password={"min_length": 14})
    await rule(admin, password={"history": 3}, lock={"failures": 4})
    found = (await admin.client.get(RULES)).json
    assert found["password"] == DEFAULTS["password"] | {"min_length": 14, "history": 3}
    assert found["lock"] == DEFAULTS["lock"] | {"failures": 4}
    assert found["sessions"] == DEFAULTS["sessions"]


@passwords
@pytest.mark.parametrize(
    ("rules", "field"),
    [
        ({"password": {"min_length": 7}}, "password.min_length"),
        ({"password": {"min_length": 65}}, "password.min_length"),
        ({"password": {"classes": ["emoji"]}}, "password.classes[0]"),
        ({"password": {"history": 25}}, "password.history"),
        ({"password": {"history": -1}}, "password.history"),
        ({"password": {"expires_days": -1}}, "password.expires_days"),
        ({"password": {"strength": 3}}, "password.strength"),
        ({"lock": {"failures": 0}}, "lock.failures"),
        ({"lock": {"window_min": 0}}, "lock.window_min"),
        ({"lock": {"lock_min": 1441}}, "lock.lock_min"),
        ({"lock": {"address_failures": -1}}, "lock.address_failures"),
        ({"sessions": {"idle_min": 4}}, "sessions.idle_min"),
        ({"sessions": {"absolute_days": 0}}, "sessions.absolute_days"),
        ({"sessions": {"access_min": 4}}, "sessions.access_min"),
        ({"sessions": {"access_min": 1441}}, "sessions.access_min"),
        ({"sessions": {"token_rate_per_min": 9}}, "sessions.token_rate_per_min"),
        ({"second_factor": {"mode": "always"}}, "second_factor.mode"),
        ({"second_factor": {"roles": ["boss"]}}, "second_factor.roles[0]"),
        ({"networks": {"boss": ["10.0.0.0/8"]}}, "networks.boss"),
        ({"networks": {"operator": ["10.0.0.0/8", "10.0.0.0/99"]}}, "networks.operator[1]"),
        ({"sso": {}}, "sso"),
    ],
)
async def test_a_bad_rule_is_refused_by_its_place_and_nothing_changes(
    admin: Person, rules: dict[str, Any], field: str
) -> None:
    answer = await put(admin, **{"lock": {"failures": 9}} | rules)
    assert answer.status == 422, answer.text
    assert [error["field"] for error in answer.json["errors"]] == [field]
    assert (await admin.client.get(RULES)).json == DEFAULTS


@passwords
async def test_only_administrators_see_and_change_the_rules(app: AppClient, db: Database) -> None:
    for role in ("supervisor", "integrator", "operator"):
        person = await sign_in(db, app, role)
        assert (await person.client.get(RULES)).status == 403
        refused = await put(person, lock={"failures": 100})
        assert (refused.status, refused.json["code"]) == (403, "permission_needed")


@passwords
async def test_an_administrator_with_a_given_password_changes_no_rules_before_his_own(
    admin: Person, db: Database
) -> None:
    await db.execute("UPDATE users SET must_change_password = true")
    refused = await put(admin, lock={"failures": 100})
    assert (refused.status, refused.json["code"]) == (403, "password_change_needed")


@passwords
async def test_a_change_that_someone_else_was_faster_with_is_refused(admin: Person) -> None:
    etag = (await admin.client.get(RULES)).headers["ETag"]
    await rule(admin, lock={"failures": 7})
    stale = await admin.client.put(RULES, {"lock": {"failures": 8}}, headers={"If-Match": etag})
    assert (stale.status, stale.json["code"]) == (412, "stale_etag")


@passwords
@pytest.mark.proves("SE-12", part="roles, permissions, rule table")
async def test_a_change_is_audited_with_both_values_and_said_to_webhooks(
    admin: Person, db: Database
) -> None:
    await rule(admin, lock={"failures": 7})
    await rule(admin, lock={"failures": 7})
    (row,) = await db.fetch("SELECT * FROM audit WHERE action = 'settings.changed'")
    assert (row["object_id"], row["actor_id"]) == ("sign_in", admin.id)
    assert '"failures": 5' in row["before"]
    assert '"failures": 7' in row["after"]
    (event,) = await db.fetch("SELECT data FROM events WHERE kind = 'settings.changed'")
    assert '"fields": ["lock"]' in event["data"]


class TestPasswords:
    pytestmark = passwords

    async def test_the_length_holds_wherever_a_password_is_set(
        self, admin: Person, app: AppClient, olena: int
    ) -> None:
        await rule(admin, password={"min_length": 30})
        short = "just twenty letters?"
        person = {"first_name": "New", "email": "new@example.com", "role": "operator"}
        added = await admin.client.post("/api/v1/users", person | {"password": short})
        own = await change(app, PASSWORD, short)
        link = await admin.client.post(f"/api/v1/users/{olena}/reset-link")
        token = link.json["url"].rpartition("/")[2]
        reset = await app.another().post("/api/v1/auth/reset", {"token": token, "password": short})
        refusals = [(a.status, a.json["code"]) for a in (added, own, reset)]
        assert refusals == [(422, "password_too_short")] * 3
        assert "30" in own.json["detail"]

    async def test_every_missing_class_is_named(
        self, admin: Person, app: AppClient, olena: int
    ) -> None:
        await rule(admin, password={"classes": ["lower", "upper", "digit", "symbol"]})
        refused = await change(app, PASSWORD, "довгий пароль без решти")
        assert refused.status == 422
        codes = [error["code"] for error in refused.json["errors"]]
        assert codes == ["password_needs_upper", "password_needs_digit", "password_needs_symbol"]
        assert {error["field"] for error in refused.json["errors"]} == {"new_password"}
        assert (await change(app, PASSWORD, "Довгий пароль №1")).status == 204

    async def test_none_of_the_last_ones_comes_again(
        self, admin: Person, app: AppClient, olena: int
    ) -> None:
        await rule(admin, password={"history": 3})
        words = [PASSWORD, "second long password", "third long password", "fourth long password"]
        for old, new in itertools.pairwise(words):
            assert (await change(app, old, new)).status == 204
        for repeated in words[1:]:
            refused = await change(app, words[3], repeated)
            assert (refused.status, refused.json["code"]) == (422, "password_used_before")
        assert (await change(app, words[3], words[0])).status == 204

    async def test_a_reset_link_does_not_bring_an_old_one_back(
        self, admin: Person, app: AppClient, olena: int
    ) -> None:
        await rule(admin, password={"history": 2})
        link = await admin.client.post(f"/api/v1/users/{olena}/reset-link")
        body = {"token": link.json["url"].rpartition("/")[2], "password": PASSWORD}
        refused = await app.another().post("/api/v1/auth/reset", body)
        assert (refused.status, refused.json["code"]) == (422, "password_used_before")
        body["password"] = "another long password"
        assert (await app.another().post("/api/v1/auth/reset", body)).status == 204

    async def test_the_history_is_kept_as_hashes_and_no_longer_than_asked(
        self, admin: Person, app: AppClient, olena: int, db: Database
    ) -> None:
        await rule(admin, password={"history": 2})
        words = [PASSWORD, "second long password", "third long password"]
        for old, new in itertools.pairwise(words):
            assert (await change(app, old, new)).status == 204
        kept = await db.fetch("SELECT hash FROM password_history")
        assert len(kept) == 1
        assert kept[0]["hash"].startswith("$argon2id$")
        await rule(admin, password={"history": 0})
        assert (await change(app, words[2], "fourth long password")).status == 204
        assert await db.value("SELECT count(*) FROM password_history") == 0

    async def test_an_old_password_only_lets_one_set_a_new_one(
        self, moving_clock: MovingClock, admin: Person, app: AppClient, olena: int
    ) -> None:
        await rule(admin, password={"expires_days": 90})
        moving_clock.advance(90 * DAY - 1)
        assert not (await login(app)).json["user"]["must_change_password"]
        moving_clock.advance(1)
        opened = await login(app)
        assert opened.json["user"]["must_change_password"]
        refused = await app.another().get("/api/v1/bots", headers=bearer(opened))
        assert (refused.status, refused.json["code"]) == (403, "password_change_needed")
        again = await change(app, PASSWORD, PASSWORD)
        assert (again.status, again.json["code"]) == (422, "password_used_before")
        assert (await change(app, PASSWORD, "another long password")).status == 204
        fresh = await login(app, "another long password")
        assert not fresh.json["user"]["must_change_password"]

    async def test_everyone_who_signed_in_may_read_what_a_password_has_to_be(
        self, admin: Person, app: AppClient, db: Database
    ) -> None:
        await rule(admin, password={"classes": ["digit"], "min_length": 12})
        operator = await sign_in(db, app, "operator")
        found = await operator.client.get("/api/v1/auth/password-rules")
        assert found.json == DEFAULTS["password"] | {"classes": ["digit"], "min_length": 12}
        assert (await app.another().get("/api/v1/auth/password-rules")).status == 401


class TestLocks:
    pytestmark = passwords

    async def test_the_lock_begins_and_ends_as_the_rule_says(
        self, moving_clock: MovingClock, admin: Person, app: AppClient, olena: int
    ) -> None:
        await rule(admin, lock={"failures": 2, "window_min": 10, "lock_min": 60})
        await login(app, "wrong password")
        moving_clock.advance(5 * MINUTE)
        assert (await login(app, "wrong password")).status == 401
        refused = await login(app)
        assert (refused.status, refused.json["code"]) == (429, "too_many_logins")
        assert refused.headers["Retry-After"] == str(60 * MINUTE)
        moving_clock.advance(60 * MINUTE - 1)
        assert (await login(app)).status == 429
        moving_clock.advance(1)
        assert (await login(app)).status == 200

    async def test_failures_far_apart_lock_nobody(
        self, moving_clock: MovingClock, admin: Person, app: AppClient, olena: int
    ) -> None:
        await rule(admin, lock={"failures": 2, "window_min": 10, "lock_min": 60})
        for _ in range(4):
            assert (await login(app, "wrong password")).status == 401
            moving_clock.advance(10 * MINUTE)
        assert (await login(app)).status == 200

    async def test_headers_that_name_other_addresses_gain_nothing(
        self, admin: Person, app: AppClient, olena: int
    ) -> None:
        await rule(admin, lock={"failures": 2})
        for number in range(3):
            app.headers["X-Forwarded-For"] = f"203.0.113.{number}, 198.51.100.{number}"
            app.headers["Forwarded"] = app.headers["X-Real-IP"] = f"for=203.0.113.{number}"
            refused = await login(app, "wrong password")
        assert (refused.status, refused.json["code"]) == (429, "too_many_logins")

    async def test_an_address_that_tries_ever_new_names_waits_twice_as_long_each_time(
        self, moving_clock: MovingClock, admin: Person, app: AppClient, olena: int
    ) -> None:
        await rule(admin, lock={"address_failures": 3})
        waits: list[str] = []
        for number in range(6):
            answer = await login(app, email=f"nobody{number}@example.com")
            if answer.status == 429:
                waits.append(answer.headers["Retry-After"])
                moving_clock.advance(int(waits[-1]))
                answer = await login(app, email=f"nobody{number}@example.com")
            assert answer.status == 401
        assert waits == ["1", "2", "4"]
        assert (await login(app)).status == 429
        moving_clock.advance(8)
        assert (await login(app)).status == 200
