"""Users: listed, added, changed, deactivated; nobody gives what he lacks."""

import asyncio
from typing import Any

import pytest

from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.people import Person, sign_in
from connective.modules.accounts.permissions import PERMISSIONS

pytestmark = pytest.mark.proves("SE-22", part="users")
ANN = {"first_name": "Ann", "last_name": "Shevchenko", "email": "Ann@Example.com"}


async def add(person: Person, **given: Any) -> dict[str, Any]:
    answer = await person.client.post("/api/v1/users", ANN | {"role": "operator"} | given)
    assert answer.status == 201, answer.text
    made: dict[str, Any] = answer.json
    return made


async def test_a_user_is_added_with_the_email_in_small_letters(admin: Person) -> None:
    made = await add(admin)
    assert (made["email"], made["name"]) == ("ann@example.com", "Ann Shevchenko")
    assert (made["role"], made["role_name"], made["active"]) == ("operator", "Operator", True)
    assert "password_hash" not in made
    one = await admin.client.get(f"/api/v1/users/{made['id']}")
    assert one.json == made


async def test_an_email_belongs_to_one_user(admin: Person) -> None:
    await add(admin)
    again = await admin.client.post(
        "/api/v1/users", ANN | {"email": "ANN@example.COM", "role": "operator"}
    )
    assert (again.status, again.json["code"]) == (409, "email_taken")
    assert again.json["errors"][0]["field"] == "email"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"email": "nowhere"}, "email"),
        ({"role": "emperor"}, "role"),
        ({"timezone": "Mars/Base"}, "timezone"),
        ({"language": "xx"}, "language"),
        ({"first_name": " "}, "first_name"),
        ({"is_root": True}, "is_root"),
        ({"password_hash": "x"}, "password_hash"),
        ({"bot_ids": [0]}, "bot_ids[0]"),
    ],
)
async def test_bad_fields_are_named(admin: Person, change: dict[str, Any], field: str) -> None:
    answer = await admin.client.post("/api/v1/users", ANN | {"role": "operator"} | change)
    assert answer.status == 422
    assert [e["field"] for e in answer.json["errors"]] == [field]


async def test_the_list_searches_filters_sorts_and_pages(admin: Person) -> None:
    for number in range(5):
        email = f"user{number}@example.com"
        role = "operator" if number % 2 else "analyst"
        await add(admin, first_name=f"Name{number}", email=email, role=role)
    found = (await admin.client.get("/api/v1/users?q=NAME3")).json["items"]
    assert [u["email"] for u in found] == ["user3@example.com"]
    assert (await admin.client.get("/api/v1/users?q=100%25")).json["items"] == []
    analysts = (await admin.client.get("/api/v1/users?role=analyst&count=true")).json
    assert analysts["total"] == 3
    seen: list[str] = []
    path = "/api/v1/users?sort=-email&limit=2"
    following = ""
    while True:
        page = (await admin.client.get(path + following)).json
        seen += [u["email"] for u in page["items"]]
        if page["next_cursor"] is None:
            break
        following = f"&cursor={page['next_cursor']}"
    assert seen == sorted(seen, reverse=True)
    assert len(seen) == len(set(seen)) == 6


@pytest.mark.parametrize("sort", ["name", "-name", "created_at", "-created_at", "email"])
async def test_every_sort_pages_without_gaps(admin: Person, sort: str) -> None:
    for number in range(3):
        await add(admin, first_name="Same", email=f"user{number}@example.com")
    first = (await admin.client.get(f"/api/v1/users?sort={sort}&limit=2")).json
    rest = f"/api/v1/users?sort={sort}&limit=2&cursor={first['next_cursor']}"
    second = (await admin.client.get(rest)).json
    assert len({u["id"] for u in first["items"] + second["items"]}) == 4


async def test_a_foreign_cursor_or_sort_is_refused(admin: Person) -> None:
    for query, field in (("cursor=nonsense", "cursor"), ("sort=password_hash", "sort")):
        answer = await admin.client.get(f"/api/v1/users?{query}")
        assert (answer.status, answer.json["errors"][0]["field"]) == (422, field)


async def test_deactivation_shuts_out_at_once_and_activation_lets_in_again(
    app: AppClient, db: Database, admin: Person
) -> None:
    operator = await sign_in(db, app, "operator")
    path = f"/api/v1/users/{operator.id}"
    gone = await admin.client.post(f"{path}/deactivate")
    assert (gone.json["active"], gone.json["deactivated_at"] is None) == (False, False)
    assert (await operator.client.get("/api/v1/me")).status == 401
    assert (await admin.client.get("/api/v1/users?active=false")).json["items"][0]["id"] == (
        operator.id
    )
    back = await admin.client.post(f"{path}/activate")
    assert (back.json["active"], back.json["deactivated_at"]) == (True, None)
    assert (await operator.client.get("/api/v1/me")).status == 401


async def test_a_deleted_user_is_shut_out_and_his_name_stays(
    app: AppClient, db: Database, admin: Person
) -> None:
    operator = await sign_in(db, app, "operator")
    path = f"/api/v1/users/{operator.id}"
    stale = await admin.client.delete(path, headers={"If-Match": '"another"'})
    assert stale.status == 412
    assert (await admin.client.delete(path)).status == 204
    kept = (await admin.client.get(path)).json
    assert (kept["first_name"], kept["active"]) == ("Operator", False)
    assert (await operator.client.get("/api/v1/me")).status == 401


@pytest.mark.parametrize(("method", "verb"), [("POST", "/deactivate"), ("DELETE", "")])
async def test_nobody_shuts_himself_out(admin: Person, method: str, verb: str) -> None:
    answer = await admin.client.request(method, f"/api/v1/users/{admin.id}{verb}")
    assert (answer.status, answer.json["code"]) == (409, "own_account")


