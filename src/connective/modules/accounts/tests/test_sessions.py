"""Sessions: the browser's cookie, tokens, refresh, their ends."""

from datetime import timedelta
from typing import Any

import pytest

from connective.kit import clock, instance
from connective.kit.context import unit_of_work
from connective.kit.crypto import Vault
from connective.kit.settings import Settings
from connective.kit.testing.app_client import Answer, AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.moving_clock import MovingClock
from connective.kit.testing.people import Person, sign_in
from connective.modules.accounts.service import cleaning, tokens

EMAIL, PASSWORD = "olena@example.com", "correct horse battery"
HOUR, DAY = 3600, 86400
pytestmark = pytest.mark.proves("SE-02", part="sessions")


async def login(app: AppClient, **headers: str) -> Answer:
    body = {"email": EMAIL, "password": PASSWORD}
    answer = await app.post("/api/v1/auth/login", body, headers=headers)
    assert answer.status == 200, answer.text
    return answer


async def me(app: AppClient, token: str) -> int:
    return (await app.get("/api/v1/me", headers={"Authorization": f"Bearer {token}"})).status


async def refresh(app: AppClient, token: str) -> Answer:
    return await app.post("/api/v1/auth/refresh", {"refresh_token": token})


async def test_a_login_from_our_own_page_sets_a_cookie_that_scripts_cannot_read(
    app: AppClient, olena: int
) -> None:
    cookie = (await login(app, Origin=app.url)).headers["Set-Cookie"]
    assert cookie.startswith("connective_session=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/" in cookie
    assert "Max-Age=2592000" in cookie
    assert "Secure" not in cookie
    assert (await app.get("/api/v1/me")).json["email"] == EMAIL


class TestBehindHttps:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"public_url": "https://chat.example"})

    async def test_the_cookie_is_secure(self, app: AppClient, olena: int) -> None:
        cookie = (await login(app, Origin="https://chat.example")).headers["Set-Cookie"]
        assert "; Secure" in cookie


async def test_another_sites_page_cannot_sign_anyone_in(app: AppClient, olena: int) -> None:
    body = {"email": EMAIL, "password": PASSWORD}
    answer = await app.post("/api/v1/auth/login", body, headers={"Origin": "https://evil.example"})
    assert (answer.status, answer.json["code"]) == (403, "bad_origin")
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "", None])
async def test_a_write_by_cookie_needs_our_origin(
    admin: Person, app: AppClient, origin: str | None
) -> None:
    headers = {"Cookie": admin.client.headers["Cookie"]}
    other = app.another(**headers | ({} if origin is None else {"Origin": origin}))
    person = {"first_name": "New", "email": "new@example.com", "role": "operator"}
    answer = await other.post("/api/v1/users", person)
    assert (answer.status, answer.json["code"]) == (403, "bad_origin")
    assert (await other.get("/api/v1/users")).status == 200


async def test_a_session_ends_after_eight_idle_hours(
    moving_clock: MovingClock, app: AppClient, admin: Person
) -> None:
    moving_clock.advance(8 * HOUR - 1)
    assert (await admin.client.get("/api/v1/me")).status == 200
    moving_clock.advance(8 * HOUR - 1)
    assert (await admin.client.get("/api/v1/me")).status == 200
    moving_clock.advance(8 * HOUR)
    assert (await admin.client.get("/api/v1/me")).status == 401


async def test_a_session_ends_after_thirty_days_even_when_used(
    moving_clock: MovingClock, app: AppClient, admin: Person
) -> None:
    for _ in range(30 * 4 - 1):
        moving_clock.advance(6 * HOUR)
        assert (await admin.client.get("/api/v1/me")).status == 200
    moving_clock.advance(6 * HOUR)
    assert (await admin.client.get("/api/v1/me")).status == 401


async def test_use_is_noted_at_most_once_a_minute(
    moving_clock: MovingClock, app: AppClient, admin: Person, db: Database
) -> None:
    began = moving_clock.now()
    moving_clock.advance(59)
    await admin.client.get("/api/v1/me")
    assert await db.value("SELECT seen_at FROM sessions") == began
    moving_clock.advance(2)
    await admin.client.get("/api/v1/me")
    assert await db.value("SELECT seen_at FROM sessions") == began + timedelta(seconds=61)


@pytest.mark.proves("INT-13", part="JWT")
async def test_a_bearer_token_works_for_a_quarter_of_an_hour(
    moving_clock: MovingClock, app: AppClient, olena: int
) -> None:
    token = (await login(app)).json["access_token"]
    moving_clock.advance(899)
    assert await me(app, token) == 200
    moving_clock.advance(1)
    assert await me(app, token) == 401


@pytest.mark.proves("INT-13", part="JWT")
async def test_a_refresh_works_once_and_a_second_use_ends_the_family(
    app: AppClient, olena: int
) -> None:
    first = (await login(app)).json
    second = await refresh(app, first["refresh_token"])
    assert second.status == 200
    assert set(second.json) == {"access_token", "refresh_token", "token_type", "expires_in"}
    assert await me(app, second.json["access_token"]) == 200
    again = await refresh(app, first["refresh_token"])
    assert (again.status, again.json["code"]) == (401, "bad_refresh_token")
    assert (await refresh(app, second.json["refresh_token"])).status == 401
    assert await me(app, second.json["access_token"]) == 401


