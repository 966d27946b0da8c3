"""Whoever has only some bots reads in the audit trail of those, and of what he did himself."""

import pytest

from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.people import Person, sign_in


async def bot(person: Person, name: str) -> int:
    made = await person.client.post("/api/v1/bots", {"name": name})
    assert made.status == 201, made.text
    return int(made.json["id"])


@pytest.mark.proves("P-01", part="audit trail")
async def test_the_trail_of_somebody_with_some_bots(
    admin: Person, app: AppClient, db: Database
) -> None:
    mine, theirs = await bot(admin, "Mine"), await bot(admin, "Theirs")
    await admin.client.put("/api/v1/secrets/THEIRS", {"value": "s"})
    person = await sign_in(db, app, bot_ids=[mine])
    for name in ("Mine", "Theirs"):
        await person.client.patch(f"/api/v1/bots/{mine}", {"name": f"{name} too"})

    async def seen(who: Person) -> set[tuple[str, str]]:
        items = (await who.client.get("/api/v1/audit", params={"limit": 200})).json["items"]
        return {(row["object_type"], row["object_id"]) for row in items}

    assert await seen(person) == {("bot", str(mine))}
    assert await seen(admin) >= {("bot", str(theirs)), ("secret", "THEIRS")}
