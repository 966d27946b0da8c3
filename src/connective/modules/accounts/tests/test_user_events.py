"""What is said of people: who was added, changed, shut out."""

from typing import Any

import msgspec
import pytest

from connective.kit.testing.databases import Database
from connective.kit.testing.people import Person

pytestmark = pytest.mark.proves("SE-22", part="users")


async def said(db: Database) -> list[tuple[str, dict[str, Any]]]:
    rows = await db.fetch("SELECT kind, data FROM events WHERE kind LIKE 'user.%' ORDER BY id")
    return [(row["kind"], msgspec.json.decode(row["data"])) for row in rows]


async def test_each_change_of_a_user_is_said_once_with_the_new_values(
    admin: Person, db: Database
) -> None:
    person = {"first_name": "Ann", "email": "Ann@Example.com", "role": "operator"}
    made = (await admin.client.post("/api/v1/users", person)).json
    path = f"/api/v1/users/{made['id']}"
    await admin.client.patch(path, {"last_name": "Lee"})
    await admin.client.post(f"{path}/deactivate")
    await admin.client.post(f"{path}/deactivate")
    await admin.client.post(f"{path}/activate")
    ann = {"id": made["id"], "email": "ann@example.com", "role": "operator"}
    assert await said(db) == [
        ("user.created", ann | {"name": "Ann", "active": True}),
        ("user.updated", ann | {"name": "Ann Lee", "active": True}),
        ("user.deactivated", ann | {"name": "Ann Lee", "active": False, "open_chats_to": None}),
        ("user.updated", ann | {"name": "Ann Lee", "active": True}),
    ]


async def test_ones_own_change_is_said_too(admin: Person, db: Database) -> None:
    await admin.client.patch("/api/v1/me", {"first_name": "Olha"})
    ((kind, data),) = await said(db)
    assert (kind, data["id"], data["name"]) == ("user.updated", admin.id, "Olha Tester")


async def test_a_refused_change_says_nothing(admin: Person, db: Database) -> None:
    assert (await admin.client.post(f"/api/v1/users/{admin.id}/deactivate")).status == 409
    assert await said(db) == []
