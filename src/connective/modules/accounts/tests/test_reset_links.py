"""Reset links: made by an administrator, used once, the second factor still asked."""

from typing import Any

import pyotp
import pytest

from connective.kit import clock, instance
from connective.kit.context import unit_of_work
from connective.kit.testing.app_client import Answer, AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.moving_clock import MovingClock
from connective.kit.testing.people import Person, sign_in
from connective.modules.accounts import service as accounts

NEW = "a brand new password"
pytestmark = pytest.mark.proves("SE-02", part="reset links")


@pytest.fixture
async def operator(moving_clock: MovingClock, app: AppClient, db: Database) -> Person:
    return await sign_in(db, app, "operator", email="operator@example.com")


async def make(admin: Person, user: Person) -> str:
    answer = await admin.client.post(f"/api/v1/users/{user.id}/reset-link")
    assert answer.status == 201, answer.text
    url: str = answer.json["url"]
    assert "?" not in url
    return url.rpartition("/reset/")[2]


async def use(app: AppClient, token: str, **given: Any) -> Answer:
    body = {"token": token, "password": NEW} | given
    return await app.another().post("/api/v1/auth/reset", body)


async def login(app: AppClient, **given: Any) -> Answer:
    body = {"email": "operator@example.com", "password": NEW} | given
    return await app.another().post("/api/v1/auth/login", body)


async def test_a_link_sets_the_password_once_and_ends_every_session(
    app: AppClient, admin: Person, operator: Person
) -> None:
    token = await make(admin, operator)
    shown = await app.post("/api/v1/auth/reset/check", {"token": token})
    assert (shown.json["email"], shown.json["otp_needed"]) == ("o***@example.com", False)
    assert shown.json["password_rules"]["min_length"] == 10
    assert (await use(app, token)).status == 204
    assert (await operator.client.get("/api/v1/me")).status == 401
    assert (await login(app)).status == 200
    again = await use(app, token)
    assert (again.status, again.json["code"]) == (410, "reset_link_gone")


async def test_a_link_ends_after_half_an_hour(
    app: AppClient, admin: Person, operator: Person, moving_clock: MovingClock
) -> None:
    token = await make(admin, operator)
    moving_clock.advance(1800)
    assert (await use(app, token)).status == 410


async def test_a_new_link_ends_the_one_before(
    app: AppClient, admin: Person, operator: Person
) -> None:
    first, second = await make(admin, operator), await make(admin, operator)
    assert (await use(app, first)).status == 410
    assert (await use(app, second)).status == 204


async def test_a_weak_password_leaves_the_link_usable(
    app: AppClient, admin: Person, operator: Person
) -> None:
    token = await make(admin, operator)
    weak = await use(app, token, password="short")
    assert (weak.status, weak.json["errors"][0]["field"]) == (422, "password")
    assert (await use(app, token)).status == 204


async def test_only_a_hash_of_the_token_is_stored(
    app: AppClient, admin: Person, operator: Person, db: Database
) -> None:
    token = await make(admin, operator)
    stored = str([*await db.fetch("TABLE reset_links"), *await db.fetch("TABLE audit")])
    assert len(token) >= 43
    assert token not in stored


async def test_the_second_factor_is_still_asked_and_cannot_be_guessed(
    app: AppClient, admin: Person, operator: Person, db: Database
) -> None:
    secret = pyotp.random_base32()
    await db.execute(
        "UPDATE users SET totp_secret = $1 WHERE id = $2",
        instance.vault().seal(secret),
        operator.id,
    )
    token = await make(admin, operator)
    assert (await use(app, token)).json["code"] == "otp_required"
    tries = [(await use(app, token, otp="000000")).status for _ in range(6)]
    assert tries == [422] * 5 + [410]
    token = await make(admin, operator)
    right = pyotp.TOTP(secret).at(int(clock.now().timestamp()))
    assert (await use(app, token, otp=right)).status == 204
    assert (await login(app)).json["code"] == "otp_required"


async def test_an_unknown_token_is_refused_like_an_old_one(app: AppClient) -> None:
    assert (await use(app, "x" * 43)).json["code"] == "reset_link_gone"
    assert (await app.post("/api/v1/auth/reset/check", {"token": "x"})).status == 410


async def test_deactivation_ends_the_link(app: AppClient, admin: Person, operator: Person) -> None:
    token = await make(admin, operator)
    assert (await admin.client.post(f"/api/v1/users/{operator.id}/deactivate")).status == 200
    assert (await use(app, token)).status == 410
    refused = await admin.client.post(f"/api/v1/users/{operator.id}/reset-link")
    assert (refused.status, refused.json["code"]) == (409, "user_inactive")


async def test_who_may_make_a_link_for_whom(
    app: AppClient, admin: Person, operator: Person, db: Database
) -> None:
    plain = await sign_in(db, app, "administrator")
    supervisor = await sign_in(db, app, "supervisor")
    assert (await supervisor.client.post(f"/api/v1/users/{operator.id}/reset-link")).status == 403
    for_root = await plain.client.post(f"/api/v1/users/{admin.id}/reset-link")
    assert (for_root.status, for_root.json["code"]) == (403, "higher_rights")
    own = await plain.client.post(f"/api/v1/users/{plain.id}/reset-link")
    assert (own.status, own.json["code"]) == (409, "own_account")


async def test_the_command_line_makes_a_link_for_anyone(admin: Person, app: AppClient) -> None:
    async with unit_of_work() as ctx:
        link = await accounts.make_link_by_email(ctx, admin.email.upper())
    assert (await use(app, link.url.rpartition("/")[2])).status == 204
