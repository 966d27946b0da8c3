"""Pages of other origins: none by default, the listed ones with a key, never with the cookie."""

import io

import pytest

from connective.kit.settings import Settings
from connective.kit.testing.app_client import AppClient

PREFLIGHT = {
    "Origin": "https://shop.example",
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": "authorization,idempotency-key",
}
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


async def test_a_body_over_the_limit_is_refused_with_the_limit(app: AppClient) -> None:
    large = io.BytesIO(b'{"email":"' + b"x" * (5 * 1024 * 1024) + b'"}')
    answer = await app.post("/api/v1/auth/login", data=large)
    assert (answer.status, answer.json["code"]) == (413, "body_too_large")
    assert "5242880" in answer.json["detail"]
