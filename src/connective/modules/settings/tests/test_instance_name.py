"""What the instance is called: by whom it is named, and where the name is shown."""

import pytest

from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.people import Person, sign_in

PATH = "/api/v1/instance"


@pytest.mark.proves("SE-10", part="name of the instance")
async def test_root_alone_names_the_instance_and_the_trail_knows_it(
    db: Database, app: AppClient, admin: Person
) -> None:
    plain = await sign_in(db, app, "administrator")
    for who, status in ((plain.client, 403), (app.another(), 401)):
        assert (await who.get(PATH)).status == status
        assert (await who.put(PATH, {"project_name": "Shop"})).status == status
    before = await admin.client.get(PATH)
    assert before.json == {"project_name": "Connective"}
    for wrong in ("", "  ", "x" * 61, None):
        refused = await admin.client.put(PATH, {"project_name": wrong})
        assert (refused.status, refused.json["errors"][0]["field"]) == (422, "project_name")

    named = await admin.client.put(PATH, {"project_name": " Shop "})
    assert (named.status, named.json) == (200, {"project_name": "Shop"})
    stale = {"If-Match": before.headers["ETag"]}
    assert (await admin.client.put(PATH, {"project_name": "X"}, headers=stale)).status == 412
    (line,) = await db.fetch(
        "SELECT actor_id, before, after FROM audit WHERE object_id = $1", "instance"
    )
    assert line["actor_id"] == admin.id
    assert (line["before"], line["after"]) == (
        '{"project_name": "Connective"}',
        '{"project_name": "Shop"}',
    )


async def test_the_name_stands_in_authenticator_apps_and_in_a_crm(admin: Person) -> None:
    await admin.client.put(PATH, {"project_name": "Shop"})
    begun = await admin.client.post("/api/v1/auth/totp")
    assert begun.json["uri"].startswith("otpauth://totp/Shop:")
    zoho = (await admin.client.get("/api/v1/integrations/zoho")).json
    assert (zoho["product_name"], zoho["instance_name"]) == (None, "Shop")
    session = (await admin.client.get("/api/v1/embed/session")).json
    assert session["title"] == "Shop"
