"""Bodies made to break their reader: every operation refuses them, none fails."""

import json
from typing import Any

import pytest

from connective.kit.outside_json import DEEPEST
from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.people import Person, sign_in
from connective.kit.testing.server import RunningApp
from connective.kit.testing.shop import Shop
from tests.contracts.operations import WRITES, Operation, operations

pytestmark = pytest.mark.proves("P-04", part="hostile bodies")
DEEP = b"[" * 100_000
# Each in the place of every field at once, as JSON.
VALUES = {
    "nested": "[" * (DEEPEST - 2) + "]" * (DEEPEST - 2),
    "NUL": '["a\\u0000b", {"\\u0000": "\\u0000"}]',
    "a NUL": '"a\\u0000b"',
    "very large": "1" + "0" * 300,
    "before all time": '"0001-01-01T00:00:00+14:00"',
    "long": json.dumps("ы" * 5_000, ensure_ascii=False),
}
# They end the caller's session, or wait for a partner.
LEAVING = ("/api/v1/auth/logout", "/api/v1/auth/password", "/api/v1/auth/totp")


def written(server: RunningApp) -> list[Operation]:
    found = operations(server.asgi.openapi())
    taken = [one for one in found if one.method in WRITES and one.body]
    return [one for one in taken if not one.path.startswith(LEAVING)]


def fields(operation: Operation, parts: dict[str, Any]) -> list[str]:
    """The names that the body declares, and those of its example."""
    schema = (operation.body or {})["schema"]
    while "$ref" in schema:
        schema = parts[schema["$ref"].rpartition("/")[2]]
    example = operation.example if isinstance(operation.example, dict) else {}
    return sorted({*schema.get("properties", {}), *example})


@pytest.mark.timeout(180)
async def test_no_body_makes_an_operation_fail(
    server: RunningApp, app: AppClient, shop: Shop, db: Database
) -> None:
    parts = server.asgi.openapi()["components"]["schemas"]
    faults = []
    for operation in written(server):
        person = await caller(app, db)
        given = {"bot_id": shop.id, "user_id": person.id}
        answer = await operation.post_raw(person.client, DEEP, **given)
        if answer.status not in (400, 401, 404, 409, 422):
            faults.append(f"{operation} deep: {answer.status}")
        for name, value in VALUES.items():
            body = ",".join(f"{json.dumps(key)}:{value}" for key in fields(operation, parts))
            answer = await operation.post_raw(person.client, b"{%s}" % body.encode(), **given)
            if answer.status >= 500:
                faults.append(f"{operation} {name}: {answer.status}")
        await person.client.close()
    assert not faults, "\n".join(faults)


async def caller(app: AppClient, db: Database) -> Person:
    return await sign_in(db, app, "administrator", is_root=True)
