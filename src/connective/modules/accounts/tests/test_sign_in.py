"""Passwords: what a login takes, gives and refuses."""

import asyncio
from typing import Any

import pytest
from argon2 import PasswordHasher

from connective.kit.context import unit_of_work
from connective.kit.testing.app_client import Answer, AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.moving_clock import MovingClock
from connective.modules.accounts import service as accounts
from connective.modules.accounts.service import passwords

EMAIL, PASSWORD = "olena@example.com", "correct horse battery"
pytestmark = pytest.mark.proves("SE-02", part="passwords")


async def login(app: AppClient, **changes: Any) -> Answer:
    body = {"email": EMAIL, "password": PASSWORD} | changes
    headers = body.pop("headers", {})
    return await app.post("/api/v1/auth/login", body, headers=headers)


async def test_a_login_gives_tokens_and_the_user(app: AppClient, olena: int) -> None:
    answer = await login(app)
    assert answer.status == 200
    assert set(answer.json) == {
        *("access_token", "refresh_token", "token_type", "expires_in", "user")
    }
    assert (answer.json["token_type"], answer.json["expires_in"]) == ("Bearer", 900)
    assert answer.json["user"]["id"] == olena
    assert answer.json["user"]["role"] == "supervisor"
    assert "Set-Cookie" not in answer.headers


async def test_the_email_is_compared_without_case(app: AppClient, olena: int) -> None:
    assert (await login(app, email=" OLENA@Example.com ")).status == 200


async def test_a_wrong_password_and_an_unknown_user_get_the_same_words(
    app: AppClient, olena: int
) -> None:
    wrong = await login(app, password="wrong password")
    unknown = await login(app, email="nobody@example.com")
    assert wrong.status == unknown.status == 401
    assert wrong.json["code"] == unknown.json["code"] == "bad_credentials"
    assert wrong.json["detail"] == unknown.json["detail"]


