"""The conventions of `/api/v1`, refusal by refusal, as a caller meets them."""

import json
import re
from datetime import datetime
from typing import Any

import pytest

from connective.kit.testing.app_client import Answer, AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.people import Person, sign_in
from connective.modules.bots import service as bots

pytestmark = pytest.mark.proves("P-04", part="conventions")
FIELDS = {"type", "title", "status", "detail", "code", "errors", "request_id"}
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


def refused(answer: Answer, status: int, code: str) -> dict[str, Any]:
    """A problem as RFC 9457 has it, with the id of its request."""
    assert (answer.status, answer.json["code"]) == (status, code), answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert set(answer.json) >= FIELDS
    assert answer.json["status"] == status
    assert answer.json["request_id"] == answer.headers["X-Request-Id"]
    body: dict[str, Any] = answer.json
    return body


async def bot(admin: Person, **given: Any) -> dict[str, Any]:
    answer = await admin.client.post("/api/v1/bots", {"name": "Shop"} | given)
    assert answer.status == 201, answer.text
    made: dict[str, Any] = answer.json
    return made


async def test_what_is_not_json_is_400(admin: Person) -> None:
    answer = await admin.client.request(
        "POST", "/api/v1/bots", data=b"{no", headers={"Content-Type": "application/json"}
    )
    refused(answer, 400, "bad_json")


async def test_nobody_is_401_and_told_how_to_sign_in(app: AppClient) -> None:
    answer = await app.get("/api/v1/bots")
    refused(answer, 401, "unauthorized")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


async def test_a_missing_permission_or_scope_is_403_and_named(
    admin: Person, app: AppClient, db: Database
) -> None:
    analyst = await sign_in(db, app, "analyst")
    answer = await analyst.client.post("/api/v1/bots", {"name": "Shop"})
    assert "bots.edit" in refused(answer, 403, "permission_needed")["detail"]
    key = await admin.client.post("/api/v1/keys", {"name": "K", "scopes": ["bots:read"]})
    caller = app.another(Authorization=f"API-Key {key.json['secret']}")
    answer = await caller.get("/api/v1/users")
    assert "users:read" in refused(answer, 403, "scope_needed")["detail"]


async def test_what_one_may_not_see_is_404_like_what_is_not_there(
    admin: Person, app: AppClient, db: Database
) -> None:
    mine, theirs = (await bot(admin))["id"], (await bot(admin))["id"]
    person = await sign_in(db, app, "integrator", bot_ids=[mine])
    hidden = await person.client.get(f"/api/v1/bots/{theirs}")
    missing = await person.client.get("/api/v1/bots/999999")
    assert (
        refused(hidden, 404, "not_found")["detail"] == refused(missing, 404, "not_found")["detail"]
    )


async def test_another_method_is_405_and_told_which_are_allowed(admin: Person) -> None:
    answer = await admin.client.request("PUT", "/api/v1/bots")
    refused(answer, 405, "method_not_allowed")
    assert {"GET", "POST"} & set(answer.headers["Allow"].replace(" ", "").split(","))


async def test_a_taken_name_is_409_at_its_field(admin: Person) -> None:
    made = await bot(admin)
    answer = await admin.client.post("/api/v1/bots", {"name": "B", "alias": made["alias"]})
    body = refused(answer, 409, "alias_taken")
    assert [error["field"] for error in body["errors"]] == ["alias"]


async def test_a_resource_has_an_etag_and_a_stale_one_is_412(admin: Person) -> None:
    path = f"/api/v1/bots/{(await bot(admin))['id']}"
    etag = (await admin.client.get(path)).headers["ETag"]
    changed = await admin.client.patch(path, {"name": "New"}, headers={"If-Match": etag})
    assert changed.status == 200
    stale = await admin.client.patch(path, {"name": "Newer"}, headers={"If-Match": etag})
    refused(stale, 412, "stale_etag")
    assert (await admin.client.patch(path, {"name": "Newest"})).status == 200