@pytest.mark.proves("INT-13", part="JWT")
async def test_a_refresh_after_the_access_token_ended_opens_the_way_again(
    moving_clock: MovingClock, app: AppClient, olena: int
) -> None:
    opened = (await login(app)).json
    moving_clock.advance(DAY)
    assert await me(app, opened["access_token"]) == 401
    renewed = await refresh(app, opened["refresh_token"])
    assert await me(app, renewed.json["access_token"]) == 200
    moving_clock.advance(30 * DAY)
    assert (await refresh(app, renewed.json["refresh_token"])).status == 401


async def test_a_token_that_was_changed_or_made_by_another_key_is_refused(
    app: AppClient, olena: int
) -> None:
    token = (await login(app)).json["access_token"]
    head, claims, signature = token.split(".")
    middle = len(signature) // 2
    swapped = "A" if signature[middle] != "A" else "B"
    changed = signature[:middle] + swapped + signature[middle + 1 :]
    unsigned = "eyJhbGciOiJub25lIn0"
    for wrong in (f"{head}.{claims}.{changed}", f"{unsigned}.{claims}.", "a.b.c", "", "x" * 3000):
        assert await me(app, wrong) == 401
    assert await me(app, token) == 200


async def test_a_refresh_token_is_no_access_token(app: AppClient, olena: int) -> None:
    assert await me(app, (await login(app)).json["refresh_token"]) == 401


async def test_tokens_of_the_key_before_the_rotation_still_open(
    ctx: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = tokens.make(7, 42)
    monkeypatch.setattr(instance, "vault", lambda: Vault(["new key", "test key"]))
    named = tokens.read(old)
    assert named is not None
    assert named.session_id == 42
    monkeypatch.setattr(instance, "vault", lambda: Vault(["new key"]))
    assert tokens.read(old) is None


async def test_logout_ends_cookie_access_and_refresh_tokens(app: AppClient, olena: int) -> None:
    opened = await login(app, Origin=app.url)
    answer = await app.post("/api/v1/auth/logout", headers={"Origin": app.url})
    assert answer.status == 204
    assert "Max-Age=0" in answer.headers["Set-Cookie"]
    assert await me(app, opened.json["access_token"]) == 401
    assert (await refresh(app, opened.json["refresh_token"])).status == 401


async def test_sessions_are_listed_and_ended_one_by_one(app: AppClient, olena: int) -> None:
    first = (await login(app)).json["access_token"]
    second = (await login(app, **{"User-Agent": "Shop/1.0"})).json["access_token"]
    here = {"Authorization": f"Bearer {first}"}
    listed = (await app.get("/api/v1/me/sessions", headers=here)).json["items"]
    assert [s["current"] for s in listed].count(True) == 1
    other = next(s for s in listed if not s["current"])
    assert (other["agent"], other["address"], other["kind"]) == ("Shop/1.0", "127.0.0.1", "program")
    gone = await app.delete(f"/api/v1/me/sessions/{other['id']}", headers=here)
    assert gone.status == 204
    assert await me(app, second) == 401
    assert await me(app, first) == 200
    again = await app.delete(f"/api/v1/me/sessions/{other['id']}", headers=here)
    assert again.status == 404


async def test_nobody_ends_a_strangers_session_as_his_own(
    app: AppClient, db: Database, admin: Person
) -> None:
    stranger = await sign_in(db, app, "operator")
    theirs = await db.value("SELECT id FROM sessions WHERE user_id = $1", admin.id)
    assert (await stranger.client.delete(f"/api/v1/me/sessions/{theirs}")).status == 404
    assert (await admin.client.get("/api/v1/me")).status == 200


async def test_sign_out_everywhere_ends_every_session(app: AppClient, olena: int) -> None:
    opened = [(await login(app)).json["access_token"] for _ in range(3)]
    here = {"Authorization": f"Bearer {opened[0]}"}
    assert (await app.delete("/api/v1/me/sessions", headers=here)).status == 204
    assert [await me(app, token) for token in opened] == [401, 401, 401]


async def test_a_password_change_ends_the_other_sessions(app: AppClient, olena: int) -> None:
    here, there = [(await login(app)).json["access_token"] for _ in range(2)]
    headers = {"Authorization": f"Bearer {here}"}
    change = {"current_password": PASSWORD, "new_password": "another long password"}
    wrong = change | {"current_password": "not my password"}
    assert (await app.post("/api/v1/auth/password", wrong, headers=headers)).status == 401
    assert (await app.post("/api/v1/auth/password", change, headers=headers)).status == 204
    assert await me(app, there) == 401
    assert await me(app, here) == 200
    body = {"email": EMAIL, "password": PASSWORD}
    assert (await app.post("/api/v1/auth/login", body)).status == 401


async def test_expired_sessions_and_old_tries_are_forgotten(
    moving_clock: MovingClock, app: AppClient, olena: int, db: Database
) -> None:
    await login(app)
    wrong = {"email": EMAIL, "password": "wrong password"}
    await app.post("/api/v1/auth/login", wrong)
    clock.advance(61 * DAY)
    async with unit_of_work() as work:
        await cleaning.forget_old(work)
    assert await db.value("SELECT count(*) FROM sessions") == 0
    assert await db.value("SELECT count(*) FROM refresh_tokens") == 0
    assert await db.value("SELECT count(*) FROM login_attempts") == 0