async def test_an_unknown_user_costs_one_password_check_too(
    app: AppClient, olena: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[str | None] = []
    verify = passwords.verify

    def noted(stored: str | None, password: str) -> bool:
        checked.append(stored)
        return verify(stored, password)

    monkeypatch.setattr(passwords, "verify", noted)
    await login(app, email="nobody@example.com")
    await login(app, password="wrong password")
    assert checked[0] is None
    assert str(checked[1]).startswith("$argon2id$")


async def test_a_deactivated_user_is_refused_like_an_unknown_one(
    app: AppClient, olena: int, db: Database
) -> None:
    await db.execute("UPDATE users SET active = false")
    assert (await login(app)).json["code"] == "bad_credentials"


@pytest.mark.proves("INT-13", part="sign-in limit")
async def test_the_sixth_try_within_a_quarter_of_an_hour_is_refused_even_when_right(
    app: AppClient, olena: int, moving_clock: MovingClock
) -> None:
    for _ in range(5):
        assert (await login(app, password="wrong password")).status == 401
    refused = await login(app)
    assert refused.status == 429
    assert refused.headers["Retry-After"] == "900"
    moving_clock.advance(899)
    assert (await login(app)).headers["Retry-After"] == "1"
    moving_clock.advance(1)
    assert (await login(app)).status == 200


async def test_an_unknown_email_is_counted_just_the_same(app: AppClient, olena: int) -> None:
    answers = [await login(app, email="nobody@example.com") for _ in range(6)]
    assert [a.status for a in answers] == [401, 401, 401, 401, 401, 429]
    assert (await login(app)).status == 200


async def test_parallel_tries_are_all_counted(app: AppClient, olena: int) -> None:
    answers = await asyncio.gather(*(login(app, password="wrong password") for _ in range(12)))
    assert sorted(a.status for a in answers) == [401] * 5 + [429] * 7


async def test_an_address_in_a_header_does_not_start_the_count_anew(
    app: AppClient, olena: int
) -> None:
    for number in range(5):
        await login(app, password="wrong", headers={"X-Forwarded-For": f"203.0.113.{number}"})
    assert (await login(app, headers={"X-Forwarded-For": "203.0.113.9"})).status == 429


async def test_a_success_forgets_the_failures(app: AppClient, olena: int, db: Database) -> None:
    for _ in range(4):
        await login(app, password="wrong password")
    assert (await login(app)).status == 200
    assert await db.value("SELECT count(*) FROM login_attempts") == 0


async def test_the_tries_do_not_store_what_was_typed_as_email(
    app: AppClient, olena: int, db: Database
) -> None:
    await login(app, email="my secret password")
    rows = await db.fetch("SELECT * FROM login_attempts")
    assert len(rows) == 1
    assert "my secret password" not in str(rows)


async def test_no_password_or_token_stands_in_the_database(
    app: AppClient, olena: int, db: Database
) -> None:
    answer = await login(app, headers={"Origin": app.url})
    cookie = answer.headers["Set-Cookie"].partition("=")[2].partition(";")[0]
    secrets = [PASSWORD, answer.json["access_token"], answer.json["refresh_token"], cookie]
    rows = [
        *await db.fetch("SELECT * FROM users"),
        *await db.fetch("SELECT * FROM sessions"),
        *await db.fetch("SELECT * FROM refresh_tokens"),
        *await db.fetch("SELECT * FROM login_attempts"),
        *await db.fetch("SELECT * FROM audit"),
    ]
    assert len(rows) >= 4
    assert not [secret for secret in secrets if secret in str(rows)]


async def test_hashes_are_argon2id_of_a_real_cost(
    monkeypatch: pytest.MonkeyPatch, real_hasher: PasswordHasher
) -> None:
    monkeypatch.setattr(passwords, "hasher", real_hasher)
    stored = await passwords.make_hash(PASSWORD)
    assert stored.startswith("$argon2id$v=19$m=47104,t=2,p=1$")
    assert await passwords.fits(stored, PASSWORD)
    assert not await passwords.fits(stored, PASSWORD + "x")


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("short", "password_too_short"),
        ("1234567890", "password_common"),
        ("QWERTYUIOP", "password_common"),
        ("new@example.com", "password_common"),
    ],
)
async def test_weak_passwords_are_refused_with_the_field_named(
    admin: Any, password: str, code: str
) -> None:
    person = {"first_name": "New", "email": "new@example.com", "role": "operator"}
    answer = await admin.client.post("/api/v1/users", person | {"password": password})
    assert (answer.status, answer.json["code"]) == (422, code)
    assert answer.json["errors"][0]["field"] == "password"


async def test_a_long_password_of_plain_words_is_taken(admin: Any, app: AppClient) -> None:
    long = "just many small words " * 6
    person = {"first_name": "New", "email": EMAIL, "role": "operator", "password": long}
    assert (await admin.client.post("/api/v1/users", person)).status == 201
    assert (await login(app, password=long)).status == 200


async def test_the_first_administrator_is_made_once(app: AppClient, db: Database) -> None:
    async with unit_of_work() as ctx:
        assert await accounts.ensure_first_admin(ctx, "root@example.com", PASSWORD)
    async with unit_of_work() as ctx:
        assert not await accounts.ensure_first_admin(ctx, "second@example.com", PASSWORD)
    assert await db.value("SELECT email FROM users WHERE is_root") == "root@example.com"


async def test_until_a_new_password_is_set_nothing_else_is_allowed(
    app: AppClient, olena: int, db: Database
) -> None:
    await db.execute("UPDATE users SET must_change_password = true")
    bearer = {"Authorization": f"Bearer {(await login(app)).json['access_token']}"}
    refused = await app.get("/api/v1/permissions", headers=bearer)
    assert (refused.status, refused.json["code"]) == (403, "password_change_needed")
    change = {"current_password": PASSWORD, "new_password": "another long password"}
    assert (await app.post("/api/v1/auth/password", change, headers=bearer)).status == 204
    assert (await app.get("/api/v1/permissions", headers=bearer)).status == 200