async def test_no_answer_is_kept_by_anybody(admin: Person, app: AppClient) -> None:
    made = await bot(admin)
    for answer in (
        await admin.client.get(f"/api/v1/bots/{made['id']}"),
        await app.get("/api/v1/bots"),
        await admin.client.get("/kw/api/general/KwBots/get"),
    ):
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_refused_fields_are_422_by_their_json_paths_in_the_callers_language(
    admin: Person, db: Database
) -> None:
    body = {"name": "", "languages": ["en", 7], "colour": "red"}
    answer = await admin.client.post("/api/v1/bots", body)
    found = {
        error["field"]: error["message"] for error in refused(answer, 422, "validation")["errors"]
    }
    assert set(found) >= {"name", "languages[1]", "colour"}
    await db.execute("UPDATE users SET language = 'uk'")
    ukrainian = await admin.client.post("/api/v1/bots", body)
    told = {error["field"]: error["message"] for error in ukrainian.json["errors"]}
    assert told.keys() == found.keys()
    assert all(re.search("[а-яіїєґ]", message) for message in told.values())


async def test_too_many_calls_are_429_with_the_time_to_wait(
    admin: Person, app: AppClient, moving_clock: object
) -> None:
    key = await admin.client.post("/api/v1/keys", {"name": "K", "rate_per_min": 2})
    caller = app.another(Authorization=f"API-Key {key.json['secret']}")
    for left in ("1", "0"):
        allowed = await caller.get("/api/v1/bots")
        assert (allowed.headers["X-RateLimit-Limit"], allowed.headers["X-RateLimit-Remaining"]) == (
            "2",
            left,
        )
    answer = await caller.get("/api/v1/bots")
    refused(answer, 429, "rate_limited")
    assert int(answer.headers["Retry-After"]) >= 1


async def test_times_are_utc_with_milliseconds(admin: Person) -> None:
    made = (await admin.client.get("/api/v1/me")).json["created_at"]
    assert MOMENT.fullmatch(made)
    assert datetime.fromisoformat(made)


@pytest.mark.parametrize("limit", ["0", "201", "many", "-1"])
async def test_a_list_takes_limits_from_1_to_200(admin: Person, limit: str) -> None:
    answer = await admin.client.get("/api/v1/bots", params={"limit": limit})
    assert [e["field"] for e in refused(answer, 422, "validation")["errors"]] == ["limit"]


async def test_a_list_goes_on_by_its_cursor_and_counts_when_asked(admin: Person) -> None:
    made = {(await bot(admin))["id"] for _ in range(3)}
    seen: list[int] = []
    cursor = None
    while True:
        query = {"limit": 2, "count": 1} | ({} if cursor is None else {"cursor": cursor})
        page = (await admin.client.get("/api/v1/bots", params=query)).json
        assert page["total"] == 3
        seen += [each["id"] for each in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert (len(seen), set(seen)) == (3, made)
    forged = await admin.client.get("/api/v1/bots", params={"cursor": "zzz"})
    assert forged.status in (400, 422)


async def test_a_request_keeps_the_id_that_its_caller_gave(admin: Person) -> None:
    answer = await admin.client.get("/api/v1/bots", headers={"X-Request-Id": "call-7"})
    assert answer.headers["X-Request-Id"] == "call-7"
    other = await admin.client.get("/api/v1/bots", headers={"X-Request-Id": "not ours" * 20})
    assert other.headers["X-Request-Id"] not in ("", "not ours" * 20)


@pytest.mark.parametrize("name", ["key", "token", "access_token", "api_key", "x-auth-token"])
async def test_no_secret_is_taken_from_the_query(admin: Person, app: AppClient, name: str) -> None:
    key = await admin.client.post("/api/v1/keys", {"name": "K"})
    answer = await app.another().get("/api/v1/bots", params={name: key.json["secret"]})
    refused(answer, 401, "unauthorized")


async def test_a_failure_tells_only_the_id_of_its_request(
    admin: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(*_: Any, **__: Any) -> None:
        raise RuntimeError("password=hunter2 at 10.0.0.1")

    monkeypatch.setattr(bots, "listed", fails)
    answer = await admin.client.get("/api/v1/bots")
    body = refused(answer, 500, "internal")
    assert body["errors"] == []
    assert "hunter2" not in json.dumps(body)
    assert "RuntimeError" not in json.dumps(body)


async def test_the_surface_of_the_original_has_its_own_shape(app: AppClient) -> None:
    answer = await app.get("/kw/api/general/KwBots/get")
    assert answer.status == 401
    assert set(answer.json) == {"status", "code", "message", "errors", "request_id"}
    assert answer.json["status"] == "error"
