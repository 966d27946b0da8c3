"""The second factor: codes of an app, recovery codes, and what they protect."""

from typing import Any

import pyotp
import pytest

from connective.kit import clock
from connective.kit.context import unit_of_work
from connective.kit.testing.app_client import Answer, AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.moving_clock import MovingClock
from connective.modules.accounts import service as accounts

EMAIL, PASSWORD = "olena@example.com", "correct horse battery"
pytestmark = pytest.mark.proves("SE-02", part="TOTP")


class Protected:
    """A user whose second factor is on."""

    def __init__(self, app: AppClient, secret: str, codes: list[str]) -> None:
        self.app, self.secret, self.codes = app, secret, codes

    def code(self, steps: int = 0) -> str:
        """The app's code now, or some steps of 30 s away."""
        return pyotp.TOTP(self.secret).at(int(clock.now().timestamp()) + 30 * steps)

    async def login(self, **given: Any) -> Answer:
        body = {"email": EMAIL, "password": PASSWORD} | given
        return await self.app.post("/api/v1/auth/login", body)


@pytest.fixture
async def olena(moving_clock: MovingClock, app: AppClient) -> Protected:
    async with unit_of_work() as ctx:
        person = {"first_name": "Olena", "email": EMAIL, "role": "supervisor"}
        await accounts.create_user(ctx, person | {"password": PASSWORD})
    opened = await app.post("/api/v1/auth/login", {"email": EMAIL, "password": PASSWORD})
    app.headers["Authorization"] = f"Bearer {opened.json['access_token']}"
    begun = (await app.post("/api/v1/auth/totp")).json
    assert begun["uri"].startswith("otpauth://totp/Connective:olena%40example.com?")
    code = pyotp.TOTP(begun["secret"]).at(int(clock.now().timestamp()))
    confirmed = await app.post("/api/v1/auth/totp/confirm", {"code": code})
    assert confirmed.status == 200
    moving_clock.advance(60)
    return Protected(app, begun["secret"], confirmed.json["recovery_codes"])


async def test_a_login_asks_for_the_code_and_takes_it(olena: Protected) -> None:
    asked = await olena.login()
    assert (asked.status, asked.json["code"]) == (401, "otp_required")
    assert (await olena.login(otp=olena.code())).status == 200


async def test_a_wrong_password_is_not_told_that_a_code_is_needed(olena: Protected) -> None:
    answer = await olena.login(password="wrong password")
    assert answer.json["code"] == "bad_credentials"


async def test_asking_for_the_code_is_no_failed_try(olena: Protected) -> None:
    assert [(await olena.login()).status for _ in range(8)] == [401] * 8
    assert (await olena.login(otp=olena.code())).status == 200


async def test_wrong_codes_are_failed_tries(olena: Protected) -> None:
    answers = [await olena.login(otp="000000") for _ in range(6)]
    assert [a.status for a in answers] == [401] * 5 + [429]
    assert (await olena.login(otp=olena.code())).status == 429


async def test_a_code_works_once(olena: Protected) -> None:
    code = olena.code()
    assert (await olena.login(otp=code)).status == 200
    assert (await olena.login(otp=code)).status == 401


@pytest.mark.parametrize(("steps", "status"), [(-2, 401), (-1, 200), (1, 200), (2, 401)])
async def test_a_clock_may_be_half_a_minute_off(olena: Protected, steps: int, status: int) -> None:
    assert (await olena.login(otp=olena.code(steps))).status == status


async def test_a_recovery_code_works_once_however_it_is_written(
    olena: Protected, db: Database
) -> None:
    assert len(set(olena.codes)) == 10
    assert (await olena.login(otp=olena.codes[0].upper().replace("-", " "))).status == 200
    assert (await olena.login(otp=olena.codes[0])).status == 401
    assert (await olena.app.get("/api/v1/me")).json["recovery_codes_left"] == 9


async def test_secret_and_codes_are_not_readable_in_the_database(
    olena: Protected, db: Database
) -> None:
    stored = str([*await db.fetch("SELECT * FROM users"), *await db.fetch("TABLE recovery_codes")])
    assert olena.secret not in stored
    assert not [code for code in olena.codes if code in stored or code.replace("-", "") in stored]


async def test_new_recovery_codes_end_the_old_ones(olena: Protected) -> None:
    proof = {"password": PASSWORD, "otp": olena.code()}
    renewed = await olena.app.post("/api/v1/auth/totp/recovery-codes", proof)
    assert renewed.status == 200
    assert (await olena.login(otp=olena.codes[0])).status == 401
    assert (await olena.login(otp=renewed.json["recovery_codes"][0])).status == 200


async def test_switching_off_takes_the_password_and_a_code(olena: Protected) -> None:
    off = "/api/v1/auth/totp/disable"
    only_password = await olena.app.post(off, {"password": PASSWORD})
    assert only_password.json["code"] == "otp_required"
    wrong = {"password": "wrong password", "otp": olena.code()}
    assert (await olena.app.post(off, wrong)).status == 401
    right = {"password": PASSWORD, "otp": olena.code()}
    assert (await olena.app.post(off, right)).status == 204
    renewed = await olena.app.post("/api/v1/auth/totp/recovery-codes", {"password": PASSWORD})
    assert (renewed.status, renewed.json["code"]) == (409, "totp_off")
    assert (await olena.login()).status == 200


async def test_an_unconfirmed_secret_protects_nothing_and_a_wrong_code_does_not_confirm(
    app: AppClient, admin: Any
) -> None:
    early = await admin.client.post("/api/v1/auth/totp/confirm", {"code": "000000"})
    assert (early.status, early.json["code"]) == (409, "totp_not_begun")
    assert (await admin.client.post("/api/v1/auth/totp")).status == 200
    wrong = await admin.client.post("/api/v1/auth/totp/confirm", {"code": "000000"})
    assert (wrong.status, wrong.json["code"]) == (422, "bad_code")
    assert (await admin.client.get("/api/v1/me")).json["totp_enabled"] is False


async def test_a_second_set_up_needs_the_first_switched_off(olena: Protected) -> None:
    assert (await olena.app.post("/api/v1/auth/totp")).json["code"] == "totp_already_on"


async def test_an_administrator_takes_a_lost_second_factor_off(
    olena: Protected, admin: Any, db: Database
) -> None:
    user_id = await db.value("SELECT id FROM users WHERE email = $1", EMAIL)
    answer = await admin.client.post(f"/api/v1/users/{user_id}/totp/disable")
    assert answer.status == 204
    assert (await olena.login()).status == 200
    actions = await db.fetch("SELECT action, actor_id FROM audit WHERE action = 'user.totp_off'")
    assert actions == [{"action": "user.totp_off", "actor_id": admin.id}]
