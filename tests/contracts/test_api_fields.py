"""Fields that an operation does not declare change nothing: they are refused by their names."""

import pytest

from connective.kit.testing.people import Person
from connective.kit.testing.server import RunningApp
from connective.kit.testing.shop import Shop
from tests.contracts.operations import WRITES, Operation, operations, parts_of, whole

pytestmark = pytest.mark.proves("P-04", part="undeclared fields")
# Their objects carry what others name: variables of a scenario, filters, parts of a protocol.
FREE = ("/kw/api/call_node", "/kw/esputnik/", "/kw/api/general/", "/kw/api/operator_panel/")
FREE_TOO = ("/kw/api/broadcast/Br", "/api/v1/runs", "/mcp", "/messengers_host/")


def written(server: RunningApp) -> list[Operation]:
    """Operations that take an object, whose fields are all declared."""
    found = operations(server.asgi.openapi())
    takes = [one for one in found if one.method in WRITES and one.body]
    return [one for one in takes if not one.path.startswith((*FREE, *FREE_TOO))]


def test_every_object_that_is_written_declares_all_its_fields(server: RunningApp) -> None:
    parts = server.asgi.openapi()["components"]["schemas"]
    loose = {
        f"{operation}: {found.get('title')}"
        for operation in written(server)
        for found in parts_of((operation.body or {})["schema"], parts)
        if found.get("additionalProperties") is not False
    }
    assert not loose


@pytest.mark.timeout(120)
async def test_the_fields_of_an_answer_cannot_be_given_unless_declared(
    server: RunningApp, shop: Shop, admin: Person
) -> None:
    parts = server.asgi.openapi()["components"]["schemas"]
    every = {name for part in parts.values() for name in part.get("properties", {})}
    taken, asked = [], 0
    for operation in written(server):
        schema = whole((operation.body or {})["schema"], parts)
        undeclared = every - schema.get("properties", {}).keys()
        given = dict.fromkeys(undeclared, 1) | dict(operation.example)
        answer = await operation.call(admin.client, given, bot_id=shop.id, user_id=admin.id)
        asked += 1
        named = {error["field"] for error in answer.json.get("errors", ())}
        if answer.status != 422 or undeclared - named:
            taken.append(f"{operation}: {answer.status} {sorted(undeclared - named)[:9]}")
    assert not taken, "\n".join(taken)
    assert asked > 80
