"""The demo: filled once, its scenario without findings, its list pages not empty."""

import pytest

from connective.app import demo
from connective.app.demo import people
from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.people import Person
from connective.kit.testing.server import RunningApp

COUNTS = """
SELECT 'users' AS name, count(*) FROM users UNION ALL
SELECT 'bots', count(*) FROM bots UNION ALL
SELECT 'scenario_versions', count(*) FROM scenario_versions UNION ALL
SELECT 'endpoints', count(*) FROM endpoints UNION ALL
SELECT 'catchers', count(*) FROM catchers UNION ALL
SELECT 'dialogs', count(*) FROM dialogs UNION ALL
SELECT 'messages', count(*) FROM messages WHERE direction = 'in'
"""


async def counts(db: Database) -> dict[str, int]:
    found = await db.fetch(COUNTS)
    return {row["name"]: row["count"] for row in found}


@pytest.mark.proves("P-02", part="demo")
async def test_the_demo_is_filled_once(server: RunningApp, db: Database) -> None:
    assert await demo.fill(server.asgi) is True
    first = await counts(db)
    assert await demo.fill(server.asgi) is False
    assert await counts(db) == first
    assert first["dialogs"] == 5
    assert first["messages"] == 27


@pytest.mark.proves("P-02", part="demo")
async def test_the_demo_scenario_is_published_without_errors_and_warnings(
    server: RunningApp, admin: Person
) -> None:
    await demo.fill(server.asgi)
    (bot,) = (await admin.client.get("/api/v1/bots")).json["items"]
    assert (bot["alias"], bot["active"], bot["languages"]) == ("demo_shop", True, ["en", "uk"])
    path = f"/api/v1/bots/{bot['id']}/scenario"
    found = await admin.client.post(f"{path}/validate", {})
    assert found.json == {"errors": [], "warnings": []}
    assert (await admin.client.get(path)).json["active"]["number"] == 1


@pytest.mark.proves("P-02", part="demo")
async def test_each_printed_login_opens_the_door(server: RunningApp, app: AppClient) -> None:
    await demo.fill(server.asgi)
    printed = "\n".join(await demo.greeting(server.url))
    assert people.PASSWORD in printed
    for role, *_ in people.PEOPLE:
        assert people.email_of(role) in printed
        login = {"email": people.email_of(role), "password": people.PASSWORD}
        answer = await app.post("/api/v1/auth/login", login)
        assert answer.status == 200, f"{role}: {answer.text}"


async def test_the_shops_api_is_there_only_while_the_demo_is(
    server: RunningApp, app: AppClient
) -> None:
    assert (await app.get("/demo-shop/api/orders/1001")).status == 404
    await demo.fill(server.asgi)
    assert (await app.get("/demo-shop/api/orders/1001")).status == 401
