"""Who may read the API documentation, and the switch that opens it to everyone."""

import pytest
import yaml

from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.people import Person, sign_in

pytestmark = pytest.mark.proves("INT-15", part="access")
SWITCH = "/api/v1/settings/api-docs"
FILES = ("openapi.json", "openapi.yaml", "postman.json")


async def test_the_switch_opens_the_documentation_to_everyone(
    db: Database, app: AppClient, admin: Person
) -> None:
    assert (await admin.client.get(SWITCH)).json == {"public": False}
    stranger, operator = app.another(), await sign_in(db, app, "operator")
    sent_away = await stranger.get("/api-docs")
    assert (sent_away.status, sent_away.headers["Location"]) == (303, "/login?next=/api-docs")
    opened = await admin.client.put(SWITCH, {"public": True})
    assert (opened.status, opened.json) == (200, {"public": True})
    for who in (stranger, operator.client):
        assert (await who.get("/api-docs")).status == 200
        for name in FILES:
            assert (await who.get(f"/api-docs/{name}")).status == 200
    # reading about an operation is not calling it
    assert (await stranger.get("/api/v1/bots")).status == 401
    await admin.client.put(SWITCH, {"public": False})
    assert (await stranger.get("/api-docs/openapi.yaml")).status == 401
    assert (await operator.client.get("/api-docs/postman.json")).status == 403


async def test_turning_the_switch_is_audited_and_takes_a_right(
    db: Database, app: AppClient, admin: Person
) -> None:
    await admin.client.put(SWITCH, {"public": True})
    rows = await db.fetch("SELECT actor_id, before, after FROM audit WHERE object_id = 'api_docs'")
    assert [(row["actor_id"], row["after"]) for row in rows] == [(admin.id, '{"public": true}')]
    integrator = await sign_in(db, app, "analyst")
    assert (await integrator.client.put(SWITCH, {"public": False})).status == 403
    assert (await app.another().put(SWITCH, {"public": False})).status == 401
    assert (await admin.client.put(SWITCH, {"public": "perhaps"})).status == 422
    stale = await admin.client.put(SWITCH, {"public": False}, headers={"If-Match": '"old"'})
    assert stale.status == 412


async def test_the_document_can_be_taken_away_as_files(admin: Person) -> None:
    page = await admin.client.get("/api-docs")
    for name in FILES:
        assert f'href="/api-docs/{name}"' in page.text
    as_yaml = await admin.client.get("/api-docs/openapi.yaml")
    assert as_yaml.headers["Content-Disposition"].endswith('.yaml"')
    assert yaml.load(as_yaml.text, yaml.CSafeLoader)["openapi"].startswith("3.1")
    collection = await admin.client.get("/api-docs/postman.json")
    assert "attachment" in collection.headers["Content-Disposition"]
    assert collection.json["variable"][0]["key"] == "baseUrl"
    assert collection.json["variable"][0]["value"].startswith("http")


async def test_the_page_speaks_the_language_of_its_reader(db: Database, app: AppClient) -> None:
    reader = await sign_in(db, app, "analyst", language="uk")
    page = await reader.client.get("/api-docs")
    assert "Колекція Postman" in page.text
