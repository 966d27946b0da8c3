"""Who may call what, over every operation of the document: somebody without rights may not."""

import pytest

from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.people import Person, sign_in
from connective.kit.testing.server import RunningApp
from tests.contracts.operations import Operation, operations

pytestmark = pytest.mark.proves("P-04", part="rights of every operation")
# They look at what is asked, or for an open entry point, before they ask who calls.
LATE = (
    "/api/v1/runs",
    "/api/v1/messenger/send",
    "/kw/api/broadcast/route",
    "/kw/api/call_node",
)
_ROLE = "INSERT INTO roles (alias, name, permissions) VALUES ('nothing', 'Nothing', '{}')"


def closed(server: RunningApp) -> list[Operation]:
    """Operations that somebody has to be signed in for."""
    found = [one for one in operations(server.asgi.openapi()) if not one.is_open]
    assert len(found) > 250
    return found


def is_late(operation: Operation) -> bool:
    return operation.path.rstrip("/").startswith(LATE) and not operation.path.endswith("/bulk")


@pytest.mark.timeout(180)
async def test_without_its_permission_or_scope_an_operation_is_refused(
    server: RunningApp, app: AppClient, admin: Person, db: Database
) -> None:
    await db.execute(_ROLE)
    made = await admin.client.post("/api/v1/keys", {"name": "K", "scopes": []})
    await db.execute("UPDATE api_keys SET rate_per_min = 100000")
    callers = {
        "somebody": (await sign_in(db, app, "nothing")).client,
        "a key": app.another(Authorization=f"API-Key {made.json['secret']}"),
    }
    wrong = []
    for operation in closed(server):
        for name, caller in callers.items() if "x-permission" in operation.about else ():
            status = (await operation.call(caller)).status
            if status not in ((403, 404, 422) if is_late(operation) else (403,)):
                wrong.append(f"{operation} by {name}: {status}")
    assert not wrong, "\n".join(wrong)
