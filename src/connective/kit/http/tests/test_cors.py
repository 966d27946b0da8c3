"""Pages of other origins: none by default, the listed ones with a key, never with the cookie."""

import io

import pytest

from connective.kit.settings import Settings
from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.moving_clock import MovingClock
from connective.kit.testing.people import Person, sign_in

PREFLIGHT = {
    "Origin": "https://shop.example",
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": "authorization,idempotency-key",
}
LIST = "/api/v1/settings/api-origins"
pytestmark = pytest.mark.proves("INT-13", part="CORS")


async def test_by_default_no_other_page_may_call(app: AppClient) -> None:
    answer = await app.request("OPTIONS", "/api/v1/users", headers=PREFLIGHT)
    assert "Access-Control-Allow-Origin" not in answer.headers


class TestListed:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"cors_origins": ("https://shop.example",)})

    async def test_a_listed_origin_may_call_without_cookies(self, app: AppClient) -> None:
        answer = await app.request("OPTIONS", "/api/v1/users", headers=PREFLIGHT)
        assert answer.status == 200
        assert answer.headers["Access-Control-Allow-Origin"] == "https://shop.example"
        assert "Access-Control-Allow-Credentials" not in answer.headers
        called = await app.get("/api/v1/users", headers={"Origin": "https://shop.example"})
        assert called.headers["Access-Control-Allow-Origin"] == "https://shop.example"
        assert "X-RateLimit-Remaining" in called.headers["Access-Control-Expose-Headers"]

    async def test_another_one_may_not(self, app: AppClient) -> None:
        other = PREFLIGHT | {"Origin": "https://evil.example"}
        answer = await app.request("OPTIONS", "/api/v1/users", headers=other)
        assert "Access-Control-Allow-Origin" not in answer.headers


async def test_an_administrator_lists_origins_and_takes_them_back(
    admin: Person, app: AppClient, db: Database, moving_clock: MovingClock
) -> None:
    async def allowed() -> bool:
        moving_clock.advance(6)  # what was read before is not new any more
        answer = await app.request("OPTIONS", "/api/v1/users", headers=PREFLIGHT)
        return answer.headers.get("Access-Control-Allow-Origin") == "https://shop.example"

    assert not await allowed()
    listed = await admin.client.put(LIST, {"origins": ["https://shop.example"] * 2})
    assert (listed.status, listed.json) == (200, {"origins": ["https://shop.example"]})
    assert await allowed()
    stale = await admin.client.put(LIST, {"origins": []}, headers={"If-Match": '"old"'})
    assert stale.status == 412
    current = {"If-Match": listed.headers["ETag"]}
    assert (await admin.client.put(LIST, {"origins": []}, headers=current)).status == 200
    assert not await allowed()
    rows = await db.fetch("SELECT actor_id FROM audit WHERE object_id = 'api_origins'")
    assert [row["actor_id"] for row in rows] == [admin.id] * 2


@pytest.mark.parametrize(
    "origin", ["shop.example", "https://shop.example/", "ftp://shop.example", "https://a@b", "*"]
)
async def test_what_is_no_origin_is_named(admin: Person, origin: str) -> None:
    refused = await admin.client.put(LIST, {"origins": ["https://fine.example", origin]})
    assert (refused.status, refused.json["errors"][0]["field"]) == (422, "origins[1]")
    assert origin in refused.json["errors"][0]["message"]


async def test_integrators_read_the_list_and_change_nothing(app: AppClient, db: Database) -> None:
    integrator = await sign_in(db, app, "integrator")
    assert (await integrator.client.get(LIST)).json == {"origins": []}
    assert (await integrator.client.put(LIST, {"origins": []})).status == 403
    assert (await app.get(LIST)).status == 401


async def test_a_body_over_the_limit_is_refused_with_the_limit(app: AppClient) -> None:
    large = io.BytesIO(b'{"email":"' + b"x" * (5 * 1024 * 1024) + b'"}')
    answer = await app.post("/api/v1/auth/login", data=large)
    assert (answer.status, answer.json["code"]) == (413, "body_too_large")
    assert "5242880" in answer.json["detail"]
