"""Secrets: values go in and never come out, except into outgoing calls."""

import pytest

from connective.kit.context import unit_of_work
from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.people import Person, sign_in
from connective.modules.settings import service as settings

VALUE = "sk-very-secret-value"


async def put(person: Person, name: str = "CRM_TOKEN", value: str = VALUE) -> int:
    return (await person.client.put(f"/api/v1/secrets/{name}", {"value": value})).status


async def test_a_secret_is_stored_listed_replaced_and_deleted(admin: Person) -> None:
    assert await put(admin) == 201
    assert await put(admin, value="another") == 200
    assert await put(admin, name="A") == 201
    listed = (await admin.client.get("/api/v1/secrets")).json["items"]
    assert [secret["name"] for secret in listed] == ["A", "CRM_TOKEN"]
    assert (await admin.client.delete("/api/v1/secrets/A")).status == 204
    assert (await admin.client.delete("/api/v1/secrets/A")).status == 404


async def test_its_value_is_in_no_answer_audit_row_or_table(admin: Person, db: Database) -> None:
    stored = await admin.client.put("/api/v1/secrets/CRM_TOKEN", {"value": VALUE})
    listed = await admin.client.get("/api/v1/secrets")
    trail = await admin.client.get("/api/v1/audit?object=secret")
    rows = [*await db.fetch("TABLE secrets"), *await db.fetch("TABLE audit")]
    assert trail.json["items"][0]["after"] == {"value": "***"}
    assert not [text for text in (stored.text, listed.text, trail.text, str(rows)) if VALUE in text]


async def test_an_outgoing_call_gets_the_value(admin: Person) -> None:
    await put(admin)
    async with unit_of_work() as ctx:
        assert await settings.secret(ctx, "CRM_TOKEN") == VALUE
        assert await settings.secret(ctx, "OTHER") is None
        assert await settings.all_values(ctx) == {"CRM_TOKEN": VALUE}


@pytest.mark.parametrize("name", ["small", "WITH-DASH", "X" * 65, "Ї"])
async def test_a_name_of_another_form_is_refused(admin: Person, name: str) -> None:
    answer = await admin.client.put(f"/api/v1/secrets/{name}", {"value": "x"})
    assert (answer.status, answer.json["errors"][0]["field"]) == (422, "name")


async def test_an_integrator_stores_and_replaces_but_does_not_delete(
    app: AppClient, db: Database
) -> None:
    integrator = await sign_in(db, app, "integrator")
    assert await put(integrator) == 201
    assert await put(integrator) == 200
    refused = await integrator.client.delete("/api/v1/secrets/CRM_TOKEN")
    assert (refused.status, refused.json["code"]) == (403, "permission_needed")


@pytest.mark.parametrize("role", ["operator", "supervisor", "analyst"])
async def test_other_roles_do_not_even_see_names(app: AppClient, db: Database, role: str) -> None:
    person = await sign_in(db, app, role)
    assert (await person.client.get("/api/v1/secrets")).status == 403
    assert await put(person) == 403