@pytest.mark.proves("SE-12", part="last administrator")
async def test_the_last_administrator_stays(app: AppClient, db: Database) -> None:
    last = await sign_in(db, app, "administrator")
    operator = await sign_in(db, app, "operator")
    await db.execute(
        "UPDATE roles SET permissions = $1::text[] WHERE alias = 'operator'", list(PERMISSIONS)
    )
    path = f"/api/v1/users/{last.id}"
    out = await operator.client.post(f"{path}/deactivate")
    assert (out.status, out.json["code"]) == (409, "last_administrator")
    demoted = await operator.client.patch(path, {"role": "analyst"})
    assert (demoted.status, demoted.json["code"]) == (409, "last_administrator")
    await sign_in(db, app, "administrator")
    assert (await operator.client.patch(path, {"role": "analyst"})).status == 200


@pytest.mark.proves("SE-12", part="last administrator")
async def test_two_administrators_cannot_deactivate_each_other_at_once(
    app: AppClient, db: Database
) -> None:
    one, two = [await sign_in(db, app, "administrator") for _ in range(2)]
    answers = await asyncio.gather(
        one.client.post(f"/api/v1/users/{two.id}/deactivate"),
        two.client.post(f"/api/v1/users/{one.id}/deactivate"),
    )
    assert sorted(a.status for a in answers) in ([200, 401], [200, 409])
    assert await db.value("SELECT count(*) FROM users WHERE active") == 1


@pytest.mark.proves("SE-12", part="grants")
async def test_nobody_gives_rights_or_bots_that_he_lacks(
    app: AppClient, db: Database, admin: Person
) -> None:
    await db.execute(
        "UPDATE roles SET permissions = permissions || '{users.edit}' WHERE alias = 'supervisor'"
    )
    supervisor = await sign_in(db, app, "supervisor", bot_ids=[1])
    higher = await supervisor.client.post("/api/v1/users", ANN | {"role": "administrator"})
    assert (higher.status, higher.json["code"]) == (403, "grants_too_much")
    everywhere = await supervisor.client.post("/api/v1/users", ANN | {"role": "operator"})
    assert (everywhere.status, everywhere.json["code"]) == (403, "grants_other_bots")
    await add(supervisor, bot_ids=[1])
    for call in (
        supervisor.client.patch(f"/api/v1/users/{admin.id}", {"first_name": "Mine"}),
        supervisor.client.post(f"/api/v1/users/{admin.id}/deactivate"),
        supervisor.client.delete(f"/api/v1/users/{admin.id}/sessions"),
        supervisor.client.post(f"/api/v1/users/{admin.id}/totp/disable"),
    ):
        assert (await call).status == 403


async def test_a_change_is_refused_when_someone_was_faster(admin: Person) -> None:
    path = f"/api/v1/users/{(await add(admin))['id']}"
    etag = (await admin.client.get(path)).headers["ETag"]
    await admin.client.patch(path, {"last_name": "Franko"})
    late = await admin.client.patch(path, {"last_name": "X"}, headers={"If-Match": etag})
    assert late.status == 412


async def test_an_administrator_sees_and_ends_sessions(
    app: AppClient, db: Database, admin: Person
) -> None:
    operator = await sign_in(db, app, "operator")
    path = f"/api/v1/users/{operator.id}/sessions"
    (session,) = (await admin.client.get(path)).json["items"]
    assert (session["kind"], session["address"]) == ("browser", "127.0.0.1")
    assert (await admin.client.delete(f"{path}/{session['id']}")).status == 204
    assert (await operator.client.get("/api/v1/me")).status == 401


async def test_the_audit_trail_tells_who_changed_what_and_from_where(admin: Person) -> None:
    made = await add(admin)
    await admin.client.patch(f"/api/v1/users/{made['id']}", {"role": "analyst"})
    path = f"/api/v1/audit?object=user&object_id={made['id']}"
    changed, created = (await admin.client.get(path)).json["items"]
    assert (created["action"], created["actor_id"]) == ("user.created", admin.id)
    assert created["address"] == "127.0.0.1"
    assert (changed["before"]["role"], changed["after"]["role"]) == ("operator", "analyst")
    assert changed["request_id"]
    assert (await admin.client.get(f"{path}&user=999999")).json["items"] == []
    assert (await admin.client.get(f"{path}&to=2020-01-01T00:00:00Z")).json["items"] == []


async def test_one_changes_ones_own_name_language_and_zone_but_not_ones_rights(
    app: AppClient, db: Database
) -> None:
    operator = await sign_in(db, app, "operator")
    change = {"first_name": "Оля", "language": "uk", "timezone": "Europe/Kyiv"}
    mine = (await operator.client.patch("/api/v1/me", change)).json
    assert (mine["first_name"], mine["timezone"]) == ("Оля", "Europe/Kyiv")
    assert mine["role_name"] == "Operator"
    assert (await operator.client.get("/api/v1/me")).json["role_name"] == "Оператор"
    assert (await operator.client.patch("/api/v1/me", {"role": "administrator"})).status == 422


async def test_people_without_rights_see_no_users(app: AppClient, db: Database) -> None:
    operator = await sign_in(db, app, "operator")
    for call in (
        operator.client.get("/api/v1/users"),
        operator.client.get("/api/v1/roles"),
        operator.client.get("/api/v1/audit"),
        operator.client.post("/api/v1/users", ANN | {"role": "operator"}),
    ):
        answer = await call
        assert (answer.status, answer.json["code"]) == (403, "permission_needed")
    assert (await app.another().get("/api/v1/users")).status == 401
